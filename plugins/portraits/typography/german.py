"""Apply the German rules: those of Duden and of DIN 5008.

    quotation marks   „a ‚b‘“
    apostrophe        ’
    … –               one sign for three dots, for two or three hyphens
    z. B.  50 %  1. August  Nr. 5      a no-break space

Marks of books (»a«) stay as they are typed.
"""

from __future__ import annotations

import re

from portraits.typography.characters import SPACE
from portraits.typography.french import numbers, punctuation
from portraits.typography.line import Edits, RuleSet, rule
from portraits.typography.marks import joined, levelled, single_marks

_FORMS = (("„", "“"), ("‚", "‘"))
_BEFORE_DOTS = re.compile(r"(?<=\S)([ \t\n]+)(?=…)")
_MONTH = (
    "(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
)
_DATE = re.compile(rf"(?<![\w.,])\d{{1,2}}\.({SPACE}{{1,2}}){_MONTH}(?!\w)")
_NUMBERED = re.compile(
    rf"(?<!\w)(?:Nr|Nrn|S|Bd|Kap|Abb|Art|Abs)\.({SPACE}{{1,2}})(?=\d)"
    rf"|(?<!\w)(?:Dr|Prof|Hr|Fr|St)\.({SPACE}{{1,2}})(?=[A-ZÄÖÜ])|§({SPACE}{{0,2}})(?=\d)"
)
_IN_PARTS = re.compile(
    rf"(?<![\w.])(?:z\.({SPACE})[BT]|d\.({SPACE})h|u\.({SPACE})[aäUÄ]|o\.({SPACE})[äÄg]"
    rf"|v\.({SPACE})a|s\.({SPACE})[ou]|i\.({SPACE})d\.({SPACE})R)\."
)


@rule('"', "„", "“", "”")
def quotation_marks(text: str) -> Edits:
    """Write „ “ outside, and ‚ ‘ inside them.

    Source: Duden, « Anführungszeichen », D 12; DIN 5008, « Anführungszeichen ».
    """
    edits: Edits = []
    for start, end, level in levelled(text, "„", "”", '"“'):
        for position, mark in zip((start, end), _FORMS[level % 2], strict=True):
            if text[position] != mark:
                edits.append((position, position + 1, mark))
    return sorted(edits)


@rule("'", "´", "‘")
def apostrophes(text: str) -> Edits:
    """Write a curved apostrophe (geht’s, Hans’ Haus), and ‚ ‘ where single marks come in pairs.

    Source: Duden, « Apostroph », D 13 to D 16; « Anführungszeichen », D 12.
    """
    return single_marks(text, "‚", "‘")


@rule("..", "…")
def ellipsis(text: str) -> Edits:
    """Write three dots as one character (…); the space before it does not break.

    Source: Duden, « Auslassungspunkte », D 17; DIN 5008: a space where whole words are left out.
    """
    edits = punctuation.ellipsis.edits(text)
    return sorted([*edits, *joined(_BEFORE_DOTS, text)])


@rule("--")
def dash(text: str) -> Edits:
    """Write two or three hyphens between spaces as a dash (–).

    Source: Duden, « Gedankenstrich », D 43; DIN 5008: the shorter dash, with spaces.
    """
    return [(start, end, "–") for start, end, _ in punctuation.dash.edits(text)]


@rule(";", "!", "?", glance=f"[;!?](?<={SPACE}.)")
def signs_that_hug(text: str) -> Edits:
    """Remove the space before ; ! ?.

    Source: DIN 5008, « Satzzeichen »: punctuation follows its word without a space.
    """
    return punctuation.high_signs_in_quebec.edits(text)


@rule("%", "‰", "$", "€", "¢", "£")
def percent_and_currency(text: str) -> Edits:
    """Write a no-break space between a number and %, €, $.

    Source: DIN 5008, « Prozentzeichen », « Währungsbezeichnungen »; Duden, « Prozentzeichen ».
    """
    return numbers.percent_and_currency.edits(text)


@rule("0")
def dates(text: str) -> Edits:
    """Keep « 1. August » together.

    Source: DIN 5008, « Kalenderdaten »; Duden, « Zeilenumbruch ».
    """
    return joined(_DATE, text)


@rule(".", "§")
def abbreviations(text: str) -> Edits:
    """Keep « Nr. 5 », « Dr. Roth », « § 5 » and « z. B. » together.

    Source: DIN 5008, « Abkürzungen »; Duden, « Abkürzungen », D 1 to D 3.
    """
    return sorted([*joined(_NUMBERED, text), *joined(_IN_PARTS, text)])


GERMAN = RuleSet.of(
    ellipsis,
    dash,
    quotation_marks,
    apostrophes,
    signs_that_hug,
    percent_and_currency,
    dates,
    abbreviations,
)
