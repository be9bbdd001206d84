"""The series in numbers.

Counted over portraits that are published, a translated one once (in the site's language,
else in the first). Words are those of answers as typeset text, split at spaces. Months and
years without a portrait are there, with zero, between the first and the last. A network is
*named* each time an account of it is recommended, once a portrait and account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portraits.series.views.topics import wording_of

if TYPE_CHECKING:
    from portraits.series.reads import Series

MONTHS = 36
"""Months that are told apart."""
LENGTHS = (0, 10, 25, 50, 100, 200, 400)
"""Lower bounds, in words, of the classes of answers."""
_PEOPLE = "position IS NOT NULL AND person=1"
Counted = Sequence[tuple[int, int]]
"""(value, how many there are), in order of value."""


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
class AccountCount:
    """A recommended account and who recommends it."""

    account: str
    network: str
    label: str
    url: str
    people: tuple[str, ...]
    """Names, newest portrait first."""


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
    by_question: tuple[Count, ...]
    """Wording -> portraits: questions that were answered, most answered first."""
    answer_lengths: tuple[Count, ...]
    """Lower bound of a class of words (LENGTHS) -> answers."""
    most_recommended: tuple[Count, ...]
    """Label -> how many recommend it."""


def statistics(series: Series, lang: str, *, top: int = 10) -> Statistics:
    """The numbers of the series, with at most ``top`` accounts. ``lang`` is the site's language."""
    dates = [date for date, in series.sql(f"SELECT date FROM portrait WHERE {_PEOPLE}")]
    portraits = series.sql(
        "SELECT prose.words, count(*) FROM prose JOIN portrait USING (source)"
        f" WHERE {_PEOPLE} GROUP BY prose.words ORDER BY prose.words")
    answers = series.sql("SELECT words, count(*) FROM answer WHERE person=1 AND words>=0"
                         " GROUP BY words ORDER BY words")
    networks = series.sql(
        "SELECT network, sum(people) AS named FROM account JOIN recommended USING (account)"
        " GROUP BY network ORDER BY named DESC, network")
    recommending = series.sql(
        f"SELECT count(DISTINCT source) FROM recommendation WHERE {_PEOPLE}")
    questions = series.sql(
        "SELECT topic.topic, portraits FROM topic JOIN topic_count USING (topic) WHERE portraits>0"
        " ORDER BY portraits DESC, number<0, number, topic.topic")
    leading = series.sql(
        "SELECT label, people FROM account JOIN recommended USING (account)"
        " ORDER BY people DESC, account.account LIMIT ?", top)
    return Statistics(
        portraits=len(dates), people_recommending=recommending[0][0],
        accounts=series.sql("SELECT count(*) FROM account")[0][0],
        recommendations=sum(named for _, named in networks),
        words=sum(words * count for words, count in portraits),
        median_words=median(portraits), median_answer=median(answers),
        by_year=_by_year(dates), by_month=_by_month(dates),
        by_network=tuple(Count(network, named) for network, named in networks),
        by_question=tuple(
            Count(wording_of(series, topic, lang), count) for topic, count in questions),
        answer_lengths=classes(answers),
        most_recommended=tuple(Count(label, count) for label, count in leading))


def questions_of(series: Series, lang: str) -> tuple[QuestionCount, ...]:
    """Every question: those of the questionnaire in its order, then the others, most answered
    first, ties by id."""
    found = []
    for topic, portraits in series.sql(
            "SELECT topic.topic, portraits FROM topic JOIN topic_count USING (topic)"
            " ORDER BY number<0, CASE WHEN number<0 THEN -portraits ELSE number END, topic.topic"):
        words = series.sql(
            "SELECT answer.words, count(*) FROM question JOIN answer ON"
            " answer.source=question.source AND answer.number=question.number"
            " AND answer.follow_up=0 WHERE question.question=? AND question.person=1"
            " AND question.position IS NOT NULL GROUP BY answer.words ORDER BY answer.words", topic)
        found.append(
            QuestionCount(topic, wording_of(series, topic, lang), portraits, median(words)))
    return tuple(found)


def recommended(
    series: Series, limit: int, *, not_yet_interviewed: bool = False
) -> tuple[AccountCount, ...]:
    """The accounts that most people recommend; or those that at least two do, and that neither
    belong to nor are run by anybody portrayed."""
    where = "WHERE people>=2 AND portrait='' AND managed=0 " if not_yet_interviewed else ""
    return tuple(
        AccountCount(key, network, label, url, tuple(name for name, in series.sql(
            "SELECT name FROM portrait WHERE source IN (SELECT source FROM recommendation"
            " WHERE account=? AND person=1) AND position IS NOT NULL ORDER BY position", key)))
        for key, network, label, url in series.sql(
            "SELECT account.account, network, label, url FROM account"
            f" JOIN recommended USING (account) {where}"
            "ORDER BY people DESC, account.account LIMIT ?", limit))


def median(counted: Counted) -> int:
    """The median of (value, how many), in order of value; of two in the middle their mean,
    rounded to the even one. 0 of nothing."""
    total = sum(count for _, count in counted)
    if not total:
        return 0
    return round((_at(counted, (total - 1) // 2) + _at(counted, total // 2)) / 2)


def _at(counted: Counted, position: int) -> int:
    """The value at a position of all of them in order."""
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
        for month in range(max(min(counts), last - MONTHS + 1), last + 1))


def classes(counted: Counted) -> tuple[Count, ...]:
    """(Words, how many answers) in classes of LENGTHS."""
    if not counted:
        return ()
    counts = Counter[int]()
    for words, count in counted:
        counts[max(bound for bound in LENGTHS if bound <= words)] += count
    return tuple(Count(str(bound), counts[bound]) for bound in LENGTHS)
