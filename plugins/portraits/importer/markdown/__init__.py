"""Markdown of other generators as a transcript: a front matter and a body."""
