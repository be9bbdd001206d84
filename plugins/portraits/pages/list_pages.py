"""Lists of portraits: all of them, and those of each tag, organisation and year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from portraits import addresses
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.pages.heads import series_meta
from portraits.pages.paging import Slice, pagination, slices
from portraits.pages.spec import PageSpec
from portraits.problems import unaccented
from portraits.values import dataclass
from portraits.views import CountedLink, IndexPage, ListPage


@dataclass(frozen=True)
class Listing:
    """One list of portraits, on as many pages as it takes."""

    kind: str
    address: str
    heading: str
    portraits: Sequence[Outline]
    siblings: tuple[CountedLink, ...] = ()
    index: str = ""
    """Address of the page that lists the lists of this kind."""
    feeds: bool = False


@dataclass(frozen=True)
class Grouping:
    """Lists of one kind: tags, organisations, years."""

    kind: str
    index: str
    address_of: Callable[[str], str]
    groups: Mapping[str, tuple[Outline, ...]]
    """Each person once."""
    translated: Mapping[str, tuple[Outline, ...]]
    """The same with translations, whose own tags have pages but stand in no index."""


def groupings(assembly: Assembly) -> tuple[Grouping, ...]:
    """Every way in which the series is grouped."""
    library = assembly.library
    people = assembly.people
    return (
        Grouping("tag", addresses.TAGS, addresses.tag, people.by_tag, library.by_tag),
        Grouping("organization", addresses.ORGANIZATIONS, addresses.organization,
                 people.by_organization, library.by_organization),
        Grouping("year", addresses.YEARS, addresses.year, people.by_year, library.by_year),
    )


def list_pages(assembly: Assembly) -> Iterator[PageSpec]:
    """The specs of all lists and of the pages that list them."""
    words = assembly.words()
    yield from _listing_pages(assembly, Listing(
        "portraits", addresses.PORTRAITS, words.text("heading.portraits"),
        assembly.people.portraits, feeds=True))
    for grouping in groupings(assembly):
        links = counted(assembly, grouping)
        indexed = set(map(grouping.address_of, grouping.groups))
        only_translated = {
            name: portraits for name, portraits in grouping.translated.items()
            if grouping.address_of(name) not in indexed}
        for name, portraits in (*grouping.groups.items(), *only_translated.items()):
            yield from _listing_pages(assembly, Listing(
                grouping.kind, grouping.address_of(name), name, portraits,
                siblings=_siblings(links, name),
                index=grouping.index, feeds=grouping.kind == "tag"))
        yield _terms_page(assembly, grouping.kind, grouping.index, links)
    yield _terms_page(assembly, "people", addresses.PEOPLE, tuple(
        CountedLink(outline.name, assembly.url(outline), 1, outline.lang)
        for outline in sorted(assembly.people.portraits, key=_by_last_name)))


SIBLINGS = 12
"""Other lists of the same kind that a list page names: those with most portraits."""


def _siblings(links: Sequence[CountedLink], name: str) -> tuple[CountedLink, ...]:
    """They are named, not counted, and in alphabetical order: one more portrait does not rewrite
    the lists that it is not in."""
    others = [link for link in links if link.label != name][:SIBLINGS]
    return tuple(CountedLink(link.label, link.url, 0)
                 for link in sorted(others, key=lambda link: (unaccented(link.label), link.label)))


def counted(assembly: Assembly, grouping: Grouping) -> tuple[CountedLink, ...]:
    """A link to each list of a kind with the number of its portraits, most first."""
    links = (
        CountedLink(name, assembly.settings.path(grouping.address_of(name)), len(portraits))
        for name, portraits in grouping.groups.items())
    return tuple(sorted(links, key=lambda link: (-link.count, unaccented(link.label), link.label)))


def _by_last_name(outline: Outline) -> tuple[str, str, str]:
    words = unaccented(outline.name).split()
    return words[-1] if words else "", unaccented(outline.name), outline.source


def _listing_pages(assembly: Assembly, listing: Listing) -> Iterator[PageSpec]:
    pages = slices(len(listing.portraits), assembly.settings.page_size)
    for page in pages:
        shown = listing.portraits[page.start:page.stop]
        place = pagination(assembly.settings, listing.address, pages, page)
        newest = page.number is None
        key = assembly.key(
            "list", listing.kind, listing.address, listing.heading, place,
            (len(listing.portraits), listing.siblings) if newest else (),
            [assembly.facet(outline) for outline in shown])
        yield PageSpec(
            addresses.numbered(listing.address, page.number), key,
            partial(_listing_page, assembly, listing, page, pages), indexed=True)


def _listing_page(
    assembly: Assembly, listing: Listing, page: Slice, pages: Sequence[Slice]
) -> bytes:
    settings = assembly.settings
    newest = page.number is None
    address = addresses.numbered(listing.address, page.number)
    view = ListPage(
        kind=listing.kind, heading=listing.heading,
        total=len(listing.portraits) if newest else 0,
        cards=tuple(map(assembly.card, listing.portraits[page.start:page.stop])),
        pagination=pagination(settings, listing.address, pages, page),
        siblings=listing.siblings if newest else (),
        index_url=settings.path(listing.index) if listing.index else "",
    )
    words = assembly.words()
    kicker = words.text(f"list.{listing.kind}")
    title = f"{kicker} : {listing.heading}" if listing.index else listing.heading
    meta = series_meta(
        assembly, address, title if newest else f"{title} ({page.number})",
        feeds=assembly.feed_links(listing.address, title) if listing.feeds and listing.index
        else (),
        members=listing.portraits[page.start:page.stop],
        total=len(listing.portraits) if newest else None,
        organization=listing.heading if listing.kind == "organization" else "")
    return assembly.render("list.html", meta, view)


def _terms_page(
    assembly: Assembly, kind: str, address: str, links: Sequence[CountedLink]
) -> PageSpec:
    return PageSpec(address, assembly.key("terms", kind, links),
                    partial(_render_terms, assembly, kind, address, links), indexed=True)


def _render_terms(
    assembly: Assembly, kind: str, address: str, links: Sequence[CountedLink]
) -> bytes:
    heading = assembly.words().text(f"heading.{kind}")
    if kind == "people":
        groups = tuple((letter, tuple(group)) for letter, group in groupby(links, _initial))
    else:
        order = sorted(links, key=lambda link: (unaccented(link.label), link.label))
        if kind == "year":
            order.reverse()
        groups = (("", tuple(order)),)
    meta = series_meta(assembly, address, heading)
    return assembly.render("terms.html", meta, IndexPage(kind, heading, groups))


def _initial(link: CountedLink) -> str:
    words = unaccented(link.label).split()
    return words[-1][:1].upper() if words else ""
