"""The series in numbers.

Counted over portraits that are published, a translated one once (in the site's language,
else in the first). Words are those of answers as typeset text, split at spaces. Months and
years without a portrait are there, with zero, between the first and the last. A network is
*named* each time an account of it is recommended, once a portrait and account.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from statistics import median

from portraits.directory import Directory, DirectoryEntry
from portraits.library import Library, one_per_person
from portraits.question_index import QuestionIndex


@dataclass(frozen=True, slots=True)
class Count:
    """How often something is met."""

    label: str
    count: int


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
    lengths = [asked.words for outline in people for asked in outline.asked]
    networks = Counter[str]()
    for entry in directory.entries:
        networks[entry.account.network] += entry.count
    return Statistics(
        portraits=len(people),
        people_recommending=sum(1 for outline in people if outline.recommends),
        accounts=len(directory.entries),
        recommendations=sum(networks.values()),
        words=sum(outline.words for outline in people),
        median_words=_median([outline.words for outline in people]),
        median_answer=_median(lengths),
        by_year=_by_year([outline.date for outline in people]),
        by_month=_by_month([outline.date for outline in people]),
        by_network=tuple(
            Count(network, networks[network])
            for network in sorted(networks, key=lambda name: (-networks[name], name))),
        questions=tuple(
            QuestionCount(question.id, question.wording(lang), question.portraits,
                          _median([asked.words for _, asked in question.answers]))
            for question in index.questions),
        answer_lengths=_classes(lengths),
        most_recommended=directory.entries[:top],
        not_yet_interviewed=directory.not_yet_interviewed[:top],
    )


def _median(values: list[int]) -> int:
    return round(median(values)) if values else 0


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


def _classes(lengths: list[int]) -> tuple[Count, ...]:
    if not lengths:
        return ()
    counts = Counter(max(bound for bound in LENGTHS if bound <= length) for length in lengths)
    return tuple(Count(str(bound), counts[bound]) for bound in LENGTHS)
