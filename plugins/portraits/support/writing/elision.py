"""Shorten a word before a name that begins with a vowel: « de Karim », « d’Ana »; « Eva e Inés ».

A catalogue lists the words of its language that change, and before what:

    elisions = [{ before = "[aeiou]", words = { "de " = "d’" } }]

``before`` is a regular expression for the beginning of the next word in lower-case letters without
accents. Nothing changes before an account (« de @ana ») or a word in another script, whose sound
the spelling does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portraits.support.transliteration import is_latin, unaccented

_TAGS = re.compile(r"(?:<[^>]*>)+")


@dataclass(frozen=True, slots=True)
class Elision:
    """A word, and its form before some beginnings of the next one."""

    word: str
    """With the space after it: « de »."""
    short: str
    before: re.Pattern[str]

    def ends(self, text: str) -> bool:
        """Return whether ``text`` ends with the word."""
        head = text[: -len(self.word)]
        return text.lower().endswith(self.word) and not head[-1:].isalnum()


def before(text: str, value: str, elisions: Sequence[Elision]) -> str:
    """Return ``text`` with its last word as it is written before ``value``, which may be HTML."""
    for one in elisions:
        if one.ends(text):
            head = text[: -len(one.word)]
            capital = text[len(head)].isupper()
            short = one.short[0].upper() + one.short[1:] if capital else one.short
            return head + short if _calls_for(value, one) else text
    return text


def _calls_for(value: str, elision: Elision) -> bool:
    begun = _TAGS.match(value)
    start = value[begun.end() if begun else 0 :][:24]
    return (
        start[:1].isalpha() and is_latin(start[0]) and bool(elision.before.match(unaccented(start)))
    )
