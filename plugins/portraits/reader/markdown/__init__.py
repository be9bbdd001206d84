"""Parse Markdown into an element tree, with the source line of each block.

Python-Markdown parses the text; a subclass changes the syntax of headings, puts code fences,
footnotes and inline HTML into the tree instead of into strings, and links handles. The result is
a tree of plain elements without HTML strings, from which :mod:`portraits.reader.body` reads the
structure of a portrait. See ``docs/decisions/002-structure-from-the-markdown-tree.md``.
"""
