"""Define the characters that the rules use, and classify spaces and word characters.

space  = a space that a rule may replace; includes line breaks of the source,
         but not U+2028 (the placeholder for ``<br>``)
word   = a letter, a digit, a combining mark, or HIDDEN
HIDDEN = U+FDD2, one for each character hidden from the rules (see ``protected``)
"""

from __future__ import annotations

NBSP = "\u00a0"
NNBSP = "\u202f"
HIDDEN = "\ufdd2"
LINE_BREAK = "\u2028"

SPACES = " \t\n\r\u00a0\u2009\u202f"
SPACE = f"[{SPACES}]"
"""SPACES as a regular expression."""

_CLOSING = ")]}»”’%‰$€¢£°…™®©."


def is_word(character: str) -> bool:
    """Return whether ``character`` can be part of a word; False for "" (the edge of a text)."""
    return character.isalnum() or character == HIDDEN or "\u0300" <= character <= "\u036f"


def ends_a_phrase(character: str) -> bool:
    """Return whether a closing sign may directly follow ``character``.

    True after a letter, a digit or a closing mark; False after « + » or an emoji, which would
    change meaning (« Google + ? »).
    """
    return is_word(character) or (character != "" and character in _CLOSING)


def gap(text: str, end: int) -> int:
    """Return the start of the run of spaces that ends at ``end`` (``end`` if there is none)."""
    while end and text[end - 1] in SPACES:
        end -= 1
    return end
