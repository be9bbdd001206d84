"""Write the feeds: the whole series in each language, each tag, each question.

An entry occurs in several feeds, in every format. It is serialized once and kept as a row.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from portraits.checks.output import malformed
from portraits.model import addresses
from portraits.output.feeds.entry import (
    FeedChannel,
    FeedEntry,
    answer_of,
    changed,
    channel_of,
    entry_of,
    latest,
)
from portraits.output.feeds.formats import FORMATS
from portraits.output.feeds.opml import FeedGroup, FeedListing
from portraits.output.feeds.opml import write as write_opml
from portraits.pages.lists import term_address
from portraits.pages.portrait.page import picture_as_published
from portraits.pages.questions import has_feed
from portraits.pages.series import tags
from portraits.series.reads import Series
from portraits.series.tables import FeedEntryRow, PortraitRow, QuestionRow, TermLabelRow, TermRow
from portraits.series.views.topics import asked, with_page, wording_of
from portraits.series.views.view import View
from portraits.settings import Settings
from portraits.site.context import BuildContext
from portraits.site.fragments import PortraitRenderer
from portraits.site.page import File, PageKind, in_each_language, once

_LANGUAGE, _TAG, _TOPIC = "language", "tag", "topic"
Answer = tuple[str, int]
"""Source of a portrait, and number of a question in it; -1 for the whole portrait."""


@dataclass(frozen=True, slots=True)
class Followed:
    """The subject of a feed, and the address of the page that it follows."""

    address: str
    """In the site of the feed's language."""
    title: str
    lang: str


def _followed(context: BuildContext, key: str) -> Followed:
    """Return the subject of the feeds with a key, in the language spoken."""
    kind, _, name = key.partition(":")
    settings, lang = context.settings, context.spoken
    if kind == _LANGUAGE:
        return Followed(context.place(addresses.HOME), settings.site_name, lang)
    if kind == _TAG:
        label = context.series.one(TermLabelRow, "term", name)
        title = context.words().text(
            "labelled", label=settings.site_name, text=label.label if label else ""
        )
        return Followed(context.place(term_address(name)), title, lang)
    return Followed(
        context.place(addresses.question(name)), wording_of(context.series, name, lang), lang
    )


def _carried(context: BuildContext, key: str) -> list[Answer]:
    """Return the entries of the feeds with a key, newest first: in the site's own language of
    everybody, in another one of the portraits in it."""
    kind, _, name = key.partition(":")
    size, series, lang = context.settings.feed_size, context.series, context.spoken
    if kind == _LANGUAGE:
        return [(row.source, -1) for row in series.rows(PortraitRow, "lang", lang, limit=size)]
    only: dict[str, Any] = {"lang": lang} if context.lang else {}
    if kind == _TAG:
        return [(row.source, -1) for row in series.rows(TermRow, "term", name, limit=size, **only)]
    if only:
        rows = series.rows(QuestionRow, "question", name, limit=size, **only)
        return [(row.source, row.number) for row in rows]
    return [(row.source, row.number) for row in asked(series, name, size)]


def _keys(context: BuildContext) -> Iterator[str]:
    """Yield the key of each subject that has feeds in the language spoken."""
    yield f"{_LANGUAGE}:"
    for row in tags(context):
        yield f"{_TAG}:{row.term}"
    for topic in with_page(context.series):
        if has_feed(context, topic):
            yield f"{_TOPIC}:{topic}"


def _in_all_languages(context: BuildContext) -> Iterator[tuple[BuildContext, str]]:
    """Yield the key of each subject with the context of its language."""
    for lang in context.site_languages():
        speaking = context.speaking(lang)
        for key in _keys(speaking):
            yield speaking, key


def _make(context: BuildContext, key: str) -> Iterator[File]:
    followed = _followed(context, key)
    channel = _channel(context, followed)
    carried = _carried(context, key)
    updated = latest(changed(context.summary(source)) for source, _ in carried)
    entries = [_entry(context, followed.lang, one) for one in carried]
    forms = [marshal.loads(entry.forms) for entry in entries]  # noqa: S302 - our own bytes
    for number, form in enumerate(FORMATS):
        content = form.document(channel, updated, [written[number] for written in forms])
        # Entries were checked when they were serialized; only the document around them is left.
        checked = all(entry.well_formed for entry in entries) and not malformed(
            form.file_name, form.document(channel, updated, [])
        )
        yield File(followed.address + form.file_name, content, checked=checked)


def _channel(context: BuildContext, followed: Followed) -> FeedChannel:
    settings = context.settings
    return channel_of(
        settings,
        followed.address,
        title=followed.title,
        lang=followed.lang,
        about_url=settings.absolute(context.place(addresses.SUBSCRIBE)),
    )


def _entry(context: BuildContext, lang: str, one: Answer) -> FeedEntryRow:
    source, number = one
    row = context.series.one(FeedEntryRow, "entry", f"{lang}|{source}|{number}")
    assert row is not None  # noqa: S101 - every entry of a feed has one
    return row


def entries(context: BuildContext) -> View:
    """Return the view of all feed entries, each serialized once for all the feeds that contain
    it."""

    def keys(series: Series, settings: Settings) -> Iterator[str]:
        asking = replace(context, series=series)
        found = {
            f"{speaking.spoken}|{source}|{number}": None
            for speaking, key in _in_all_languages(asking)
            for source, number in _carried(speaking, key)
        }
        yield from found

    def rows(series: Series, settings: Settings, key: str) -> Iterator[FeedEntryRow]:
        lang, source, number = key.split("|")
        speaking = replace(context, series=series).speaking(lang)
        yield _serialised(speaking, key, lang, (source, int(number)))

    return View("feed entries", (FeedEntryRow,), keys, rows)


def _serialised(context: BuildContext, key: str, lang: str, one: Answer) -> FeedEntryRow:
    """Serialize an entry in every format, for feeds in ``lang``: they all have the same author."""
    source, number = one
    channel = _channel(context, Followed("", "", lang))
    entry = _whole(context, source) if number < 0 else _answer(context, source, number)
    forms = [form.serialised(channel, entry) for form in FORMATS]
    well_formed = not any(
        malformed(form.file_name, form.document(channel, entry.updated, [written]))
        for form, written in zip(FORMATS, forms, strict=True)
    )
    return FeedEntryRow(key, marshal.dumps(forms, 2), int(well_formed))


def _whole(context: BuildContext, source: str) -> FeedEntry:
    """Return the entry of a whole portrait."""
    renderer = PortraitRenderer(context, context.summary(source))
    one = renderer.summary
    return entry_of(
        renderer.portrait,
        url=context.absolute(one),
        content=renderer.content,
        image=picture_as_published(context, one),
        translations=[(o.lang, context.absolute(o)) for o in context.translations(one)],
    )


def _answer(context: BuildContext, source: str, number: int) -> FeedEntry:
    """Return the entry of one answer, under the person's name."""
    one = context.summary(source)
    renderer = PortraitRenderer(context, one)
    exchange = renderer.answer(number)
    content = context.fill("answer.html", one.lang, page=renderer.exchange(exchange))
    return answer_of(
        one, exchange, content=content, url=f"{context.absolute(one)}#{exchange.question.id}"
    )


def _opml(context: BuildContext, key: str) -> Iterator[File]:
    settings = context.settings
    groups: dict[str, list[FeedListing]] = {}
    for one in (_followed(speaking, key) for speaking, key in _in_all_languages(context)):
        home = settings.absolute(one.address)
        label = "" if one.address.count("/") < 2 else one.address.rsplit("/", 2)[0]
        groups.setdefault(label, []).append(
            FeedListing(one.title, home + FORMATS[0].file_name, home, one.lang)
        )
    yield File(
        addresses.OPML,
        write_opml(
            settings.site_name,
            settings.publisher,
            [FeedGroup(label, tuple(listings)) for label, listings in groups.items()],
        ),
    )


KIND = in_each_language("feeds", _keys, _make)
OPML = PageKind("opml", once, _opml)
