"""Compute the output of the command « stats »: the series in figures, as text or JSON.

    text = figures, years, networks, questions with most answers, whom to interview next
    JSON = the same, and every question

Whom to interview next: accounts that at least two people recommend and that no portrayed person
owns or runs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from portraits.drawing.statistics import (
    AccountCount,
    QuestionCount,
    Statistics,
    questions_of,
    recommended,
    statistics,
)
from portraits.model.networks import name_of
from portraits.series.reads import Series
from portraits.support.catalogue import catalogue
from portraits.support.messages import msg, spoken

FIGURES = (
    "portraits",
    "people_recommending",
    "accounts",
    "recommendations",
    "words",
    "median_words",
    "median_answer",
)
QUESTIONS = 10
"""Number of questions listed in the text."""
ACCOUNTS = 30
"""Maximum number of accounts in each list of the text and the JSON."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The output of the command, before formatting."""

    statistics: Statistics
    questions: tuple[QuestionCount, ...]
    most_recommended: tuple[AccountCount, ...]
    not_yet_interviewed: tuple[AccountCount, ...]


def counted(series: Series, lang: str) -> Figures:
    """Return the figures of a series; ``lang`` is the site's language."""
    return Figures(
        statistics(series, lang, top=ACCOUNTS),
        questions_of(series, lang),
        recommended(series, ACCOUNTS),
        recommended(series, ACCOUNTS, not_yet_interviewed=True),
    )


def figures_text(figures: Figures) -> str:
    """Return the figures in the editor's language, one per line."""
    words, found = catalogue(spoken()), figures.statistics
    lines: list[str] = [
        msg(
            "figures.figure",
            label=words.text(f"numbers.{name}"),
            number=words.number(getattr(found, name)),
        )
        for name in FIGURES
    ]
    asked = sorted(figures.questions, key=lambda question: -question.portraits)[:QUESTIONS]
    lines += _table(words.text("numbers.by_year"), ((c.label, c.count) for c in found.by_year))
    lines += _table(
        words.text("numbers.by_network"),
        ((name_of(c.label, spoken()), c.count) for c in found.by_network),
    )
    lines += _table(words.text("numbers.by_question"), ((q.wording, q.portraits) for q in asked))
    lines += ["", msg("figures.to_interview")]
    lines += [_next(one) for one in figures.not_yet_interviewed] or [msg("figures.nobody")]
    return "\n".join(lines)


def _next(one: AccountCount) -> str:
    return msg(
        "figures.recommended",
        account=one.label,
        network=name_of(one.network, spoken()),
        address=one.url,
        people=catalogue(spoken()).enumeration(one.people).unescape(),
    )


def _table(heading: str, rows: Iterable[tuple[str, int]]) -> Iterator[str]:
    listed = list(rows)
    if not listed:
        return
    width = max(len(str(count)) for _, count in listed)
    yield from ("", heading)
    for label, count in listed:
        yield f"  {count:>{width}}  {label}"


def figures_json(figures: Figures) -> str:
    """Return the figures as JSON; ``not_yet_interviewed`` names the people who recommend each
    account."""
    found = figures.statistics
    return json.dumps(
        {
            **{name: getattr(found, name) for name in FIGURES},
            "by_year": {count.label: count.count for count in found.by_year},
            "by_month": {count.label: count.count for count in found.by_month},
            "by_network": {count.label: count.count for count in found.by_network},
            "questions": [asdict(question) for question in figures.questions],
            "answer_lengths": {count.label: count.count for count in found.answer_lengths},
            "most_recommended": [_entry(one) for one in figures.most_recommended],
            "not_yet_interviewed": [_entry(one) for one in figures.not_yet_interviewed],
        },
        ensure_ascii=False,
        indent=2,
    )


def _entry(one: AccountCount) -> dict[str, object]:
    return {
        "network": one.network,
        "label": one.label,
        "url": one.url,
        "recommended_by": list(one.people),
    }
