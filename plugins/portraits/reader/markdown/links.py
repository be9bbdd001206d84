"""Resolve the address of a link in a portrait.

    address = ("http" | "https") "://" host ...      the web
            | "mailto:" address
            | "#" id                                 a question of this page
            | ["{filename}"] path ".md" ["#" id]     another file of the content folder

Anything else is refused: an address that runs a script, a path from the site's root (which
breaks when the site moves), the ``.html`` of a page (whose name may change).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from portraits.support.picture_paths import EXTENSIONS, PathRefused, inside, plain_name

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_INVISIBLE = re.compile(
    r"[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)
_PREFIX = re.compile(r"[{|](\w+)[}|]")
_DOMAIN = re.compile(
    r"(?:[a-z0-9-]+\.)+(?:ca|com|org|net|info|quebec|fr|be|ch|example|tv|io|social)(?:[/?#]|$)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?(?::\d{1,5})?")
_MAIL = re.compile(r"[^\s@,]+@[^\s@,]+\.[^\s@,?]+(?:\?[^\s]*)?")


@dataclass(frozen=True, slots=True)
class External:
    """An address on the web, or a mailbox."""

    url: str


@dataclass(frozen=True, slots=True)
class Internal:
    """A file of the content folder and a fragment; an empty ``target`` means this page."""

    target: str
    fragment: str


@dataclass(frozen=True, slots=True)
class RefusedLink:
    """A link that is refused; message and hint in French."""

    code: str
    message: str
    hint: str


def shown(address: str) -> str:
    """Shorten ``address`` for a message."""
    return address if len(address) <= 80 else f"{address[:77]}…"


def link_target(address: str, folder: str) -> External | Internal | RefusedLink:
    """Resolve ``address``, written in a file of ``folder``."""
    if not address:
        return RefusedLink(
            "empty-link", "un lien sans adresse", "donnez une adresse entre parenthèses"
        )
    bare = _INVISIBLE.sub("", address)
    scheme = _SCHEME.match(bare)
    if scheme and scheme[0].lower() in ("http:", "https:"):
        return _web(address)
    if scheme and scheme[0].lower() == "mailto:":
        if _MAIL.fullmatch(address[len("mailto:") :]):
            return External(address)
        return RefusedLink(
            "bad-link",
            f"« {shown(address)} » n’est pas une adresse de courriel",
            "écrivez mailto:lea@exemple.ca",
        )
    if scheme:
        return RefusedLink(
            "forbidden-link",
            f"un lien « {scheme[0]} » n’est pas permis",
            "seuls http, https et mailto le sont",
        )
    if bare.startswith(("//", "\\")):
        return RefusedLink(
            "bad-link",
            f"« {shown(address)} » n’a pas de protocole",
            f"écrivez https:{shown(bare.replace(chr(92), '/'))}",
        )
    if address.startswith("#"):
        return Internal("", unquote(address[1:]))
    return _file(address, folder)


def _web(address: str) -> External | RefusedLink:
    if "<" in address or ">" in address:
        return RefusedLink(
            "bad-link", f"« < » ou « > » dans l’adresse « {shown(address)} »", "écrivez %3C et %3E"
        )
    if found := _INVISIBLE.search(address):
        name = "une espace" if found[0].isspace() else "un caractère invisible"
        return RefusedLink(
            "bad-link", f"{name} dans l’adresse « {shown(address)} »", "écrivez %20, ou retirez-la"
        )
    try:
        parts = urlsplit(address)
        host = parts.netloc
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host):
        return RefusedLink(
            "bad-link",
            f"« {shown(address)} » n’est pas une adresse complète",
            "attendu : https://exemple.ca/page",
        )
    return External(address)


def _file(address: str, folder: str) -> Internal | RefusedLink:
    path, _, fragment = address.partition("#")
    prefix = _PREFIX.match(path)
    if prefix and prefix[1] != "filename":
        if path.lower().endswith(EXTENSIONS):
            return RefusedLink(
                "link-to-picture",
                f"un lien vers l’image « {shown(address)} »",
                "montrez-la : ![ce qu’elle montre](fichier.jpg)",
            )
        return RefusedLink(
            "bad-link",
            f"« {shown(address)} » ne mène à aucun texte",
            "pour un autre portrait, écrivez le nom de son fichier : autre.md",
        )
    if prefix:
        path = path[prefix.end() :]
    path = plain_name(unquote(path))
    if path.endswith(".md") and "?" not in path:
        try:
            return Internal(inside(path, folder), unquote(fragment))
        except PathRefused as refused:
            return RefusedLink("path-outside-content", refused.message, refused.hint)
    if path.lower().endswith(EXTENSIONS):
        return RefusedLink(
            "link-to-picture",
            f"un lien vers l’image « {shown(address)} »",
            "montrez-la : ![ce qu’elle montre](fichier.jpg)",
        )
    if _DOMAIN.match(path):
        return RefusedLink(
            "bad-link",
            f"« {shown(address)} » n’a pas de protocole",
            f"écrivez https://{shown(address)}",
        )
    return RefusedLink(
        "bad-link",
        f"« {shown(address)} » ne mène à aucun texte du site",
        "écrivez une adresse complète (https://…) ou le nom d’un fichier (autre.md)",
    )
