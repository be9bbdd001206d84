"""The #FF directory and the graph of who recommends whom.

A small directory stands on one page. A large one shows there the accounts that most
people recommend, and every account on a page of those whose handles begin alike: an
account's place does not move when another one is recommended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from portraits import addresses
from portraits.directory import DirectoryEntry
from portraits.pages.assembly import Assembly, safe
from portraits.pages.heads import series_meta
from portraits.pages.spec import WHOLE_SERIES, PageSpec
from portraits.views import (
    CountedLink,
    DirectoryEntryView,
    DirectoryPage,
    DirectoryRecommender,
    Link,
)

ONE_PAGE = 300
"""Accounts up to which the directory is one page, and that its first page shows beyond."""
RECOMMENDERS = 24
"""Recommenders of one account that are shown with their reasons: the newest."""


def bucket(assembly: Assembly, entry: DirectoryEntry) -> str:
    """The page on which an account stands: empty for the first page, else a few letters."""
    total = len(assembly.directory.entries)
    if total <= ONE_PAGE:
        return ""
    name = addresses.slug_of(entry.account.handle or entry.account.label)
    return name.replace("-", "")[: 1 if total <= ONE_PAGE * 20 else 2] or "0"


def bucket_address(name: str) -> str:
    return f"{addresses.DIRECTORY}{name}/" if name else addresses.DIRECTORY


def directory_url(assembly: Assembly, account_key: str) -> str:
    """Path of an account's entry in the directory."""
    found = assembly.known_entries.get(account_key)
    if found is None:
        entry = assembly.directory.by_key[account_key]
        address = assembly.settings.path(bucket_address(bucket(assembly, entry)))
        found = assembly.known_entries[account_key] = f"{address}#{anchor(account_key)}"
    return found


def anchor(account_key: str) -> str:
    """Fragment of an account's entry."""
    return addresses.slug_of(account_key)


def directory_pages(assembly: Assembly) -> Iterator[PageSpec]:
    """The specs of the directory."""
    entries = assembly.directory.entries
    buckets: dict[str, list[DirectoryEntry]] = defaultdict(list)
    if len(entries) > ONE_PAGE:
        for entry in entries:
            buckets[bucket(assembly, entry)].append(entry)
    letters = tuple(
        CountedLink(name, assembly.settings.path(bucket_address(name)), len(buckets[name]))
        for name in sorted(buckets))
    yield _spec(assembly, "", entries[:ONE_PAGE], letters)
    for name in sorted(buckets):
        # The other pages are named, not counted: one more account rewrites its own page only.
        named = tuple(CountedLink(link.label, link.url, 0) for link in letters)
        yield _spec(assembly, name, buckets[name], named)


def _spec(
    assembly: Assembly, name: str, entries: Sequence[DirectoryEntry],
    letters: tuple[CountedLink, ...],
) -> PageSpec:
    shown = [
        (entry.account, entry.count, entry.person and (entry.person.name, entry.person.slug),
         [(r.outline.name, assembly.url(r.outline), r.reason_html)
          for r in entry.recommenders[:RECOMMENDERS]])
        for entry in entries]
    return PageSpec(bucket_address(name), assembly.key("directory", name, letters, shown),
                    partial(_page, assembly, name, entries, letters), indexed=True,
                    near=WHOLE_SERIES)


def _page(
    assembly: Assembly, name: str, entries: Sequence[DirectoryEntry],
    letters: tuple[CountedLink, ...],
) -> bytes:
    from portraits.pages.take_away import exports_of_series

    words = assembly.words()
    settings = assembly.settings
    view = DirectoryPage(
        entries=tuple(_entry(assembly, entry) for entry in entries),
        letters=letters, letter=name,
        exports=tuple(Link(export.label, settings.path(export.address))
                      for export in exports_of_series(assembly)) if not name else (),
        graph_url=settings.path(addresses.GRAPH) if not name else "")
    heading = words.text("directory.heading")
    meta = series_meta(assembly, bucket_address(name), f"{heading} : {name}" if name else heading,
                       words.text("directory.introduction"), total=len(entries))
    return assembly.render("directory.html", meta, view)


def _entry(assembly: Assembly, entry: DirectoryEntry) -> DirectoryEntryView:
    return DirectoryEntryView(
        anchor=anchor(entry.account.key), account=entry.account,
        network_label=assembly.network_label(entry.account.network),
        portrait=assembly.link(entry.person) if entry.person else None,
        recommenders=tuple(
            DirectoryRecommender(assembly.link(r.outline), safe(r.reason_html))
            for r in entry.recommenders[:RECOMMENDERS]),
        count=entry.count)
