"""Pair quotation marks, write the form for their nesting level, and the spaces inside.

    pair  = an opening mark and its closing mark
    level = the number of pairs around a pair
    level 0 « »   level 1 “ ”   level 2 ‘ ’

Straight marks (") take the form of their level. Typed “ ” become « » at level 0. Typed « » are
kept, unless they are inside “ ” or " " that become « »: then both are swapped. A straight mark
without a partner is ambiguous and kept. An unclosed « counts as open to the end of the line, and
an unopened » as open from its start: a quotation may span several paragraphs.
"""

from __future__ import annotations

import re

from portraits.typography.characters import NBSP, SPACE, gap
from portraits.typography.line import Edits, every, rule
from portraits.typography.marks import closes, opens

_MARK = re.compile('["«»“”]')
_OPENER = {"»": "«", "”": "“", '"': '"'}
_FORMS = (("«", "»"), ("“", "”"), ("‘", "’"))
_AFTER_FRENCH_OPENING = re.compile(f"«{SPACE}*(?=[^\\s»])")
_AFTER_ENGLISH_OPENING = re.compile(f"“{SPACE}+(?=[^\\s”])")
_CLOSING = re.compile("[»”]")
_UNSPACED = f"«(?!{NBSP}[^\\s»])|“(?={SPACE})|»(?<!{NBSP}.)|»(?<={SPACE}{NBSP}.)|”(?<={SPACE}.)"
"""A mark with a missing or a superfluous space."""


@rule('"', "“", "”")
def quotation_marks(text: str) -> Edits:
    """Write French marks outside, English double marks inside them, then single ones.

    Source: OQLF, Vitrine linguistique, « Guillemets et citation de second rang » (23386).
    """
    edits: Edits = []
    enclosing: list[tuple[int, bool]] = []  # end of each open pair, whether it becomes « » now
    for start, end in sorted(_pairs(text)):
        while enclosing and enclosing[-1][0] < start:
            enclosing.pop()
        level = len(enclosing)
        typed = text[start] if start >= 0 else "«"
        whole = start >= 0 and end < len(text)
        becomes_french = typed != "«" and level == 0
        changes_places = typed == "«" and whole and level > 0 and enclosing[-1][1]
        enclosing.append((end, becomes_french))
        if gap(text, end) <= start + 1:
            continue  # nothing is quoted
        if typed == '"' or becomes_french or changes_places:
            for position, mark in zip((start, end), _FORMS[min(level, 2)], strict=True):
                if text[position] != mark:
                    edits.append((position, position + 1, mark))
    return sorted(edits)


def _pairs(text: str) -> list[tuple[int, int]]:
    """Return the positions of paired marks, properly nested; -1 and len(text) stand for marks
    beyond the line."""
    pairs = []
    opened: list[tuple[str, int]] = []
    waiting = {"«": 0, "“": 0, '"': 0}
    for match in _MARK.finditer(text):
        mark, position = match.group(), match.start()
        if mark in "»”" or (mark == '"' and waiting[mark] and closes(text, position)):
            opener = _OPENER[mark]
            if waiting[opener]:
                other = ""
                while other != opener:
                    other, start = opened.pop()
                    waiting[other] -= 1
                pairs.append((start, position))
            elif mark == "»":
                pairs.append((-1, position))
        elif mark != '"' or opens(text, position):
            opened.append((mark, position))
            waiting[mark] += 1
    return pairs + [(start, len(text)) for mark, start in opened if mark == "«"]


@rule('"', "“", "”", "«", "»", glance=_UNSPACED)
def space_inside_guillemets(text: str) -> Edits:
    """Write a no-break space after « and before »; none inside “ ”.

    Source: OQLF, « Espacement avant et après les signes de ponctuation et les symboles »
    (22039). Lexique de l'Imprimerie nationale, « Guillemets », for France.
    """
    edits = every(_AFTER_FRENCH_OPENING, "«" + NBSP, text)
    edits += every(_AFTER_ENGLISH_OPENING, "“", text)
    for match in _CLOSING.finditer(text):
        end = match.start()
        start = gap(text, end)
        wanted = NBSP if match.group() == "»" else ""
        before = text[start - 1] if start else " "
        if text[start:end] != wanted and not before.isspace() and before not in "«“":
            edits.append((start, end, wanted))
    return sorted(edits)
