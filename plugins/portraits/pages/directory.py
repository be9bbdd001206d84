"""Render the #FF directory.

A small directory fits on one page. The first page of a large one shows the most recommended
accounts, and every account is on the page for the first letters of its name
(:mod:`portraits.series.views.accounts`), so that it does not move when another one is added.
"""

from __future__ import annotations

from collections.abc import Iterator

from portraits.model import addresses
from portraits.output.sitemap import entry
from portraits.series.reading import account_of
from portraits.series.tables import AccountRow, RecommendedRow
from portraits.series.views.accounts import PAGE, recommenders
from portraits.site.context import BuildContext, safe
from portraits.site.heads import series_meta
from portraits.site.page import File, PageKind
from portraits.site.views import (
    CountedLink,
    DirectoryEntryView,
    DirectoryPage,
    DirectoryRecommender,
    Link,
)

RECOMMENDERS = 24
"""Number of recommenders of one account shown with their reasons: the newest."""


def most_recommended(context: BuildContext, limit: int) -> list[tuple[AccountRow, int]]:
    """Return the ``limit`` most recommended accounts with the number of people; ties by key."""
    rows = context.series.sql(
        "SELECT account, people FROM recommended ORDER BY people DESC, account LIMIT ?", limit
    )
    return [
        (row, count)
        for account, count in rows
        if (row := context.series.one(AccountRow, "account", account))
    ]


def _keys(context: BuildContext) -> Iterator[str]:
    yield ""
    for (page,) in context.series.sql("SELECT page FROM directory_page ORDER BY page"):
        yield page


def _make(context: BuildContext, key: str) -> Iterator[File]:
    from portraits.pages.exports import exports_of_series

    words, settings = context.words(), context.settings
    names = [name for name in _keys(context) if name]
    if key:
        rows = context.series.rows(AccountRow, "page", key)
        counts = {
            row.account: row.people
            for account in rows
            if (row := context.series.one(RecommendedRow, "account", account.account))
        }
        rows = sorted(rows, key=lambda row: (-counts[row.account], row.account))
        letters = [CountedLink(name, settings.path(addresses.directory(name)), 0) for name in names]
        total = len(rows)
    else:
        # Only the first page shows counts, so that a new account rewrites this page and its own.
        rows = [row for row, _ in most_recommended(context, PAGE)]
        sizes = dict(context.series.sql("SELECT page, count(*) FROM account GROUP BY page"))
        letters = [
            CountedLink(name, settings.path(addresses.directory(name)), sizes[name])
            for name in names
        ]
        total = sum(sizes.values()) if not names else len(rows)
    view = DirectoryPage(
        entries=tuple(_entry(context, row) for row in rows),
        letters=tuple(letters),
        letter=key,
        exports=tuple(
            Link(export.label, settings.path(export.address))
            for export in exports_of_series(context)
        )
        if not key
        else (),
        graph_url=settings.path(addresses.GRAPH) if not key else "",
    )
    heading = words.text("directory.heading")
    address = addresses.directory(key)
    meta = series_meta(
        context,
        address,
        words.text("labelled", label=heading, text=key) if key else heading,
        words.text("directory.introduction"),
        items=[
            (row.label, f"{settings.path(address)}#{addresses.account_anchor(row.account)}")
            for row in rows
        ],
        total=total,
    )
    yield File(
        address, context.render("directory.html", meta, view), entry(settings.absolute(address))
    )


def _entry(context: BuildContext, row: AccountRow) -> DirectoryEntryView:
    found = recommenders(context.series, row.account)
    return DirectoryEntryView(
        anchor=addresses.account_anchor(row.account),
        account=account_of(row),
        network_label=context.network_label(row.network),
        portrait=context.link_to(row.portrait),
        recommenders=tuple(
            DirectoryRecommender(context.link(context.summary(one.source)), safe(one.reason_html))
            for one in found[:RECOMMENDERS]
        ),
        count=len(found),
    )


KIND = PageKind("directory", _keys, _make)
