"""Define the settings of the plugin and their defaults.

In ``pelicanconf.py`` they are one dictionary, ``PORTRAITS = {...}``; unknown keys and wrong types
are refused, as in front matter. Values for which Pelican has a setting (``SITENAME``, ``SITEURL``,
``AUTHOR``, ``TIMEZONE``…) are taken from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from portraits.model.networks import NETWORKS
from portraits.model.titles import is_pattern
from portraits.support.languages import LANGUAGES
from portraits.support.limits import INVISIBLE, character_name
from portraits.support.messages import choose, languages, msg
from portraits.support.problems import Problem, SourceRefused, did_you_mean


@dataclass(frozen=True, slots=True)
class SiteLanguage:
    """What a site is called in one of its languages; what is empty is as in the site's own."""

    lang: str
    name: str = ""
    subtitle: str = ""
    title: str = ""
    """Pattern of the titles of portraits."""


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
    time_zone: str = "UTC"
    """Zone of the hours that portraits give (Pelican's ``TIMEZONE``)."""

    # -- PORTRAITS = {...}
    folder: str = "portraits"
    """Folder of the portraits inside the content folder."""
    questionnaire: str = "questionnaire.yml"
    """The questionnaire's file inside the content folder."""
    title: str = ""
    """Pattern of a portrait's title: ``{name}``, ``{role}``, ``{organization}``; if empty, that of
    the catalogue."""
    languages: tuple[SiteLanguage, ...] = ()
    """What the site is called in its languages. There is a whole site in ``lang`` and in each of
    these in which there is a portrait; if empty, in any language in which there is one."""
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
    editor_lang: str = ""
    """Language in which the editor is spoken to; if empty, that of the system, else the site's."""
    consent: str = ""
    """``required``: publish no portrait without the person's agreement. If empty, as before."""
    raw_html: bool = False
    """Allow any HTML in portraits: only for a site whose files all come from its editor."""
    admin: str = ""
    """Address of the repository that the editor at ``admin/`` works on; empty for no editor."""
    admin_branch: str = "main"
    """The branch that is published."""
    admin_content: str = ""
    """Path of the content folder inside the repository; if empty, the name of that folder."""
    admin_sign_in: str = ""
    """Who signs editors in: the address of a server (GitHub) or the id of an application (GitLab);
    if empty, they sign in with an access token."""

    @property
    def repository(self) -> tuple[str, str]:
        """Service and path of the repository ``admin``: ``("github", "lea/portraits")``."""
        parts = urlsplit(self.admin)
        return (parts.hostname or "").removesuffix(".com"), parts.path.strip("/")

    def named(self, lang: str) -> SiteLanguage:
        """Return what the site is called in a language, as far as the editor says it."""
        found = (one for one in self.languages if one.lang == lang)
        return next(found, SiteLanguage(lang))

    def in_language(self, lang: str) -> Settings:
        """Return the settings with the names that the site has in a language."""
        given, own = self.named(lang), self.named(self.lang)
        if not self.languages:
            return self
        return replace(
            self,
            site_name=given.name or own.name or self.site_name,
            site_description=given.subtitle or own.subtitle or self.site_description,
        )

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


_FROM_PELICAN = (
    "site_name",
    "site_url",
    "site_description",
    "lang",
    "publisher",
    "relative_urls",
    "time_zone",
)
OWN = tuple(f.name for f in fields(Settings) if f.name not in _FROM_PELICAN)
"""Keys that ``PORTRAITS`` takes."""
LOOKS = ("magazine", "carnet", "affiche")
"""Looks of the theme: one file each in ``theme/static/css/looks/``."""
_CHOICES = {
    "look": LOOKS,
    "typography": ("quebec", "france"),
    "on_clash": ("", "ours", "theirs"),
    "comments": ("none", "email", "isso"),
    "editor_lang": ("", *languages()),
    "consent": ("", "required"),
    "default_network": tuple(name for name in NETWORKS if name != "web"),
}
_LEAST = {"page_size": 1, "feed_size": 1, "question_page_minimum": 1, "related": 0}
_PATTERNS = ("title",)
_NAMES = ("name", "subtitle", "title")
"""Keys of the table of a language."""
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
_REPOSITORY = re.compile(
    r"https://(?:github\.com/[\w.-]+|gitlab\.com(?:/[\w.-]+)+)/[\w.-]+/?", re.A
)
_BRANCH = re.compile(r"[\w.-]+(?:/[\w.-]+)*", re.A)
_APPLICATION = re.compile(r"[0-9a-f]{32,}")
_INSIDE = re.compile(r"(?:[^\s./_\\\x00-\x1f\x7f-\x9f][^/\\\x00-\x1f\x7f-\x9f]*(?:/(?!$)|$))+")
_FORMS = {
    "folder": _INSIDE,
    "questionnaire": _INSIDE,
    "email": _MAILBOX,
    "isso": _WEB,
    "license_url": _WEB,
    "admin": _REPOSITORY,
    "admin_branch": _BRANCH,
    "admin_content": _INSIDE,
}
"""Keys whose values become addresses or paths: their form. The message ``settings.expected_<key>``
gives an example. An empty value that is the default is right."""
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
    """Return what is wrong with a value of the right type, or an empty string."""
    if found := next(filter(None, map(INVISIBLE.search, _texts(value))), None):
        return msg("settings.invisible", character=character_name(found[0]))
    if key in _CHOICES and value not in _CHOICES[key]:
        return msg("settings.choices", known=", ".join(_CHOICES[key]))
    if key in _LEAST and value < _LEAST[key]:
        return msg("settings.at_least", least=_LEAST[key])
    if key in _FORMS and value != getattr(Settings(), key):
        return "" if _FORMS[key].fullmatch(value) else msg(f"settings.expected_{key}")
    if key in _PATTERNS and not is_pattern(value):
        return msg("settings.braces")
    if isinstance(value, tuple):
        pairs = key in _PAIRS
        if pairs and not all(isinstance(pair, tuple) and len(pair) == 2 for pair in value):
            return msg("settings.pairs")
        texts = [text for pair in value for text in pair] if pairs else value
        if not all(isinstance(text, str) for text in texts):
            return msg("settings.texts")
        if pairs and not all(_MENU.fullmatch(address) for _, address in value):
            return msg("settings.addresses")
    return ""


def _value(name: str, value: Any) -> str:
    return msg("settings.value", name=name, value=repr(value))


def _languages(given: Any, lang: str, site: tuple[str, str]) -> tuple[SiteLanguage, ...] | str:
    """Return the languages of a site from ``{"en": {"name": …}}``, or what is wrong with them.

    ``site`` is the name and the subtitle in the site's own language ``lang``.
    """
    if not isinstance(given, dict):
        return msg("settings.languages_dictionary")
    found = {lang: SiteLanguage(lang, *site)}
    for tag, names in given.items():
        if str(tag).partition("-")[0] not in LANGUAGES:
            return msg("settings.languages_known", known=", ".join(LANGUAGES))
        if not isinstance(names, dict) or not all(isinstance(one, str) for one in names.values()):
            return msg("settings.languages_texts", lang=tag)
        if unknown := [key for key in names if key not in _NAMES]:
            return msg(
                "settings.languages_unknown", lang=tag, key=unknown[0], known=", ".join(_NAMES)
            )
        if not is_pattern(names.get("title", "")):
            return msg("settings.languages_braces", lang=tag)
        own = {"name": site[0], "subtitle": site[1]} if tag == lang else {}
        found[tag] = SiteLanguage(tag, **{**own, **names})
    return tuple(found.values()) if given else ()


def _is_time_zone(name: object) -> bool:
    try:
        return bool(ZoneInfo(name))  # type: ignore[arg-type] # whatever the settings say
    except (KeyError, ValueError, TypeError, OSError):
        return False


def _sign_in_expected(own: dict[str, Any]) -> str:
    """Return what ``admin_sign_in`` should be, or an empty string if it is right."""
    given, repository = own.get("admin_sign_in"), own.get("admin")
    if not isinstance(given, str) or not given:
        return ""
    if not isinstance(repository, str) or not _REPOSITORY.fullmatch(repository):
        return msg("settings.expected_admin_too")
    if Settings(admin=repository).repository[0] == "gitlab":
        return "" if _APPLICATION.fullmatch(given) else msg("settings.expected_application")
    if re.fullmatch(rf"{_SERVER}(?:/[\w./~-]*)?", given) and given.startswith("https://"):
        return ""
    return msg("settings.expected_sign_in")


def _is_site(address: str) -> bool:
    """Return whether ``address`` can be that of a site's root (RFC 3986, section 3)."""
    try:
        return bool(_SITE.fullmatch(address.rstrip("/"))) and urlsplit(address).port != 0
    except ValueError:  # a port above 65535, a host that is no address
        return False


def settings_from(pelican: dict[str, Any], path: str = "pelicanconf.py") -> Settings:
    """Return the settings of a site, from Pelican's. From then on, speak the editor's language.

    Raise SourceRefused with a problem for each unknown key, wrong type or bad value.
    """
    given = pelican.get("PORTRAITS", {})
    asked = given.get("editor_lang", "") if isinstance(given, dict) else ""
    choose(str(asked), str(pelican.get("DEFAULT_LANG") or ""))
    if not isinstance(given, dict):
        raise SourceRefused(
            [
                Problem(
                    path,
                    0,
                    "wrong-type",
                    msg("settings.not_a_dictionary"),
                    msg("settings.not_a_dictionary_hint"),
                )
            ]
        )
    own: dict[str, Any] = dict(given)
    problems = [
        Problem(
            path,
            0,
            "unknown-setting",
            msg("settings.unknown", key=key),
            did_you_mean(key, OWN) or msg("settings.known", known=", ".join(OWN)),
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
        if key == "languages":
            site = (
                pelican.get("SITENAME") or defaults.site_name,
                pelican.get("SITESUBTITLE") or "",
            )
            read = _languages(own[key], pelican.get("DEFAULT_LANG") or defaults.lang, site)
            if isinstance(read, str):
                problems.append(
                    Problem(
                        path,
                        0,
                        "bad-setting",
                        msg("settings.wrong", name=f"PORTRAITS[{key!r}]"),
                        read,
                        key,
                    )
                )
            else:
                own[key] = read
            continue
        if isinstance(default, tuple) and isinstance(own[key], list | tuple):
            own[key] = tuple(tuple(x) if isinstance(x, list) else x for x in own[key])
        elif type(own[key]) is not type(default):
            problems.append(
                Problem(
                    path,
                    0,
                    "wrong-type",
                    msg("settings.type", name=f"PORTRAITS[{key!r}]", type=type(own[key]).__name__),
                    msg(
                        "settings.expected_type", type=type(default).__name__, example=repr(default)
                    ),
                    key,
                )
            )
            continue
        if expected := _expected(key, own[key]):
            problems.append(
                Problem(
                    path, 0, "bad-setting", _value(f"PORTRAITS[{key!r}]", own[key]), expected, key
                )
            )
    if own.get("comments") == "isso" and not own.get("isso"):
        problems.append(
            Problem(
                path,
                0,
                "bad-setting",
                msg("settings.no_isso"),
                msg("settings.no_isso_hint"),
                "isso",
            )
        )
    if sign_in := _sign_in_expected(own):
        problems.append(
            Problem(
                path,
                0,
                "bad-setting",
                _value("PORTRAITS['admin_sign_in']", own["admin_sign_in"]),
                sign_in,
                "admin_sign_in",
            )
        )
    for key in _TEXTS:
        if expected := _expected(key, pelican.get(key)):
            problems.append(
                Problem(path, 0, "bad-setting", _value(key, pelican[key]), expected, key)
            )
    lang = pelican.get("DEFAULT_LANG") or defaults.lang
    if str(lang)[:2].lower() not in LANGUAGES or str(lang)[2:3] not in ("", "-", "_"):
        problems.append(
            Problem(
                path,
                0,
                "bad-setting",
                _value("DEFAULT_LANG", lang),
                msg("settings.languages", first=", ".join(LANGUAGES[:-1]), last=LANGUAGES[-1]),
                "DEFAULT_LANG",
            )
        )
    problems += [
        Problem(path, 0, "wrong-type", _value(name, pelican[name]), msg("settings.text"), name)
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
                _value("SITEURL", site_url),
                msg("settings.site_url"),
                "SITEURL",
            )
        )
    zone = pelican.get("TIMEZONE") or defaults.time_zone
    if not _is_time_zone(zone):
        problems.append(
            Problem(
                path,
                0,
                "bad-setting",
                msg("settings.bad_time_zone", zone=zone),
                msg("settings.bad_zone_hint"),
                "TIMEZONE",
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
        time_zone=zone,
        **own,
    )
