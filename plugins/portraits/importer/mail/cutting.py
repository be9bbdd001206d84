"""Cut a message at what we sent: what is left belongs to the passage above it.

A passage leaves a blank line that belongs to nobody, so that no paragraph reaches over it. What
goes on in its line after it begins a line of its own, with the same marks of quotation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portraits.importer.mail.lines import quotation
from portraits.importer.mail.sent import Passage
from portraits.importer.transcript import words_of

_SEPARATOR = re.compile(r"[\s*_\\]*[:;–—=>→-]*[>\s*_]*")


@dataclass(frozen=True, slots=True)
class LineLeft:
    """A line, or a part of one, that we did not send."""

    text: str
    number: int
    """1-based line of the message."""
    below: int | None
    """How many passages stand above it; None for the place of a passage."""


def cut(lines: Sequence[str], found: Sequence[Passage]) -> list[LineLeft]:
    """Return ``lines`` without the passages ``found``."""
    left: list[LineLeft] = []
    line = column = 0
    for place, passage in enumerate(found):
        while line < passage.start[0]:
            left.append(LineLeft(_rest(lines[line], column), line + 1, place))
            line, column = line + 1, 0
        before = lines[line][: passage.start[1]].rstrip(" \t[*_\\")
        before = before.removesuffix(passage.number) if passage.number else before
        if words_of(before[column:]):
            left.append(LineLeft(_rest(before, column), line + 1, place))
        left.append(LineLeft(">" * passage.depth, line + 1, None))
        line, column = passage.end
    for number in range(line, len(lines)):
        left.append(LineLeft(_rest(lines[number], column), number + 1, len(found)))
        column = 0
    return left


def _rest(text: str, column: int) -> str:
    """What a line says from ``column`` on, with its marks of quotation."""
    if not column:
        return text
    marks = ">" * quotation(text)[0]
    separator = _SEPARATOR.match(text, column)
    rest = text[separator.end() if separator else column :]
    return f"{marks} {rest}".lstrip() if words_of(rest) else marks
