"""Take people who are off the site out of texts that still name them."""
