"""Define the settings of the plugin and their defaults.

In ``pelicanconf.py`` they are one dictionary, ``PORTRAITS = {...}``; unknown keys and wrong types
are refused, as in front matter. Values for which Pelican has a setting (``SITENAME``, ``SITEURL``,
``AUTHOR``, ``TIMEZONE``…) are taken from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from portraits.model.networks import NETWORKS
from portraits.model.titles import is_pattern
from portraits.support.languages import LANGUAGES
from portraits.support.limits import INVISIBLE, character_name
from portraits.support.problems import Problem, SourceRefused, did_you_mean


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one series. Any of them may change what a page shows."""

    # -- from Pelican's own settings
    site_name: str = "Portraits"
    site_url: str = "http://localhost:8000"
    """Absolute address of the site's root, without a trailing slash."""
    site_description: str = ""
    lang: str = "fr"
    """Language of the interface, and of portraits that do not set another."""
    publisher: str = ""
    """Publisher of the series (Pelican's ``AUTHOR``)."""
    relative_urls: bool = False
    """Links count from their page (Pelican's ``RELATIVE_URLS``): the site may stand in any
    folder."""

    # -- PORTRAITS = {...}
    folder: str = "portraits"
    """Folder of the portraits inside the content folder."""
    questionnaire: str = "questionnaire.yml"
    """The questionnaire's file inside the content folder."""
    title: str = ""
    """Pattern of a portrait's title: ``{name}``, ``{role}``, ``{organization}``; if empty, that of
    the catalogue."""
    title_en: str = ""
    """The pattern for English portraits."""
    default_network: str = "twitter"
    """Network of a bare ``@name``."""
    reading_headings: tuple[str, ...] = ()
    """Headings that start the reading list (compared without accents and case); if empty, those
    of the catalogues."""
    look: str = "magazine"
    """Look of the theme: ``magazine``, ``carnet`` (one ink) or ``affiche`` (full accent)."""
    typography: str = "quebec"
    """Spacing of French punctuation: ``quebec`` or ``france``."""
    page_size: int = 24
    """Number of portraits on one page of a list."""
    feed_size: int = 20
    """Number of entries in a feed."""
    question_page_minimum: int = 2
    """Number of portraits that must answer a question for it to have its own page."""
    related: int = 3
    """Number of related portraits shown under a portrait."""
    comments: str = "email"
    """``none``, ``email`` or ``isso``."""
    email: str = ""
    """Address for comments and corrections; if empty, they are not offered."""
    isso: str = ""
    """Address of an Isso server, if ``comments`` is ``isso``."""
    license: str = ""
    """The licence of the texts, in words."""
    license_url: str = ""
    pictures: bool = True
    """Encode photos and draw social cards. Disable it only to measure everything else."""
    search: bool = True
    """Build the search index."""
    database: bool = True
    """Also publish the series as a database for other programs (api/series.sqlite)."""
    menu: tuple[tuple[str, str], ...] = ()
    """Further links of the menu: (label, address)."""
    footer: tuple[tuple[str, str], ...] = ()
    """Further links of the footer: (label, address)."""
    among_articles: bool = False
    """In a blog: list the portraits among its articles, in its feeds, tags and archives too."""
    on_clash: str = ""
    """Whose file is kept where another plugin or the blog writes one of ours: ``ours`` or
    ``theirs``. If empty, ours in a site of its own; in a blog it is an error."""
    consent: str = ""
    """``required``: publish no portrait without the person's agreement. If empty, as before."""
    raw_html: bool = False
    """Allow any HTML in portraits: only for a site whose files all come from its editor."""

    @property
    def base_path(self) -> str:
        """Path of the site's root, with its trailing slash: ``/`` or ``/serie/``."""
        return _base_path(self.site_url)

    def path(self, address: str) -> str:
        """Return the absolute path of an address relative to the site's root (``tags/x/``)."""
        return self.base_path + address

    def absolute(self, address: str) -> str:
        """Return the absolute address of an address relative to the site's root."""
        return f"{self.site_url.rstrip('/')}/{address}"


@lru_cache(maxsize=8)
def _base_path(site_url: str) -> str:
    """Return the path of a site's root. Cached, because every link of every page begins with it."""
    return f"{urlsplit(site_url).path.rstrip('/')}/"


_FROM_PELICAN = ("site_name", "site_url", "site_description", "lang", "publisher", "relative_urls")
OWN = tuple(f.name for f in fields(Settings) if f.name not in _FROM_PELICAN)
"""Keys that ``PORTRAITS`` takes."""
LOOKS = ("magazine", "carnet", "affiche")
"""Looks of the theme: one file each in ``theme/static/css/looks/``."""
_CHOICES = {
    "look": LOOKS,
    "typography": ("quebec", "france"),
    "on_clash": ("", "ours", "theirs"),
    "comments": ("none", "email", "isso"),
    "consent": ("", "required"),
    "default_network": tuple(name for name in NETWORKS if name != "web"),
}
_LEAST = {"page_size": 1, "feed_size": 1, "question_page_minimum": 1, "related": 0}
_PATTERNS = ("title", "title_en")
_PAIRS = ("menu", "footer")
"""Keys whose values are pairs of strings; other tuples contain strings."""
# The forms of addresses: a site and a server without credentials or query, printable ASCII in the
# path of a site, because the rules of web servers are written from it.
_SERVER = r"https?://(?:(?:[\w-]+\.)*[\w-]+|\[[0-9A-Fa-f:.]+(?:%[\w.-]+)?\])(?::\d{1,5})?"
_REST = r"[^\s\x00-\x1f\x7f-\x9f\"'<>\\^`{|}]*"
_SITE = re.compile(rf"{_SERVER}(?:/(?!\.\.?(?:/|$))(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{{2}})+)*")
_WEB = re.compile(rf"{_SERVER}(?:[/?#]{_REST})?")
_MENU = re.compile(rf"/(?!/){_REST}|{_WEB.pattern}|mailto:{_REST}")
_MAILBOX = re.compile(r"[\w.+=~-]+@(?:[\w-]+\.)+[\w-]+")
_INSIDE = re.compile(r"(?:[^\s./_\\\x00-\x1f\x7f-\x9f][^/\\\x00-\x1f\x7f-\x9f]*(?:/(?!$)|$))+")
_FORMS = {
    "folder": (_INSIDE, "attendu : un dossier à l’intérieur de PATH, comme portraits"),
    "questionnaire": (
        _INSIDE,
        "attendu : un fichier à l’intérieur de PATH, comme questionnaire.yml",
    ),
    "email": (_MAILBOX, "attendu : une adresse de courriel, comme redaction@exemple.org"),
    "isso": (_WEB, "attendu : une adresse complète, comme https://commentaires.exemple.org/"),
    "license_url": (_WEB, "attendu : une adresse complète, comme https://exemple.org/licence"),
}
"""Keys whose values become addresses or paths: their form, and an example (French). An empty value
that is the default is right."""
_TEXTS = ("SITENAME", "SITEURL", "SITESUBTITLE", "AUTHOR")
"""Pelican's settings that are used as they are."""


def _texts(value: Any) -> Iterator[str]:
    """Yield every text of a value, which may be a tuple of texts or of pairs."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)


def _expected(key: str, value: Any) -> str:
    """Return what is wrong with a value of the right type (French), or an empty string."""
    if found := next(filter(None, map(INVISIBLE.search, _texts(value))), None):
        return f"retirez le caractère invisible {character_name(found[0])}"
    if key in _CHOICES and value not in _CHOICES[key]:
        return f"valeurs possibles : {', '.join(_CHOICES[key])}"
    if key in _LEAST and value < _LEAST[key]:
        return f"attendu : {_LEAST[key]} ou plus"
    if key in _FORMS and value != getattr(Settings(), key):
        form, expected = _FORMS[key]
        return "" if form.fullmatch(value) else expected
    if key in _PATTERNS and not is_pattern(value):
        return "entre accolades, seulement {name}, {role} ou {organization}"
    if isinstance(value, tuple):
        pairs = key in _PAIRS
        if pairs and not all(isinstance(pair, tuple) and len(pair) == 2 for pair in value):
            return 'attendu : des paires, comme [("À propos", "/a-propos/")]'
        texts = [text for pair in value for text in pair] if pairs else value
        if not all(isinstance(text, str) for text in texts):
            return "attendu : des textes"
        if pairs and not all(_MENU.fullmatch(address) for _, address in value):
            return "attendu : des adresses comme /a-propos/ ou https://exemple.org/"
    return ""


def _is_site(address: str) -> bool:
    """Return whether ``address`` can be that of a site's root (RFC 3986, section 3)."""
    try:
        return bool(_SITE.fullmatch(address.rstrip("/"))) and urlsplit(address).port != 0
    except ValueError:  # a port above 65535, a host that is no address
        return False


def settings_from(pelican: dict[str, Any], path: str = "pelicanconf.py") -> Settings:
    """Return the settings of a site, from Pelican's.

    Raise SourceRefused with a problem for each unknown key, wrong type or bad value.
    """
    given = pelican.get("PORTRAITS", {})
    if not isinstance(given, dict):
        raise SourceRefused(
            [
                Problem(
                    path,
                    0,
                    "wrong-type",
                    "PORTRAITS n’est pas un dictionnaire",
                    "écrivez : PORTRAITS = {…}",
                )
            ]
        )
    own: dict[str, Any] = dict(given)
    problems = [
        Problem(
            path,
            0,
            "unknown-setting",
            f"réglage inconnu « {key} » dans PORTRAITS",
            did_you_mean(key, OWN) or f"réglages connus : {', '.join(OWN)}",
            key,
        )
        for key in own
        if key not in OWN
    ]
    defaults = Settings()
    for key in OWN:
        if key not in own:
            continue
        default = getattr(defaults, key)
        if isinstance(default, tuple) and isinstance(own[key], list | tuple):
            own[key] = tuple(tuple(x) if isinstance(x, list) else x for x in own[key])
        elif type(own[key]) is not type(default):
            problems.append(
                Problem(
                    path,
                    0,
                    "wrong-type",
                    f"PORTRAITS[{key!r}] est de type {type(own[key]).__name__}",
                    f"attendu : {type(default).__name__}, comme {default!r}",
                    key,
                )
            )
            continue
        if expected := _expected(key, own[key]):
            problems.append(
                Problem(
                    path, 0, "bad-setting", f"PORTRAITS[{key!r}] vaut {own[key]!r}", expected, key
                )
            )
    if own.get("comments") == "isso" and not own.get("isso"):
        problems.append(
            Problem(
                path,
                0,
                "bad-setting",
                "les commentaires passent par Isso, dont l’adresse manque",
                "ajoutez « isso » à PORTRAITS : l’adresse du serveur",
                "isso",
            )
        )
    for key in _TEXTS:
        if expected := _expected(key, pelican.get(key)):
            problems.append(
                Problem(path, 0, "bad-setting", f"{key} vaut {pelican[key]!r}", expected, key)
            )
    lang = pelican.get("DEFAULT_LANG") or defaults.lang
    if str(lang)[:2].lower() not in LANGUAGES or str(lang)[2:3] not in ("", "-", "_"):
        problems.append(
            Problem(
                path,
                0,
                "bad-setting",
                f"DEFAULT_LANG vaut {lang!r}",
                f"attendu : {' ou '.join(LANGUAGES)}",
                "DEFAULT_LANG",
            )
        )
    problems += [
        Problem(path, 0, "wrong-type", f"{name} vaut {pelican[name]!r}", "attendu : un texte", name)
        for name in _TEXTS
        if pelican.get(name) and not isinstance(pelican[name], str)
    ]
    site_url = pelican.get("SITEURL") or defaults.site_url
    if isinstance(site_url, str) and not INVISIBLE.search(site_url) and not _is_site(site_url):
        problems.append(
            Problem(
                path,
                0,
                "bad-setting",
                f"SITEURL vaut {site_url!r}",
                "attendu : une adresse sans espace, guillemet ni « ? », comme "
                "https://exemple.org ou https://exemple.org/serie",
                "SITEURL",
            )
        )
    if problems:
        raise SourceRefused(problems)
    return Settings(
        site_name=pelican.get("SITENAME") or defaults.site_name,
        site_url=(pelican.get("SITEURL") or defaults.site_url).rstrip("/"),
        site_description=pelican.get("SITESUBTITLE") or "",
        lang=pelican.get("DEFAULT_LANG") or defaults.lang,
        publisher=pelican.get("AUTHOR") or "",
        relative_urls=bool(pelican.get("RELATIVE_URLS")),
        **own,
    )
