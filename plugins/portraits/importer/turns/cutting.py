"""A sign or a label taken off the beginning of a block, in its words and in its Markdown."""

from __future__ import annotations

from dataclasses import replace

from portraits.importer.transcript import Block, Kind, Style


def split(block: Block, end: int, style: Style, why: str) -> tuple[Block, Block]:
    """The label ``block.text[:end]`` as boilerplate, and the rest."""
    label, rest = block.text[:end], block.text[end:]
    return (
        Block(block.first, block.first, label.strip(), "", Kind.BOILERPLATE, why=why),
        replace(block, text=rest, markdown=markdown_after(block.markdown, label), style=style),
    )


def markdown_after(markdown: str, label: str) -> str:
    """``markdown`` without the ``label`` that it begins with, marked up or not."""
    place = 0
    for char in "".join(label.split()):
        while place < len(markdown) and markdown[place] != char:
            place += 1
        place += 1
    rest = markdown[place:]
    opened = markdown[:place].count("**") % 2
    if opened and rest.lstrip().startswith("**"):
        return rest.lstrip()[2:].lstrip()
    return ("**" + rest.lstrip()) if opened else rest.lstrip()
