"""From the text of one file to a portrait and its problems."""
