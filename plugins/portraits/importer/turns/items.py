"""Questions that are items of a list: « 1. Qui êtes-vous ? », and the answer below it.

    source = ( item question, paragraph+ )*

A list whose items follow each other is a list, even if they ask: it belongs to an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from portraits.importer import questions
from portraits.importer.questions import Asks
from portraits.importer.transcript import Block, Kind, Style
from portraits.importer.turns.cutting import split
from portraits.support.messages import msg

MARK = re.compile(r"(?:[-–—•·‣◦▪●*+]|\d{1,3}\s?[-.)°]?)\s+(?=\S)")
_FEWEST = 2


def opened(blocks: Sequence[Block], lang: str) -> list[Block]:
    """``blocks`` with items that ask, and are answered below, as paragraphs."""
    asking = {
        place
        for place, block in enumerate(blocks)
        if block.bullet
        and block.kind is Kind.UNKNOWN
        and place + 1 < len(blocks)
        and not blocks[place + 1].bullet
        and questions.asks(MARK.sub("", block.text, count=1), lang) is not Asks.NO
    }
    if len(asking) < _FEWEST:
        return list(blocks)
    result: list[Block] = []
    for place, block in enumerate(blocks):
        result += without_mark(block, block.style) if place in asking else [block]
    return result


def without_mark(block: Block, style: Style) -> list[Block]:
    """An item as a paragraph; its number or sign goes to the report."""
    plain = replace(block, bullet="", style=style)
    if not (found := MARK.match(block.text)):
        return [plain]
    mark, rest = split(plain, found.end(), style, msg("import_block.item_mark"))
    return [mark, replace(rest, markdown=block.markdown)]
