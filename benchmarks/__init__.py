"""Compare the cost of builds with other generators, on series of any length: `invoke bench`."""
