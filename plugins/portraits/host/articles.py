"""Offer the portraits as Pelican's articles.

A portrait is a Pelican ``Article`` with one more attribute, ``portrait``; its ``content`` is the
fragment that the page and the feeds publish. An article is created only when somebody reads it,
because most builds read none of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, overload

from markupsafe import escape
from pelican.contents import Article, Author, Category, Tag

from portraits.build.site import SiteBuild
from portraits.model import addresses
from portraits.model.portrait import Portrait
from portraits.output.absolute import absolutise
from portraits.support.catalogue import catalogue, interface_language

BUILD = "PORTRAITS_BUILD"
"""Key of Pelican's settings that holds the current build, while Pelican runs."""


class PortraitArticle(Article):  # type: ignore[misc] # Pelican is not typed
    """An article whose text is a portrait. It is rendered on first use, when everything that it may
    link to is known."""

    portrait: Portrait
    rendered: Callable[[], str]

    def get_content(self, siteurl: str) -> str:
        """Return the text as HTML; its links are resolved already."""
        return self.rendered()


class Articles(Sequence[PortraitArticle]):
    """The portraits of the series as Pelican's articles, each created on first access."""

    def __init__(
        self, build: SiteBuild, settings: Any, context: Any, *, listed: bool = False
    ) -> None:
        """``listed`` articles stand in the lists and feeds of a blog: their addresses are
        absolute, and Pelican writes no page for them."""
        self._build, self._settings, self._context = build, settings, context
        self._listed = listed
        self._sources = build.sources()
        self._made: dict[int, PortraitArticle] = {}

    def __len__(self) -> int:
        return len(self._sources)

    @overload
    def __getitem__(self, position: int) -> PortraitArticle: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[PortraitArticle]: ...
    def __getitem__(self, position: int | slice) -> PortraitArticle | Sequence[PortraitArticle]:
        if isinstance(position, slice):
            return [self[index] for index in range(*position.indices(len(self)))]
        index = range(len(self))[position]
        if index not in self._made:
            self._made[index] = self._article(self._sources[index])
        return self._made[index]

    def __iter__(self) -> Iterator[PortraitArticle]:
        return (self[index] for index in range(len(self)))

    def _article(self, source: str) -> PortraitArticle:
        portrait = self._build.portrait(source)
        own, settings = self._build.options.settings, self._settings
        words = catalogue(interface_language(own.lang, own.lang))
        address = addresses.portrait(portrait.slug, portrait.lang, own.lang)
        metadata = {
            # Themes print what they get as HTML.
            "title": escape(portrait.title),
            "summary": escape(portrait.summary),
            "slug": portrait.slug,
            "lang": portrait.lang,
            "date": _moment(portrait),
            "status": portrait.status.value,
            "category": Category(words.text("menu.portraits"), settings),
            "tags": [Tag(tag, settings) for tag in portrait.tags],
            "authors": [
                Author(name, settings)
                for name in portrait.interviewers or (settings.get("AUTHOR") or "",)
            ],
            "url": address,
            "save_as": "",  # we write the page
        }
        if portrait.modified:
            metadata["modified"] = _midnight(portrait.modified)
        if portrait.series:
            metadata["series"] = portrait.series
        article = PortraitArticle(
            "", metadata, settings, str(self._build.options.content / source), self._context
        )
        article.portrait = portrait
        article.rendered = partial(self._content, source, own.absolute(address))
        return article

    def _content(self, source: str, url: str) -> str:
        content = self._build.content(source)
        return absolutise(content, url) if self._listed else content


def addresses_only(build: SiteBuild, settings: Any, context: Any) -> Iterator[Article]:
    """Yield an article without a text for each portrait, to which ``{filename}`` may lead."""
    for source in build.sources():
        one = build.portrait(source)
        url = addresses.portrait(one.slug, one.lang, build.options.settings.lang)
        yield Article(
            "",
            {
                "title": escape(one.title),
                "slug": one.slug,
                "lang": one.lang,
                "date": _moment(one),
                "url": url,
                "save_as": "",
            },
            settings,
            str(build.options.content / source),
            context,
        )


def _moment(portrait: Portrait) -> dt.datetime:
    """Return what the clocks of the series show when a portrait is published."""
    return portrait.hour.replace(tzinfo=None) if portrait.hour else _midnight(portrait.date)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)
