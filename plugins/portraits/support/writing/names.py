"""Take names of people apart: the part to sort by, and the initials.

Names of one word, names with particles, and names in any script are right; nobody can know from
the spelling alone where a family name of two words begins (García Márquez), so a portrait may say
it (``sort_name``).
"""

from __future__ import annotations

import unicodedata

# fmt: off
PARTICLES = frozenset({
    "de", "du", "des", "d", "la", "le", "les", "l", "da", "di", "do", "dos", "das", "del",
    "della", "der", "den", "van", "von", "zu", "zur", "ten", "ter", "el", "al", "bin",
    "ibn", "y", "e", "et", "of", "the", "and", "af", "av",
})
"""Words that stand before a family name, in lower case."""
_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii", "iv", "fils", "père"})
# fmt: on
APOSTROPHES = ("’", "'", "ʼ")
_FAMILY_FIRST = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")
"""Scripts in which the family name comes first."""


def sort_name(name: str) -> str:
    """Return ``name`` as lists of people sort it: the family name first.

    Ludwig van Beethoven      Beethoven Ludwig van
    Jean de La Fontaine       La Fontaine Jean de      (a particle with a capital counts)
    Guy d’Amours              Amours Guy d’
    Martin Luther King Jr.    King Martin Luther Jr.
    村上 春樹, evenko          as they are
    """
    words = name.split()
    last = _last(words)
    if last < 1 or _family_first(name):
        return " ".join(words)
    first = last
    while first > 1 and is_particle(words[first - 1]) and words[first - 1][0].isupper():
        first -= 1
    family, given, after = words[first : last + 1], words[:first], words[last + 1 :]
    particle, family[0] = _without_particle(family[0])
    return " ".join([*family, *given, *particle, *after])


def _last(words: list[str]) -> int:
    """Return the index of the last word of a name that is no « Jr. »; -1 without words."""
    last = len(words) - 1
    while last > 1 and words[last].lower().rstrip(".") in _AFTER_NAMES:
        last -= 1
    return last


def _without_particle(word: str) -> tuple[list[str], str]:
    """Return « d’ » in lower case and the rest of a word that begins with it."""
    for apostrophe in APOSTROPHES:
        before, found, rest = word.partition(apostrophe)
        if rest and before in PARTICLES:
            return [before + found], rest
    return [], word


def _family_first(name: str) -> bool:
    letters = [char for char in name if char.isalpha()]
    return bool(letters) and unicodedata.name(letters[0], "").startswith(_FAMILY_FIRST)


def is_particle(word: str) -> bool:
    """Return whether ``word`` is a particle, whatever its case."""
    return word.lower().rstrip("".join(APOSTROPHES)) in PARTICLES


def first_letter(word: str) -> str:
    """Return the letter or digit that a word begins with, after a particle (d’Amours: A); empty
    for a word without any."""
    for apostrophe in APOSTROPHES:
        before, _, after = word.partition(apostrophe)
        if before.lower() in PARTICLES and after:
            word = after
    return next((char.upper()[0] for char in word if char.isalnum()), "")


def counted_words(name: str) -> list[str]:
    """Return the words of a name that have a letter, without particles, except at its start, and
    without « Jr. »."""
    words = [word for word in unicodedata.normalize("NFC", name).split() if first_letter(word)]
    words = words[: _last(words) + 1]
    return [word for at, word in enumerate(words) if at == 0 or not is_particle(word)]


def own_initials(name: str) -> str:
    """Return the initials of a name in its own script, or an empty string.

    In scripts without capitals, where letters join or stand for words, it is the first one alone.
    """
    letters = [first_letter(word) for word in counted_words(name)]
    if not letters:
        return ""
    cased = letters[0].lower() != letters[0].upper()
    return letters[0] + letters[-1] if cased and letters[1:] else letters[0]
