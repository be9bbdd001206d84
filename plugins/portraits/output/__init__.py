"""Write formats for machines: feeds, JSON, site map, structured data, exports, host rules."""
