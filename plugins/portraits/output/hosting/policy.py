"""Define the Content Security Policy (CSP Level 3): what a page may load.

    policy    = directive ("; " directive)*
    directive = name (" " source)+

Every page has the same policy: no inline script or style, nothing from other origins. The only
exception is the origin of an Isso server, if the settings name one: for its script, style sheet,
pictures and requests. The editor at ``admin/`` has a policy of its own (:func:`admin_policy`).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused

SELF, NONE = "'self'", "'none'"

NOT_IN_META = frozenset({"frame-ancestors", "report-uri", "sandbox"})
"""Directives that a ``<meta>`` element cannot contain (CSP Level 3, section 3.3)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Directives and their sources, in the order they are written."""

    directives: tuple[tuple[str, tuple[str, ...]], ...]

    def in_header(self) -> str:
        """Return the value of the ``Content-Security-Policy`` header."""
        return self._written(frozenset())

    def in_meta(self) -> str:
        """Return the content of ``<meta http-equiv="Content-Security-Policy">``."""
        return self._written(NOT_IN_META)

    def _written(self, left_out: frozenset[str]) -> str:
        return "; ".join(
            " ".join((name, *sources)) for name, sources in self.directives if name not in left_out
        )


def policy_of(*, isso: str = "") -> Policy:
    """Return the policy of all the site's pages.

    ``isso`` is the address of an Isso server, or empty. Raise SourceRefused if it is not an
    address.
    """
    comments = (_origin(isso),) if isso else ()
    return Policy(
        (
            ("default-src", (NONE,)),
            ("script-src", (SELF, *comments)),
            ("style-src", (SELF, *comments)),
            ("img-src", (SELF, *comments)),
            ("media-src", (SELF,)),
            ("font-src", (SELF,)),
            ("connect-src", (SELF, *comments)),
            ("manifest-src", (SELF,)),
            ("base-uri", (NONE,)),
            ("form-action", (NONE,)),
            ("frame-ancestors", (NONE,)),
        )
    )


_SERVICES = {
    "github": (
        ("https://api.github.com", "https://www.githubstatus.com"),
        ("https://avatars.githubusercontent.com",),
    ),
    "gitlab": (
        ("https://gitlab.com", "https://status-api.hostedstatus.com"),
        ("https://gitlab.com", "https://secure.gravatar.com"),
    ),
}
"""Service -> origins that the editor sends requests to, and origins of its users' pictures."""


def admin_policy(service: str) -> Policy:
    """Return the policy of the editor, which works with a repository of ``service``.

    Its scripts come from the site alone. Sveltia CMS adds ``style`` elements, shows pictures before
    they are saved (``blob:``), and asks the service for the files of the repository.
    """
    requests, pictures = _SERVICES[service]
    return Policy(
        (
            ("default-src", (NONE,)),
            ("script-src", (SELF,)),
            ("style-src", (SELF, "'unsafe-inline'")),
            ("img-src", (SELF, "blob:", "data:", *pictures)),
            ("media-src", (SELF, "blob:")),
            ("font-src", (SELF,)),
            ("connect-src", (SELF, "blob:", "data:", *requests)),
            ("base-uri", (NONE,)),
            ("form-action", (NONE,)),
            ("frame-ancestors", (NONE,)),
        )
    )


def _origin(address: str) -> str:
    """Return scheme and host of ``address``, without any character that could end a directive."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = None, "", None
    plain = host.isascii() and all(char.isalnum() or char in ".-" for char in host)
    if parts is None or parts.scheme not in {"http", "https"} or not host or not plain:
        raise SourceRefused(
            [
                Problem(
                    "pelicanconf.py",
                    0,
                    "bad-isso",
                    msg("settings.bad_isso", address=address),
                    msg("settings.expected_isso"),
                    "isso",
                )
            ]
        )
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}"
