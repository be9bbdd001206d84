"""Compute the statistics of the series.

Only published portraits count; a translated one counts once (in the site's language, else in the
first). Words are those of the typeset text, split at spaces. Months and years without a portrait
are included, with zero, between the first and the last. A network is counted once for each
portrait and recommended account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portraits.series.views.accounts import RECOMMENDED
from portraits.series.views.topics import wording_of

if TYPE_CHECKING:
    from portraits.series.reads import Series

MONTHS = 36
"""Maximum number of months in ``by_month``."""
LENGTHS = (0, 10, 25, 50, 100, 200, 400)
"""Lower bounds, in words, of the classes of answers."""
_PEOPLE = "position IS NOT NULL AND person=1"
Counted = Sequence[tuple[int, int]]
"""(value, count) pairs, sorted by value."""


@dataclass(frozen=True, slots=True)
class Count:
    """A label and its number of occurrences."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """A question, the number of portraits that answer it and the length of the answers."""

    id: str
    wording: str
    portraits: int
    median_words: int
    """Median length of its answers, follow-ups included; 0 without an answer."""


@dataclass(frozen=True, slots=True)
class AccountCount:
    """A recommended person or account, and who recommends them."""

    account: str
    network: str
    label: str
    url: str
    people: tuple[str, ...]
    """Names, newest portrait first."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of the whole series."""

    portraits: int
    people_recommending: int
    """Number of portraits that recommend at least one account."""
    accounts: int
    """Number of distinct recommended accounts."""
    recommendations: int
    words: int
    """Total of all portraits."""
    median_words: int
    """Median per portrait."""
    median_answer: int
    """Median number of words per answer."""
    by_year: tuple[Count, ...]
    """Year (``2011``) -> portraits, in order."""
    by_month: tuple[Count, ...]
    """Month (``2011-07``) -> portraits, in order; the last MONTHS at most."""
    by_network: tuple[Count, ...]
    """Key of a network -> recommendations, descending, ties by key."""
    by_question: tuple[Count, ...]
    """Wording -> portraits, for questions with answers, most answered first."""
    answer_lengths: tuple[Count, ...]
    """Lower bound of a class of words (LENGTHS) -> answers."""
    most_recommended: tuple[Count, ...]
    """Label -> number of people who recommend it, descending."""


def statistics(series: Series, lang: str, *, top: int = 10) -> Statistics:
    """Compute the statistics, with at most ``top`` accounts. ``lang`` is the site's language."""
    dates = [date for (date,) in series.sql(f"SELECT date FROM portrait WHERE {_PEOPLE}")]
    portraits = series.sql(
        "SELECT prose.words, count(*) FROM prose JOIN portrait USING (source)"
        f" WHERE {_PEOPLE} GROUP BY prose.words ORDER BY prose.words"
    )
    answers = series.sql(
        "SELECT words, count(*) FROM answer WHERE person=1 AND words>=0"
        " GROUP BY words ORDER BY words"
    )
    networks = series.sql(
        f"SELECT network, sum(people) AS named FROM account JOIN {RECOMMENDED} USING (account)"
        " GROUP BY network ORDER BY named DESC, network"
    )
    recommending = series.sql(f"SELECT count(DISTINCT source) FROM recommendation WHERE {_PEOPLE}")
    questions = series.sql(
        "SELECT topic.topic, portraits FROM topic JOIN topic_count USING (topic) WHERE portraits>0"
        " ORDER BY portraits DESC, number<0, number, topic.topic"
    )
    leading = series.sql(
        "SELECT name, people FROM directory_entry JOIN entry_count USING (entry)"
        " ORDER BY people DESC, entry LIMIT ?",
        top,
    )
    return Statistics(
        portraits=len(dates),
        people_recommending=recommending[0][0],
        accounts=series.sql("SELECT count(*) FROM account")[0][0],
        recommendations=sum(named for _, named in networks),
        words=sum(words * count for words, count in portraits),
        median_words=median(portraits),
        median_answer=median(answers),
        by_year=_by_year(dates),
        by_month=_by_month(dates),
        by_network=tuple(Count(network, named) for network, named in networks),
        by_question=tuple(
            Count(wording_of(series, topic, lang), count) for topic, count in questions
        ),
        answer_lengths=classes(answers),
        most_recommended=tuple(Count(label, count) for label, count in leading),
    )


def questions_of(series: Series, lang: str) -> tuple[QuestionCount, ...]:
    """Return every question: those of the questionnaire in its order, then the others, most
    answered first, ties by id."""
    found = []
    for topic, portraits in series.sql(
        "SELECT topic.topic, portraits FROM topic JOIN topic_count USING (topic)"
        " ORDER BY number<0, CASE WHEN number<0 THEN -portraits ELSE number END, topic.topic"
    ):
        words = series.sql(
            "SELECT answer.words, count(*) FROM question JOIN answer ON"
            " answer.source=question.source AND answer.number=question.number"
            " AND answer.follow_up=0 WHERE question.question=? AND question.person=1"
            " AND question.position IS NOT NULL GROUP BY answer.words ORDER BY answer.words",
            topic,
        )
        found.append(
            QuestionCount(topic, wording_of(series, topic, lang), portraits, median(words))
        )
    return tuple(found)


def recommended(
    series: Series, limit: int, *, not_yet_interviewed: bool = False
) -> tuple[AccountCount, ...]:
    """Return the ``limit`` most recommended people and accounts.

    ``not_yet_interviewed`` keeps only those that at least two people recommend and that no
    portrayed person is or manages.
    """
    where = "WHERE people>=2 AND account.portrait='' AND managed=0 " if not_yet_interviewed else ""
    found = series.sql(
        "SELECT entry, network, name, url, min(account.account) FROM directory_entry"
        f" JOIN entry_count USING (entry) JOIN account USING (entry) {where}"
        "GROUP BY entry ORDER BY people DESC, entry LIMIT ?",
        limit,
    )
    return tuple(
        AccountCount(
            account,
            network,
            name,
            url,
            tuple(
                person
                for (person,) in series.sql(
                    "SELECT name FROM portrait WHERE source IN (SELECT source FROM recommendation"
                    " JOIN account USING (account) WHERE entry=? AND person=1)"
                    " AND position IS NOT NULL ORDER BY position",
                    entry,
                )
            ),
        )
        for entry, network, name, url, account in found
    )


def median(counted: Counted) -> int:
    """Return the median of (value, count) pairs sorted by value, or 0 if there are none.

    With two middle values it is their mean, rounded half to even.
    """
    total = sum(count for _, count in counted)
    if not total:
        return 0
    return round((_at(counted, (total - 1) // 2) + _at(counted, total // 2)) / 2)


def _at(counted: Counted, position: int) -> int:
    """Return the value at a 0-based position of the expanded list. Raises IndexError."""
    for value, count in counted:
        position -= count
        if position < 0:
            return value
    raise IndexError(position)


def _by_year(dates: Iterable[str]) -> tuple[Count, ...]:
    counts = Counter(int(date[:4]) for date in dates)
    if not counts:
        return ()
    return tuple(Count(f"{year:04}", counts[year]) for year in range(min(counts), max(counts) + 1))


def _by_month(dates: Iterable[str]) -> tuple[Count, ...]:
    counts = Counter(int(date[:4]) * 12 + int(date[5:7]) - 1 for date in dates)
    if not counts:
        return ()
    last = max(counts)
    return tuple(
        Count(f"{month // 12:04}-{month % 12 + 1:02}", counts[month])
        for month in range(max(min(counts), last - MONTHS + 1), last + 1)
    )


def classes(counted: Counted) -> tuple[Count, ...]:
    """Group (words, answers) pairs into the classes of LENGTHS, labelled by lower bound."""
    if not counted:
        return ()
    counts = Counter[int]()
    for words, count in counted:
        counts[max(bound for bound in LENGTHS if bound <= words)] += count
    return tuple(Count(str(bound), counts[bound]) for bound in LENGTHS)
