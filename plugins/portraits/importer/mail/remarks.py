"""Remark on what the paragraphs of a message hold besides the interview's words.

    paragraph = ( words | "[image: …]" | telephone number | address )*

What stands for a picture comes out, and is told. A telephone number or an address inside a sentence
stays, and is to be reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from portraits.importer.mail.surroundings import PICTURE, private_words
from portraits.importer.plain_text import plain_block
from portraits.importer.transcript import Block, Kind
from portraits.support.messages import msg


def remarked(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield ``blocks`` without what stands for pictures, and with remarks about private words."""
    for block in blocks:
        if block.kind in (Kind.BOILERPLATE, Kind.UNPLACED):
            yield block
            continue
        for picture in PICTURE.findall(block.text):
            line = block.first
            yield Block(line, line, picture, "", Kind.BOILERPLATE, why=msg("import_mail.picture"))
        yield _private(_without_pictures(block))


def _without_pictures(block: Block) -> Block:
    if not PICTURE.search(block.text):
        return block
    text = " ".join(PICTURE.sub(" ", block.text).split())
    words = text.removeprefix(block.bullet).lstrip(" .)-°") if block.bullet.isdigit() else text
    plain = plain_block(block.first, block.last, words)
    return replace(block, text=text, markdown=plain.markdown)


def _private(block: Block) -> Block:
    if block.review or not (held := private_words(block.text)):
        return block
    return replace(block, review=msg(held))
