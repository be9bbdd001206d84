"""The front matter: YAML with its lines, checked against the schema."""
