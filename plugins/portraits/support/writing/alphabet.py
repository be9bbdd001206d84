"""Sort by the alphabet of a language, as its catalogue writes it: « a b c … n ñ o … ».

    alphabet = letter (" " letter)*        one of more than one character is a letter too: « ch »

A letter that the alphabet lacks stands where its plain Latin letter does (é with e, ß with ss, Щ
with s), after it if all else is equal; if the alphabet lacks that too, after all others. Spaces
come before letters, other signs do not count. (These are the first two levels of the Unicode
Collation Algorithm with the tailorings of CLDR that a list of letters can say;
``docs/decisions/015-languages.md`` says why no library does it.)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from portraits.support.transliteration import unaccented

SortKey = tuple[str, str, str]
_FIRST, _AFTER = 0xE000, "\uf8ff"
"""Letters are compared as characters from here on, which no text has; what is in no alphabet
begins with the last of them."""


@lru_cache(maxsize=16)
def _places(alphabet: str) -> tuple[dict[str, str], int]:
    """Return letter -> the character to compare it by, and the length of the longest letter."""
    letters = alphabet.split()
    return (
        {letter: chr(_FIRST + number) for number, letter in enumerate(letters)},
        max(map(len, letters)),
    )


def _units(text: str, alphabet: str) -> Iterator[tuple[str, str]]:
    """Yield each letter, digit or run of spaces of ``text``, and what it is compared by."""
    places, longest = _places(alphabet)
    plain = unicodedata.normalize("NFC", text).lower()
    position = 0
    while position < len(plain):
        for length in range(longest, 0, -1):
            letter = plain[position : position + length]
            if letter in places:
                yield letter, places[letter]
                break
        else:
            letter, length = plain[position], 1
            if letter.isspace():
                yield " ", " "
            elif letter.isalnum():
                yield from _elsewhere(letter, places)
        position += length


def _elsewhere(letter: str, places: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a letter or digit that is not in the alphabet, by its plain Latin letters if they
    are."""
    latin = unaccented(letter)
    if letter.isdigit() or not latin:
        yield letter, latin or _AFTER + letter
    elif all(part in places for part in latin):
        for part in latin:
            yield part, places[part]
    else:
        yield letter, _AFTER + letter


@lru_cache(maxsize=65536)
def sort_key(text: str, alphabet: str) -> SortKey:
    """Return what ``text`` is sorted by in a language with ``alphabet``."""
    compared = "".join(place for _, place in _units(text, alphabet))
    return compared.strip(), unicodedata.normalize("NFD", text).lower(), text


def letter_of(text: str, alphabet: str) -> str:
    """Return the letter under which ``text`` stands, as a capital; empty if it has none."""
    return next((letter for letter, _ in _units(text, alphabet) if letter != " "), "").upper()
