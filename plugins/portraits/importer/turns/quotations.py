"""Quotation blocks that hold questions, or both voices, and not somebody else's words.

    source = ( quoted question, answer )*  |  quotation of the whole interview  |  anything else

A quotation is opened where most of the source's quotations ask, or where one asks twice. Any other
stays as it is: part of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from portraits.importer import questions
from portraits.importer.markdown import inline
from portraits.importer.questions import Asks
from portraits.importer.transcript import Block, Kind, Style

_MARK = re.compile(r"\s*>\s?")
_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<words>.*?)\s*#*$")
_NESTED = re.compile(r"\s*(?:>|[-*+]\s|\d+[.)]\s|\||```|~~~)")


def opened(blocks: Sequence[Block], lang: str) -> list[Block]:
    """``blocks`` with quotations that ask cut into their paragraphs."""
    parts = {
        place: inside
        for place, block in enumerate(blocks)
        if block.verbatim and block.kind is Kind.UNKNOWN and (inside := _paragraphs(block))
    }
    asking = {
        place: sum(questions.asks(part.text, lang) is not Asks.NO for part in inside)
        for place, inside in parts.items()
    }
    ask = [place for place, count in asking.items() if count]
    alone = len(ask) >= 2 and len(ask) * 3 >= len(parts) * 2
    result: list[Block] = []
    for place, block in enumerate(blocks):
        if alone and place in parts and len(parts[place]) == 1:
            result.append(replace(parts[place][0], style=Style.ASKED))
        elif (alone and place in ask) or asking.get(place, 0) >= 2:
            result += parts[place]
        else:
            result.append(block)
    return result


def _paragraphs(block: Block) -> list[Block]:
    """The paragraphs of a quotation; nothing for what is none, or holds more than paragraphs."""
    lines = block.markdown.split("\n")
    if not all(_MARK.match(line) for line in lines):
        return []
    inside = [_MARK.sub("", line, count=1) for line in lines]
    if any(map(_NESTED.match, inside)):
        return []
    whole = len(lines) == block.last - block.first + 1
    return [
        replace(
            block,
            first=block.first + start if whole else block.first,
            last=block.first + start + len(part) - 1 if whole else block.last,
            text=inline.plain(markdown),
            markdown=markdown,
            style=style,
            verbatim=False,
        )
        for start, part in _chunks(inside)
        for style, markdown in [_look(" ".join(line.strip() for line in part))]
    ]


def _chunks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(place, lines) of each paragraph or heading."""
    start, part = 0, list[str]()
    for place, line in enumerate([*lines, ""]):
        if part and (not line.strip() or _HEADING.match(line) or _HEADING.match(part[0])):
            yield start, part
            part = []
        if line.strip():
            start = start if part else place
            part.append(line)


def _look(markdown: str) -> tuple[Style, str]:
    if heading := _HEADING.fullmatch(markdown):
        return Style(f"h{len(heading['marks'])}"), heading["words"]
    return inline.look(markdown)
