"""Find the base letter of a letter with an accent or a stroke: č gives c, Ł gives L.

For typefaces without the accented letter. Accents are removed by canonical
decomposition (Unicode Standard Annex 15); strokes, hooks and the like, which do not
decompose, through the character's name (“… LETTER L WITH STROKE”).
"""

import unicodedata


def bare(letter: str) -> str:
    """Return the base letter of one character, or the character itself if it has none."""
    base = unicodedata.normalize("NFD", letter)[0]
    plain_name, found, _ = unicodedata.name(base, "").partition(" WITH ")
    if not found:
        return base
    try:
        return unicodedata.lookup(plain_name)
    except KeyError:
        return base
