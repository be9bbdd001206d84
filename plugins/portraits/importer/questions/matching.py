"""Which question of the questionnaire a wording is.

    score = 1                                              same wording (see ``normalised``)
          | (weighted overlap of words + likeness of letters) / 2       otherwise, 0..1

What is said around a question (:mod:`.courtesies`) is set aside first, on both sides. Words count
by their rarity in the questionnaire, so that « Quel est ton … préféré? » weighs less than what it
asks about; a word too many counts double against. « tu » and « vous » are one
word, endings of verbs and plurals are cut, articles do not count; « ne … pas » does. Likeness is
difflib's ratio of the remaining words, sorted, so that their order does not matter much.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from portraits.importer.questions.courtesies import bare
from portraits.reader.questionnaire import Questionnaire, normalised

THRESHOLD = 0.76
"""From this score on a question is taken for the questionnaire's. Chosen on the table of
``tests/cases/import/matching.txt``: true pairs score above it, near misses below."""
MARGIN = 0.06
"""How far the best id must be ahead of the second, or nothing is decided."""
PROPOSED = 0.5
"""From this score on a question is proposed to the editor."""

_STOP = frozenset(
    # Read as prose, not as seventy literals.
    """
le la les l un une des du de d et ou a au aux en que qu qui ce c ca cela est sont il elle on y
dans pour par sur avec se s the an of to in on at is are it and or for do does did be this that
plus tres te toi ton ta tes tu t vous votre vos toi vs you your yours
""".split()  # noqa: SIM905
)
_SAME = {
    "avez": "avoir",
    "as": "avoir",
    "es": "etre",
    "etes": "etre",
    "fais": "faire",
    "faites": "faire",
    "fait": "faire",
    "peux": "pouvoir",
    "pouvez": "pouvoir",
    "veux": "vouloir",
    "voulez": "vouloir",
    "dis": "dire",
    "dites": "dire",
    "vois": "voir",
    "voyez": "voir",
    "sais": "savoir",
    "savez": "savoir",
    "vas": "aller",
    "allez": "aller",
    "suis": "suivre",
    "suivez": "suivre",
    "dois": "devoir",
    "devez": "devoir",
    "quel": "quel",
    "quelle": "quel",
    "quels": "quel",
    "quelles": "quel",
    "job": "travail",
    "boulot": "travail",
    "emploi": "travail",
    "blogue": "blog",
    "favorite": "favourit",
    "fier": "fier",
    "fiere": "fier",
    "fiers": "fier",
    "fieres": "fier",
    "jour": "jour",
    "journee": "jour",
    "an": "annee",
    "ans": "annee",
    "annees": "annee",
}
_ENDING = re.compile(r"(?:ements?|erais|eriez|erait|antes?|ants?|ees?|ez|er|es|e|s|x|ing|ed)$")


@dataclass(frozen=True, slots=True)
class Match:
    """A question of the questionnaire and how near it is, 0..1."""

    id: str
    score: float


def _stem(word: str) -> str:
    if word in _SAME:
        return _SAME[word]
    return _ENDING.sub("", word) if len(word) > 4 else word.rstrip("s") if len(word) > 3 else word


@lru_cache(maxsize=4096)
def _stems(wording: str, names: frozenset[str] = frozenset()) -> tuple[str, ...]:
    bared = normalised(bare(wording, names))
    words = [word for word in bared.split() if word not in _STOP]
    return tuple(sorted({_stem(word) for word in words}))


@lru_cache(maxsize=8)
def _known(
    questionnaire: Questionnaire,
) -> tuple[tuple[tuple[str, str, frozenset[str], str], ...], dict[str, float]]:
    """((language, id, stems, sorted stems as text) …) and the weight of each stem."""
    rows = tuple(
        (lang, entry.id, frozenset(_stems(wording)), " ".join(_stems(wording)))
        for entry in questionnaire.entries
        for lang, wording in (*entry.wordings, *entry.variants)
    )
    asked_in = Counter(stem for stem, _ in {(s, row[1]) for row in rows for s in row[2]})
    total = max(len(questionnaire.entries), 2)
    return rows, {stem: math.log(1 + total / n) for stem, n in asked_in.items()}


def match(
    wording: str, questionnaire: Questionnaire, lang: str, names: frozenset[str] = frozenset()
) -> tuple[Match, ...]:
    """Every question that ``wording`` may be, best first, ties in the questionnaire's order.

    ``names`` are what the person is called, in small letters without accents: « Et toi, Léa, … ».

    Wordings of other languages count only where ``lang`` has none equal; scores below
    :data:`PROPOSED` are left out.
    """
    if exact := questionnaire.id_of(wording):
        return (Match(exact, 1.0),)
    rows, weights = _known(questionnaire)
    asked = frozenset(_stems(wording, names))
    if not asked:
        return ()
    text, unknown = " ".join(sorted(asked)), math.log(1 + max(len(questionnaire.entries), 2))
    best: dict[str, float] = {}
    for row_lang, question_id, stems, known_text in rows:
        shared = asked & stems
        if row_lang[:2] != lang[:2] or not shared:
            continue
        weight = sum(weights.get(stem, unknown) for stem in shared)
        both = sum(
            weights.get(stem, unknown) * (1 if stem in stems else 2) for stem in asked
        ) + sum(weights[stem] for stem in stems)
        overlap = 2 * weight / both
        if overlap < PROPOSED / 2:
            continue
        likeness = SequenceMatcher(None, text, known_text, autojunk=False).ratio()
        best[question_id] = max(best.get(question_id, 0.0), (overlap + likeness) / 2)
    order = {entry.id: number for number, entry in enumerate(questionnaire.entries)}
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], order[pair[0]]))
    return tuple(Match(i, round(score, 3)) for i, score in ranked if score >= PROPOSED)


def decided(matches: tuple[Match, ...]) -> str:
    """The id that is sure enough to be written, or an empty string."""
    if not matches or matches[0].score < THRESHOLD:
        return ""
    if len(matches) > 1 and matches[0].score - matches[1].score < MARGIN:
        return ""
    return matches[0].id
