"""A dash before what each person says, as in novels.

source = ( "—" question "—" answer paragraph* )*    the sides alternate
       | ( "—" question answer )*                   only questions have one
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portraits.importer import questions
from portraits.importer.questions import Asks
from portraits.importer.transcript import Block, Kind, Style
from portraits.importer.turns.cutting import split
from portraits.importer.turns.items import without_mark
from portraits.support.messages import msg

_DASH = re.compile(r"[-–—―]\s*(?=[^\W\d_]|[«“\"¿])")
_FEWEST = 4
"""Turns from which on a source is a dialogue."""
_ASKING = 0.6
"""Least share of questions among the turns of who asks."""
_ANSWERING = 0.3
"""Greatest share among those of who answers."""


def opened(blocks: Sequence[Block], lang: str) -> list[Block]:
    """``blocks`` without the dashes of a dialogue; who asks is marked."""
    turns = [place for place, block in enumerate(blocks) if _is_turn(block)]
    asks = {
        place
        for place in turns
        if questions.asks(_DASH.sub("", blocks[place].text, count=1), lang) is not Asks.NO
    }
    first = next((at for at, place in enumerate(turns) if place in asks), len(turns))
    turns = turns[first:]
    if len(turns) < _FEWEST:
        return list(blocks)
    askers = set(turns[::2])
    if _share(asks, turns[1::2]) > _ANSWERING:
        askers = set(turns)
    if _share(asks, askers) < _ASKING:
        return list(blocks)
    result: list[Block] = []
    for place, block in enumerate(blocks):
        if place not in turns:
            result.append(block)
        elif block.bullet:
            result += without_mark(block, Style.ASKED if place in askers else Style.PLAIN)
        else:
            found = _DASH.match(block.text)
            style = Style.ASKED if place in askers else block.style
            result += split(block, found.end() if found else 0, style, msg("import_block.dash"))
    return result


def _is_turn(block: Block) -> bool:
    if block.kind is not Kind.UNKNOWN or block.verbatim or block.style.level:
        return False
    return block.bullet == "-" or (not block.bullet and _DASH.match(block.text) is not None)


def _share(asks: set[int], places: Sequence[int] | set[int]) -> float:
    return len(asks.intersection(places)) / max(1, len(places))
