"""What counts as a word, and which words count as the same.

    text  -> folded   one spelling a character (NFKD), lower case, no accents, œ is oe
    words =  runs of letters, digits and ``_``: ``l’UQÀM`` is ``l`` and ``uqam``
    term  =  a word without its ending, or nothing for one letter and for stop words

A handle or hashtag made of several words is found by all of them and by each of them:
``#JeudiConfession`` is ``jeudiconfession``, ``jeudi`` and ``confession``; ``@le_devoir`` is
``le_devoir``, ``ledevoir`` and ``devoir``.

The endings are those of number, gender and of verbs in -er, after the rules of J. Savoy's
minimal French stemmer ("A stemming procedure and stopword list for general French
corpora", JASIS 50(10), 1999). An ending never reaches into a word's first four letters,
because those say in which file of the index the word stands.

``theme/static/js/search-words.js`` applies the same rules to what readers type;
``tests/unit/search/words.txt`` holds both to them. The stop words it reads in the index.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

KEPT_LETTERS = 4
"""Letters at the beginning of a word that its term always keeps."""

_ENDINGS = ("ere", "ee", "er", "e")
_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_HUMP = re.compile(r"([a-zß-öø-ÿ0-9])([A-ZÀ-ÖØ-Þ])")

_STOP_WORDS = """
    ai as au aux avec avez avoir avons ca ce cela ces cet cette comme dans de des donc dont du
    elle elles en entre es est et etaient etait etre eux faire fait il ils je jusqu la le les
    leur leurs lorsqu lui ma mais me mes moi mon ne ni nos notre nous on ont ou par pas plus pour
    puisqu qu quand que quelqu qui quoiqu sa sans se ses si son sont sous suis sur ta te tes toi
    ton tous tout toute toutes tres tu un une vos votre vous
    an and are at be been by did do does for from had has have he her his how if in into is it
    its just my no not of or our she so than that their them then there these they this to was
    we were what when which who will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""French and English words that stand in nearly every passage, folded."""


def folded(text: str) -> str:
    """``text`` as it is compared: « Événement » and ``EVENEMENT`` are equal."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    return plain.replace("œ", "oe").replace("æ", "ae")


def words(text: str) -> list[str]:
    """The words of ``text``, folded, in order."""
    return _WORD.findall(folded(text))


def term(word: str) -> str:
    """What a folded word is found under; empty when it is not searched for."""
    if len(word) < 2 or word in STOP_WORDS:
        return ""
    return _stem(word) if len(word) > KEPT_LETTERS and word.isalpha() else word


def _stem(word: str) -> str:
    if word.endswith("eaux"):
        word = word[:-1]
    elif word.endswith("aux") and len(word) > KEPT_LETTERS + 1:
        word = f"{word[:-3]}al"
    elif word[-1] in "sx":
        word = word[:-1]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= KEPT_LETTERS:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > KEPT_LETTERS and word[-1] == word[-2] else word


def terms(text: str) -> set[str]:
    """Everything under which a passage is found."""
    return set(chain.from_iterable(map(_terms_between_spaces, text.split())))


@lru_cache(maxsize=1 << 15)
def _terms_between_spaces(letters: str) -> tuple[str, ...]:
    """The same of letters without a space between them, « l’UQÀM, ». No rule looks beyond a
    space, and texts are made of few such pieces: each is taken apart once."""
    plain = folded(letters)
    found = set(_WORD.findall(plain))
    if _HUMP.search(letters):
        found.update(words(_HUMP.sub(r"\1 \2", letters)))
    if "_" in plain:
        for word in [word for word in found if "_" in word]:
            found.update((word.replace("_", ""), *word.split("_")))
    return tuple(filter(None, map(term, found)))
