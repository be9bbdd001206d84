"""Define the rules, independent of their notation. docs/hosting-headers.md gives the reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from portraits.model import addresses
from portraits.output.hosting.policy import Policy, admin_policy, policy_of
from portraits.output.media_types import BY_NAME
from portraits.settings import Settings

ALWAYS = (
    ("Strict-Transport-Security", "max-age=63072000"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    (
        "Permissions-Policy",
        "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)
"""Headers of every response, besides the policy. The last one lets feed readers on the web show
photos."""

_POLICY = "Content-Security-Policy"
_OF_THE_EDITOR = (
    # The window in which an editor signs in answers the page that opened it.
    ("Cross-Origin-Opener-Policy", "same-origin-allow-popups"),
    ("X-Robots-Tag", "noindex"),
)

FOREVER = "public, max-age=31536000, immutable"
"""For files whose name changes with their content."""
SHORTLY = "public, max-age=300, must-revalidate"
"""For all other files: five minutes."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, order=True)
class Redirect:
    """A former address and the present one: absolute paths, percent-encoded."""

    source: str
    target: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The former address, also without its final slash if it has one."""
        return both_forms(self.source)


@dataclass(frozen=True, slots=True)
class FolderHeaders:
    """Headers of one folder, which come in the place of those that the rest of the site has."""

    folder: str
    """Absolute path, with its final slash."""
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules for a host. Paths are absolute paths."""

    base_path: str
    headers: tuple[tuple[str, str], ...]
    policy: Policy
    immutable_paths: tuple[str, ...]
    """Folders of files that are cached FOREVER."""
    media_types: tuple[tuple[str, str], ...]
    """(file name, media type) of feeds, in any folder."""
    redirects: tuple[Redirect, ...]
    gone: tuple[str, ...] = ()
    """Addresses that answer 410, percent-encoded, in both forms."""
    exceptions: tuple[FolderHeaders, ...] = ()
    """Folders with headers of their own; none stands in another."""

    @property
    def gone_page(self) -> str:
        """The page that they answer with."""
        return self.base_path + addresses.GONE

    @property
    def everywhere(self) -> tuple[tuple[str, str], ...]:
        """The headers of every response outside of the exceptions, the policy first."""
        return ((_POLICY, self.policy.in_header()), *self.headers)

    def headers_of(self, path: str) -> tuple[tuple[str, str], ...]:
        """Return the headers of the response for an absolute path."""
        own = next((one for one in self.exceptions if path.startswith(one.folder)), None)
        return tuple({**dict(self.everywhere), **dict(own.headers if own else ())}.items())

    @property
    def not_found(self) -> str:
        return self.base_path + addresses.NOT_FOUND


def rules_of(
    settings: Settings,
    redirects: Iterable[Redirect] = (),
    *,
    preview: bool = False,
    gone: Iterable[str] = (),
) -> Rules:
    """Return the rules of a site; those of a preview keep search engines out."""
    isso = settings.isso if settings.comments == "isso" else ""
    return Rules(
        base_path=settings.base_path,
        headers=(*ALWAYS, *((("X-Robots-Tag", "noindex"),) if preview else ())),
        policy=policy_of(isso=isso),
        immutable_paths=tuple(map(settings.path, addresses.IMMUTABLE)),
        media_types=tuple(BY_NAME.items()),
        redirects=tuple(redirects),
        gone=tuple(gone),
        exceptions=tuple(_exceptions(settings)),
    )


def _exceptions(settings: Settings) -> Iterator[FolderHeaders]:
    if settings.admin:
        policy = admin_policy(settings.repository[0])
        yield FolderHeaders(
            settings.path(addresses.ADMIN), ((_POLICY, policy.in_header()), *_OF_THE_EDITOR)
        )


def redirects_of(aliases: Iterable[tuple[str, str]], settings: Settings) -> tuple[Redirect, ...]:
    """Return the redirects from former addresses, sorted by former address.

    ``aliases`` are (former address, present one), relative to the site's root. Raise ValueError for
    an address with a control character, which no notation can represent.
    """
    return tuple(
        sorted(
            Redirect(_encoded(settings.path(alias.lstrip("/"))), _encoded(settings.path(address)))
            for alias, address in aliases
        )
    )


def gone_of(withdrawn: Iterable[str], settings: Settings) -> tuple[str, ...]:
    """Return the addresses that answer 410, sorted, from those of people who are off the site,
    relative to the site's root. Raise ValueError as :func:`redirects_of`."""
    encoded = (_encoded(settings.path(address)) for address in sorted(withdrawn))
    return tuple(form for address in encoded for form in both_forms(address))


def both_forms(address: str) -> tuple[str, ...]:
    """Return an address, also without its final slash if it has one."""
    bare = address.rstrip("/")
    return (address, bare) if bare and bare != address else (address,)


def _encoded(path: str) -> str:
    plain = unquote(path)
    if _CONTROL.search(plain):
        raise ValueError(f"control character in the address {plain!r}")
    return quote(plain, safe="/")
