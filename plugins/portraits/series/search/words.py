"""Split text into words and reduce them to search terms.

    text  -> folded   compatibility decomposition (NFKD), lower case, no accents, Latin letters in
                      ASCII: œ becomes oe, ł becomes l
    words =  runs of letters, digits and ``_``: ``l’UQÀM`` is ``l`` and ``uqam``
    term  =  a word without its ending; empty for one letter and for stop words

A handle or hashtag made of several words is found by the whole and by each word:
``#JeudiConfession`` is ``jeudiconfession``, ``jeudi`` and ``confession``; ``@le_devoir`` is
``le_devoir``, ``ledevoir`` and ``devoir``. A word in another script is found in Latin letters too:
``Ольга`` is ``ольга`` and ``olga``.

A word of four letters or more loses its ending, whatever its language:

    -eaux -> -eau, -aux -> -al       réseaux, journaux; -ail for the seven nouns of ``_AIL``
    -eux, -oux -> -eu, -ou           jeux, bijoux
    -s                               unless after another one: amis, clés, words, but not boss
    -ere, -ee, -er, -e               where four letters remain: première, étudiée, étudier
    -y -> -i                         study, as in studies
    one of two equal letters         professionnel, as in professionnelle

The French rules are those of J. Savoy's minimal stemmer ("A stemming procedure and stopword list
for general French corpora", JASIS 50(10), 1999), the English ones those of D. Harman's S-stemmer
("How effective is suffixing?", JASIS 42(1), 1991), joined so that one rule serves both: neither
the language of a query nor that of a quotation is known.

``theme/static/js/search-words.js`` applies the same rules to queries;
``tests/unit/search/words.txt`` tests both. It takes the stop words from the index.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import chain

from portraits.support.transliteration import latin, unaccented

KEPT_LETTERS = 4
"""Number of letters at the beginning of a term that decide which file of the index contains it."""

_ENDINGS = ("ere", "ee", "er", "e")
_AIL = frozenset(("b", "cor", "em", "soupir", "trav", "vant", "vitr"))
"""Beginnings of the French nouns in -ail whose plural ends in -aux: bail, corail, émail…"""
_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"[\u02b0-\u02ff\u0300-\u036f]+")
"""Accents, and letters that modify others: ``Hawaiʻi``."""
_LETTER = re.compile(r"[\u00df-\u2c7f]")
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
    return plain if plain.isascii() else _LETTER.sub(_in_ascii, plain)


def _in_ascii(found: re.Match[str]) -> str:
    char = found[0]
    return unaccented(char) if unicodedata.name(char, "").startswith("LATIN") else char


def words(text: str) -> list[str]:
    """Return the folded words of ``text``, in order."""
    return _WORD.findall(folded(text))


def term(word: str) -> str:
    """Return the search term of a folded word; empty if it is not searched for."""
    if len(word) < 2 or word in STOP_WORDS:
        return ""
    return _stem(word) if len(word) >= KEPT_LETTERS and word.isalpha() else word


def _stem(word: str) -> str:
    word = _singular(word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= KEPT_LETTERS:
            word = word.removesuffix(ending)
            break
    if word.endswith("y") and len(word) >= KEPT_LETTERS:
        word = f"{word[:-1]}i"
    return word[:-1] if len(word) > KEPT_LETTERS and word[-1] == word[-2] else word


def _singular(word: str) -> str:
    if word.endswith("aux") and not word.endswith("eaux"):
        if word[:-3] in _AIL:
            return f"{word[:-3]}ail"
        return f"{word[:-3]}al" if len(word) > KEPT_LETTERS else word
    if word.endswith(("eaux", "eux", "oux")) or (word[-1] == "s" and word[-2] != "s"):
        return word[:-1]
    return word


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
    if not plain.isascii():
        found.update(words(latin(letters)))
    return tuple(filter(None, map(term, found)))
