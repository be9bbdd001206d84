"""Find pairs of quotation marks, and write single marks: what languages have in common.

    pair  = an opening mark and its closing mark, properly nested
    level = the number of pairs around a pair

A straight mark (") opens or closes by what stands beside it; one without a partner is ambiguous
and kept.
"""

from __future__ import annotations

import re

from portraits.typography.characters import NBSP, is_word
from portraits.typography.line import Edits

ENDS_INSIDE = ")]}»”.,!?…%$€°*_"
"""Characters allowed between the last word of a quotation and its closing mark."""
_LOOKALIKE = re.compile(r"[´‘](?<=[^\W\d_].)(?=[^\W\d_])")
_STRAIGHT = re.compile("'")
_ENDS_BEFORE_SINGLE = ")]}»”“.,!?…%"


def closes(text: str, position: int) -> bool:
    """Return whether an ambiguous mark closes, given that another one is open."""
    before, after = text[position - 1], text[position + 1 : position + 2]
    if before.isspace():
        return after == "" or after.isspace()
    return is_word(before) or before in ENDS_INSIDE or not is_word(after)


def opens(text: str, position: int) -> bool:
    """Return whether an ambiguous mark that closes nothing opens: not after a word (12")."""
    before = text[position - 1] if position else " "
    return position + 1 < len(text) and not is_word(before) and before not in ")]}»”%"


def levelled(text: str, opening: str, closing: str, either: str) -> list[tuple[int, int, int]]:
    """Return start, end and level of each pair that quotes something, outer ones first.

    ``opening``, ``closing`` and ``either`` are the marks that only open, only close, or do both.
    """
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for position, mark in enumerate(text):
        if mark in closing or (mark in either and opened and closes(text, position)):
            if opened:
                pairs.append((opened.pop(), position))
        elif mark in opening or (mark in either and opens(text, position)):
            opened.append(position)
    return [
        (start, end, sum(other < start and end < stop for other, stop in pairs))
        for start, end in sorted(pairs)
        if text[start + 1 : end].strip()
    ]


def single_marks(
    text: str, opening: str = "‘", closing: str = "’", elided: re.Pattern[str] | None = None
) -> Edits:
    """Return the edits that curve straight single marks: apostrophes, and pairs of quotation marks.

    A mark after a digit (5') is more often a prime, and is left unchanged. After what ``elided``
    matches, a mark is an apostrophe even where one is open.
    """
    edits = [(m.start(), m.end(), "’") for m in _LOOKALIKE.finditer(text)]
    waiting = -1
    """Index in ``edits`` of a mark that becomes an opening one if a closing one follows."""
    for match in _STRAIGHT.finditer(text):
        position, end = match.span()
        before = text[position - 1] if position else " "
        after = text[end] if end < len(text) else " "
        ends = is_word(before) and not (
            elided and elided.search(text, max(0, position - 3), position)
        )
        if waiting >= 0 and not is_word(after) and (before in _ENDS_BEFORE_SINGLE or ends):
            start, stop, _ = edits[waiting]
            edits[waiting] = (start, stop, opening)
            waiting = -1
            edits.append((position, end, closing))
            continue
        if is_word(before):
            if before.isdigit() and not after.isalpha():
                continue
        elif after.isspace() or before in _ENDS_BEFORE_SINGLE:
            continue
        elif not after.isdigit() and not _is_and(text, position):
            waiting = len(edits)
        edits.append((position, end, "’"))
    return sorted(edits)


def _is_and(text: str, position: int) -> bool:
    """Return whether the mark starts the 'n' of rock 'n' roll."""
    return text[position : position + 3].lower() == "'n'"


def joined(pattern: re.Pattern[str], text: str) -> Edits:
    """Return the edits that write each group of ``pattern``, a space or nothing, as one no-break
    space."""
    return [
        (*match.span(number), NBSP)
        for match in pattern.finditer(text)
        for number in range(1, (match.lastindex or 0) + 1)
        if match.start(number) >= 0 and match.group(number) != NBSP
    ]
