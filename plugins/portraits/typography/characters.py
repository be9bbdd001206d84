"""The characters that the rules write, and what counts as a space or as part of a word.

    space  = the spaces that a rule may replace; a line break in the source is one,
             U+2028 (the stand-in for ``<br>``) is not
    word   = a letter, a digit, a combining mark, or HIDDEN
    HIDDEN = U+FDD2, one for each character that no rule may see (see ``protected``)
"""

from __future__ import annotations

NBSP = "\u00a0"
NNBSP = "\u202f"
HIDDEN = "\ufdd2"
LINE_BREAK = "\u2028"

SPACES = " \t\n\r\u00a0\u2009\u202f"
SPACE = f"[{SPACES}]"
"""The same as a regular expression."""

_CLOSING = ")]}»”’%‰$€¢£°…™®©."


def is_word(character: str) -> bool:
    """Whether ``character`` can be part of a word. The empty string (an edge) is not."""
    return character.isalnum() or character == HIDDEN or "\u0300" <= character <= "\u036f"


def ends_a_phrase(character: str) -> bool:
    """Whether a sign that hugs what it follows may hug ``character``: « jour », « ) »,
    but not « + » or an emoji, whose own sense a hugging sign would change."""
    return is_word(character) or (character != "" and character in _CLOSING)


def gap(text: str, end: int) -> int:
    """Where the run of spaces that ends at ``end`` begins (``end`` if there is none)."""
    while end and text[end - 1] in SPACES:
        end -= 1
    return end
