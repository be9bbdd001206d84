"""Recognize in a message what we sent: the questionnaire by e-mail, however it comes back.

    sent        = greeting instruction* question* recommendations instruction*
    question    = [ number ] wording [ "[" id "]" ]
                | [ number ] "[" id "]"                          the wording was deleted
                | [ number ] words "[" id "]"                    or changed

The words are compared, not the characters: marks of quotation, bullets, bold, other quotation
marks, no-break spaces, lost accents and lines broken elsewhere make no difference. Words of ours
begin a line, or follow other words of ours; in the middle of a line only the id tells a question.
An answer may go on in the same line, after the question mark or the id: « Le mot de la fin, je le
laisse à ma mère. » is no question.

:mod:`portraits.editor.questionnaire_mail` composes the text, from the same catalogue.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise

from portraits.importer.mail.lines import quotation
from portraits.importer.questions import MOST_WORDS
from portraits.importer.transcript import words_of
from portraits.reader.questionnaire import Questionnaire
from portraits.support.catalogue import catalogue
from portraits.support.languages import LANGUAGES
from portraits.support.transliteration import unaccented

_WORD = re.compile(r"[^\W_]+[+#]*|%")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_NUMBER = re.compile(r"q?\d{1,3}")
_AFTER_NUMBER = re.compile(r"\s?[-.)°:/\\*]+\s*$|\s+$")
_CLOSES_ID = re.compile(r"\\?\]")
_PUNCTUATION = re.compile(r"[\s?!.:…»”\")*_\\]*")
_FEWEST_WORDS = 4
"""Words of a sentence of ours that tells it from what anybody may write."""
Place = tuple[int, int]
"""(line, column), from 0."""


class PassageKind(Enum):
    """What a recognized passage is in the questionnaire that we send."""

    GREETING = auto()
    INSTRUCTION = auto()
    QUESTION = auto()
    RECOMMENDATIONS = auto()
    PHOTO = auto()
    """The sentence that asks for a photo; what is below it answers no question."""
    THANKS = auto()


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a message that we sent."""

    kind: PassageKind
    start: Place
    end: Place
    text: str
    """Its words as they came back; of a question, the wording alone."""
    depth: int
    """Marks of quotation before it."""
    id: str = ""
    """Of a question."""
    number: str = ""
    """As it came back, with its sign."""
    shown_id: str = ""
    """The id as it came back, or empty."""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: PassageKind
    words: tuple[str, ...]
    lang: str = ""
    id: str = ""
    asks: bool = False
    """Whether it ends with a question mark."""


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    line: int
    start: int
    end: int


def passages(lines: Sequence[str], questionnaire: Questionnaire) -> tuple[Passage, ...]:
    """Return what we sent among ``lines``, in order; nothing when it is not our questionnaire.

    It is ours when an id or one of our sentences came back, or two wordings, word for word.
    """
    found = tuple(_Recognition(lines, questionnaire).passages())
    asked = [one for one in found if one.kind is PassageKind.QUESTION]
    marked = any(one.shown_id for one in asked)
    told = any(one.kind in (PassageKind.INSTRUCTION, PassageKind.PHOTO) for one in found)
    return found if asked and (marked or told or len({one.id for one in asked}) > 1) else ()


def holds_ours(lines: Sequence[str], questionnaire: Questionnaire) -> bool:
    """Return whether a text that is no message holds the questionnaire by e-mail: two questions,
    and an id or one of our sentences, which no page shows."""
    found = passages(lines, questionnaire)
    ids = {one.id for one in found if one.kind is PassageKind.QUESTION}
    return len(ids) > 1 and any(
        bool(one.shown_id) or one.kind in (PassageKind.INSTRUCTION, PassageKind.PHOTO)
        for one in found
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(unaccented(word) for word in _WORD.findall(text))


@lru_cache(maxsize=8)
def _phrases(questionnaire: Questionnaire) -> Mapping[str, tuple[_Phrase, ...]]:
    """First word -> what begins with it, the longest first."""
    found: list[_Phrase] = []
    for entry in questionnaire.entries:
        for lang, wording in (*entry.wordings, *entry.variants):
            asks = wording.rstrip().endswith("?")
            found.append(_Phrase(PassageKind.QUESTION, _words(wording), lang, entry.id, asks))
    for lang in LANGUAGES:
        message = catalogue(lang).text
        heading = message("questionnaire.recommendations")
        found.append(_Phrase(PassageKind.RECOMMENDATIONS, _words(heading), lang, asks=True))
        for key, kind in (
            ("mail_lead", PassageKind.INSTRUCTION),
            ("recommendations_help", PassageKind.INSTRUCTION),
            ("mail_photo", PassageKind.PHOTO),
        ):
            for sentence in _SENTENCE.split(message(f"questionnaire.{key}")):
                if len(_words(sentence)) >= _FEWEST_WORDS:
                    found.append(_Phrase(kind, _words(sentence), lang))
    index: dict[str, list[_Phrase]] = defaultdict(list)
    for phrase in found:
        if phrase.words:
            index[phrase.words[0]].append(phrase)
    return {
        first: tuple(sorted(several, key=lambda phrase: -len(phrase.words)))
        for first, several in index.items()
    }


class _Recognition:
    """One pass over the words of a message."""

    def __init__(self, lines: Sequence[str], questionnaire: Questionnaire) -> None:
        self.lines = lines
        self.questionnaire = questionnaire
        self.index = _phrases(questionnaire)
        self.ids = {_words(entry.id): entry.id for entry in questionnaire.entries}
        self.words = [
            _Word(unaccented(found[0]), number, found.start(), found.end())
            for number, line in enumerate(lines)
            for found in _WORD.finditer(line)
        ]

    def passages(self) -> Iterator[Passage]:
        at, previous = 0, PassageKind.GREETING
        closed = -1
        """The word after the last passage."""
        while at < len(self.words):
            found = self._passage(at, follows=at == closed, previous=previous)
            if found is None:
                at += 1
                continue
            passage, at = found
            closed, previous = at, passage.kind
            yield passage

    def _passage(
        self, at: int, *, follows: bool, previous: PassageKind
    ) -> tuple[Passage, int] | None:
        opens = self._opens_line(at)
        if (opens or follows) and (greeting := self._courtesy(at, previous)):
            return greeting
        numbered = self._number_at(at)
        for first in (at, at + numbered)[: 1 + (numbered > 0)]:
            for phrase in self.index.get(self._folded(first), ()):
                found = self._phrase(at, first, phrase)
                if found and (opens or follows or self._is_sure(found[0])):
                    return found
        if not (opens or follows or numbered):
            return None
        return (self._by_id(at, at + numbered) if numbered else None) or self._by_id(at, at)

    @staticmethod
    def _is_sure(passage: Passage) -> bool:
        """Return whether ``passage`` is ours in the middle of a line as well."""
        told = passage.kind in (PassageKind.INSTRUCTION, PassageKind.PHOTO)
        return told or bool(passage.shown_id) or passage.text.startswith("#")

    def _opens_line(self, at: int) -> bool:
        return at == 0 or self.words[at - 1].line != self.words[at].line

    def _number_at(self, at: int) -> int:
        """Return how many words from ``at`` on are a number: « 3. », « Question 3 : »."""
        if self._is_number(at):
            return 1
        is_named = self._folded(at) in ("question", "q", "no", "n") and at + 1 < len(self.words)
        if is_named and not self._opens_line(at + 1):
            return 2 * self._is_number(at + 1)
        return 0

    def _is_number(self, at: int) -> bool:
        """Return whether the word at ``at`` numbers what follows it on its line."""
        word = self.words[at]
        if not _NUMBER.fullmatch(word.folded) or at + 1 == len(self.words):
            return False
        following = self.words[at + 1]
        if following.line != word.line:
            return False
        return _AFTER_NUMBER.match(self.lines[word.line][word.end : following.start]) is not None

    # -- one kind of passage each

    def _courtesy(self, at: int, previous: PassageKind) -> tuple[Passage, int] | None:
        """The greeting before our first sentence, or the thanks after the last one."""
        line = self.words[at].line
        after = at
        while after < len(self.words) and self.words[after].line == line:
            after += 1
        said = [word.folded for word in self.words[at:after]]
        for lang in LANGUAGES:
            hello = list(_words(catalogue(lang).text("questionnaire.hello").split("{")[0]))
            thanks = list(_words(catalogue(lang).text("questionnaire.mail_thanks")))
            if said[: len(hello)] == hello and len(said) <= len(hello) + 6:
                below = self._phrase_at(after)
                if below and below.kind in (PassageKind.INSTRUCTION, PassageKind.QUESTION):
                    return self._made(PassageKind.GREETING, at, after - 1, lang=lang), after
            if previous is PassageKind.PHOTO and said == thanks:
                return self._made(PassageKind.THANKS, at, after - 1, lang=lang), after
        return None

    def _phrase_at(self, at: int) -> _Phrase | None:
        for first in (at, at + 1):
            for phrase in self.index.get(self._folded(first), ()):
                if self._matches(first, phrase.words):
                    return phrase
        return None

    def _folded(self, at: int) -> str:
        return self.words[at].folded if at < len(self.words) else ""

    def _matches(self, first: int, words: Sequence[str]) -> bool:
        """Return whether ``words`` stand from ``first`` on, in one paragraph."""
        found = self.words[first : first + len(words)]
        return [word.folded for word in found] == list(words) and not any(
            self._blank_between(above.line, below.line) for above, below in pairwise(found)
        )

    def _blank_between(self, above: int, below: int) -> bool:
        return any(not quotation(line)[1].strip() for line in self.lines[above + 1 : below])

    def _phrase(self, at: int, first: int, phrase: _Phrase) -> tuple[Passage, int] | None:
        if not self._matches(first, phrase.words):
            return None
        last = first + len(phrase.words) - 1
        if phrase.kind is not PassageKind.QUESTION:
            closes = self._closes(last, phrase)
            number = self._label(at, first)
            made = self._made(phrase.kind, first, last, lang=phrase.lang, number=number)
            return (made, last + 1) if closes else None
        after_id = self._id_after(last, phrase.id)
        if not after_id and not self._closes(last, phrase):
            return None
        made = self._made(
            PassageKind.QUESTION,
            first,
            last,
            lang=phrase.lang,
            number=self._label(at, first),
            question_id=phrase.id,
            id_ends=after_id or None,
        )
        return made, (after_id or last) + 1

    def _closes(self, last: int, phrase: _Phrase) -> bool:
        """Return whether the phrase whose last word is at ``last`` ends there."""
        tail = self._tail(last)
        if not tail[1]:
            return True
        marks = "?" if phrase.asks else ".:!?"
        return any(mark in tail[0] for mark in marks)

    def _tail(self, last: int) -> tuple[str, bool]:
        """Return what stands after the word at ``last`` up to the next one of its line, and whether
        there is one."""
        word = self.words[last]
        line = self.lines[word.line]
        if last + 1 < len(self.words) and self.words[last + 1].line == word.line:
            return line[word.end : self.words[last + 1].start], True
        return line[word.end :], False

    def _id_after(self, last: int, question_id: str) -> int:
        """Return the place of the last word of the id after the word at ``last``, or 0."""
        words = _words(question_id)
        if not self._matches(last + 1, words):
            return 0
        end = last + len(words)
        if self._blank_between(self.words[last].line, self.words[last + 1].line):
            return 0
        return end if self._in_brackets(last + 1, end) or not self._tail(end)[1] else 0

    def _in_brackets(self, first: int, last: int) -> bool:
        opening, closing = self.words[first], self.words[last]
        return self._opens_id(opening) and bool(
            _CLOSES_ID.match(self.lines[closing.line], closing.end)
        )

    def _opens_id(self, word: _Word) -> bool:
        before = self.lines[word.line][max(word.start - 3, 0) : word.start]
        return before.rstrip().endswith("[")

    def _by_id(self, at: int, first: int) -> tuple[Passage, int] | None:
        """A question whose wording was deleted or changed, by the id in its line, or in the next
        one when it is numbered."""
        for start in range(first, min(first + MOST_WORDS, len(self.words))):
            further = self.words[start].line - self.words[first].line
            if further > (at != first) or (further and self._is_number(start)):
                return None
            if not self._opens_id(self.words[start]):
                continue
            for words, question_id in self.ids.items():
                end = start + len(words) - 1
                if self._matches(start, words) and self._in_brackets(start, end):
                    if self._begins_between(first, start, question_id):
                        return None
                    made = self._made(
                        PassageKind.QUESTION,
                        first,
                        start - 1,
                        number=self._label(at, first),
                        question_id=question_id,
                        id_ends=end,
                    )
                    return made, end + 1
        return None

    def _begins_between(self, first: int, start: int, question_id: str) -> bool:
        """Return whether the question whose id is at ``start`` begins behind the word at ``first``:
        by its number, or by its own wording. What is before it is somebody's answer."""
        for place in range(first + 1, start):
            word = self.words[place]
            tail = self.lines[word.line][word.end : word.end + 2]
            if self._is_number(place) and tail.strip():
                return True
            if any(
                phrase.id == question_id and self._matches(place, phrase.words)
                for phrase in self.index.get(word.folded, ())
            ):
                return True
        return False

    # -- what a passage says

    def _label(self, at: int, first: int) -> str:
        """The number before the words at ``first``, with its sign; or a sign in its place."""
        word = self.words[at]
        line = self.lines[word.line]
        start = len(line) - len(quotation(line)[1]) if self._opens_line(at) else word.start
        label = line[start : self.words[first].start].strip(" \t[*_\\#")
        return label if words_of(label) else ""

    def _made(
        self,
        kind: PassageKind,
        first: int,
        last: int,
        *,
        lang: str = "",
        number: str = "",
        question_id: str = "",
        id_ends: int | None = None,
    ) -> Passage:
        start = self.words[first]
        has_id = id_ends is not None
        text, end = ("", (start.line, start.start))
        if last >= first:
            text, end = self._said(first, last, has_id=has_id)
        shown_id = ""
        if id_ends is not None:
            closing = self.words[id_ends]
            line = self.lines[closing.line]
            found = _CLOSES_ID.match(line, closing.end)
            end = (closing.line, found.end() if found else closing.end)
            shown_id = self._between(self.words[id_ends - len(_words(question_id)) + 1], closing)
        return Passage(
            kind,
            (start.line, start.start),
            end,
            text,
            quotation(self.lines[start.line])[0],
            question_id,
            number,
            shown_id,
            lang,
        )

    def _between(self, opening: _Word, closing: _Word) -> str:
        """What stands from one word to another, without marks of quotation."""
        if opening.line == closing.line:
            return self.lines[opening.line][opening.start : closing.end]
        above = self.lines[opening.line][opening.start :]
        middle = [quotation(line)[1] for line in self.lines[opening.line + 1 : closing.line]]
        below = quotation(self.lines[closing.line][: closing.end])[1]
        return " ".join(part.strip() for part in (above, *middle, below))

    def _said(self, first: int, last: int, *, has_id: bool) -> tuple[str, Place]:
        """The words from ``first`` to ``last`` with their punctuation, and where it ends; before an
        id, with all that stands there."""
        opening, closing = self.words[first], self.words[last]
        line = self.lines[closing.line]
        found = _PUNCTUATION.match(line, closing.end)
        end = found.end() if found else closing.end
        if has_id and (bracket := line.find("[", closing.end)) >= 0:
            end = bracket
        start = opening.start
        if self.lines[opening.line][:start].endswith("#"):
            start -= 1
        parts = []
        for number in range(opening.line, closing.line + 1):
            text = self.lines[number]
            text = text[:end] if number == closing.line else text
            text = text[start:] if number == opening.line else quotation(text)[1]
            parts.append(text.strip())
        return " ".join(" ".join(parts).split()).strip("*_\\ "), (closing.line, end)
