"""Tables of two columns that hold an interview.

    row = question "|" answer  |  label "|" words

The first where most rows ask; the second where labels return, as those before words do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from portraits.importer import questions
from portraits.importer.markdown import inline
from portraits.importer.questions import Asks
from portraits.importer.transcript import Block, Kind, Style

_CELL = re.compile(r"(?<!\\)\|")
_ELEMENT = re.compile(r"</?[a-z]+>")
_RULE = re.compile(r"[\s|:-]*")
_FEWEST = 2
"""Questions of a table that holds an interview."""


def opened(blocks: Sequence[Block], lang: str) -> list[Block]:
    """``blocks`` with such tables as paragraphs."""
    return [
        part for block in blocks for part in (list(_turns(block, _rows(block), lang)) or [block])
    ]


def _rows(block: Block) -> list[tuple[int, str, str]]:
    """(line, first cell, second cell) of each row; nothing for what is no table of two columns."""
    lines = block.markdown.strip().split("\n")
    if block.kind is not Kind.UNKNOWN or not block.verbatim or not all("|" in one for one in lines):
        return []
    whole = len(lines) == block.last - block.first + 1
    rows = []
    for place, line in enumerate(lines):
        if _RULE.fullmatch(line):
            continue
        cells = [cell.strip() for cell in _CELL.split(line.strip().strip("|"))]
        if len(cells) != 2 or not all(cells):
            return []
        rows.append((block.first + place if whole else block.first, cells[0], cells[1]))
    return rows


def _turns(block: Block, rows: list[tuple[int, str, str]], lang: str) -> Iterator[Block]:
    labels = {_label(first) for _, first, _ in rows}
    asking = [questions.asks(inline.plain(first), lang) is not Asks.NO for _, first, _ in rows]
    asked = [questions.asks(inline.plain(second), lang) is not Asks.NO for _, _, second in rows]
    if sum(asking) >= _FEWEST and sum(asking) * 2 >= len(rows):
        for (line, question, answer), asks in zip(rows, asking, strict=True):
            yield _paragraph(block, line, question, Style.ASKED if asks else Style.PLAIN)
            yield _paragraph(block, line, answer, Style.PLAIN)
    elif sum(asked) >= _FEWEST and len(labels) * 2 <= len(rows):
        for line, label, words in rows:
            named = f"{_label(label).rstrip(' :')} : {words}"
            yield _paragraph(block, line, named, Style.PLAIN)


def _label(cell: str) -> str:
    """The words of a cell: its emphasis may be written as HTML."""
    return inline.plain(_ELEMENT.sub("", cell))


def _paragraph(block: Block, line: int, markdown: str, style: Style) -> Block:
    return replace(
        block,
        first=line,
        last=line,
        text=inline.plain(markdown),
        markdown=markdown,
        style=style,
        verbatim=False,
    )
