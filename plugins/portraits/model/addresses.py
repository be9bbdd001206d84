"""Build the address of each page, relative to the site's root and without a leading slash.

Addresses end in ``/`` (a folder with an ``index.html``) or in a file name. They are
French, like the series; a portrait in another language goes under its language tag:

    portraits/<slug>/            en/portraits/<slug>/
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from portraits.support.transliteration import unaccented

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
SEARCH_SPELLINGS = "recherche/index/voisins/"
SUBSCRIBE = "abonnement/"
NOT_FOUND = "404.html"
GONE = "410.html"
SITEMAP = "sitemap.xml"
IMAGES = "images/"
THEME = "theme/"
OPML = "abonnement.opml"
API = "api/"
ADMIN = "admin/"

IMMUTABLE = (THEME, IMAGES, SEARCH_WORDS)
"""Folders of files whose name changes with their content: browsers may cache them for ever."""

LONGEST_SLUG = 120
"""Characters; file systems limit names to 255 bytes."""

RESERVED = frozenset(
    address.split("/", 1)[0]
    for address in (
        PORTRAITS,
        PEOPLE,
        TAGS,
        ORGANIZATIONS,
        YEARS,
        QUESTIONS,
        DIRECTORY,
        NUMBERS,
        SEARCH,
        SUBSCRIBE,
        NOT_FOUND,
        GONE,
        SITEMAP,
        IMAGES,
        THEME,
        API,
        ADMIN,
        OPML,
        "robots.txt",
        "_headers",
        "_redirects",
        ".htaccess",
        "index.html",
    )
)
"""First segments of addresses that no page or alias may use."""


_PORTRAIT = re.compile(rf"(?:[a-z]{{2}}(?:-[A-Z]{{2}})?/)?{PORTRAITS}[^/]+(?:/|$)")
_PLUS = re.compile(r"\++")
_SHARP = re.compile(r"(?<=[a-z])#(?!\w)")
_ANCHOR = re.compile(r"[a-z0-9]+-[a-z0-9._-]+")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def slug_of(label: str, limit: int = LONGEST_SLUG) -> str:
    """Turn a name, a tag or a wording into an address segment: ``[a-z0-9]+ ("-" [a-z0-9]+)*``.

    Every script is written in Latin letters. « + », and « # » at the end of a word, are words, for
    the names that consist of little else: ``canal-plus`` (Canal+), ``c-sharp`` (C#).

    A slug longer than ``limit`` is cut between words and gets a hash of the whole, which keeps it
    distinct. A label without letters or digits is named by its hash.
    """
    plain = _SHARP.sub(" sharp ", _PLUS.sub(_plus, unaccented(label)))
    slug = _NOT_IN_A_SLUG.sub("-", plain).strip("-")
    if slug and len(slug) <= limit:
        return slug
    own = hashlib.blake2b((slug or label).encode(), digest_size=5).hexdigest()
    if not slug:
        return f"x{own}"
    room = limit - len(own)
    whole, _, _ = slug[:room].rpartition("-")
    return f"{whole or slug[: room - 1]}-{own}"


def _plus(signs: re.Match[str]) -> str:
    return " plus" * len(signs[0]) + " "


def portrait(slug: str, lang: str, default_lang: str) -> str:
    """Return the address of a portrait's page."""
    return f"{PORTRAITS}{slug}/" if lang == default_lang else f"{lang}/{PORTRAITS}{slug}/"


def portrait_in(address: str) -> str:
    """Return the address of the portrait in that of its page, or of a page below it; however it
    ends. Empty if there is none."""
    found = _PORTRAIT.match(address)
    return f"{found[0].rstrip('/')}/" if found else ""


def quotation(portrait: str) -> str:
    """Return the address of the page of the featured quote; ``portrait`` is the portrait's."""
    return f"{portrait}citation/"


def portrait_data(slug: str, lang: str, default_lang: str) -> str:
    """Return the address of a portrait's JSON. Names are distinct: a slug has no full stop."""
    name = slug if lang == default_lang else f"{slug}.{lang}"
    return f"{API}portraits/{name}.json"


def in_language(address: str, lang: str, default_lang: str) -> str:
    """Return the address of the same page in the site of another language: ``en/etiquettes/``."""
    return address if lang == default_lang else f"{lang}/{address}"


def series_home(lang: str, default_lang: str) -> str:
    """Return the address of the home page in a language."""
    return HOME if lang == default_lang else f"{lang}/"


def tag(label: str) -> str:
    return f"{TAGS}{slug_of(label)}/"


def organization(label: str) -> str:
    return f"{ORGANIZATIONS}{slug_of(label)}/"


def account_anchor(key: str) -> str:
    """Return the id of an account in the directory, made from its key: ``twitter-le_devoir``.

    A slug alone would not do: « le.devoir » and « le_devoir » are two accounts.
    """
    plain = key.replace(":", "-", 1)
    if _ANCHOR.fullmatch(plain):
        return plain
    return f"{slug_of(key)}-{hashlib.blake2b(key.encode(), digest_size=5).hexdigest()}"


def year(label: str) -> str:
    return f"{YEARS}{label}/"


def question(question_id: str) -> str:
    return f"{QUESTIONS}{question_id}/"


def directory(name: str) -> str:
    """Return the address of a page of the directory; the first page has an empty name."""
    return f"{DIRECTORY}{name}/" if name else DIRECTORY


def numbered(address: str, page: int | None) -> str:
    """Return the address of one page of the list at ``address``.

    ``None`` is the newest page, at the list's own address; the others are numbered from the
    oldest, so that a new portrait does not renumber them.
    """
    return address if page is None else f"{address}page/{page}/"


def file_of(address: str) -> str:
    """Return the path of the file served at ``address``."""
    return f"{address}index.html" if not address or address.endswith("/") else address
