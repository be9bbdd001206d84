"""Define what templates receive: frozen values, ready to print, one class per kind of page.

A template sees ``site``, ``meta``, ``page`` and ``t`` (the catalogue) and nothing else, so a page
depends only on what its view holds. Addresses in views are absolute paths (``/portraits/x/``)
unless their name says ``absolute``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from portraits.images.accent import Accent
    from portraits.images.picture import Picture
    from portraits.model.portrait import Account, Portrait, Presence

EMPTY = Markup("")


class Link(NamedTuple):
    label: str
    url: str
    lang: str = ""
    """Set if it differs from the page's language."""


class FeedLink(NamedTuple):
    title: str
    url: str
    media_type: str


class Site(NamedTuple):
    """What all pages in one language share."""

    name: str
    description: str
    url: str
    """Absolute, without trailing slash."""
    base_path: str
    lang: str
    """Language of the series, in which its name and description are written."""
    home: str
    """Path of the home page in the page's language."""
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
    own_sheet: str
    """Path of the editor's own style sheet, ``content/extra/site.css``; empty without one."""
    marks: tuple[str, ...]
    """Names of the icons in ``img/sprite.svg``."""
    csp: str
    """Content of the ``<meta http-equiv="Content-Security-Policy">`` element."""
    languages: tuple[Link, ...] = ()
    """The home page in each language of the site, labelled with the language's own name."""

    def asset(self, name: str) -> str:
        """Return the path of a theme file. Raise KeyError if it does not exist."""
        return self.assets[name]

    def mark(self, network: str) -> str:
        """Return the name of the icon of a network: its own, or that of the web."""
        return network if network in self.marks else "web"


class SocialImage(NamedTuple):
    absolute_url: str
    width: int
    height: int
    alt: str


class Meta(NamedTuple):
    """The head of a page."""

    title: str
    description: str
    lang: str
    canonical: str
    """Absolute address; empty on the 404 page."""
    og_type: str = "website"
    image: SocialImage | None = None
    feeds: tuple[FeedLink, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    """(language, absolute address) of every translation, including this page."""
    json_ld: Markup = EMPTY
    """One JSON-LD document, escaped for a script element, or empty."""
    published: dt.date | None = None
    modified: dt.date | None = None
    previous: str = ""
    next: str = ""
    noindex: bool = False
    nearest: str = ""
    """Address, in the site's language, of the page that stands for this one in a language that does
    not have it."""
    default: str = ""
    """Absolute address for readers of any other language (``x-default``); empty if there is one
    language."""
    switch: tuple[Link, ...] = ()
    """This page, or its nearest, in the other languages of the site."""
    accent: Accent | None = None
    accent_class: str = ""
    """One of the 36 accent classes of the style sheet: ``accent-12``."""


class Card(NamedTuple):
    """A portrait as shown in lists."""

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
    """Path of the monogram's SVG file if there is no photo; else empty."""
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
    url: str
    """Empty for an account that is given up and not archived."""
    lives: tuple[Link, ...]
    """Where an account that is given up was, and where the person is now; words if without
    address."""
    network_label: str
    reason: Markup
    portrait: Link | None
    """The portrait of the account's owner, if there is one."""
    also: tuple[Link, ...]
    """Other people who recommend the same account."""
    directory_url: str


class RelatedCard(NamedTuple):
    card: Card
    reason: str
    """The strongest reason why it is related."""


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
    """Downloads of the #FF list: Mastodon CSV, OPML, text, JSON — without the empty ones."""
    related: tuple[RelatedCard, ...]
    onward: Card | None
    """The portrait to read next: the next one in time, or the one before the newest."""
    onward_is_newer: bool
    previous: Link | None
    """The previous portrait in time, unless it is the one to read next."""
    share: tuple[Link, ...]
    reply_subject: str
    draft: bool = False


class Fragment(NamedTuple):
    """What the fragment template receives: the portrait with every placeholder filled."""

    portrait: Portrait
    url: str
    introduction: Markup
    exchanges: tuple[FragmentExchange, ...]
    quote: str
    presences: tuple[Presence, ...]
    """Where the person can be followed today."""
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
    """Empty if only the title is known."""
    host: str
    """Where it leads: the host of ``url``."""
    note: Markup


class FragmentExchange(NamedTuple):
    """One question, at any depth, ready to print."""

    id: str
    wording: Markup
    plain: str
    """The wording as plain text, for labels."""
    url: str
    permalink: Markup
    """Label of the permalink."""
    answer: Markup
    brief: bool
    """Whether the answer takes only a few lines."""
    answers: Markup
    """Text of the link to everybody's answers: how many there are, or empty."""
    others_url: str
    """Page with everybody's answers to this question, or empty."""
    others: Markup = EMPTY
    """Accessible label of that link, for screen readers."""
    follow_ups: tuple[FragmentExchange, ...] = ()
    large: bool = False
    """Whether the answer is so short that it is set large."""


class Pagination(NamedTuple):
    """Position of a list page. Pages are numbered from the oldest; the newest has no number."""

    current: int
    """0 on the newest page."""
    last: int
    """Number of pages; known on the newest page only, else 0."""
    newer: str
    older: str
    pages: tuple[Link, ...]
    """All pages, on the newest page only: so a new page rewrites no other."""


class HomePage(NamedTuple):
    latest: Card | None
    introduction: str
    cards: tuple[Card, ...]
    questions: tuple[CountedLink, ...]
    recommended: tuple[CountedLink, ...]
    total: int
    portraits_url: str = ""
    """Path of the list of all portraits, if there are more than the home page shows."""


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


class IndexEntry(NamedTuple):
    """A tag, organisation, year or person, with the faces of the newest portraits."""

    link: CountedLink
    faces: tuple[Card, ...]


class IndexPage(NamedTuple):
    """All tags, organisations, years or people, in alphabetical groups."""

    kind: str
    heading: str
    groups: tuple[tuple[str, tuple[IndexEntry, ...]], ...]
    """(letter or empty, entries) of each group."""


class PlainPage(NamedTuple):
    """One of the editor's own pages: about…"""

    heading: str
    content: Markup


class AnswerView(NamedTuple):
    person: Card
    face: Markup
    """The picture next to the answer."""
    facts: Markup
    """The lines under the name."""
    url: str
    """Path of the answer in its portrait."""
    wording: str
    """The wording used for this person; empty if it is the current one."""
    answer: Markup
    text: str
    """The answer as plain text."""
    follow_ups: tuple[FragmentExchange, ...]


class QuotationPage(NamedTuple):
    """The page of a featured quote."""

    text: str
    person: Card
    question: str
    """What was asked, as plain text; empty if unknown."""
    place: str
    """Path and fragment of the quote in its portrait."""


class QuestionPage(NamedTuple):
    id: str
    wording: str
    wordings: tuple[CountedLink, ...]
    """The other wordings that were used (``url`` empty)."""
    answers: tuple[AnswerView, ...]
    previous: Link | None
    next: Link | None
    tags: tuple[str, ...]
    pagination: Pagination | None = None


class QuestionsPage(NamedTuple):
    questions: tuple[CountedLink, ...]
    """``url`` is empty for a question without its own page."""


class DirectoryRecommender(NamedTuple):
    person: Link
    reason: Markup


class DirectoryAccount(NamedTuple):
    """An account of an entry."""

    anchor: str
    label: str
    url: str
    """Empty for an account that is given up and not archived."""
    network: str
    network_label: str
    years: str
    """« depuis 2022 », or empty."""


class DirectoryEntryView(NamedTuple):
    """A person with all their accounts, or an account of which nothing more is known."""

    name: str
    url: str
    """The person's portrait, or an account; empty if all are given up."""
    person: Card | None
    """The card of the person's portrait."""
    initial: str
    """What stands for a face where there is no portrait."""
    accounts: tuple[DirectoryAccount, ...]
    choices: str
    """Classes of the filters that show it: ``choice-1 choice-3``."""
    recommenders: tuple[DirectoryRecommender, ...]
    """The newest of those who recommend it."""
    more: tuple[DirectoryRecommender, ...]
    """Those who are shown folded."""
    count: int  # type: ignore[assignment]  # a field, not the tuple's method
    """Total number of people who recommend it."""


class DirectoryPage(NamedTuple):
    entries: tuple[DirectoryEntryView, ...]
    networks: tuple[CountedLink, ...]
    """The networks of the page's accounts, most first (``url`` is the class of the filter)."""
    letters: tuple[CountedLink, ...]
    """The pages of a directory that is too large for one page."""
    letter: str
    """First letters of the names on this page; empty on the first page."""
    exports: tuple[Link, ...]
    graph_url: str


class GraphPage(NamedTuple):
    drawing: Markup
    left_out: str
    """What the poster omits, in a sentence; empty if it shows everything."""
    narrow_left_out: str
    """The same of the columns, which narrow pages show."""
    table: tuple[tuple[Link, tuple[Link, ...], tuple[Link, ...]], ...]
    """(person, accounts they recommend, people who recommend them)."""


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
    """Path of the folder of the search index."""
    portraits_url: str
    suggestions: tuple[CountedLink, ...]


class NotFoundPage(NamedTuple):
    latest: tuple[Card, ...]
    search_url: str


class ComponentExample(NamedTuple):
    """A component of the theme with its example."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    """(parameter, its description)."""
    html: Markup
    """The rendered example."""


class StyleguidePage(NamedTuple):
    components: tuple[ComponentExample, ...]
