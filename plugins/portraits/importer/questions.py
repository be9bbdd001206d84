"""Does a paragraph ask something, and which question of the questionnaire is it?

French and English, with or without a question mark:

    YES    it ends with « ? », is short, and addresses somebody or opens as questions do
    MAYBE  one of these is lacking: the paragraphs around it have to decide
    NO     it is long, or it is somebody speaking of himself

« tu/vous/you » is what tells the interviewer's voice from the other one, « je/I » the
reverse; neither is needed (« Combien de collègues? »).

    score = 1                                              same wording (see ``normalised``)
          | (weighted overlap of words + likeness of letters) / 2       otherwise, 0..1

Words count by their rarity in the questionnaire, so that « Quel est ton … préféré? »
weighs less than what it asks about; a word that another question owns counts double
against. « tu » and « vous » are one word, endings of verbs and plurals are cut, articles do
not count; « ne … pas » does. Likeness is difflib's ratio of the remaining words, sorted, so
that their order does not matter much.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from portraits.reader.questionnaire import Questionnaire, normalised
from portraits.support.transliteration import unaccented

MOST_WORDS = 45
"""A paragraph of more words is no question, whatever its last character."""
SHORT = 7
"""Words of a question that may hang on the one above it."""

_ADDRESS = re.compile(
    r"\b(?:tu|te|toi|ton|ta|tes|vous|votre|vos|you|your|yours)\b|\bt[’'](?=\w)", re.IGNORECASE
)
_SELF = re.compile(
    r"(?<!-)\b(?:je|moi|mon|ma|mes|me|nous|notre|nos|i|my|me|mine|we|our|us)\b|\b[jm][’'](?=\w)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:et |ou |mais |alors,? |sinon,? |enfin,? |and |so |but )?(?:"
    r"qu[ei]\b|qu[’']|quoi|quell?e?s?\b|comment|pourquoi|ou\b|combien|quand|depuis|"
    r"(?:a|de|en|pour|avec|par|sur|dans|chez|sans|vers)\s+(?:quoi|qui|quell?e?s?|quand|combien|ou)"
    r"\b|est[ -]ce|y a-t-il|cela fait|ca fait|%|pourcentage|si (?:tu|vous|on)\b|"
    r"\w+-(?:tu|vous|t-on|t-il|t-elle|ce|on)\b|"
    r"(?:as|es|peux|veux|fais|sais|vois|vas|avez|etes|admires|penses|recommandes) (?:tu|vous)\b|"
    r"decri|raconte|parle[sz]?[- ]|nomme|dis[- ]nous|dites|donne|cite|resume|presente|partage|"
    r"explique|complete|question\b|"
    r"what|who|whose|whom|which|how|why|when|where|"
    r"(?:do|does|did|are|is|was|were|have|has|can|could|would|will|should) |"
    r"describe|tell (?:us|me)|name|share|give us|walk us|any\b)"
)
_IMPERATIVE = re.compile(
    r"(?:decri|raconte|parle[sz]?[- ]|nomme|dis[- ]nous|dites[- ]nous|donne|resume|"
    r"presente[sz]?[- ]|explique|complete|describe|tell (?:us|me)|walk us|give us)"
)
_REJOINDER = re.compile(
    r"(?:et (?:toi|vous|aujourd|maintenant|avant|apres|la)|pourquoi|comment ca|c.est-a-dire|"
    r"par exemple|vraiment|laquelle|lequel|lesquel|combien|how so|why|such as|really|which one|"
    r"how many|and now|and you)\b"
)
_END = re.compile(r"[^\w?!.…:%+\])»”’)]+$")
_ASKS_AT_END = re.compile(r"\?[\s!?.…»”)\]]*$")
_SENTENCE = re.compile(r"[.!?…]+[»”)]*\s+(?=\S)")
_COUNTED = re.compile(r"\w+")
_NETWORK_HANDLE = re.compile(r"@\w+")
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


# -- does it ask?


class Asks(IntEnum):
    """How much a paragraph looks like a question by itself."""

    NO = 0
    MAYBE = 1
    YES = 2


def word_count(text: str) -> int:
    """Words of ``text``, in the everyday sense."""
    return len(_COUNTED.findall(text))


def addresses(text: str) -> bool:
    """Whether ``text`` speaks to somebody (tu, vous, you)."""
    return bool(_ADDRESS.search(text))


def is_recommendation_heading(text: str) -> bool:
    """Whether ``text`` opens a #FF list: a heading, not an account in such a list."""
    head = text.lstrip("#* ").casefold()
    return (
        bool(re.match(r"#?ff\b|follow ?friday\b", head) or "#ff" in head)
        and not _NETWORK_HANDLE.match(text)
        and word_count(text) <= MOST_WORDS
    )


def asks(text: str) -> Asks:
    """How much the paragraph ``text`` looks like a question."""
    text = _END.sub("", " ".join(text.split()))
    length = word_count(text)
    if not length or length > MOST_WORDS:
        return Asks.NO
    plain = unaccented(text).replace("’", "'").lstrip("«“\"'-–—# ")
    opens, to_you, to_self = bool(_OPENING.match(plain)), addresses(text), bool(_SELF.search(text))
    if "?" not in text:
        return _without_mark(text, plain, length, opens, to_you, to_self)
    sentences = [part for part in _SENTENCE.split(text) if part]
    told = sum(word_count(part) for part in _sentences(text) if _is_told(part))
    if len(sentences) > 4 or (told and to_self and (not to_you or told * 2 > length)):
        return Asks.NO
    if _ASKS_AT_END.search(text):
        if to_self and not to_you and not opens:
            return Asks.NO
        if told and not to_you:
            return Asks.MAYBE
        return Asks.YES if to_you or (opens and not to_self) else Asks.MAYBE
    if length > 30 or to_self:
        return Asks.NO
    return Asks.YES if opens and to_you else Asks.MAYBE if to_you else Asks.NO


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^.!?…]+[.!?…]*", text)


def _is_told(sentence: str) -> bool:
    return sentence.strip().endswith((".", "!")) and word_count(sentence) > 2


def _without_mark(
    text: str, plain: str, length: int, opens: bool, to_you: bool, to_self: bool
) -> Asks:
    """A question mark was forgotten, or the question is a request."""
    if length > 25 or len(_sentences(text)) > 2:
        return Asks.NO
    if _IMPERATIVE.match(plain):
        return Asks.YES if to_you or re.search(r"\b(?:nous|us|me)\b", plain) else Asks.MAYBE
    if opens and to_you and not to_self and not text.endswith((".", "!", "…")):
        return Asks.YES
    return Asks.NO


def is_rejoinder(text: str) -> bool:
    """Whether a question hangs on the answer above it: short, and without « tu »."""
    plain = unaccented(text)
    length = word_count(text)
    return (
        length <= SHORT
        and not plain.startswith("%")
        and (not addresses(text) or (length <= 3 and bool(_REJOINDER.match(plain))))
    )


# -- which question is it?


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
def _stems(wording: str) -> tuple[str, ...]:
    words = [word for word in normalised(wording).split() if word not in _STOP]
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


def match(wording: str, questionnaire: Questionnaire, lang: str) -> tuple[Match, ...]:
    """Every question that ``wording`` may be, best first, ties in the questionnaire's order.

    Wordings of other languages count only where ``lang`` has none equal; scores below
    :data:`PROPOSED` are left out.
    """
    if exact := questionnaire.id_of(wording):
        return (Match(exact, 1.0),)
    rows, weights = _known(questionnaire)
    asked = frozenset(_stems(wording))
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
            weights.get(stem, unknown) * (1 if stem in stems else 1 + (stem in weights))
            for stem in asked
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
