"""The feeds: the whole series in each language, each tag, each question.

An entry is made once a process and stands in every feed that carries it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from portraits import addresses
from portraits.feeds.entry import FeedEntry, channel_of, entry_of
from portraits.feeds.formats import FORMATS, FeedFormat
from portraits.feeds.opml import FeedGroup, FeedListing
from portraits.feeds.opml import write as write_opml
from portraits.model import RichText
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.pages.fragments import Filling
from portraits.pages.portrait_pages import content_key, photo_as_published, translations
from portraits.pages.spec import PageSpec

RECENT = 400
"""Entries kept in memory while feeds are written."""


@dataclass(frozen=True)
class Following:
    """Something that can be followed: where its feeds stand, and what they carry."""

    address: str
    title: str
    lang: str
    portraits: Sequence[Outline]
    question: str = ""
    """Id of the question whose answers alone are carried; empty for whole portraits."""


def followings(assembly: Assembly) -> Iterator[Following]:
    """Everything that has feeds."""
    settings = assembly.settings
    languages = assembly.library.by_lang
    for lang in dict.fromkeys((settings.lang, *languages)):
        yield Following(addresses.series_home(lang, settings.lang), settings.site_name, lang,
                        languages.get(lang, ()))
    for tag, portraits in assembly.library.by_tag.items():
        yield Following(addresses.tag(tag), f"{settings.site_name} : {tag}", settings.lang,
                        portraits)
    for question in assembly.questions.pages:
        yield Following(addresses.question(question.id), question.wording(settings.lang),
                        settings.lang, question.outlines, question.id)


def feed_pages(assembly: Assembly) -> Iterator[PageSpec]:
    """The specs of all feeds, and of the list that subscribes to all of them."""
    for following in followings(assembly):
        yield from feeds_of(assembly, following)
    yield PageSpec(
        addresses.OPML, assembly.key("opml", [(f.address, f.title) for f in followings(assembly)]),
        partial(_opml, assembly))


def feeds_of(assembly: Assembly, following: Following) -> Iterator[PageSpec]:
    """The specs of the feeds of something that can be followed."""
    shown = [
        (content_key(assembly, outline), outline.modified,
         [(o.lang, o.slug) for o in translations(assembly, outline)])
        for outline in following.portraits[:assembly.settings.feed_size]]
    for form in FORMATS:
        yield PageSpec(
            following.address + form.file_name,
            assembly.key("feed", form.label, following.address, following.title, shown),
            partial(_feed, assembly, following, form))


def _feed(assembly: Assembly, following: Following, form: FeedFormat) -> bytes:
    settings = assembly.settings
    channel = channel_of(
        settings, following.address, title=following.title, lang=following.lang,
        about_url=settings.absolute(addresses.SUBSCRIBE))
    carried = following.portraits[:settings.feed_size]
    return form.write(channel, [
        _entry(assembly, outline, following.question) for outline in carried])


def _entry(assembly: Assembly, outline: Outline, question: str) -> FeedEntry:
    return _answer(assembly, outline, question) if question else _whole(assembly, outline)


def _whole(assembly: Assembly, outline: Outline) -> FeedEntry:
    """The entry of a portrait. The last few are kept: one entry goes into many feeds."""
    recent = assembly.recent_entries
    if outline.source not in recent:
        if len(recent) >= RECENT:
            del recent[next(iter(recent))]
        recent[outline.source] = _made(assembly, outline)
    return recent[outline.source]


def _made(assembly: Assembly, outline: Outline) -> FeedEntry:
    filling = Filling(assembly, outline)
    settings = assembly.settings
    return entry_of(
        filling.portrait, url=settings.absolute(assembly.address(outline)),
        content=filling.content,
        image=photo_as_published(assembly, outline),
        translations=[(o.lang, settings.absolute(assembly.address(o)))
                      for o in translations(assembly, outline)])


def _answer(assembly: Assembly, outline: Outline, question: str) -> FeedEntry:
    """An entry that carries one answer, under the person's name."""
    portrait = assembly.load(outline)
    asked = next(a for a in outline.asked if (a.questionnaire_id or a.id) == question)
    exchange = assembly.load_exchange(outline, asked)
    url = f"{assembly.settings.absolute(assembly.address(outline))}#{asked.id}"
    filled = Filling(assembly, outline).exchange(exchange)
    html = assembly.environment.get_template("answer.html").render(
        site=assembly.site(outline.lang), page=filled, t=assembly.words(outline.lang))
    alone = replace(portrait, introduction=RichText(), exchanges=(exchange,),
                    recommendations=None, readings=None)
    entry = entry_of(alone, url=url, content=html)
    return replace(entry, title=outline.name, summary=asked.wording)


def _opml(assembly: Assembly) -> bytes:
    settings = assembly.settings
    groups: dict[str, list[FeedListing]] = {}
    for following in followings(assembly):
        home = settings.absolute(following.address)
        label = "" if not following.address or following.address.count("/") == 1 else (
            following.address.split("/", 1)[0])
        groups.setdefault(label, []).append(FeedListing(
            following.title, home + FORMATS[0].file_name, home, following.lang))
    return write_opml(settings.site_name, settings.publisher, [
        FeedGroup(label, tuple(listings)) for label, listings in groups.items()])
