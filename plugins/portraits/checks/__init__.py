"""Rules over the series, the editor's pages, the links, and the finished files."""
