"""Derive the questions of the series: how often and in which words each was asked.

The question that an answer belongs to is, in this order:

1. the questionnaire's question that the parser recognised;
2. the question with the same id: ``{#id}`` as written, or the id derived from the wording.

A question that only one portrait has is not a topic. All languages are listed together; a
translated portrait answers once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from portraits.series.reads import Series
from portraits.series.tables import (
    QuestionnaireRow,
    QuestionRow,
    TopicCountRow,
    TopicOrderRow,
    TopicRow,
    TopicWordingRow,
    VariantRow,
)
from portraits.series.views.view import View, once
from portraits.settings import Settings


def _topics(series: Series, settings: Settings) -> Iterator[str]:
    """Yield every question id.

    The recursive query jumps from one id to the next in the index. ``SELECT DISTINCT`` would scan
    every row.
    """
    found = {id_ for (id_,) in series.sql("SELECT id FROM questionnaire")}
    found |= {
        id_
        for (id_,) in series.sql(
            "WITH RECURSIVE next(id) AS (SELECT min(question) FROM question WHERE question>''"
            " UNION ALL SELECT (SELECT min(question) FROM question WHERE question>next.id)"
            " FROM next WHERE next.id IS NOT NULL)"
            " SELECT id FROM next WHERE id IS NOT NULL"
        )
    }
    yield from sorted(found)


def asked(series: Series, topic: str, limit: int) -> list[QuestionRow]:
    """Return the latest askings of a question, newest first; a person asked twice appears twice."""
    return series.rows(QuestionRow, "question", topic, limit=limit, person=1)


def _topic(series: Series, settings: Settings, key: str) -> Iterator[tuple[Any, ...]]:
    entry = series.one(QuestionnaireRow, "id", key)
    answers, portraits = series.counted(QuestionRow, "question", key, person=1)
    if entry is None and portraits < 2:
        return
    page = portraits >= max(settings.question_page_minimum, 1)
    yield TopicRow(
        key,
        entry.number if entry else -1,
        int(page),
        rounded_down(answers),
        entry.tags if entry else "[]",
    )
    yield TopicCountRow(key, portraits, answers)
    variants = series.grouped(QuestionRow, "question", key, "wording_text, lang", person=1)
    wordings: dict[str, str] = json.loads(entry.wordings) if entry else _last_asked(series, key)
    for number, (lang, text) in enumerate(wordings.items()):
        yield TopicWordingRow(key, number, lang, text)
    for number, (text, lang, times) in enumerate(variants):
        yield VariantRow(key, number, text, lang, times)


def rounded_down(count: int) -> int:
    """Return ``count`` up to nine, then the greatest of 10, 20, 50, 100, 200, 500 … that it
    reaches."""
    if count < 10:
        return count
    unit = int("1" + "0" * (len(str(count)) - 1))
    return unit * max(step for step in (1, 2, 5) if step * unit <= count)


def _last_asked(series: Series, key: str) -> dict[str, str]:
    """Return the latest wording of a question by language; the latest of all comes first."""
    found: dict[str, str] = {}
    for lang, text in series.columns(QuestionRow, "question", key, "lang, wording_text", person=1):
        found.setdefault(lang, text)
    return found


def wording_of(series: Series, topic: str, lang: str) -> str:
    """Return the wording of a question in ``lang``, else in its first language."""
    return worded(series, topic, lang).text


def worded(series: Series, topic: str, lang: str) -> TopicWordingRow:
    """Return the wording of a question in ``lang``, else in its first language, which the row
    says."""
    wordings = series.rows(TopicWordingRow, "topic", topic)
    return next((row for row in wordings if row.lang == lang), wordings[0])


def with_page(series: Series) -> list[str]:
    """Return the questions that have a page, in the questionnaire's order, then by id."""
    return [
        topic
        for (topic,) in series.sql(
            "SELECT topic FROM topic WHERE page=1 ORDER BY number<0, number, topic"
        )
    ]


def _order(series: Series, settings: Settings, key: str) -> Iterator[TopicOrderRow]:
    found = ["", *with_page(series), ""]
    for before, topic, after in zip(found, found[1:], found[2:], strict=False):
        yield TopicOrderRow(key, topic, before, after)


TOPIC_ORDER = View("order of topics", (TopicOrderRow,), once, _order)
TOPICS = View("topics", (TopicRow, TopicCountRow, TopicWordingRow, VariantRow), _topics, _topic)
