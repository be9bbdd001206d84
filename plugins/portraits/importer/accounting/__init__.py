"""The accounting of an import: what a source says, and where each piece of it went."""
