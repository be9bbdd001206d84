"""Derive the #FF directory: every recommended account, once.

Accounts with equal keys are the same account; the directory shows the most frequent spelling of the
label, and the newest portrait decides a tie. Only one translation of a portrait counts, and a
portrait that names an account twice recommends it once.

A page of the directory holds at most PAGE accounts. The first page shows the accounts with the most
recommendations; every account is listed on the page for the first letters of its name, with as many
letters as are needed:

    300 accounts or fewer      all on the first page
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
    DirectoryPageRow,
    ManagedRow,
    PresenceRow,
    RecommendationRow,
    RecommendedRow,
)
from portraits.series.views.view import View, once
from portraits.settings import Settings

PAGE = 300
"""Maximum number of accounts on one page of the directory."""


def _crowded(series: Series, settings: Settings, key: str) -> Iterator[CrowdedRow]:
    names = [
        name
        for (name,) in series.sql(
            "SELECT name FROM (SELECT DISTINCT account, name FROM recommendation WHERE person=1)"
            " ORDER BY name"
        )
    ]
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
    found = series.rows(PresenceRow, "account", account, person=1)
    return found[0].source if found else ""


def _account(series: Series, settings: Settings, key: str) -> Iterator[tuple[Any, ...]]:
    found = recommenders(series, key)
    if not found:
        return
    spelt = Counter(row.label for row in found).most_common(1)[0][0]
    row = next(row for row in found if row.label == spelt)
    managed = bool(series.rows(ManagedRow, "account", key, person=1))
    yield AccountRow(
        key,
        row.network,
        row.handle,
        row.url,
        row.label,
        owner_of(series, key),
        int(managed),
        page_of(series, row.name),
    )
    yield RecommendedRow(key, len(found))


def page_of(series: Series, name: str) -> str:
    """Return the page of the directory for an account whose sort key is ``name``."""
    for length in range(len(name) + 1):
        if not series.one(CrowdedRow, "prefix", name[:length]):
            return name[:length]
    return name


def _pages(series: Series, settings: Settings, key: str) -> Iterator[DirectoryPageRow]:
    for (page,) in series.sql("SELECT DISTINCT page FROM account WHERE page<>'' ORDER BY page"):
        yield DirectoryPageRow(key, page)


DIRECTORY_PAGES = View("directory pages", (DirectoryPageRow,), once, _pages)
CROWDED = View("crowded", (CrowdedRow,), once, _crowded)
ACCOUNTS = View("accounts", (AccountRow, RecommendedRow), _accounts, _account)
