"""Define a kind of page: files of the site, each kind made by one function.

    KIND = PageKind("topic", keys, make)       one line in :data:`portraits.pages.KINDS`

A kind has a key for each of its pages; ``make`` yields the files of the page with a key. Both query
the series (:class:`portraits.site.context.BuildContext`) and read nothing else: their queries are
recorded, and the page is made again when a result changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portraits.output.sitemap import SitemapEntry
    from portraits.site.context import BuildContext


@dataclass(frozen=True, slots=True)
class File:
    """A generated file of the site."""

    address: str
    """Relative to the site's root: ``portraits/x/`` or ``robots.txt``."""
    content: bytes
    sitemap: SitemapEntry | None = None
    """Its entry in the site map; None to leave it out."""
    checked: bool = False
    """True if its parts were checked while they were made, so that it is known to be well
    formed."""


@dataclass(frozen=True, slots=True)
class PageKind:
    """One kind of page."""

    name: str
    keys: Callable[[BuildContext], Iterable[str]]
    """The key of each of its pages."""
    make: Callable[[BuildContext, str], Iterable[File]]
    """The files of the page with a key."""
    whole_site: bool = False
    """Make these pages only for a site of its own: in a blog they are the blog's."""
    last: bool = False
    """Make these pages after all others, because they list the files of the others."""


def in_each_language(
    name: str,
    keys: Callable[[BuildContext], Iterable[str]],
    make: Callable[[BuildContext, str], Iterable[File]],
    *,
    whole_site: bool = False,
) -> PageKind:
    """Return a kind of page that the site has in each of its languages.

    A key begins with the language: ``en|tag/musique#0``. ``keys`` and ``make`` get the context of
    the language (:meth:`portraits.site.context.BuildContext.speaking`).
    """
    return PageKind(
        name, partial(_keys_in_each, keys), partial(_make_in, make), whole_site=whole_site
    )


def _keys_in_each(
    keys: Callable[[BuildContext], Iterable[str]], context: BuildContext
) -> Iterable[str]:
    for lang in context.site_languages():
        for key in keys(context.speaking(lang)):
            yield f"{lang}|{key}"


def _make_in(
    make: Callable[[BuildContext, str], Iterable[File]], context: BuildContext, key: str
) -> Iterable[File]:
    lang, _, own = key.partition("|")
    yield from make(context.speaking(lang), own)


def once(context: BuildContext) -> tuple[str, ...]:
    """Return the only key of a kind that has one page."""
    return ("",)


def when_searchable(context: BuildContext) -> tuple[str, ...]:
    """Return the only key of a kind that has one page, or none if search is disabled."""
    return once(context) if context.settings.search else ()


def every_portrait(context: BuildContext) -> Iterable[str]:
    """Yield the keys of a kind that has a page for each portrait: the sources of their files."""
    for (source,) in context.series.sql(
        "SELECT source FROM portrait WHERE position IS NOT NULL ORDER BY position"
    ):
        yield source
