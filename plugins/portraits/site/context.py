"""What pages are made with: the series to ask, the settings, the theme; and the small views
(card, link) that many pages show.

Everything that can change from one build to the next is asked through
:attr:`BuildContext.series`, so that it is recorded; settings and code cannot, because another
database belongs to others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup

from portraits.images.accent import Accent, accent_of_name
from portraits.images.picture import CARD, SQUARE, Picture, Use, plan
from portraits.images.source import ImageFile
from portraits.model import addresses
from portraits.model.networks import name_of
from portraits.series.reading import Summary, portrait_of, summary_of
from portraits.series.reads import Series
from portraits.series.tables import AccountRow, ImageRow, InputRow, PhotoRow, PortraitRow, TopicRow
from portraits.series.views.topics import wording_of
from portraits.site.views import Card, FeedLink, Link, Meta, Site
from portraits.support.catalogue import Catalogue, catalogue, interface_language
from portraits.support.digests import digest

if TYPE_CHECKING:
    from portraits.images.card_text import Typefaces
    from portraits.model.portrait import Portrait
    from portraits.settings import Settings

MEDIA_TYPES = {
    "atom.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
    "feed.json": "application/feed+json",
}


@dataclass
class BuildContext:
    """One build's means of making pages."""

    series: Series
    settings: Settings
    environment: Environment
    content: Path
    """The content folder, where source pictures are."""
    images: Path
    """The folder in which encoded pictures are kept between builds."""
    sites: Mapping[str, Site]
    """What all pages in a language have in common, by language."""
    fonts: Typefaces
    assets: Mapping[str, bytes] = field(default_factory=dict)
    """Address -> content of the theme's files."""
    extra: Mapping[str, bytes] = field(default_factory=dict)
    """The same of the editor's own files, and of those that other plugins wrote."""
    drafts: bool = False
    """A preview: unpublished portraits are shown, and nothing may be indexed."""

    # -- rendering

    def render(self, template: str, meta: Meta, page: object) -> bytes:
        """A page as UTF-8."""
        return self.fill(template, meta.lang, meta=meta, page=page).encode()

    def fill(self, template: str, lang: str, **values: object) -> str:
        """A template, given ``site`` and ``t`` in a language besides ``values``."""
        self.depend_on(f"template:{template}")
        return self.environment.get_template(template).render(
            site=self.site(lang), t=self.words(lang), **values)

    def macros(self, template: str) -> object:
        """The macros of a template."""
        self.depend_on(f"template:{template}")
        return self.environment.get_template(template).module

    def depend_on(self, name: str) -> None:
        """Ask for an input that has no table of its own."""
        self.series.one(InputRow, "name", name)

    def site(self, lang: str = "") -> Site:
        """What all pages in a language have in common, or those in the site's."""
        known = lang if lang in self.sites else self.settings.lang
        self.depend_on(f"site:{known}")
        return self.sites[known]

    def words(self, lang: str = "") -> Catalogue:
        """The interface's catalogue in a language, or in the site's."""
        return catalogue(interface_language(lang or self.settings.lang, self.settings.lang))

    # -- portraits

    def summary(self, source: str) -> Summary:
        """What lists and cards show of a portrait that the site shows."""
        return self.series.remembered(
            "summaries", source, lambda: self._summary(source), most=2000)

    def _summary(self, source: str) -> Summary:
        found = self.series.one(PortraitRow, "source", source)
        if found is None:
            raise KeyError(source)
        return summary_of(found)

    def portrait(self, source: str) -> Portrait:
        """The whole portrait."""
        return portrait_of(self.series, source)

    def languages(self) -> tuple[str, ...]:
        """Every language in which there is a portrait, in alphabetical order."""
        return tuple(lang for lang, in self.series.sql(
            "SELECT DISTINCT lang FROM portrait WHERE position IS NOT NULL ORDER BY lang"))

    def translations(self, one: Summary) -> tuple[Summary, ...]:
        """Every shown language of a portrait, when there is more than one."""
        found = self.series.rows(PortraitRow, "translation", one.translation_key)
        return tuple(sorted(map(summary_of, found), key=lambda o: o.lang)) if found[1:] else ()

    def has_page(self, topic: str) -> bool:
        """Whether a question has a page with everybody's answers."""
        found = self.series.one(TopicRow, "topic", topic)
        return bool(found and found.page)

    def topic_link(self, topic: str, lang: str = "") -> Link:
        """A link to the page of a question."""
        return Link(wording_of(self.series, topic, lang or self.settings.lang),
                    self.settings.path(addresses.question(topic)))

    def network_label(self, network: str, lang: str = "") -> str:
        """What a network is called in a language, or in the site's."""
        return name_of(network, lang or self.settings.lang)

    # -- addresses

    def directory_url(self, account: str) -> str:
        """Path of an account's entry in the directory."""
        row = self.series.one(AccountRow, "account", account)
        if row is None:  # only a translation names it
            return self.settings.path(addresses.DIRECTORY)
        return f"{self.settings.path(addresses.directory(row.page))}#{addresses.slug_of(account)}"

    def address(self, one: Summary) -> str:
        return addresses.portrait(one.slug, one.lang, self.settings.lang)

    def url(self, one: Summary) -> str:
        return self.settings.path(self.address(one))

    def absolute(self, one: Summary) -> str:
        return self.settings.absolute(self.address(one))

    def link(self, one: Summary) -> Link:
        """A link to a portrait under its person's name."""
        return Link(one.name, self.url(one), one.lang)

    def link_to(self, source: str) -> Link | None:
        """The same by the source; None for an empty one."""
        return self.link(self.summary(source)) if source else None

    def feed_links(self, address: str, title: str) -> tuple[FeedLink, ...]:
        """The feeds that stand beside the page at ``address``."""
        return tuple(
            FeedLink(title, self.settings.path(address + name), MEDIA_TYPES[name])
            for name in addresses.FEEDS)

    def series_feeds(self, lang: str) -> tuple[FeedLink, ...]:
        """The feeds of the whole series in a language."""
        address = addresses.series_home(lang, self.settings.lang)
        return self.feed_links(address, self.settings.site_name)

    # -- pictures

    def photo(self, file: str) -> ImageFile | None:
        """A source picture that can be shown."""
        row = self.series.one(PhotoRow, "file", file) if file else None
        return ImageFile(self.content / file, row.digest, row.width, row.height,
                         row.media_type) if row else None

    def picture(self, one: Summary, use: Use) -> Picture | None:
        photo = one.photo and self.photo(one.photo.file)
        return plan(photo, use, one.photo.focus) if photo and one.photo else None

    def accent(self, one: Summary) -> Accent:
        row = self.series.one(PhotoRow, "file", one.photo.file) if one.photo else None
        return Accent(*json.loads(row.accent)) if row and row.accent else accent_of_name(one.name)

    def monogram_file(self, one: Summary) -> str:
        """Address of the drawing that stands where there is no photo; empty with one."""
        if one.photo and self.photo(one.photo.file):
            return ""
        return monogram_address(one.name, self.accent(one))

    def inline_images(self, source: str) -> list[ImageRow]:
        """The pictures inside the text, in the order of their placeholders."""
        return [row for row in self.series.rows(ImageRow, "source", source) if row.number >= 0]

    def card(self, one: Summary) -> Card:
        """The card of a portrait, made once for all who show it."""
        return self.series.remembered("cards", one.source, lambda: self._card(one), most=2000)

    def _card(self, one: Summary) -> Card:
        monogram = self.monogram_file(one)
        return Card(
            url=self.url(one), name=one.name, title=one.title, role=one.role,
            organization=one.organization, date=one.date, summary=one.summary, quote=one.quote,
            lang=one.lang, tags=one.tags,
            picture=self.picture(one, CARD), square=self.picture(one, SQUARE),
            monogram=self.settings.path(monogram) if monogram else "",
            alt=one.photo.alt if one.photo else "",
            accent_class=accent_class(self.accent(one)), draft=one.draft)


_MONOGRAM_VERSION = "1"
"""Raised when monograms are drawn otherwise: their names stand for their content."""


def monogram_address(name: str, accent: Accent) -> str:
    """Address of the drawing of a person's initials."""
    drawn = digest(_MONOGRAM_VERSION, name, accent.light, accent.dark).hex()
    return f"{addresses.IMAGES}monogram-{drawn}.svg"


@lru_cache(maxsize=4096)
def accent_class(accent: Accent) -> str:
    """The class whose hue is nearest to an accent's: the stylesheet knows 36 of them,
    because a strict CSP allows no colour of its own to each element."""
    from portraits.images.oklch import oklch_of

    value = int(accent.light[1:], 16)
    hue = oklch_of((value >> 16, value >> 8 & 255, value & 255))[2]
    return f"accent-{round(hue / 10) % 36}"


def safe(html: str) -> Markup:
    """HTML that our own renderer made, for printing as it is."""
    return Markup(html)  # noqa: S704 - only called with the parser's and our templates' output
