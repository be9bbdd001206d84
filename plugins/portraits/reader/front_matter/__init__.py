"""Read the front matter: YAML with line numbers, checked against a schema."""
