"""Define the domain model: a portrait and its parts, as frozen values."""
