"""Write ellipses, dashes, and the space before punctuation.

A sign gains or loses a space only where it ends a word or phrase: the next character is a space,
the end of the line or another sign. A sign inside a token (12:30, a::b, ?x=1) is not punctuation.
The space is removed only after words and closing signs; after anything else (« Google + ? ») a
typed space becomes a no-break space.
"""

from __future__ import annotations

import re

from portraits.typography.characters import NBSP, NNBSP, SPACE, ends_a_phrase, gap, is_word
from portraits.typography.line import Edits, rule

_ET_CETERA = re.compile(r"(?<!\w)etc$", re.IGNORECASE)
_DOTS = re.compile(r"[.…]{2,}|…")
_HYPHENS = re.compile("--+")
_POINT = re.compile(r"[,.](?!\S)")
_HIGH = re.compile("[;!?]+")
_COLONS = re.compile(":+")


@rule("..", "…", glance=r"[.…](?:(?<=[cC].)|\.\.)")
def ellipsis(text: str) -> Edits:
    """Write three dots as one character (…), and end « etc. » with one dot.

    Source: Lexique de l'Imprimerie nationale, « Points de suspension »: « etc. » is never
    followed by them. OQLF, « Espacement avant et après les signes de ponctuation et les
    symboles » (22039), « Points de suspension ».
    """
    edits: Edits = []
    for match in _DOTS.finditer(text):
        start, end = match.span()
        if _ET_CETERA.match(text, max(0, start - 3), start):
            edits.append((start, end, "."))
        elif match.group() == "..." and not (
            text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
        ):
            edits.append((start, end, "…"))
    return edits


@rule("--")
def dash(text: str) -> Edits:
    """Write two or three hyphens between spaces as a dash (—); one hyphen is ambiguous.

    Source: OQLF, « Espacement avant et après les signes de ponctuation et les symboles »
    (22039), « Tiret ».
    """
    edits: Edits = []
    for match in _HYPHENS.finditer(text):
        start, end = match.span()
        if (
            end - start <= 3
            and (start == 0 or text[start - 1].isspace())
            and text[end : end + 1].isspace()
        ):
            edits.append((start, end, "—"))
    return edits


@rule(" ,", " .", "\u00a0,", "\u00a0.", "\n,", "\n.")
def point_and_comma(text: str) -> Edits:
    """Remove the space between a word and a comma or a full stop.

    Source: OQLF, « Espacement avant et après les signes de ponctuation et les symboles »
    (22039), « Point », « Virgule »; the Lexique de l'Imprimerie nationale agrees.
    """
    edits: Edits = []
    for match in _POINT.finditer(text):
        end = match.start()
        start = gap(text, end)
        if 0 < start < end and is_word(text[start - 1]):
            edits.append((start, end, ""))
    return edits


@rule(";", "!", "?", glance=f"[;!?](?<={SPACE}.)")
def high_signs_in_quebec(text: str) -> Edits:
    """Remove the space before ; ! ? (printers use a thin space, which is omitted on screen).

    Source: OQLF, « Espacement avant et après les signes de ponctuation et les symboles »
    (22039): without a thin space, none.
    """
    return _before_high_signs(text, "")


@rule(";", "!", "?", glance=rf"[;!?](?<![^\s;!?]{NNBSP}.)")
def high_signs_in_france(text: str) -> Edits:
    """Write a narrow no-break space (U+202F) before ; ! ?.

    Source: Lexique de l'Imprimerie nationale, « Signes de ponctuation »: espace fine
    insécable. Unicode Standard, 6.2 « Space Characters », on U+202F in French.
    """
    return _before_high_signs(text, NNBSP)


def _before_high_signs(text: str, wanted: str) -> Edits:
    edits: Edits = []
    for match in _HIGH.finditer(text):
        end = match.start()
        start = gap(text, end)
        before = text[start - 1] if start else " "
        if is_word(text[match.end() : match.end() + 1]) or before.isspace() or before in "([{":
            continue
        if before in ";!?":
            space = ""
        elif ends_a_phrase(before):
            space = wanted
        elif start < end:
            space = wanted or NBSP
        else:
            continue
        if text[start:end] != space:
            edits.append((start, end, space))
    return edits


@rule(":", glance=rf":(?<!\S{NBSP}.)")
def colon(text: str) -> Edits:
    """Write a no-break space before a colon.

    Source: OQLF, « Espacement avant et après les signes de ponctuation et les symboles »
    (22039), « Deux-points »: none in a time (12:30). Lexique de l'Imprimerie nationale,
    « Signes de ponctuation », for France: espace mots insécable.
    """
    edits: Edits = []
    for match in _COLONS.finditer(text):
        end = match.start()
        start = gap(text, end)
        before = text[start - 1] if start else " "
        after = text[match.end() : match.end() + 1]
        ends = after == "" or after.isspace() or after in "«»“”)]…"
        if match.end() - end > 1 or not ends or before.isspace() or text[start:end] == NBSP:
            continue
        if start < end or ends_a_phrase(before):
            edits.append((start, end, NBSP))
    return edits
