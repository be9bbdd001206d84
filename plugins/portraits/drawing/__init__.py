"""Drawings from the series: the graph of recommendations, charts, and their figures."""
