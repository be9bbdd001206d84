"""Check the series, the editor's pages, the links, and the generated files."""
