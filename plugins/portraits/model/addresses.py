"""Where each page stands: addresses from the site's root, without a leading slash.

Addresses end in ``/`` (a folder with an ``index.html``) or in a file name. They are
French, like the series; a portrait in another language stands under its language tag:

    portraits/<slug>/            en/portraits/<slug>/
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

from portraits.support.problems import unaccented

HOME = ""
PORTRAITS = "portraits/"
PEOPLE = "personnes/"
TAGS = "etiquettes/"
ORGANIZATIONS = "organisations/"
YEARS = "annees/"
QUESTIONS = "questions/"
DIRECTORY = "recommandations/"
GRAPH = "recommandations/graphe/"
NUMBERS = "chiffres/"
SEARCH = "recherche/"
SEARCH_INDEX = "recherche/index/"
SEARCH_WORDS = "recherche/index/mots/"
SUBSCRIBE = "abonnement/"
NOT_FOUND = "404.html"
SITEMAP = "sitemap.xml"
IMAGES = "images/"
THEME = "theme/"
OPML = "abonnement.opml"
API = "api/"

IMMUTABLE = (THEME, IMAGES, SEARCH_WORDS)
"""Folders of files whose name changes with their content: they may be kept for ever."""

LONGEST_SLUG = 120
"""Characters; file systems take names of 255 bytes."""

FEEDS = ("atom.xml", "rss.xml", "feed.json")
"""Names of the feeds that stand beside the page they follow."""

RESERVED = frozenset(
    address.split("/", 1)[0]
    for address in (PORTRAITS, PEOPLE, TAGS, ORGANIZATIONS, YEARS, QUESTIONS, DIRECTORY, NUMBERS,
                    SEARCH, SUBSCRIBE, NOT_FOUND, SITEMAP, IMAGES, THEME, API, *FEEDS,
                    OPML, "robots.txt", "_headers", "_redirects", ".htaccess", "index.html")
)
"""First parts of addresses that no page or alias may take."""


@lru_cache(maxsize=65536)
def slug_of(label: str) -> str:
    """A tag, organisation or file stem as a part of an address: ``[a-z0-9-]+``.

    What has no Latin letter or digit gets a name from its hash; one longer than
    LONGEST_SLUG is cut, and its hash keeps it distinct.
    """
    plain = unaccented(label).replace("œ", "oe").replace("æ", "ae")
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in plain).split()
    slug = "-".join(words)
    if slug and len(slug) <= LONGEST_SLUG:
        return slug
    own = hashlib.blake2b(label.encode(), digest_size=5).hexdigest()
    return f"{slug[:LONGEST_SLUG]}-{own}" if slug else f"x{own}"


def portrait(slug: str, lang: str, default_lang: str) -> str:
    """Address of a portrait's page."""
    return f"{PORTRAITS}{slug}/" if lang == default_lang else f"{lang}/{PORTRAITS}{slug}/"


def portrait_data(slug: str, lang: str, default_lang: str) -> str:
    """Address of a portrait's JSON. A slug has no full stop."""
    name = slug if lang == default_lang else f"{slug}.{lang}"
    return f"{API}portraits/{name}.json"


def series_home(lang: str, default_lang: str) -> str:
    """Address of the series' home in a language."""
    return HOME if lang == default_lang else f"{lang}/"


def tag(label: str) -> str:
    return f"{TAGS}{slug_of(label)}/"


def organization(label: str) -> str:
    return f"{ORGANIZATIONS}{slug_of(label)}/"


def year(label: str) -> str:
    return f"{YEARS}{label}/"


def question(question_id: str) -> str:
    return f"{QUESTIONS}{question_id}/"


def directory(name: str) -> str:
    """Address of a page of the directory: the first has no name."""
    return f"{DIRECTORY}{name}/" if name else DIRECTORY


def numbered(address: str, page: int | None) -> str:
    """Address of one page of a list. ``None`` is the newest page, at the list's own address;
    the others are numbered from the oldest, so that a new portrait renumbers none."""
    return address if page is None else f"{address}page/{page}/"


def file_of(address: str) -> str:
    """Path of the file that answers at ``address``."""
    return f"{address}index.html" if not address or address.endswith("/") else address
