"""Draw the graph of recommendations and the charts, and compute their figures."""
