"""Define the content of feeds, independent of their format.

The instant of a portrait is the hour at which it was published, with its offset, if its file gives
one. The instant of a day is noon UTC. A feed must give times (RFC 4287, section 3.3; RSS 2.0,
``pubDate``) and readers show them in their own time zone: from UTC−12 to UTC+11, noon UTC falls on
the portrait's day. This needs no time zone data, and no byte changes when daylight saving time
does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from portraits.model.portrait import Exchange, Portrait
from portraits.model.published_image import PublishedImage
from portraits.output.feeds.content import feed_content
from portraits.series.reading import Summary
from portraits.settings import Settings

NEVER = dt.datetime(1970, 1, 1, 12, tzinfo=dt.UTC)
"""``updated`` of a feed without entries, because Atom requires one."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer by itself, for a question's feed."""

    summary: Summary
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One portrait in a feed, or one of its answers. Addresses are absolute."""

    id: str
    """Identifier of the entry for readers: its permalink."""
    url: str
    title: str
    published: dt.datetime
    updated: dt.datetime
    authors: tuple[str, ...]
    """Names, none of them empty; if there are none, the channel's author is used."""
    lang: str
    summary: str
    """Plain text."""
    content_html: str
    tags: tuple[str, ...]
    image: PublishedImage | None
    translations: tuple[tuple[str, str], ...]
    """(language, address) of the portrait's other languages."""
    told: Portrait | Answered
    """The portrait or answer itself, for the JSON Feed extension."""


@dataclass(frozen=True, slots=True)
class FeedChannel:
    """The subject of a feed: the series, one language of it, a tag or a question."""

    title: str
    description: str
    home_url: str
    """Absolute address of the page that the feed follows, in whose folder it is; ends in ``/``."""
    lang: str
    author: str
    """Publisher of the series; never empty."""
    license: str = ""
    license_url: str = ""
    icon_url: str = ""
    about_url: str = ""
    """Page that explains the feeds, for the ``about`` of our JSON Feed extension."""

    def url_of(self, file_name: str) -> str:
        """Return the absolute address of the feed of that file name."""
        return self.home_url + file_name


def instant(day: dt.date) -> dt.datetime:
    """Return noon UTC of ``day``."""
    return dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)


def rfc3339(moment: dt.datetime) -> str:
    """Format an instant as Atom and JSON Feed require: ``2011-07-14T12:00:00+00:00``."""
    return moment.isoformat()


def published(one: Portrait | Summary) -> dt.datetime:
    """Return the instant of a portrait."""
    return one.hour or instant(one.date)


def changed(one: Portrait | Summary) -> dt.datetime:
    """Return the last change of a portrait, which is never before its publication."""
    first = published(one)
    return max(first, instant(one.modified)) if one.modified else first


def latest(changes: Iterable[dt.datetime]) -> dt.datetime:
    """Return the last change of a feed, from the changes of its entries."""
    return max(changes, default=NEVER)


def entry_of(
    portrait: Portrait,
    *,
    url: str,
    content: str,
    image: PublishedImage | None = None,
    translations: Iterable[tuple[str, str]] = (),
) -> FeedEntry:
    """Return the entry of a portrait, for all the feeds it is in.

    ``url`` is the page's absolute address, ``content`` the page's fragment with its placeholders
    filled; ``translations`` may name the portrait's own language, which is left out.
    """
    return FeedEntry(
        id=url,
        url=url,
        title=_title(portrait),
        published=published(portrait),
        updated=changed(portrait),
        authors=_named(portrait.interviewers),
        lang=portrait.lang,
        summary=portrait.summary,
        content_html=feed_content(content, url, image),
        tags=portrait.tags,
        image=image,
        translations=tuple((lang, href) for lang, href in translations if lang != portrait.lang),
        told=portrait,
    )


def _title(portrait: Portrait) -> str:
    """Return the title of an entry, which begins with the name: in a list of many feeds, the
    beginning is what is read.

    « Portrait d’artisane : Léa » becomes « Léa — Portrait d’artisane »; where the title is a
    sentence around the name, the role stands for it.
    """
    before, name, after = portrait.title.partition(portrait.name)
    if name and not before:
        return portrait.title
    if not name:
        return f"{portrait.name} — {portrait.title}"
    label = before.rstrip(" \u00a0:—–-|·")
    if len(before) - len(label) > 1:
        return f"{name} — {label}{after}"
    return f"{name} — {portrait.role}" if portrait.role else name


def answer_of(summary: Summary, exchange: Exchange, *, url: str, content: str) -> FeedEntry:
    """Return the entry of one answer, for the feeds of its question.

    Its title is the person's name, its summary the question. ``url`` leads to the answer in the
    portrait's page; ``content`` is HTML.
    """
    return FeedEntry(
        id=url,
        url=url,
        title=summary.name,
        published=published(summary),
        updated=changed(summary),
        authors=_named(summary.interviewers),
        lang=summary.lang,
        summary=exchange.question.wording.text,
        content_html=feed_content(content, url, None),
        tags=summary.tags,
        image=None,
        translations=(),
        told=Answered(summary, exchange),
    )


def _named(interviewers: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in interviewers if name.strip())


def channel_of(
    settings: Settings,
    address: str,
    *,
    title: str = "",
    description: str = "",
    lang: str = "",
    icon_url: str = "",
    about_url: str = "",
) -> FeedChannel:
    """Return the channel of the page at ``address`` (relative to the site's root, ending in ``/``).

    Missing values are those of the series.
    """
    return FeedChannel(
        title=title or settings.site_name,
        description=description or settings.site_description or settings.site_name,
        home_url=settings.absolute(address),
        lang=lang or settings.lang,
        author=settings.publisher or settings.site_name,
        license=settings.license,
        license_url=settings.license_url,
        icon_url=icon_url,
        about_url=about_url,
    )
