"""One piece of what a reader sees: a word, a punctuation mark or an address, at its line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a piece is."""

    WORD = "word"
    SIGN = "sign"
    ADDRESS = "address"


class WordMark(StrEnum):
    """What changes the meaning of a word."""

    STRUCK = "struck"
    STRESSED = "stressed"
    HEADING = "heading"
    """In a heading, which stresses all its words."""
    CODE = "code"
    """In code, which stresses none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a punctuation mark or an address."""

    text: str
    line: int
    """1-based line in the source; 0 where it is not known."""
    sort: Sort = Sort.WORD
    marks: frozenset[WordMark] = frozenset()
