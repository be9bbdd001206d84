"""What the pages of one build have in common: the library, what is derived from it, and
the small views (card, link, tag) that many pages show.

A card's *facet* is the hash of all that the card shows; a page that shows the card has
the facet in its key, whatever else of the portrait changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup

from portraits import addresses
from portraits.cache import code_version
from portraits.catalogue import Catalogue, catalogue, interface_language
from portraits.digests import digest
from portraits.feeds.kept import Entries, RecentEntries
from portraits.images.accent import Accent, accent_of_name
from portraits.images.picture import CARD, SQUARE, Picture, Use, plan
from portraits.networks import network_named
from portraits.template_code import as_markup
from portraits.values import dataclass
from portraits.views import Card, FeedLink, Link, Meta, Site

if TYPE_CHECKING:
    from portraits.around import Around
    from portraits.directory import Directory
    from portraits.graph import Graph
    from portraits.images.social_card import Typefaces
    from portraits.library import Library
    from portraits.model import Exchange, Portrait
    from portraits.neighbours import Neighbours
    from portraits.outline import Outline
    from portraits.photographs import Photo
    from portraits.question_index import QuestionIndex
    from portraits.related import Related, RelatedIndex
    from portraits.settings import Settings

MEDIA_TYPES = {
    "atom.xml": "application/atom+xml",
    "rss.xml": "application/rss+xml",
    "feed.json": "application/feed+json",
}


@dataclass(frozen=True, slots=True)
class EditorPage:
    """A page of the editor's own, as Pelican read it."""

    source: str
    slug: str
    title: str
    lang: str
    html: str


@dataclass(frozen=True)
class Assembly:
    """One build's view of the whole series."""

    settings: Settings
    sites: Mapping[str, Site]
    """What all pages in a language have in common, by language."""
    environment: Environment
    base: bytes
    """Hash of code, templates, settings and site: part of every key."""
    photos: Mapping[str, Photo]
    """Path of a source picture from the content folder -> the picture."""
    editor_pages: tuple[EditorPage, ...]
    fonts: Typefaces
    find_library: Callable[[], Library]
    """The whole series."""
    find_outline: Callable[[str], Outline]
    """A portrait of the series, by its source."""
    find_around: Callable[[Assembly, Outline], Around]
    """What is around a portrait in the series."""
    find_with_page: Callable[[Assembly], frozenset[str]]
    """Ids of the questions that have a page."""
    load: Callable[[Outline], Portrait]
    """Reads a whole portrait."""
    load_exchange: Callable[[Outline, int], Exchange]
    """Reads one question of a portrait with its answer, by its place in the portrait."""
    drafts: bool = False
    """A preview: unpublished portraits are shown, and nothing may be indexed."""

    previewed: frozenset[str] = frozenset()
    """Sources of portraits that are shown only because this is a preview."""

    arounds: dict[str, Around] = field(default_factory=dict)
    """What was found around portraits, by source."""
    known_links: dict[str, Link] = field(default_factory=dict)
    """Links to portraits that were asked for, by source."""
    known_entries: dict[str, str] = field(default_factory=dict)
    """Where entries of the directory stand, by account key."""
    known_voices: dict[str, tuple[Markup, Markup]] = field(default_factory=dict)
    """What pages of questions show of portraits beside the answers, by source."""
    content_keys: dict[str, str] = field(default_factory=dict)
    """Hash of what each portrait's fragment shows, by source."""
    entries: Entries = field(default_factory=RecentEntries)
    """Feed entries that were made."""

    # -- keys and rendering

    def key(self, kind: str, *parts: object) -> bytes:
        """Key of a page that shows ``parts``: values whose ``repr`` says all that is shown."""
        return digest(self.base, kind, repr(parts))

    def render(self, template: str, meta: Meta, page: object) -> bytes:
        """A page as UTF-8."""
        html = self.environment.get_template(template).render(
            site=self.site(meta.lang), meta=meta, page=page, t=self.words(meta.lang))
        return html.encode()

    def site(self, lang: str = "") -> Site:
        """What all pages in a language have in common, or those in the site's."""
        return self.sites.get(lang) or self.sites[self.settings.lang]

    def words(self, lang: str = "") -> Catalogue:
        """The interface's catalogue in a language, or in the site's."""
        return catalogue(interface_language(lang or self.settings.lang, self.settings.lang))

    # -- one portrait and what is around it

    def outline(self, source: str) -> Outline:
        """A portrait of the series, by its source."""
        return self.find_outline(source)

    def around(self, outline: Outline) -> Around:
        """What a portrait's own files show of the others."""
        found = self.arounds.get(outline.source)
        if found is None:
            found = self.arounds[outline.source] = self.find_around(self, outline)
        return found

    def links(self, outline: Outline) -> tuple[str, ...]:
        """Where each of a portrait's internal links leads, as a path on the site."""
        return self.around(outline).links if outline.links else ()

    @cached_property
    def with_page(self) -> frozenset[str]:
        """Ids of the questions that have a page."""
        return self.find_with_page(self)

    # -- derived from the whole series, which a build after an edit of a text does not load

    @cached_property
    def library(self) -> Library:
        return self.find_library()

    @cached_property
    def questions(self) -> QuestionIndex:
        from portraits.question_index import question_index

        minimum = self.settings.question_page_minimum
        return question_index(self.library, minimum, self.settings.lang)

    @cached_property
    def directory(self) -> Directory:
        from portraits.directory import directory

        return directory(self.library, self.settings.lang)

    @cached_property
    def related(self) -> RelatedIndex:
        from portraits.related import RelatedIndex

        return RelatedIndex(self.library)

    @cached_property
    def people(self) -> Library:
        """The library with each person once: lists do not show translations."""
        from portraits.library import one_per_person

        return replace(self.library, portraits=one_per_person(self.library, self.settings.lang))

    @cached_property
    def graph(self) -> Graph:
        from portraits.graph import graph

        return graph(self.library, self.directory, self.settings.lang)

    @cached_property
    def directory_digest(self) -> str:
        """Hash of everything that the directory says."""
        return digest(repr([
            (entry.account, entry.person and self.url(entry.person),
             [(self.url(r.outline), r.outline.name, r.reason_html) for r in entry.recommenders])
            for entry in self.directory.entries])).hex()

    def related_to(self, outline: Outline) -> tuple[Related, ...]:
        """The portraits most related to one, with the reasons."""
        return self.related.of(outline, self.settings.related)

    @cached_property
    def neighbours_by_portrait(self) -> Mapping[tuple[str, str], Neighbours]:
        from portraits.neighbours import neighbours

        return neighbours(self.library)

    def neighbours(self, outline: Outline) -> tuple[Outline | None, Outline | None]:
        """The portraits before and after one in time, in its language."""
        found = self.neighbours_by_portrait[outline.lang, outline.slug]
        return found.previous, found.next

    def network_label(self, network: str, lang: str = "") -> str:
        """What a network is called in a language, or in the site's."""
        known = network_named(network)
        return known.name(lang or self.settings.lang) if known else network

    @property
    def preview(self) -> bool:
        """Whether this is for the editor's eyes only."""
        return bool(self.previewed) or self.drafts

    # -- addresses

    def address(self, outline: Outline) -> str:
        return addresses.portrait_of(outline, self.settings.lang)

    def url(self, outline: Outline) -> str:
        return self.link(outline).url

    def link(self, outline: Outline) -> Link:
        """A link to a portrait under its person's name."""
        found = self.known_links.get(outline.source)
        if found is None:
            found = self.known_links[outline.source] = Link(
                outline.name, self.settings.path(self.address(outline)), outline.lang)
        return found

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

    def picture(self, outline: Outline, use: Use) -> Picture | None:
        photo = outline.photo and self.photos.get(outline.photo.file)
        return plan(photo.image, use, outline.photo.focus) if photo and outline.photo else None

    def accent(self, outline: Outline) -> Accent:
        photo = outline.photo and self.photos.get(outline.photo.file)
        return (photo.accent if photo else None) or accent_of_name(outline.name)

    def monogram_file(self, outline: Outline) -> str:
        """Address of the drawing that stands where there is no photo; empty with one."""
        if self.picture(outline, SQUARE):
            return ""
        name = digest(code_version(), outline.name, repr(self.accent(outline))).hex()
        return f"{addresses.IMAGES}monogram-{name}.svg"

    def inline_images(self, outline: Outline) -> tuple[str, ...]:
        """Source pictures inside the text."""
        files = tuple(file for file, _ in outline.images)
        return files[1:] if outline.photo else files

    def inline_digests(self, outline: Outline) -> tuple[str, ...]:
        """Hashes of the pictures inside the text, for keys of what shows a part of it."""
        photos = map(self.photos.get, self.inline_images(outline))
        return tuple(photo.image.digest for photo in photos if photo)

    def card(self, outline: Outline) -> Card:
        """The card of a portrait."""
        return self._cards(outline)[0]

    def facet(self, outline: Outline) -> str:
        """Hash of what the card shows."""
        return self._cards(outline)[1]

    @cached_property
    def _cards(self) -> Callable[[Outline], tuple[Card, str]]:
        cards: dict[tuple[str, str], tuple[Card, str]] = {}

        def of(outline: Outline) -> tuple[Card, str]:
            identity = (outline.lang, outline.slug)
            if identity not in cards:
                card = self._card(outline)
                cards[identity] = card, digest(repr(card)).hex()
            return cards[identity]

        return of

    def _card(self, outline: Outline) -> Card:
        monogram = self.monogram_file(outline)
        return Card(
            url=self.url(outline), name=outline.name, title=outline.title, role=outline.role,
            organization=outline.organization, date=outline.date, summary=outline.summary,
            quote=outline.quote, lang=outline.lang, tags=outline.tags,
            picture=self.picture(outline, CARD), square=self.picture(outline, SQUARE),
            monogram=self.settings.path(monogram) if monogram else "",
            alt=outline.photo.alt if outline.photo else "",
            accent_class=accent_class(self.accent(outline)),
            draft=self.is_draft(outline),
        )

    def is_draft(self, outline: Outline) -> bool:
        """Whether a portrait is shown only because this is a preview."""
        return outline.source in self.previewed


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
    return as_markup(html)  # only called with the parser's and our templates' output
