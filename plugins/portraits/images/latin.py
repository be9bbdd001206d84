"""The letter beneath an accent or a stroke: č gives c, Ł gives L.

For faces that lack the accented letter. Accents are taken off by canonical
decomposition (Unicode Standard Annex 15); strokes, hooks and the like, which do not
decompose, by the name of the character (“… LETTER L WITH STROKE”).
"""

import unicodedata


def bare(letter: str) -> str:
    """Return the plain letter of one character, or the character itself."""
    base = unicodedata.normalize("NFD", letter)[0]
    plain_name, found, _ = unicodedata.name(base, "").partition(" WITH ")
    if not found:
        return base
    try:
        return unicodedata.lookup(plain_name)
    except KeyError:
        return base
