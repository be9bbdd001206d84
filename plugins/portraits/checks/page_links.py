"""Check the links of the editor's own pages, in every build.

    link = relative | "/" path | address of this site        must lead to a file of the site
         | any other address                                 is not followed

A link to a portrait that is not shown is published as plain words, and a warning. A page does not
change when the portrait that it links to is withdrawn, so all pages are looked at each time. Call
it when the rows of the site's files are those of the next release.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from portraits.checks.series import Checked, One, state_of
from portraits.model.addresses import file_of, portrait_in
from portraits.support.messages import msg
from portraits.support.problems import Problem, Severity, did_you_mean

_ATTRIBUTES = ("href", "src", "poster", "data")
_SPACE = re.compile(r"[\t\n\r]")


class _Addresses(HTMLParser):
    """Collects the addresses of a page, as they are written there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in _ATTRIBUTES and value:
                self.found[value] = None
            elif name == "srcset" and value:
                self.found.update(dict.fromkeys(part.split()[0] for part in value.split(", ")))


def dead_links(series: Checked) -> list[Problem]:
    """Return a problem for each link of a page that leads to no file of the site, or to no question
    of a portrait; a warning for a portrait that is not shown."""
    return [
        problem
        for source, page, html in series.connection.execute(
            "SELECT source, address, html FROM editor_page ORDER BY source"
        ).fetchall()
        for address in _addresses(html)
        for problem in _problem(series, source, page, address)
    ]


def _addresses(html: str) -> Iterator[str]:
    parser = _Addresses()
    parser.feed(html)
    parser.close()
    yield from parser.found


def _problem(series: Checked, source: str, page: str, address: str) -> Iterator[Problem]:
    place, fragment = place_of(address, page, series.options.settings.site_url)
    if place is None:
        return
    if is_withdrawn(place, series.options.withdrawn.addresses):
        line = _line(series.options.content / source, address)
        label = f"{series.options.label}/{source}"
        yield Problem(
            label,
            line,
            "withdrawn-link",
            msg("withdrawal.link"),
            msg("withdrawal.link_hint"),
            severity=Severity.WARNING,
        )
        return
    stands = series.connection.execute("SELECT 1 FROM file WHERE path=?", (file_of(place),))
    one = _portrait_at(series, place)
    code = message = hint = ""
    severity = Severity.ERROR
    if not stands.fetchone():
        if one and not one.shown:
            code = "link-to-unpublished"
            message = msg(
                "series.page_link_withheld",
                address=address,
                file=series.file(one),
                state=state_of(one),
            )
            hint = msg("series.plain_words")
            severity = Severity.WARNING
        else:
            code = "broken-link"
            message = msg("series.page_link_nowhere", address=address)
            hint = _meant(series, place) or msg("series.page_link_hint")
    elif one and fragment and fragment not in (known := series.fragments(one.source)):
        code = "link-to-unknown-question"
        message = msg("series.no_question", fragment=fragment, file=series.file(one))
        hint = did_you_mean(fragment, known) or msg("series.questions", known=", ".join(known))
    if code:
        options = series.options
        line = _line(options.content / source, address)
        yield Problem(f"{options.label}/{source}", line, code, message, hint, severity=severity)


def is_withdrawn(place: str, withdrawn: Collection[str]) -> bool:
    """Return whether an address of the site is one of the ``withdrawn``, however it ends."""
    if not withdrawn:
        return False
    address = portrait_in(place) or place
    return any(unquote(one).rstrip("/") == address.rstrip("/") for one in withdrawn)


def place_of(address: str, page: str, site_url: str) -> tuple[str | None, str]:
    """Return what ``address`` means on the page at ``page``: an address relative to the site's
    root, None if it is none of the site's, and a fragment."""
    root = f"{site_url}/"
    try:
        whole, fragment = urldefrag(urljoin(f"{root}{page}", _SPACE.sub("", address).strip()))
        parts, own = urlsplit(whole), urlsplit(root)
    except ValueError:  # no browser follows it either
        return None, ""
    if parts.netloc.lower() != own.netloc.lower() or not parts.path.startswith(own.path):
        return None, ""
    return unquote(parts.path[len(own.path) :]), unquote(fragment)


def _portrait_at(series: Checked, place: str) -> One | None:
    """Return the portrait at whose address, or below it, ``place`` is, shown or not."""
    address = portrait_in(place)
    if not address:
        return None
    named = series.named(address.split("/")[-2])
    return next((one for one in named if series.address(one) == address), None)


def _meant(series: Checked, place: str) -> str:
    """Return which portrait that is shown was meant, or an empty string."""
    return did_you_mean(place, [series.address(one) for one in series.all if one.shown])


def _line(path: Path, address: str) -> int:
    """Return the first line on which ``address`` is written; 0 if it is written in another way."""
    written = re.compile(rf"{re.escape(address)}(?![\w/#?&=%.-])")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return next((number for number, line in enumerate(lines, 1) if written.search(line)), 0)
