"""Define the settings of the plugin and their defaults.

In ``pelicanconf.py`` they are one dictionary, ``PORTRAITS = {...}``; unknown keys and wrong types
are refused, as in front matter. Values for which Pelican has a setting (``SITENAME``, ``SITEURL``,
``AUTHOR``, ``TIMEZONE``…) are taken from there.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from portraits.model.networks import NETWORKS
from portraits.support.languages import LANGUAGES
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


_FROM_PELICAN = ("site_name", "site_url", "site_description", "lang", "publisher")
OWN = tuple(f.name for f in fields(Settings) if f.name not in _FROM_PELICAN)
"""Keys that ``PORTRAITS`` takes."""
_CHOICES = {
    "typography": ("quebec", "france"),
    "comments": ("none", "email", "isso"),
    "default_network": tuple(name for name in NETWORKS if name != "web"),
}
_LEAST = {"page_size": 1, "feed_size": 1, "question_page_minimum": 1, "related": 0}
_PATTERNS = ("title", "title_en")
_PAIRS = ("menu",)
"""Keys whose values are pairs of strings; other tuples contain strings."""


def _expected(key: str, value: Any) -> str:
    """Return what is wrong with a value of the right type (French), or an empty string."""
    if key in _CHOICES and value not in _CHOICES[key]:
        return f"valeurs possibles : {', '.join(_CHOICES[key])}"
    if key in _LEAST and value < _LEAST[key]:
        return f"attendu : {_LEAST[key]} ou plus"
    if key in _PATTERNS:
        try:
            value.format(name="", role="", organization="")
        except (KeyError, IndexError, ValueError, AttributeError):
            return "entre accolades, seulement {name}, {role} ou {organization}"
    if isinstance(value, tuple):
        pairs = key in _PAIRS
        if pairs and not all(isinstance(pair, tuple) and len(pair) == 2 for pair in value):
            return 'attendu : des paires, comme [("À propos", "/a-propos/")]'
        texts = [text for pair in value for text in pair] if pairs else value
        return "" if all(isinstance(text, str) for text in texts) else "attendu : des textes"
    return ""


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
    if problems:
        raise SourceRefused(problems)
    return Settings(
        site_name=pelican.get("SITENAME") or defaults.site_name,
        site_url=(pelican.get("SITEURL") or defaults.site_url).rstrip("/"),
        site_description=pelican.get("SITESUBTITLE") or "",
        lang=pelican.get("DEFAULT_LANG") or defaults.lang,
        publisher=pelican.get("AUTHOR") or "",
        **own,
    )
