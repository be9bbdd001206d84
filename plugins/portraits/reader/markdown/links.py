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

from portraits.support.messages import msg
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
    """A link that is refused; message and hint in the editor's language."""

    code: str
    message: str
    hint: str


def shown(address: str) -> str:
    """Shorten ``address`` for a message."""
    return address if len(address) <= 80 else f"{address[:77]}…"


def link_target(address: str, folder: str) -> External | Internal | RefusedLink:
    """Resolve ``address``, written in a file of ``folder``."""
    if not address:
        return RefusedLink("empty-link", msg("address.no_address"), msg("address.no_address_hint"))
    bare = _INVISIBLE.sub("", address)
    scheme = _SCHEME.match(bare)
    if scheme and scheme[0].lower() in ("http:", "https:"):
        return _web(address)
    if scheme and scheme[0].lower() == "mailto:":
        if _MAIL.fullmatch(address[len("mailto:") :]):
            return External(address)
        return RefusedLink(
            "bad-link",
            msg("address.not_a_mailbox", address=shown(address)),
            msg("address.not_a_mailbox_hint"),
        )
    if scheme:
        return RefusedLink(
            "forbidden-link",
            msg("address.forbidden", scheme=scheme[0]),
            msg("address.forbidden_hint"),
        )
    if bare.startswith(("//", "\\")):
        return RefusedLink(
            "bad-link",
            msg("address.no_protocol", address=shown(address)),
            msg("address.no_protocol_hint", better="https:" + shown(bare.replace("\\", "/"))),
        )
    if address.startswith("#"):
        return Internal("", unquote(address[1:]))
    return _file(address, folder)


def _web(address: str) -> External | RefusedLink:
    if "<" in address or ">" in address:
        return RefusedLink(
            "bad-link",
            msg("address.angle_brackets", address=shown(address)),
            msg("address.angle_brackets_hint"),
        )
    if found := _INVISIBLE.search(address):
        what = "address.space" if found[0].isspace() else "address.invisible_character"
        return RefusedLink("bad-link", msg(what, address=shown(address)), msg("address.space_hint"))
    try:
        parts = urlsplit(address)
        host = parts.netloc
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host):
        return RefusedLink(
            "bad-link",
            msg("address.not_complete", address=shown(address)),
            msg("address.not_complete_hint"),
        )
    return External(address)


def _file(address: str, folder: str) -> Internal | RefusedLink:
    path, _, fragment = address.partition("#")
    prefix = _PREFIX.match(path)
    if prefix and prefix[1] != "filename":
        if path.lower().endswith(EXTENSIONS):
            return RefusedLink(
                "link-to-picture",
                msg("address.to_picture", address=shown(address)),
                msg("address.to_picture_hint"),
            )
        return RefusedLink(
            "bad-link",
            msg("address.leads_nowhere", address=shown(address)),
            msg("address.leads_nowhere_hint"),
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
            msg("address.to_picture", address=shown(address)),
            msg("address.to_picture_hint"),
        )
    if _DOMAIN.match(path):
        return RefusedLink(
            "bad-link",
            msg("address.no_protocol", address=shown(address)),
            msg("address.no_protocol_hint", better=f"https://{shown(address)}"),
        )
    return RefusedLink(
        "bad-link",
        msg("address.not_on_site", address=shown(address)),
        msg("address.not_on_site_hint"),
    )
