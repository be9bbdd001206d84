"""What the build costs, beside other generators, on series of any length: `invoke bench`."""
