"""What a kind of page is: files of the site, each kind made by one function.

    KIND = PageKind("topic", keys, make)       one line in :data:`portraits.pages.KINDS`

A kind has a key for each of its pages; ``make`` gives the files of the page with a key. Both ask
the series (:class:`portraits.site.context.BuildContext`) and look at nothing else: what they ask is
recorded, and when an answer is another, the page is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portraits.output.sitemap import SitemapEntry
    from portraits.site.context import BuildContext


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site, made."""

    address: str
    """From the site's root: ``portraits/x/`` or ``robots.txt``."""
    content: bytes
    sitemap: SitemapEntry | None = None
    """What the site map says of it; None to leave it out."""
    checked: bool = False
    """Its parts were looked at while they were made: it is well formed."""


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page."""

    name: str
    keys: Callable[[BuildContext], Iterable[str]]
    """The key of each of its pages."""
    make: Callable[[BuildContext, str], Iterable[File]]
    """The files of the page with a key."""
    last: bool = False
    """Made when all others are: it says something of their files."""


def once(context: BuildContext) -> tuple[str, ...]:
    """The keys of a kind that has one page."""
    return ("",)


def when_searchable(context: BuildContext) -> tuple[str, ...]:
    """The keys of a kind that has one page, where readers can search the site."""
    return once(context) if context.settings.search else ()


def every_portrait(context: BuildContext) -> Iterable[str]:
    """The keys of a kind that has a page for each portrait: the sources of their files."""
    for source, in context.series.sql(
            "SELECT source FROM portrait WHERE position IS NOT NULL ORDER BY position"):
        yield source
