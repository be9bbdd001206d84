"""What a portrait is, and what it is made of: frozen values without behaviour of a site."""
