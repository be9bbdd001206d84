"""Render the index pages: every tag, organisation and year; everybody by name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from portraits.model import addresses
from portraits.output.sitemap import entry
from portraits.pages.lists import INDEXES, counted_links
from portraits.series.writing import YEAR
from portraits.site.context import BuildContext
from portraits.site.heads import series_meta
from portraits.site.page import File, PageKind
from portraits.site.views import CountedLink, IndexPage
from portraits.support.problems import unaccented

PEOPLE = "people"


def _keys(context: BuildContext) -> tuple[str, ...]:
    return (*INDEXES, PEOPLE)


def _make(context: BuildContext, key: str) -> Iterator[File]:
    address = INDEXES.get(key, addresses.PEOPLE)
    heading = context.words().text(f"heading.{key}")
    if key == PEOPLE:
        groups = tuple((letter, tuple(group)) for letter, group in groupby(
            _people(context), _initial))
    else:
        order = sorted(counted_links(context, key),
                       key=lambda link: (unaccented(link.label), link.label))
        if key == YEAR:
            order.reverse()
        groups = (("", tuple(order)),)
    meta = series_meta(context, address, heading)
    yield File(address, context.render("terms.html", meta, IndexPage(key, heading, groups)),
               entry(context.settings.absolute(address)))


def _people(context: BuildContext) -> Iterator[CountedLink]:
    """Yield everybody, sorted by last name."""
    settings = context.settings
    found = context.series.sql(
        "SELECT name, slug, lang, source FROM portrait WHERE position IS NOT NULL AND person=1")
    for name, slug, lang, _ in sorted(found, key=_by_last_name):
        path = settings.path(addresses.portrait(slug, lang, settings.lang))
        yield CountedLink(name, path, 1, lang)


def _by_last_name(row: tuple[str, ...]) -> tuple[str, str, str]:
    plain = unaccented(row[0])
    words = plain.split()
    return words[-1] if words else "", plain, row[3]


def _initial(link: CountedLink) -> str:
    words = unaccented(link.label).split()
    return words[-1][:1].upper() if words else ""


KIND = PageKind("indexes", _keys, _make)
