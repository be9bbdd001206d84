"""Render the lists of portraits: all, and those of each tag, organisation and year; and indexes.

An index page names all tags, all organisations, all years, or everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from portraits.model import addresses
from portraits.output.sitemap import entry
from portraits.series.reading import Summary
from portraits.series.tables import LeadingRow, SliceRow, TermLabelRow, TermRow
from portraits.series.views.slices import PORTRAITS, TERM, members, slice_of
from portraits.series.views.terms import counted
from portraits.series.writing import ORGANIZATION, TAG, YEAR
from portraits.site.context import BuildContext
from portraits.site.heads import series_meta
from portraits.site.page import File, in_each_language
from portraits.site.views import CountedLink, IndexEntry, IndexPage, Link, ListPage, Pagination
from portraits.support.writing.names import sort_name

INDEXES = {TAG: addresses.TAGS, ORGANIZATION: addresses.ORGANIZATIONS, YEAR: addresses.YEARS}
"""Kind of term -> address of the index page of this kind."""
FACES = 3
"""Most faces beside an entry of an index: the newest."""
LABELS = 12
"""Most labels in the description of an index."""
NAMED = 4
"""Most people named in the description of a list."""
PEOPLE = "people"
"""The index of everybody by name."""


def term_address(term: str) -> str:
    """Return the address of the list of a term."""
    kind, _, slug = term.partition("/")
    return f"{INDEXES[kind]}{slug}/"


def slice_keys(context: BuildContext, prefix: str) -> Iterator[str]:
    """Yield ``list#number`` for each page of the lists whose key begins with ``prefix``.

    Pages with the same number come together: they tend to show the same people, whose cards are
    cached.
    """
    for (page,) in context.series.sql(
        "SELECT page FROM slice WHERE list GLOB ? ORDER BY number>0, number DESC, list",
        f"{prefix}*",
    ):
        yield page


@dataclass(frozen=True, slots=True)
class ListSlice:
    """One page of a long list."""

    slice: SliceRow
    address: str
    """Address of the newest page, relative to the site's root."""

    @property
    def number(self) -> int | None:
        """None for the newest page."""
        return self.slice.number or None

    @property
    def own_address(self) -> str:
        """Address of this page, relative to the site's root."""
        return addresses.numbered(self.address, self.number)

    def titled(self, title: str) -> str:
        """Return ``title``, followed by the page's number if it has one."""
        return f"{title} ({self.number})" if self.number else title


def listed(context: BuildContext, list_: str, number: int, address: str) -> ListSlice:
    """Return one page of the list at ``address``."""
    found = slice_of(context.series, list_, number)
    assert found is not None  # noqa: S101 - the key of an existing slice
    return ListSlice(found, address)


def pagination(context: BuildContext, page: ListSlice) -> Pagination | None:
    """Return the links from one page of a list to the others; None if it is the only one.

    A numbered page shows only its number and its two neighbours: if it showed the number of pages,
    each new page would rewrite all the others.
    """
    slice_ = page.slice

    def path(number: int) -> str:
        if number < 0:
            return ""
        return context.path(addresses.numbered(page.address, number or None))

    if slice_.newer < 0 and slice_.older < 0:
        return None
    numbers = (0, *range(slice_.pages - 1, 0, -1)) if not slice_.number else ()
    return Pagination(
        current=slice_.number,
        last=slice_.pages,
        newer=path(slice_.newer),
        older=path(slice_.older),
        pages=tuple(Link(str(number or ""), path(number)) for number in numbers),
    )


def _keys(context: BuildContext) -> Iterator[str]:
    yield from slice_keys(context, PORTRAITS)
    yield from slice_keys(context, TERM)


def _make(context: BuildContext, key: str) -> Iterator[File]:
    list_, _, number = key.rpartition("#")
    words = context.words()
    kind, heading, address, index = (
        PORTRAITS,
        words.text("heading.portraits"),
        (addresses.PORTRAITS),
        "",
    )
    term = list_.removeprefix(TERM) if list_ != PORTRAITS else ""
    if term:
        label = context.series.one(TermLabelRow, "term", term)
        assert label is not None  # noqa: S101 - its list has pages
        kind, heading, address, index = (
            label.kind,
            label.label,
            term_address(term),
            INDEXES[label.kind],
        )
    page = listed(context, list_, int(number), address)
    shown = _shown(context, list_, page.slice)
    newest = page.number is None
    view = ListPage(
        kind=kind,
        heading=heading,
        total=page.slice.total,
        cards=tuple(map(context.card, shown)),
        pagination=pagination(context, page),
        siblings=_siblings(context, kind, term) if newest and term else (),
        index_url=context.path(index) if index else "",
    )
    title = heading
    if index:
        title = words.text("labelled", label=words.text(f"list.{kind}"), text=heading)
    meta = series_meta(
        context,
        page.own_address,
        page.titled(title),
        feeds=context.feed_links(address, title) if has_tag_feed(context, kind, term) else (),
        description=_description(context, page.titled(title), shown),
        items=[(one.title, context.absolute(one)) for one in shown],
        total=page.slice.total if newest else None,
        organization=heading if kind == ORGANIZATION else "",
    )
    yield File(
        context.place(page.own_address),
        context.render("list.html", meta, view),
        entry(meta.canonical, None, meta.alternates),
    )


def has_tag_feed(context: BuildContext, kind: str, term: str) -> bool:
    """Return whether a tag has feeds in the language spoken: a portrait in it has the tag."""
    if kind != TAG or not context.lang:
        return kind == TAG
    return bool(context.series.rows(TermRow, "term", term, limit=1, lang=context.spoken))


def _description(context: BuildContext, title: str, shown: list[Summary]) -> str:
    """Return a sentence with the first people of a page."""
    if not shown:
        return ""
    words = context.words()
    names = [one.name for one in shown]
    form = "list.about" if len(names) <= NAMED else "list.about_some"
    return words.text(form, title=title, names=words.enumeration(names[:NAMED]).unescape())


def _shown(context: BuildContext, list_: str, page: SliceRow) -> list[Summary]:
    if not page.first:
        return []
    rows = members(context.series, list_, page.first, page.last)
    return [context.translated(source) for source in dict.fromkeys(row.source for row in rows)]


def _siblings(context: BuildContext, kind: str, term: str) -> tuple[CountedLink, ...]:
    """Return links to the other lists of a kind, without counts.

    Counts would rewrite these pages whenever a portrait is added to another list.
    """
    rows = context.series.rows(LeadingRow, "kind", kind)
    among = any(row.term == term and not row.spare for row in rows)
    return tuple(
        CountedLink(row.label, context.path(term_address(row.term)), 0)
        for row in rows
        if row.term != term and (among or not row.spare)
    )


def counted_links(context: BuildContext, kind: str) -> list[CountedLink]:
    """Return a link to each list of a kind with its number of portraits, most first."""
    return [
        CountedLink(row.label, context.path(term_address(row.term)), count)
        for row, count in terms_of(context, kind)
    ]


def terms_of(context: BuildContext, kind: str) -> list[tuple[TermLabelRow, int]]:
    """Return the terms of a kind with the number of people, most first; in the site of another
    language only the tags of its portraits, because the words are theirs."""
    found = counted(context.series, kind)
    if kind != TAG or not context.lang:
        return found
    own = dict(
        context.series.sql(
            "SELECT term, count(DISTINCT source) FROM term"
            " WHERE position IS NOT NULL AND lang=? GROUP BY term",
            context.spoken,
        )
    )
    listed = {row.term: count for row, count in found}
    labels = context.series.rows(TermLabelRow, "kind", kind)
    return sorted(
        ((row, listed.get(row.term) or own[row.term]) for row in labels if row.term in own),
        key=lambda one: (-one[1], context.words().sort_key(one[0].label)),
    )


def _index_keys(context: BuildContext) -> tuple[str, ...]:
    return (*INDEXES, PEOPLE)


def _make_index(context: BuildContext, key: str) -> Iterator[File]:
    address = INDEXES.get(key, addresses.PEOPLE)
    words = context.words()
    heading = words.text(f"heading.{key}")
    groups: tuple[tuple[str, tuple[IndexEntry, ...]], ...]
    if key == PEOPLE:
        groups = tuple(
            (letter, tuple(entry for _, entry in group))
            for letter, group in groupby(_people(context), key=itemgetter(0))
        )
    else:
        order = sorted(
            _entries(context, key),
            key=lambda one: words.sort_key(one.link.label),
            reverse=key == YEAR,
        )
        groups = (("", tuple(order)),)
    links = [one.link for _, group in groups for one in group]
    labels = ", ".join(link.label for link in links[:LABELS])
    meta = series_meta(
        context,
        address,
        heading,
        words.text("labelled", label=heading, text=labels) if labels else "",
        items=[(link.label, link.url) for link in links],
    )
    yield File(
        context.place(address),
        context.render("terms.html", meta, IndexPage(key, heading, groups)),
        entry(meta.canonical, None, meta.alternates),
    )


def _entries(context: BuildContext, kind: str) -> Iterator[IndexEntry]:
    """Yield every list of a kind with the faces of its newest people."""
    for row, count in terms_of(context, kind):
        link = CountedLink(row.label, context.path(term_address(row.term)), count)
        listed: dict[str, Any] = {"person": 1} if row.listed else {}
        newest = context.series.rows(TermRow, "term", row.term, limit=FACES, **listed)
        yield IndexEntry(
            link, tuple(context.card(context.translated(one.source)) for one in newest)
        )


def _people(context: BuildContext) -> list[tuple[str, IndexEntry]]:
    """Return everybody in the order of the language, by family name, each with the letter under
    which they stand."""
    words = context.words()
    found = context.series.sql(
        "SELECT source, sort_name FROM portrait WHERE position IS NOT NULL AND person=1"
    )
    listed = []
    for source, given in found:
        one = context.translated(source)
        sorted_by = given or sort_name(one.name)
        entry = IndexEntry(
            CountedLink(one.name, context.url(one), 1, one.lang), (context.card(one),)
        )
        listed.append(((words.sort_key(sorted_by), source), words.letter_of(sorted_by), entry))
    return [(letter, entry) for _, letter, entry in sorted(listed, key=itemgetter(0))]


KIND = in_each_language("lists", _keys, _make)
INDEX = in_each_language("indexes", _index_keys, _make_index)
