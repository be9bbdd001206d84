"""Apply the Spanish rules: « RAE » is the Ortografía de la lengua española (2010) of the Academies.

    quotation marks   «a “b ‘c’”», without spaces inside
    ¿ ? ¡ !           hug their words
    … —               one sign for three dots, for two or three hyphens
    50 %  10 000      a no-break space

Opening signs (¿ ¡) that are missing are the editor's to add.
"""

from __future__ import annotations

import re

from portraits.typography.characters import SPACE, SPACES, is_word
from portraits.typography.french import numbers, punctuation
from portraits.typography.line import Edits, RuleSet, every, rule
from portraits.typography.marks import joined, levelled, single_marks

_FORMS = (("«", "»"), ("“", "”"), ("‘", "’"))
_AFTER_OPENING = re.compile(rf"(?<=[«¿¡]){SPACE}+(?=[^{SPACES}»?!])")
_BEFORE_CLOSING = re.compile(rf"(?<=[^{SPACES}«¿¡]){SPACE}+(?=»)")
_MONTH = (
    "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre"
    "|noviembre|diciembre)"
)
_DATE = re.compile(rf"(?<![\w.,])\d{{1,2}}({SPACE}{{1,2}})de({SPACE}{{1,2}}){_MONTH}(?!\w)")
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:Sra?s?|Dra?s?|Da?|Ud|Uds|Sta|Sto|pp?|págs?|vol|cap|art|núm|EE)\."
    rf"({SPACE}{{1,2}})(?=[A-ZÁÉÍÓÚÑ\d])"
)


@rule('"', "“", "”", "«")
def quotation_marks(text: str) -> Edits:
    """Write « » outside, “ ” inside them, then ‘ ’.

    Source: RAE, Diccionario panhispánico de dudas, « comillas », 1: «Antonio me dijo: “Vaya
    ‘cacharro’ que se ha comprado Julián”».
    """
    edits: Edits = []
    for start, end, level in levelled(text, "«“", "»”", '"'):
        if text[start] == '"' or text[end] == '"' or (text[start] == "“" and level == 0):
            for position, mark in zip((start, end), _FORMS[min(level, 2)], strict=True):
                if text[position] != mark:
                    edits.append((position, position + 1, mark))
    return sorted(edits)


@rule("«", "»", "¿", "¡")
def spaces_inside(text: str) -> Edits:
    """Write no space after « ¿ ¡ nor before ».

    Source: RAE, Diccionario panhispánico de dudas, « comillas », 2, and « interrogación y
    exclamación (signos de) », 2: the signs stand against what they enclose.
    """
    return sorted([*every(_AFTER_OPENING, "", text), *every(_BEFORE_CLOSING, "", text)])


@rule("'", "´", "‘")
def apostrophes(text: str) -> Edits:
    """Write a curved apostrophe; ‘ ’ for third-level quotations.

    Source: RAE, Diccionario panhispánico de dudas, « apóstrofo », « comillas ».
    """
    return single_marks(text)


@rule(";", "!", "?", glance=rf"[;!?](?<={SPACE}.)")
def signs_that_hug(text: str) -> Edits:
    """Remove the space before ; ! ?.

    Source: RAE, Ortografía (2010), III, 3.1: punctuation follows its word without a space.
    """
    edits = punctuation.high_signs_in_quebec.edits(text)
    return [one for one in edits if one[0] and is_word(text[one[0] - 1])]


@rule("..", "…")
def ellipsis(text: str) -> Edits:
    """Write three dots as one character (…), and end « etc. » with one dot.

    Source: RAE, Diccionario panhispánico de dudas, « puntos suspensivos », 1 and 4.
    """
    return punctuation.ellipsis.edits(text)


@rule("--")
def dash(text: str) -> Edits:
    """Write two or three hyphens as a dash, the raya (—), where it stands apart or opens a line.

    Source: RAE, Diccionario panhispánico de dudas, « raya ».
    """
    return punctuation.dash.edits(text)


@rule("%", "‰", "$", "€", "¢", "£")
def percent_and_currency(text: str) -> Edits:
    """Write a no-break space between a number and %, €, $.

    Source: RAE, Ortografía (2010), VIII, 2.2.1, and « Símbolos »: symbols are separated from the
    number by a space that does not break.
    """
    return numbers.percent_and_currency.edits(text)


@rule("0")
def thousands(text: str) -> Edits:
    """Keep groups of three digits together: 10 000.

    Source: RAE, Diccionario panhispánico de dudas, « números », 2.1: groups are separated by a
    space; not for numbers of four digits.
    """
    return numbers.thousands.edits(text)


@rule("0")
def dates(text: str) -> Edits:
    """Keep « 1 de agosto » together.

    Source: Fundéu, « fechas, claves para escribirlas »: day and month stay on one line.
    """
    return joined(_DATE, text)


@rule("r", "S", "D", "U", "p", "v", "c", "a", "n", "E")
def abbreviations(text: str) -> Edits:
    """Keep « Sra. Roy », « p. 12 », « núm. 5 », « EE. UU. » together.

    Source: RAE, Ortografía (2010), V, 3.2.4: an abbreviation is not separated from what it
    accompanies.
    """
    return joined(_ABBREVIATED, text)


SPANISH = RuleSet.of(
    ellipsis,
    dash,
    quotation_marks,
    apostrophes,
    spaces_inside,
    signs_that_hug,
    percent_and_currency,
    thousands,
    dates,
    abbreviations,
)
