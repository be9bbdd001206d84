"""Derive the #FF directory: every recommended account, and the people that they belong to.

Accounts with equal keys are the same account; the directory shows the most frequent spelling of the
label, and the newest portrait decides a tie. Only one translation of a portrait counts, and a
portrait that names an account twice recommends it once.

The accounts of one person are one entry, under the person's name; whoever recommends two of them
recommends the person once. Which accounts those are is said by the front matter of the person's
portrait and by ``people.yml``. An account of which nothing is known is an entry of its own.

A page of the directory holds at most PAGE entries. The first page shows those with the most
recommendations; every entry is listed on the page for the first letters of its name, with as many
letters as are needed:

    120 entries or fewer       all on the first page
    more                       a, b, c… and where one of them is crowded, ca, cb, cc…
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from portraits.series.reads import Series
from portraits.series.tables import (
    AccountRow,
    CrowdedRow,
    DirectoryEntryRow,
    DirectoryPageRow,
    EntryCountRow,
    EntryPageRow,
    HeldAccountRow,
    ManagedRow,
    PersonRow,
    PortraitRow,
    PresenceRow,
    RecommendationRow,
)
from portraits.series.views.view import View, once
from portraits.settings import Settings
from portraits.support.transliteration import unaccented

_PERSON = "person/"
PAGE = 120
"""Maximum number of entries on one page of the directory."""
RECOMMENDED = (
    "(SELECT account, count(DISTINCT source) AS people FROM recommendation"
    " WHERE person=1 AND position IS NOT NULL GROUP BY account) AS recommended"
)
"""SQL: how many people recommend each account."""


def _crowded(series: Series, settings: Settings, key: str) -> Iterator[CrowdedRow]:
    names = [name for (name,) in series.sql("SELECT sort FROM directory_entry ORDER BY sort")]
    for prefix in crowded(names):
        yield CrowdedRow(key, prefix)


def crowded(names: Sequence[str], prefix: str = "") -> Iterator[str]:
    """Yield the prefixes shared by more than PAGE of the sorted ``names``."""
    if len(names) <= PAGE:
        return
    yield prefix
    for _, alike in groupby(names, key=itemgetter(slice(len(prefix) + 1))):
        found = list(alike)
        if len(found[0]) > len(prefix):
            yield from crowded(found, found[0][: len(prefix) + 1])


def _accounts(series: Series, settings: Settings) -> Iterator[str]:
    for (account,) in series.sql(
        "SELECT DISTINCT account FROM recommendation WHERE person=1 ORDER BY account"
    ):
        yield account


def recommenders(series: Series, account: str) -> list[RecommendationRow]:
    """Return each portrait's first recommendation of an account, newest portrait first."""
    found: dict[str, RecommendationRow] = {}
    for row in series.rows(RecommendationRow, "account", account, person=1):
        found.setdefault(row.source, row)
    return list(found.values())


def owner_of(series: Series, account: str) -> str:
    """Return the source of the portrait of the person who owns the account, or an empty string.

    If two portraits claim it, the newest wins.
    """
    claimed = _claimed(series, account)
    if claimed:
        return claimed
    held = series.one(HeldAccountRow, "account", account)
    return _portrait_of(series, held.person) if held else ""


def _claimed(series: Series, account: str) -> str:
    """Return the source of the newest portrait whose front matter names the account."""
    found = series.rows(PresenceRow, "account", account, person=1)
    return found[0].source if found else ""


def _portrait_of(series: Series, person: str) -> str:
    """Return the source of the portrait of somebody in ``people.yml``, or an empty string: the one
    that is named there, else the first that names one of their accounts."""
    row = series.one(PersonRow, "person", person)
    named = series.one(PortraitRow, "source", row.portrait) if row and row.portrait else None
    if named:
        group = series.rows(PortraitRow, "translation", named.translation, person=1)
        return group[0].source if group else ""
    claims = (_claimed(series, held.account) for held in held_by(series, person))
    return next(filter(None, claims), "")


def held_by(series: Series, person: str) -> list[HeldAccountRow]:
    """Return the accounts of somebody in ``people.yml``, in the file's order."""
    return sorted(series.rows(HeldAccountRow, "person", person), key=lambda row: row.number)


def holder_of(series: Series, source: str) -> str:
    """Return the id in ``people.yml`` of the person of a portrait, or an empty string."""
    portrait = series.one(PortraitRow, "source", source)
    for one in series.rows(PortraitRow, "translation", portrait.translation) if portrait else ():
        if named := series.rows(PersonRow, "portrait", one.source):
            return named[0].person
    for presence in series.rows(PresenceRow, "source", source):
        held = series.one(HeldAccountRow, "account", presence.account) if presence.account else None
        if held:
            return held.person
    return ""


def _account(series: Series, settings: Settings, key: str) -> Iterator[AccountRow]:
    found = recommenders(series, key)
    if not found:
        return
    spelt = Counter(row.label for row in found).most_common(1)[0][0]
    row = next(row for row in found if row.label == spelt)
    managed = bool(series.rows(ManagedRow, "account", key, person=1))
    owner = owner_of(series, key)
    held = series.one(HeldAccountRow, "account", key)
    entry = owner or (_PERSON + held.person if held else key)
    yield AccountRow(key, row.network, row.handle, row.url, row.label, owner, int(managed), entry)


def _entries(series: Series, settings: Settings) -> Iterator[str]:
    for (entry,) in series.sql("SELECT DISTINCT entry FROM account ORDER BY entry"):
        yield entry


def recommenders_of_entry(series: Series, entry: str) -> list[RecommendationRow]:
    """Return each portrait's first recommendation of an entry, newest portrait first.

    A portrait that recommends two accounts of a person counts once, with the reason that comes
    first in its list.
    """
    named = [
        row
        for account in series.rows(AccountRow, "entry", entry)
        for row in recommenders(series, account.account)
    ]
    found: dict[str, RecommendationRow] = {}
    for row in sorted(named, key=lambda row: (str(row.position), row.number)):
        found.setdefault(row.source, row)
    return list(found.values())


def _entry(series: Series, settings: Settings, key: str) -> Iterator[tuple[Any, ...]]:
    accounts = series.rows(AccountRow, "entry", key)
    if not accounts:
        return
    portrait = accounts[0].portrait
    person: PortraitRow | PersonRow | None = (
        series.one(PortraitRow, "source", portrait)
        if portrait
        else series.one(PersonRow, "person", key.removeprefix(_PERSON))
    )
    name = person.name if person else accounts[0].label
    yield DirectoryEntryRow(key, name, _sort_key(name), portrait)
    yield EntryCountRow(key, len(recommenders_of_entry(series, key)))


def accounts_of_entry(series: Series, entry: str) -> list[HeldAccountRow]:
    """Return all accounts of an entry of the directory, with what is known of their years: those
    that somebody recommends, and the others of the same person."""
    found = {
        row.account: HeldAccountRow(
            "", 0, row.account, row.network, row.handle, row.url, row.label, "", "", ""
        )
        for row in series.rows(AccountRow, "entry", entry)
    }
    person = entry.removeprefix(_PERSON) if entry.startswith(_PERSON) else holder_of(series, entry)
    for held in held_by(series, person) if person else ():
        before = found.get(held.account)
        found[held.account] = held._replace(label=before.label) if before else held
    return sorted(found.values(), key=lambda row: bool(row.until))


def _sort_key(name: str) -> str:
    """Return the letters by which an entry is sorted: an initial « @ » does not count."""
    return unaccented(name).lstrip("@ ").lower()


def _entry_pages(series: Series, settings: Settings, key: str) -> Iterator[EntryPageRow]:
    found = series.one(DirectoryEntryRow, "entry", key)
    if found:
        yield EntryPageRow(key, page_of(series, found.sort))


def page_of(series: Series, name: str) -> str:
    """Return the page of the directory for an entry whose sort key is ``name``."""
    for length in range(len(name) + 1):
        if not series.one(CrowdedRow, "prefix", name[:length]):
            return name[:length]
    return name


def _pages(series: Series, settings: Settings, key: str) -> Iterator[DirectoryPageRow]:
    for (page,) in series.sql("SELECT DISTINCT page FROM entry_page WHERE page<>'' ORDER BY page"):
        yield DirectoryPageRow(key, page)


ACCOUNTS = View("accounts", (AccountRow,), _accounts, _account)
ENTRIES = View("directory entries", (DirectoryEntryRow, EntryCountRow), _entries, _entry)
CROWDED = View("crowded", (CrowdedRow,), once, _crowded)
ENTRY_PAGES = View("pages of entries", (EntryPageRow,), _entries, _entry_pages)
DIRECTORY_PAGES = View("directory pages", (DirectoryPageRow,), once, _pages)
