"""Split text into words and reduce them to search terms.

    text  -> folded   compatibility decomposition (NFKD), lower case, no accents, œ becomes oe
    words =  runs of letters, digits and ``_``: ``l’UQÀM`` is ``l`` and ``uqam``
    term  =  a word without its ending; empty for one letter and for stop words

A handle or hashtag made of several words is found by the whole and by each word:
``#JeudiConfession`` is ``jeudiconfession``, ``jeudi`` and ``confession``; ``@le_devoir`` is
``le_devoir``, ``ledevoir`` and ``devoir``.

The endings removed are those of number, gender and verbs in -er, after the rules of J. Savoy's
minimal French stemmer ("A stemming procedure and stopword list for general French corpora", JASIS
50(10), 1999). The first four letters of a word are never removed, because they decide which file of
the index contains the word.

``theme/static/js/search-words.js`` applies the same rules to queries;
``tests/unit/search/words.txt`` tests both. It takes the stop words from the index.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

KEPT_LETTERS = 4
"""Number of letters at the beginning of a word that its term always keeps."""

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
"""Folded French and English words that occur in nearly every passage."""


def folded(text: str) -> str:
    """Return ``text`` in the form used for comparison: « Événement » and ``EVENEMENT`` are
    equal."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    return plain.replace("œ", "oe").replace("æ", "ae")


def words(text: str) -> list[str]:
    """Return the folded words of ``text``, in order."""
    return _WORD.findall(folded(text))


def term(word: str) -> str:
    """Return the search term of a folded word; empty if it is not searched for."""
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
    """Return all terms under which a passage is found."""
    return set(chain.from_iterable(map(_terms_between_spaces, text.split())))


@lru_cache(maxsize=1 << 15)
def _terms_between_spaces(letters: str) -> tuple[str, ...]:
    """Return the terms of a run of characters without spaces, « l’UQÀM, ».

    Cached: no rule looks past a space, and texts repeat the same runs.
    """
    plain = folded(letters)
    found = set(_WORD.findall(plain))
    if _HUMP.search(letters):
        found.update(words(_HUMP.sub(r"\1 \2", letters)))
    if "_" in plain:
        for word in [word for word in found if "_" in word]:
            found.update((word.replace("_", ""), *word.split("_")))
    return tuple(filter(None, map(term, found)))
