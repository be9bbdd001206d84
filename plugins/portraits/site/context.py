"""Provide what pages are made with: the series to query, the settings, the theme.

Also the small views (card, link) that many pages show. Everything that can change from one build to
the next is queried through :attr:`BuildContext.series`, which records it; settings and code need no
record, because another version of them uses another database.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
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
from portraits.output.feeds.formats import FORMATS
from portraits.series.reading import Summary, portrait_of, summary_of
from portraits.series.reads import Series
from portraits.series.tables import (
    AccountRow,
    EntryPageRow,
    ImageRow,
    InputRow,
    PhotoRow,
    PortraitRow,
    TopicRow,
)
from portraits.series.views.topics import worded
from portraits.site.views import Card, FeedLink, Link, Meta, Site
from portraits.support.catalogue import Catalogue, catalogue, interface_language
from portraits.support.digests import digest

if TYPE_CHECKING:
    from portraits.images.card_text import Typefaces
    from portraits.model.portrait import Portrait
    from portraits.settings import Settings


@dataclass
class BuildContext:
    """What one build makes pages with."""

    series: Series
    settings: Settings
    environment: Environment
    content: Path
    """The content folder, with the source pictures."""
    images: Path
    """The folder that caches encoded pictures between builds."""
    sites: Mapping[str, Site]
    """What all pages in a language share, by language."""
    fonts: Typefaces
    assets: Mapping[str, bytes] = field(default_factory=dict)
    """Address -> content of the theme's files."""
    extra: Mapping[str, bytes] = field(default_factory=dict)
    """Address -> content of the editor's extra files."""
    packages: Path = Path()
    """The folder of the packages of the editor in the browser, if the settings ask for it."""
    drafts: bool = False
    """True in a preview: unpublished portraits are shown, and search engines must not index the
    site."""
    lang: str = ""
    """Language of the site that pages are made for; empty for the site's own."""
    withdrawn: Collection[str] = ()
    """Addresses of people who are off the site, relative to its root."""

    # -- languages

    @property
    def spoken(self) -> str:
        """The language of the site that pages are made for."""
        return self.lang or self.settings.lang

    def speaking(self, lang: str) -> BuildContext:
        """Return the context for the site in ``lang``, or in the site's own language if there is
        no site in ``lang``."""
        known = lang if lang in self.sites else self.settings.lang
        self.depend_on(f"site:{lang}")
        if known == self.spoken:
            return self
        own = known == self.settings.lang
        return replace(self, lang="" if own else known, settings=self.settings.in_language(known))

    def site_languages(self) -> tuple[str, ...]:
        """Return the languages in which there is a site, its own first."""
        return tuple(link.lang for link in self.site(self.settings.lang).languages)

    def place(self, address: str) -> str:
        """Return the address of a page in the site of the language spoken."""
        return addresses.in_language(address, self.spoken, self.settings.lang)

    def path(self, address: str) -> str:
        """Return the path of a page in the site of the language spoken."""
        return self.settings.path(self.place(address))

    def alternates(self, address: str) -> tuple[tuple[str, str], ...]:
        """Return (language, absolute address) of a page that all sites have; nothing if there is
        one site."""
        languages, settings = self.site_languages(), self.settings
        if not languages[1:]:
            return ()
        return tuple(
            (lang, settings.absolute(addresses.in_language(address, lang, settings.lang)))
            for lang in languages
        )

    def translated(self, source: str) -> Summary:
        """Return the portrait that stands for ``source`` in the language spoken: its translation
        if there is one."""
        one = self.summary(source)
        if one.lang == self.spoken or not self.lang:
            return one
        found = self.series.rows(PortraitRow, "translation", one.translation_key)
        return next((summary_of(row) for row in found if row.lang == self.spoken), one)

    # -- rendering

    def render(self, template: str, meta: Meta, page: object) -> bytes:
        """Render a page; return it as UTF-8."""
        return self.fill(template, meta.lang, meta=self._switched(meta), page=page).encode()

    def _switched(self, meta: Meta) -> Meta:
        """Return ``meta`` with links to the page in the other languages of the site."""
        languages = self.site(meta.lang).languages
        if not languages[1:]:
            return meta
        settings, known = self.settings, dict(meta.alternates)

        def path(lang: str) -> str:
            if lang in known:
                return settings.path(known[lang].removeprefix(settings.absolute("")))
            return settings.path(addresses.in_language(meta.nearest, lang, settings.lang))

        return meta._replace(
            default=known.get(settings.lang) or next(iter(known.values()), ""),
            switch=tuple(
                Link(link.label, path(link.lang), link.lang)
                for link in languages
                if link.lang != meta.lang
            ),
        )

    def fill(self, template: str, lang: str, **values: object) -> str:
        """Render a template with ``values``, and with ``site`` and ``t`` in a language."""
        self.depend_on(f"template:{template}")
        return self.environment.get_template(template).render(
            site=self.site(lang), t=self.words(lang), **values
        )

    def macros(self, template: str) -> object:
        """Return the module of a template, whose attributes are its macros."""
        self.depend_on(f"template:{template}")
        return self.environment.get_template(template).module

    def depend_on(self, name: str) -> None:
        """Record a read of an input that has no table of its own."""
        self.series.one(InputRow, "name", name)

    def site(self, lang: str = "") -> Site:
        """Return what all pages in a language share, by default the one spoken; that of the site's
        language if ``lang`` is unknown."""
        wanted = lang or self.spoken
        known = wanted if wanted in self.sites else self.settings.lang
        self.depend_on(f"site:{known}")
        return self.sites[known]

    def words(self, lang: str = "") -> Catalogue:
        """Return the interface's catalogue in a language, by default the one spoken."""
        return catalogue(interface_language(lang or self.spoken, self.settings.lang))

    # -- portraits

    def summary(self, source: str) -> Summary:
        """Return the summary of a portrait, cached. Raise KeyError if there is no such portrait."""
        return self.series.remembered("summaries", source, lambda: self._summary(source), most=2000)

    def _summary(self, source: str) -> Summary:
        found = self.series.one(PortraitRow, "source", source)
        if found is None:
            raise KeyError(source)
        return summary_of(found)

    def portrait(self, source: str) -> Portrait:
        """Return the whole portrait."""
        return portrait_of(self.series, source)

    def languages(self) -> tuple[str, ...]:
        """Return every language in which there is a portrait, in alphabetical order."""
        return tuple(
            lang
            for (lang,) in self.series.sql(
                "SELECT DISTINCT lang FROM portrait WHERE position IS NOT NULL ORDER BY lang"
            )
        )

    def translations(self, one: Summary) -> tuple[Summary, ...]:
        """Return every shown translation of a portrait, this one included; empty if it is the only
        one."""
        found = self.series.rows(PortraitRow, "translation", one.translation_key)
        return tuple(sorted(map(summary_of, found), key=lambda o: o.lang)) if found[1:] else ()

    def has_page(self, topic: str) -> bool:
        """Return whether a question has a page with everybody's answers."""
        return self.answers_about(topic) > 0

    def answers_about(self, topic: str) -> int:
        """Return the rounded number of answers on the page of a question, 0 if it has no page."""
        found = self.series.one(TopicRow, "topic", topic)
        return found.about if found and found.page else 0

    def topic_link(self, topic: str, lang: str = "") -> Link:
        """Return a link to the page of a question, worded in a language if it is known there."""
        wanted = lang or self.spoken
        row = worded(self.series, topic, wanted)
        return Link(
            row.text, self.path(addresses.question(topic)), row.lang if row.lang != wanted else ""
        )

    def network_label(self, network: str, lang: str = "") -> str:
        """Return the name of a network in a language, or in the site's."""
        return name_of(network, lang or self.spoken)

    # -- addresses

    def directory_url(self, account: str) -> str:
        """Return the path of an account's entry in the directory."""
        row = self.series.one(AccountRow, "account", account)
        if row is None:  # only a translation names it
            return self.path(addresses.DIRECTORY)
        page = self.path(addresses.directory(self.page_of_entry(row.entry)))
        return f"{page}#{addresses.account_anchor(account)}"

    def page_of_entry(self, entry: str) -> str:
        """Return the name of the directory's page that lists an entry."""
        row = self.series.one(EntryPageRow, "entry", entry)
        return row.page if row else ""

    def address(self, one: Summary) -> str:
        """Return the address of a portrait's page, relative to the site's root."""
        return addresses.portrait(one.slug, one.lang, self.settings.lang)

    def url(self, one: Summary) -> str:
        """Return the path of a portrait's page."""
        return self.settings.path(self.address(one))

    def absolute(self, one: Summary) -> str:
        """Return the absolute address of a portrait's page."""
        return self.settings.absolute(self.address(one))

    def link(self, one: Summary) -> Link:
        """Return a link to a portrait, labelled with the person's name."""
        return Link(one.name, self.url(one), one.lang)

    def feed_links(self, address: str, title: str) -> tuple[FeedLink, ...]:
        """Return links to the feeds of the page at ``address``, in the language spoken."""
        return tuple(
            FeedLink(title, self.path(address + form.file_name), form.media_type)
            for form in FORMATS
        )

    def series_feeds(self, lang: str) -> tuple[FeedLink, ...]:
        """Return links to the feeds of the whole series in a language."""
        speaking = self.speaking(lang)
        return speaking.feed_links(addresses.HOME, speaking.settings.site_name)

    # -- pictures

    def photo(self, file: str) -> ImageFile | None:
        """Return a source picture, or None if it cannot be shown."""
        row = self.series.one(PhotoRow, "file", file) if file else None
        return (
            ImageFile(
                self.content / (row.path or file), row.digest, row.width, row.height, row.media_type
            )
            if row
            else None
        )

    def picture(self, one: Summary, use: Use) -> Picture | None:
        """Return the variants of a portrait's photo for a use, or None without a photo."""
        photo = one.photo and self.photo(one.photo.file)
        return plan(photo, use, one.photo.focus) if photo and one.photo else None

    def accent(self, one: Summary) -> Accent:
        """Return the accent colour of the photo, or the one derived from the person's name."""
        row = self.series.one(PhotoRow, "file", one.photo.file) if one.photo else None
        return Accent(*json.loads(row.accent)) if row and row.accent else accent_of_name(one.name)

    def monogram_file(self, one: Summary) -> str:
        """Return the address of the monogram that replaces a missing photo; empty if there is a
        photo."""
        if one.photo and self.photo(one.photo.file):
            return ""
        return monogram_address(one.name, self.accent(one))

    def inline_images(self, source: str) -> list[ImageRow]:
        """Return the pictures inside the text, in the order of their placeholders."""
        return [row for row in self.series.rows(ImageRow, "source", source) if row.number >= 0]

    def card(self, one: Summary) -> Card:
        """Return the card of a portrait, cached for all pages that show it."""
        return self.series.remembered("cards", one.source, lambda: self._card(one), most=2000)

    def _card(self, one: Summary) -> Card:
        monogram = self.monogram_file(one)
        return Card(
            url=self.url(one),
            name=one.name,
            title=one.title,
            role=one.role,
            organization=one.organization,
            date=one.date,
            summary=one.summary,
            quote=one.quote,
            lang=one.lang,
            tags=one.tags,
            picture=self.picture(one, CARD),
            square=self.picture(one, SQUARE),
            monogram=self.settings.path(monogram) if monogram else "",
            alt=one.photo.alt if one.photo else "",
            accent_class=accent_class(self.accent(one)),
            draft=one.draft,
        )


_MONOGRAM_VERSION = "2"
"""Raise it when the drawing of monograms changes: their file names stand for their content."""


def sound_address(sound: ImageFile) -> str:
    """Return the address of a sound, from the site's root: it depends on the content alone."""
    return f"{addresses.IMAGES}sound-{sound.digest[:20]}{sound.path.suffix.lower()}"


def monogram_address(name: str, accent: Accent) -> str:
    """Return the address of the drawing of a person's initials."""
    drawn = digest(_MONOGRAM_VERSION, name, accent.light, accent.dark).hex()
    return f"{addresses.IMAGES}monogram-{drawn}.svg"


@lru_cache(maxsize=4096)
def accent_class(accent: Accent) -> str:
    """Return the CSS class whose hue is nearest to that of an accent.

    The style sheet has 36 such classes, because a strict CSP forbids inline colours.
    """
    from portraits.images.oklch import oklch_of

    value = int(accent.light[1:], 16)
    hue = oklch_of((value >> 16, value >> 8 & 255, value & 255))[2]
    return f"accent-{round(hue / 10) % 36}"


def safe(html: str) -> Markup:
    """Mark HTML from our own renderer as safe, so that templates print it unescaped."""
    return Markup(html)  # noqa: S704 - only called with the parser's and our templates' output
