"""Write the apostrophe (’), and single quotation marks where they come in pairs (‘ ’).

    apostrophe = ' after a letter, or where letters or digits are left out before a word ('90)
    pair       = ' before a word … ' after a word, the first after a space or an opening sign

A mark after a digit (5') is more often a prime than an apostrophe, and is left unchanged.
"""

from __future__ import annotations

import re

from portraits.typography.characters import is_word
from portraits.typography.line import Edits, every, rule

_LOOKALIKE = re.compile(r"[´‘](?<=[^\W\d_].)(?=[^\W\d_])")
_STRAIGHT = re.compile("'")
_ELIDED = re.compile(r"(?:(?<!\w)[cdjlmnst]|qu)$", re.IGNORECASE)
_ENDS_INSIDE = ")]}»”.,!?…%"


@rule("'", "´", "‘")
def apostrophes(text: str) -> Edits:
    """Write a curved apostrophe, without spaces; ‘ ’ for third-level quotations.

    Source: OQLF, « Espacement avant et après les signes de ponctuation et les symboles »
    (22039), « Apostrophe »; « Guillemets et citation de second rang » (23386).
    """
    edits = every(_LOOKALIKE, "’", text) if "´" in text or "‘" in text else []
    waiting = -1
    """Index in ``edits`` of a mark that becomes an opening one if a closing one follows."""
    for match in _STRAIGHT.finditer(text):
        position, end = match.span()
        before = text[position - 1] if position else " "
        after = text[end] if end < len(text) else " "
        closes = (
            waiting >= 0
            and not is_word(after)
            and (
                before in _ENDS_INSIDE
                or (is_word(before) and not _ELIDED.search(text, max(0, position - 3), position))
            )
        )
        if closes:
            start, stop, _ = edits[waiting]
            edits[waiting] = (start, stop, "‘")
            waiting = -1
        elif is_word(before):
            if before.isdigit() and not after.isalpha():
                continue
        elif after.isspace() or before in _ENDS_INSIDE:
            continue
        elif not after.isdigit() and not _is_and(text, position):
            waiting = len(edits)
        edits.append((position, end, "’"))
    return sorted(edits)


def _is_and(text: str, position: int) -> bool:
    """Return whether the mark starts the 'n' of rock 'n' roll."""
    return text[position : position + 3].lower() == "'n'"
