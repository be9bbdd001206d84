"""Write any script in unaccented Latin letters.

    é, Ł, ø, ß      e, L, o, ss
    Ольга, Γιώργος  Olga, Giorgos
    村上, سارة        CunShang, srh

The table is that of anyascii: one transliteration per character, whatever the language, so that
the same text always gives the same letters. It cannot know that 村上 is read « Murakami » in
Japanese, nor which vowels an Arabic name has. ``docs/decisions/012-transliteration.md`` compares
the libraries.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def latin(text: str) -> str:
    """Return ``text`` with every letter, mark and digit in ASCII; anything else stays.

    Compatibility characters are replaced first (NFKC): ™ by TM, a no-break space by a space. A
    letter that the table lacks disappears.
    """
    if text.isascii():
        return text
    return "".join(map(_in_ascii, unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=8192)
def _in_ascii(char: str) -> str:
    if char.isascii() or unicodedata.category(char)[0] not in "LMN":
        return char
    from anyascii import anyascii  # loads importlib.resources: 40 ms that most commands can save

    # Signs such as the apostrophe for the soft sign (Ol'ga) would separate words.
    return "".join(filter(str.isalnum, anyascii(char)))


def is_latin(text: str) -> bool:
    """Return whether all letters of ``text`` are Latin, so that only accents are lost."""
    return text.isascii() or all(
        unicodedata.name(char, "").startswith("LATIN")
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) in ("Lu", "Ll", "Lt", "Lo")
    )


def unaccented(text: str) -> str:
    """Return ``text`` in lower-case Latin letters without accents, to compare and to sort."""
    return latin(text).lower()
