"""The series in numbers.

Counted over portraits that are published, a translated one once (in the site's language,
else in the first). Words are those of answers as typeset text, split at spaces. Months and
years without a portrait are there, with zero, between the first and the last. A network is
*named* each time an account of it is recommended, once a portrait and account.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from portraits.library import Library, one_per_person
from portraits.packing import packed
from portraits.values import dataclass

if TYPE_CHECKING:
    from portraits.directory import Directory, DirectoryEntry
    from portraits.outline import Outline
    from portraits.question_index import QuestionIndex


@dataclass(frozen=True, slots=True)
class Count:
    """How often something is met."""

    label: str
    count: int


@packed
@dataclass(frozen=True, slots=True)
class Lengths:
    """How long portraits and answers are: (words, how many there are), shortest first.

    What an edit of one text changes in the numbers, without counting all the others again.
    """

    portraits: tuple[tuple[int, int], ...]
    answers: tuple[tuple[int, int], ...]

    @property
    def words(self) -> int:
        """Of all portraits together."""
        return sum(words * count for words, count in self.portraits)

    def edited(self, before: Outline, after: Outline) -> Lengths:
        """The lengths once the text of a portrait was edited."""
        return Lengths(
            _recounted(self.portraits, [before.words], [after.words]),
            _recounted(self.answers, [asked.words for asked in before.asked],
                       [asked.words for asked in after.asked]))


def lengths_of(people: Iterable[Outline]) -> Lengths:
    """The lengths of the portraits of ``people`` and of their answers."""
    portraits, answers = Counter[int](), Counter[int]()
    for outline in people:
        portraits[outline.words] += 1
        answers.update([asked.words for asked in outline.asked])
    return Lengths(tuple(sorted(portraits.items())), tuple(sorted(answers.items())))


def _recounted(
    counted: tuple[tuple[int, int], ...], less: list[int], more: list[int]
) -> tuple[tuple[int, int], ...]:
    counts = Counter(dict(counted))
    counts.update(more)
    counts.subtract(less)
    return tuple(sorted((words, count) for words, count in counts.items() if count))


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """A question, how many portraits answer it and how long their answers are."""

    id: str
    wording: str
    portraits: int
    median_words: int
    """Of its answers, follow-ups included; 0 without an answer."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the site says about the whole series."""

    portraits: int
    people_recommending: int
    """Portraits that recommend at least one account."""
    accounts: int
    """Different accounts that are recommended."""
    recommendations: int
    words: int
    """Of all portraits together."""
    median_words: int
    """Of one portrait."""
    median_answer: int
    """Words of one answer."""
    by_year: tuple[Count, ...]
    """Year (``2011``) -> portraits, in order."""
    by_month: tuple[Count, ...]
    """Month (``2011-07``) -> portraits, in order; at most MONTHS, the last ones."""
    by_network: tuple[Count, ...]
    """Network's key -> recommendations, most named first, ties by key."""
    questions: tuple[QuestionCount, ...]
    """In the order of the question index."""
    answer_lengths: tuple[Count, ...]
    """Lower bound of a class of words (LENGTHS) -> answers."""
    most_recommended: tuple[DirectoryEntry, ...]
    not_yet_interviewed: tuple[DirectoryEntry, ...]


MONTHS = 36
"""Months that are told apart."""
LENGTHS = (0, 10, 25, 50, 100, 200, 400)
"""Lower bounds, in words, of the classes of answers."""


def statistics(
    library: Library, index: QuestionIndex, directory: Directory, *, lang: str, top: int = 10,
) -> Statistics:
    """The numbers of ``library``, with at most ``top`` accounts in each list of accounts.

    ``lang`` is the site's language, the one for which ``index`` and ``directory`` were made.
    """
    people = one_per_person(library, lang)
    lengths = lengths_of(people)
    networks = Counter[str]()
    for entry in directory.entries:
        networks[entry.account.network] += entry.count
    return Statistics(
        portraits=len(people),
        people_recommending=sum(1 for outline in people if outline.recommends),
        accounts=len(directory.entries),
        recommendations=sum(networks.values()),
        words=lengths.words,
        median_words=median(lengths.portraits),
        median_answer=median(lengths.answers),
        by_year=_by_year([outline.date for outline in people]),
        by_month=_by_month([outline.date for outline in people]),
        by_network=tuple(
            Count(network, networks[network])
            for network in sorted(networks, key=lambda name: (-networks[name], name))),
        questions=tuple(
            QuestionCount(question.id, question.wording(lang), question.portraits,
                          _median(asked.words for _, asked in question.answers))
            for question in index.questions),
        answer_lengths=classes(lengths.answers),
        most_recommended=directory.entries[:top],
        not_yet_interviewed=directory.not_yet_interviewed[:top],
    )


def _median(values: Iterable[int]) -> int:
    return median(tuple(sorted(Counter(values).items())))


def median(counted: tuple[tuple[int, int], ...]) -> int:
    """The median of (value, how many), in order of value; of two in the middle their mean,
    rounded to the even one. 0 of nothing."""
    total = sum(count for _, count in counted)
    if not total:
        return 0
    return round((_at(counted, (total - 1) // 2) + _at(counted, total // 2)) / 2)


def _at(counted: tuple[tuple[int, int], ...], position: int) -> int:
    """The value at a position of all of them in order."""
    for value, count in counted:
        position -= count
        if position < 0:
            return value
    raise IndexError(position)


def _by_year(dates: list[dt.date]) -> tuple[Count, ...]:
    if not dates:
        return ()
    counts = Counter(date.year for date in dates)
    return tuple(Count(f"{year:04}", counts[year]) for year in range(min(counts), max(counts) + 1))


def _by_month(dates: list[dt.date]) -> tuple[Count, ...]:
    if not dates:
        return ()
    counts = Counter(date.year * 12 + date.month - 1 for date in dates)
    last = max(counts)
    return tuple(
        Count(f"{month // 12:04}-{month % 12 + 1:02}", counts[month])
        for month in range(max(min(counts), last - MONTHS + 1), last + 1))


def classes(counted: tuple[tuple[int, int], ...]) -> tuple[Count, ...]:
    """(Words, how many answers) in classes of LENGTHS."""
    if not counted:
        return ()
    counts = Counter[int]()
    for words, count in counted:
        counts[max(bound for bound in LENGTHS if bound <= words)] += count
    return tuple(Count(str(bound), counts[bound]) for bound in LENGTHS)
