"""What templates are given: frozen values, ready to print, one class a kind of page.

A template sees ``site``, ``meta``, ``page`` and ``t`` (the catalogue) and nothing
else, so what a page depends on is what its view holds. Addresses in views are path-absolute
(``/portraits/x/``) unless their name says ``absolute``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from portraits.images.accent import Accent
    from portraits.images.picture import Picture
    from portraits.model.portrait import Account, Portrait

EMPTY = Markup("")


class Link(NamedTuple):
    label: str
    url: str
    lang: str = ""
    """Set where it differs from the page's language."""


class FeedLink(NamedTuple):
    title: str
    url: str
    media_type: str


class Site(NamedTuple):
    """The same on every page in one language."""

    name: str
    description: str
    url: str
    """Absolute, without trailing slash."""
    base_path: str
    lang: str
    """Of the series: its name and its description are in it."""
    home: str
    """Path of the home in the page's language."""
    publisher: str
    license: str
    license_url: str
    email: str
    comments: str
    isso: str
    search: bool
    menu: tuple[Link, ...]
    footer: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]
    assets: Mapping[str, str]
    """Theme file -> its fingerprinted path: "css/site.css", "/theme/css/site.1a2b3c4d.css"."""
    marks: tuple[str, ...]
    """Names of the glyphs in ``img/sprite.svg``."""
    csp: str
    """Content of the ``<meta http-equiv="Content-Security-Policy">`` element."""

    def asset(self, name: str) -> str:
        """Path of a theme file; KeyError names one that does not exist."""
        return self.assets[name]

    def mark(self, network: str) -> str:
        """The glyph of a network: its own, or that of the web."""
        return network if network in self.marks else "web"


class SocialImage(NamedTuple):
    absolute_url: str
    width: int
    height: int
    alt: str


class Meta(NamedTuple):
    """What stands in the head of a page."""

    title: str
    description: str
    lang: str
    canonical: str
    """Absolute address; empty on the 404 page."""
    og_type: str = "website"
    image: SocialImage | None = None
    feeds: tuple[FeedLink, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    """(language, absolute address) of every translation, this page's own included."""
    json_ld: Markup = EMPTY
    """One JSON-LD document, escaped for a script element, or empty."""
    published: dt.date | None = None
    modified: dt.date | None = None
    previous: str = ""
    next: str = ""
    noindex: bool = False
    accent: Accent | None = None
    accent_class: str = ""
    """Class that the page's stylesheet of accents defines: ``accent-1a2b3c``."""


class Card(NamedTuple):
    """A portrait as lists show it."""

    url: str
    name: str
    title: str
    role: str
    organization: str
    date: dt.date
    summary: str
    quote: str
    lang: str
    tags: tuple[str, ...]
    picture: Picture | None
    square: Picture | None
    monogram: str
    """Path of the monogram's SVG file, when there is no photo; else empty."""
    alt: str
    accent_class: str
    draft: bool = False


class Hero(NamedTuple):
    """The portrait's picture at the top of its page."""

    picture: Picture | None
    monogram: str
    alt: str
    credit: str


class RecommendationCard(NamedTuple):
    """One #FF entry on its portrait's page."""

    account: Account
    network_label: str
    reason: Markup
    portrait: Link | None
    """The portrait of the account's owner, where there is one."""
    also: tuple[Link, ...]
    """The other people who recommend the same account."""
    directory_url: str


class RelatedCard(NamedTuple):
    card: Card
    reason: str
    """What ties it most to this one."""


class RecommendedBy(NamedTuple):
    person: Link
    reason: Markup


class PortraitPage(NamedTuple):
    """Everything on a portrait's page. ``content`` is the fragment that feeds publish too."""

    portrait: Portrait
    url: str
    hero: Hero
    content: Markup
    tags: tuple[Link, ...]
    organization: Link | None
    year: Link
    translations: tuple[Link, ...]
    recommended_by: tuple[RecommendedBy, ...]
    neighbourhood: Markup
    """Inline SVG of who recommends whom around this person, or empty."""
    exports: tuple[Link, ...]
    """The #FF list to take away: Mastodon CSV, OPML, text, JSON — those that hold anything."""
    related: tuple[RelatedCard, ...]
    previous: Card | None
    """The portrait before in time."""
    next: Card | None
    reply_subject: str
    draft: bool = False


class Fragment(NamedTuple):
    """What the fragment template needs: the portrait with every placeholder filled."""

    portrait: Portrait
    url: str
    introduction: Markup
    exchanges: tuple[FragmentExchange, ...]
    quote: str
    recommendations_before: Markup
    recommendations: tuple[RecommendationCard, ...]
    recommendations_after: Markup
    readings_before: Markup
    readings_after: Markup
    footnotes: Markup
    notice: Markup
    readings: tuple[FragmentReading, ...]


class FragmentReading(NamedTuple):
    """One title of the reading list, ready to print."""

    title: str
    url: str
    """Empty when only the title is known."""
    note: Markup


class FragmentExchange(NamedTuple):
    """One question, at any depth, ready to print."""

    id: str
    wording: Markup
    plain: str
    """The wording as plain text, for labels."""
    url: str
    permalink: Markup
    """What the permalink is called."""
    answer: Markup
    others_url: str
    """Page with everybody's answers to this question, or empty."""
    others: Markup = EMPTY
    """What that link is called for those who only hear it."""
    follow_ups: tuple[FragmentExchange, ...] = ()


class Pagination(NamedTuple):
    """Place of a list page. Pages are numbered from the oldest; the newest has no number."""

    current: int
    """0 on the newest page."""
    last: int
    """How many pages there are; known on the newest page only, else 0."""
    newer: str
    older: str
    pages: tuple[Link, ...]
    """All pages, on the newest only: a new page rewrites no other."""


class HomePage(NamedTuple):
    latest: Card | None
    introduction: str
    cards: tuple[Card, ...]
    questions: tuple[CountedLink, ...]
    recommended: tuple[CountedLink, ...]
    total: int
    portraits_url: str = ""
    """To the list of all portraits, when there are more than the home shows."""


class ListPage(NamedTuple):
    """All portraits, or those of a tag, an organisation, a year."""

    kind: str
    """``portraits``, ``tag``, ``organization`` or ``year``."""
    heading: str
    total: int
    cards: tuple[Card, ...]
    pagination: Pagination | None
    siblings: tuple[CountedLink, ...] = ()
    """The other tags, organisations or years."""
    index_url: str = ""


class CountedLink(NamedTuple):
    label: str
    url: str
    count: int  # type: ignore[assignment]  # a field, not the tuple's method
    lang: str = ""


class IndexPage(NamedTuple):
    """All tags, organisations, years or people, in alphabetical groups."""

    kind: str
    heading: str
    groups: tuple[tuple[str, tuple[CountedLink, ...]], ...]
    """(letter or empty, links)."""


class PlainPage(NamedTuple):
    """A page of the editor's own: about…"""

    heading: str
    content: Markup


class AnswerView(NamedTuple):
    person: Card
    face: Markup
    """The picture beside the answer."""
    facts: Markup
    """What stands under the name."""
    url: str
    """To the answer in its portrait."""
    wording: str
    """As it was asked to this person; empty when it is the current wording."""
    answer: Markup
    follow_ups: tuple[FragmentExchange, ...]


class QuestionPage(NamedTuple):
    id: str
    wording: str
    wordings: tuple[CountedLink, ...]
    """The other wordings under which it was asked (``url`` empty)."""
    answers: tuple[AnswerView, ...]
    previous: Link | None
    next: Link | None
    tags: tuple[str, ...]
    pagination: Pagination | None = None


class QuestionsPage(NamedTuple):
    questions: tuple[CountedLink, ...]
    """``url`` is empty for a question without a page of its own."""


class DirectoryRecommender(NamedTuple):
    person: Link
    reason: Markup


class DirectoryEntryView(NamedTuple):
    anchor: str
    account: Account
    network_label: str
    portrait: Link | None
    recommenders: tuple[DirectoryRecommender, ...]
    """The newest of them."""
    count: int  # type: ignore[assignment]  # a field, not the tuple's method
    """How many recommend it in all."""


class DirectoryPage(NamedTuple):
    entries: tuple[DirectoryEntryView, ...]
    letters: tuple[CountedLink, ...]
    """The pages of a directory too large for one."""
    letter: str
    """How the handles of this page begin, or empty on the first page."""
    exports: tuple[Link, ...]
    graph_url: str


class GraphPage(NamedTuple):
    drawing: Markup
    left_out: str
    """What the picture does not show, in words; empty when it shows everything."""
    table: tuple[tuple[Link, tuple[Link, ...], tuple[Link, ...]], ...]
    """(person, whom they recommend, who recommends them)."""


class Chart(NamedTuple):
    heading: str
    drawing: Markup
    columns: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


class NumbersPage(NamedTuple):
    figures: tuple[tuple[str, str], ...]
    """(label, value)."""
    charts: tuple[Chart, ...]


class SubscribePage(NamedTuple):
    series: tuple[FeedLink, ...]
    languages: tuple[tuple[str, tuple[FeedLink, ...]], ...]
    tags: tuple[tuple[str, tuple[FeedLink, ...]], ...]


class SearchPage(NamedTuple):
    index: str  # type: ignore[assignment]  # a field, not the tuple's method
    """Path of the search index's folder."""
    portraits_url: str
    suggestions: tuple[CountedLink, ...]


class NotFoundPage(NamedTuple):
    latest: tuple[Card, ...]
    search_url: str


class ComponentExample(NamedTuple):
    """One component of the theme with its example."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    """(parameter, what it is for)."""
    html: Markup
    """The example as rendered."""


class StyleguidePage(NamedTuple):
    components: tuple[ComponentExample, ...]
