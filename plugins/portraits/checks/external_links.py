"""Check links to other sites over the network, on request only.

A link is dead if its server cannot be found, does not answer, or returns 404 or 410. If the front
matter gives an archived address for it (``archives:``), the hint names it; for a profile it is
``people.yml``, where an account that is given up is no longer asked for. Other statuses (403,
429, 500…) are not reported, because many servers refuse programs.
"""

from __future__ import annotations

import socket
import sqlite3
import ssl
import string
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import quote, urlsplit, urlunsplit

from portraits.reader.people import PEOPLE_FILE
from portraits.support.messages import msg
from portraits.support.problems import Problem, Severity
from portraits.support.workers import Progress

TIMEOUT_SECONDS = 15
AT_ONCE = 8
_SIGNS = string.punctuation
"""Characters of an address that are not encoded, besides letters and digits."""
_GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_AGENT = "Mozilla/5.0 (compatible; portraits-check)"


def dead_links(
    connection: sqlite3.Connection,
    label: str,
    progress: Progress | None = None,
    ask: Callable[[str], str] | None = None,
) -> list[Problem]:
    """Return a warning for each dead link of each portrait, published or not.

    ``ask`` takes an address and returns what is wrong with it, or an empty string; by default it
    requests the address.
    """
    given_up = {
        url for (url,) in connection.execute("SELECT url FROM held_account WHERE until<>''")
    }
    profiles = {
        url
        for (url,) in connection.execute(
            "SELECT url FROM recommendation UNION SELECT url FROM presence"
        )
    }
    places: dict[str, list[tuple[str, int]]] = defaultdict(list)
    archives: dict[tuple[str, str], str] = {}
    for source, url, line, archived in connection.execute(
        "SELECT source, url, line, archived FROM external_link ORDER BY source, line, url"
    ):
        if line and url not in given_up:
            places[url].append((f"{label}/{source}", line))
        if archived:
            archives[f"{label}/{source}", url] = archived
    answers = _asked(sorted(places), ask or answer_of, progress)
    return list(_problems(places, answers, archives, profiles))


def _asked(
    urls: list[str], ask: Callable[[str], str], progress: Progress | None
) -> Mapping[str, str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers: dict[str, str] = {}
        for number, (url, answer) in enumerate(zip(urls, pool.map(ask, urls), strict=True), 1):
            answers[url] = answer
            if progress:
                progress(msg("progress.links"), number, len(urls))
    return answers


def _problems(
    places: Mapping[str, list[tuple[str, int]]],
    answers: Mapping[str, str],
    archives: Mapping[tuple[str, str], str],
    profiles: Collection[str],
) -> Iterable[Problem]:
    for url, wrong in answers.items():
        if not wrong:
            continue
        for path, line in places[url]:
            archived = archives.get((path, url))
            if archived:
                hint = msg("links.archived_hint", address=archived)
            elif url in profiles:
                hint = msg("links.account_hint", file=PEOPLE_FILE)
            else:
                hint = msg("links.dead_hint")
            yield Problem(
                path,
                line,
                "dead-link",
                msg("links.dead", address=url, reason=wrong),
                hint,
                severity=Severity.WARNING,
            )


def answer_of(url: str) -> str:
    """Request ``url`` and return what is wrong with it, or an empty string."""
    if not url.startswith(("https://", "http://")):
        return ""
    try:
        request = urllib.request.Request(_ascii(url), headers={"User-Agent": _AGENT})  # noqa: S310
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310 - checked
            return ""
    except urllib.error.HTTPError as error:
        return msg("links.status", status=error.code) if error.code in _GONE else ""
    except urllib.error.URLError as error:
        return _describe(error.reason)
    except (OSError, ValueError, HTTPException) as error:
        return _describe(error)


def _ascii(url: str) -> str:
    """Return ``url`` in ASCII: accented letters percent-encoded, the host in IDNA (RFC 3987,
    section 3.1)."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if not host.isascii():
        place = host.encode("idna").decode("ascii")
        parts = parts._replace(netloc=f"{place}:{parts.port}" if parts.port else place)
    return urlunsplit(quote(part, safe=_SIGNS) for part in parts)


def _describe(reason: object) -> str:
    match reason:
        case socket.gaierror() | UnicodeError():
            return msg("links.not_found")
        case TimeoutError():
            return msg("links.timeout", seconds=TIMEOUT_SECONDS)
        case ConnectionRefusedError():
            return msg("links.refused")
        case ssl.SSLError():
            return msg("links.certificate")
        case _:
            return msg("links.silent")
