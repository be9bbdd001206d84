"""From Markdown to an element tree whose parts know their lines.

Python-Markdown reads the text; a subclass of ours changes what a heading is, takes
code fences, footnotes and inline HTML into the tree instead of into strings, and links
handles. What comes out is a tree of plain elements (no string of HTML inside), from which
:mod:`portraits.reader.body` takes the structure of a portrait. See
``docs/decisions/002-structure-from-the-markdown-tree.md``.
"""
