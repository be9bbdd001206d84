"""Render the page of each question, with everybody's answers, and the index of all questions.

A question with many answers is cut into pages like any other list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from portraits.model import addresses
from portraits.output.sitemap import entry
from portraits.pages.lists import listed, pagination, slice_keys
from portraits.series.reading import Summary, exchange_of
from portraits.series.tables import (
    AnswerRow,
    QuestionRow,
    TopicCountRow,
    TopicOrderRow,
    TopicRow,
    VariantRow,
)
from portraits.series.views.slices import TOPIC, members
from portraits.series.views.topics import wording_of
from portraits.series.writing import answer_place
from portraits.site.cards import question_card, social_image
from portraits.site.context import BuildContext
from portraits.site.fragments import PortraitRenderer
from portraits.site.heads import series_meta
from portraits.site.page import File, in_each_language, once
from portraits.site.views import AnswerView, CountedLink, Link, QuestionPage, QuestionsPage
from portraits.typography.excerpt import excerpt

QUOTED = 150
"""About how many characters of an answer describe the page of its question."""


def _keys(context: BuildContext) -> Iterator[str]:
    yield from slice_keys(context, TOPIC)


def _make(context: BuildContext, key: str) -> Iterator[File]:
    list_, _, number = key.rpartition("#")
    topic = list_.removeprefix(TOPIC)
    page = listed(context, list_, int(number), addresses.question(topic))
    wording = wording_of(context.series, topic, context.spoken)
    row = context.series.one(TopicRow, "topic", topic)
    assert row is not None  # noqa: S101 - it has a page
    previous, following = _neighbours(context, topic)
    newest = page.number is None
    answers = tuple(
        _answers(
            context, wording, members(context.series, list_, page.slice.first, page.slice.last)
        )
    )
    view = QuestionPage(
        id=topic,
        wording=wording,
        wordings=_other_wordings(context, topic, wording) if newest else (),
        answers=answers,
        previous=previous,
        next=following,
        tags=tuple(json.loads(row.tags)),
        pagination=pagination(context, page),
    )
    meta = series_meta(
        context,
        page.own_address,
        page.titled(wording),
        _quoting(context, answers),
        feeds=context.feed_links(page.address, wording) if has_feed(context, topic) else (),
        items=[(answer.person.name, answer.url) for answer in answers],
        total=page.slice.total if newest else None,
        image=social_image(context, question_card(context, topic, wording), wording),
    )
    yield File(
        context.place(page.own_address),
        context.render("question.html", meta, view),
        entry(meta.canonical, None, meta.alternates),
    )


def has_feed(context: BuildContext, topic: str) -> bool:
    """Return whether a question has feeds in the language spoken: somebody answers it there."""
    if not context.lang:
        return True
    rows = context.series.rows(QuestionRow, "question", topic, limit=1, lang=context.spoken)
    return bool(rows)


def _quoting(context: BuildContext, answers: Sequence[AnswerView]) -> str:
    """Return the beginning of the first answer that has words, with the person's name."""
    said = next((one for one in answers if one.text), None)
    if said is None:
        return ""
    words = context.words()
    quoted = words.text("quoted", text=excerpt(said.text, QUOTED))
    return words.text("labelled", label=said.person.name, text=quoted)


def ordered(context: BuildContext) -> list[str]:
    """Return every answered question: those of the questionnaire in its order, then the others.

    The others are sorted by number of answers, most first; ties by id.
    """
    return [
        topic
        for (topic,) in context.series.sql(
            "SELECT topic.topic FROM topic JOIN topic_count USING (topic)"
            " WHERE topic_count.portraits>0 ORDER BY topic.number<0, topic.number,"
            " topic_count.portraits DESC, topic.topic"
        )
    ]


def _neighbours(context: BuildContext, topic: str) -> tuple[Link | None, Link | None]:
    """Return links to the previous and next question that has a page."""
    row = context.series.one(TopicOrderRow, "topic", topic)
    assert row is not None  # noqa: S101 - it has a page
    return (
        context.topic_link(row.before) if row.before else None,
        context.topic_link(row.after) if row.after else None,
    )


def _other_wordings(context: BuildContext, topic: str, current: str) -> tuple[CountedLink, ...]:
    return tuple(
        CountedLink(row.text, "", row.times, row.lang)
        for row in context.series.rows(VariantRow, "topic", topic)
        if row.text != current
    )


def _answers(
    context: BuildContext, current: str, members: Sequence[QuestionRow]
) -> Iterator[AnswerView]:
    """Yield the answers to a question, with the wording where it differs from the current one."""
    shown = [_in_language(context, asked) for asked in members]
    given = context.series.each(
        AnswerRow, "place", [answer_place(asked.source, asked.number) for asked in shown]
    )
    for asked, answers in zip(shown, given, strict=True):
        summary = context.summary(asked.source)
        renderer = PortraitRenderer(context, summary)
        # Without follow-ups, the row at hand is the whole question: no query is needed.
        exchange = renderer.answer(asked.number) if answers[1:] else exchange_of([asked], answers)
        face, facts = context.series.remembered(
            f"voices {context.spoken}", asked.source, partial(_voice, context, summary), most=2000
        )
        wording = asked.wording_text
        yield AnswerView(
            person=context.card(summary),
            face=face,
            facts=facts,
            url=f"{renderer.url}#{exchange.question.id}",
            wording=wording if wording != current else "",
            answer=renderer.html(exchange.answer),
            text=exchange.answer.text,
            follow_ups=tuple(map(renderer.exchange, exchange.follow_ups)),
        )


def _in_language(context: BuildContext, asked: QuestionRow) -> QuestionRow:
    """Return the same question in the person's portrait in the language spoken, if it has it."""
    one = context.translated(asked.source)
    if one.source == asked.source:
        return asked
    found = context.series.rows(QuestionRow, "source", one.source)
    return next((row for row in found if row.question == asked.question), asked)


def _voice(context: BuildContext, one: Summary) -> tuple[Markup, Markup]:
    """Return the picture and facts shown next to each of a person's answers."""
    macros: Any = context.macros("components/voice.html")
    card = context.card(one)
    return macros.face(context.site(), card), macros.facts(context.words(), card)


def question_links(context: BuildContext, lang: str = "") -> Iterator[CountedLink]:
    """Yield a link to every answered question, in order, as worded in a language."""
    for topic in ordered(context):
        count = context.series.one(TopicCountRow, "topic", topic)
        link = context.topic_link(topic, lang)
        yield CountedLink(
            link.label,
            link.url if context.has_page(topic) else "",
            count.portraits if count else 0,
            link.lang,
        )


def _index(context: BuildContext, key: str) -> Iterator[File]:
    view = QuestionsPage(tuple(question_links(context)))
    words = context.words()
    meta = series_meta(
        context,
        addresses.QUESTIONS,
        words.text("questions.heading"),
        words.text("questions.introduction"),
        items=[(link.label, link.url) for link in view.questions if link.url],
    )
    yield File(
        context.place(addresses.QUESTIONS),
        context.render("questions.html", meta, view),
        entry(meta.canonical, None, meta.alternates),
    )


KIND = in_each_language("answers", _keys, _make)
INDEX = in_each_language("questions", once, _index)
