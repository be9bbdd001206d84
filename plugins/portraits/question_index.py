"""Every question of the series, with everybody's answers.

Which question an answer belongs to, in this order:

1. the questionnaire's question that the parser recognised (``questionnaire_id``);
2. the question of the same id: ``{#id}`` as written, or the id that the wording gives.

A portrait's own question that nobody else was asked belongs to that portrait alone and is
left out. Questions come in the questionnaire's order, then the others, most answered
first, ties by id. All languages stand together; a translated portrait answers once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from portraits.library import Library, one_per_person
from portraits.values import dataclass

if TYPE_CHECKING:
    from portraits.outline import Asked, Outline
    from portraits.questionnaire_file import QuestionnaireEntry


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording under which a question was asked."""

    text: str
    lang: str
    count: int
    """Answers given to it."""


@dataclass(frozen=True, slots=True)
class QuestionAnswers:
    """One question and the answers it was given."""

    id: str
    entry: QuestionnaireEntry | None
    """None for a question that the questionnaire does not have."""
    outlines: tuple[Outline, ...]
    """The portraits that answer it, newest first; one that answers twice stands twice."""
    positions: tuple[int, ...]
    """Where the question stands among what each of ``outlines`` was asked, in the same order."""
    portraits: int
    """How many portraits answer it."""
    previous: str = ""
    """Id of the question before that has a page; empty for the first, or without a page."""
    next: str = ""

    @property
    def answers(self) -> tuple[tuple[Outline, Asked], ...]:
        """Every answer, newest portrait first."""
        return tuple(self._each())

    def _each(self) -> Iterator[tuple[Outline, Asked]]:
        for outline, position in zip(self.outlines, self.positions, strict=True):
            yield outline, outline.asked[position]

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Every wording found, most used first, then newest first."""
        counts = Counter((asked.wording, outline.lang) for outline, asked in self._each())
        return tuple(Wording(text, lang, count) for (text, lang), count in counts.most_common())

    def wording(self, lang: str) -> str:
        """What the question is called in ``lang``: as the questionnaire has it, else as it was
        last asked in that language, else as it was last asked."""
        if self.entry:
            return self.entry.wording(lang)
        same = (asked for outline, asked in self._each() if outline.lang == lang)
        newest = next(same, None) or next(self._each())[1]
        return newest.wording


@dataclass(frozen=True)
class QuestionIndex:
    """The questions of a series, in order, those without any answer included."""

    questions: tuple[QuestionAnswers, ...]
    minimum: int
    """Portraits that must answer a question before it has a page."""

    @cached_property
    def by_id(self) -> Mapping[str, QuestionAnswers]:
        return {question.id: question for question in self.questions}

    @cached_property
    def pages(self) -> tuple[QuestionAnswers, ...]:
        """The questions that have a page."""
        return tuple(question for question in self.questions if self.has_page(question))

    def has_page(self, question: QuestionAnswers) -> bool:
        return question.portraits >= max(self.minimum, 1)

    def of(self, asked: Asked) -> QuestionAnswers | None:
        """The question that ``asked`` is, or None when it is one portrait's alone."""
        return self.by_id.get(asked.questionnaire_id or asked.id)


def question_index(library: Library, minimum: int, lang: str) -> QuestionIndex:
    """The index of ``library``; ``minimum`` portraits make a page, ``lang`` is the site's."""
    # Two lists a question rather than one list of pairs: at ten thousand portraits the pairs
    # would cost more than everything else here.
    outlines: dict[str, list[Outline]] = defaultdict(list)
    positions: dict[str, list[int]] = defaultdict(list)
    for outline in one_per_person(library, lang):
        for position, asked in enumerate(outline.asked):
            key = asked.questionnaire_id or asked.id
            outlines[key].append(outline)
            positions[key].append(position)

    portraits = {key: len(set(map(id, found))) for key, found in outlines.items()}
    entries = library.questionnaire.by_id
    shared = sorted(
        (key for key, count in portraits.items() if count > 1 and key not in entries),
        key=lambda key: (-portraits[key], key),
    )
    ordered = (*entries, *shared)
    with_page = [key for key in ordered if portraits.get(key, 0) >= max(minimum, 1)]
    after = dict(pairwise(with_page))
    before = {following: key for key, following in after.items()}
    return QuestionIndex(
        tuple(
            QuestionAnswers(
                key, entries.get(key), tuple(outlines.get(key, ())),
                tuple(positions.get(key, ())), portraits.get(key, 0),
                before.get(key, ""), after.get(key, ""),
            )
            for key in ordered
        ),
        minimum,
    )
