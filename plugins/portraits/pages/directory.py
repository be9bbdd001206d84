"""Render the #FF directory: people and accounts, and who recommends them.

A small directory fits on one page. The first page of a large one shows the most recommended
entries, and every entry is on the page for the first letters of its name
(:mod:`portraits.series.views.accounts`), so that it does not move when another one is added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from portraits.model import addresses
from portraits.output.sitemap import entry
from portraits.series.tables import (
    AccountRow,
    DirectoryEntryRow,
    EntryCountRow,
    EntryPageRow,
    HeldAccountRow,
    RecommendationRow,
)
from portraits.series.views.accounts import PAGE, accounts_of_entry, recommenders_of_entry
from portraits.site.account_lives import address_of, years_of
from portraits.site.context import BuildContext, safe
from portraits.site.heads import series_meta
from portraits.site.page import File, in_each_language
from portraits.site.views import (
    CountedLink,
    DirectoryAccount,
    DirectoryEntryView,
    DirectoryPage,
    DirectoryRecommender,
    Link,
)

TOP = 60
"""Number of entries on the first page of a directory that has others."""
SHOWN, RECOMMENDERS = 3, 24
"""Number of recommenders of one entry shown with their reasons, and how many with those that are
folded: the newest."""
FILTERS = 12
"""Number of networks that can be chosen: the style sheet knows as many."""


def most_recommended(context: BuildContext, limit: int) -> list[tuple[DirectoryEntryRow, int]]:
    """Return the ``limit`` most recommended entries with the number of people; ties by key."""
    rows = context.series.sql(
        "SELECT entry, people FROM entry_count ORDER BY people DESC, entry LIMIT ?", limit
    )
    return [
        (row, count)
        for key, count in rows
        if (row := context.series.one(DirectoryEntryRow, "entry", key))
    ]


def entry_url(context: BuildContext, row: DirectoryEntryRow) -> str:
    """Return the path of an entry in the directory: that of its first account."""
    first = context.series.rows(AccountRow, "entry", row.entry)[0]
    return context.directory_url(first.account)


def _keys(context: BuildContext) -> Iterator[str]:
    yield ""
    for (page,) in context.series.sql("SELECT page FROM directory_page ORDER BY page"):
        yield page


def _make(context: BuildContext, key: str) -> Iterator[File]:
    from portraits.pages.exports import exports_of_series

    words, settings = context.words(), context.settings
    names = [name for name in _keys(context) if name]
    if key:
        listed = [row.entry for row in context.series.rows(EntryPageRow, "page", key)]
        found = {
            name: (row, count.people)
            for name in listed
            if (row := context.series.one(DirectoryEntryRow, "entry", name))
            and (count := context.series.one(EntryCountRow, "entry", name))
        }
        rows = [
            row
            for row, _ in sorted(
                found.values(),
                key=lambda pair: (-pair[1], words.sort_key(pair[0].name), pair[0].entry),
            )
        ]
        letters = [CountedLink(name, context.path(addresses.directory(name)), 0) for name in names]
        total = len(rows)
    else:
        # Only the first page shows counts, so that a new account rewrites this page and its own.
        rows = [row for row, _ in most_recommended(context, TOP if names else PAGE)]
        sizes = dict(context.series.sql("SELECT page, count(*) FROM entry_page GROUP BY page"))
        letters = [
            CountedLink(name, context.path(addresses.directory(name)), sizes.get(name, 0))
            for name in names
        ]
        total = sum(sizes.values()) if not names else len(rows)
    accounts = {row.entry: accounts_of_entry(context.series, row.entry) for row in rows}
    networks = _networks(context, [one for found in accounts.values() for one in found])
    choices = {label.label: label.url for label in networks}
    view = DirectoryPage(
        entries=tuple(_entry(context, row, accounts[row.entry], choices) for row in rows),
        networks=networks if networks[1:] else (),
        letters=tuple(letters),
        letter=key,
        exports=tuple(
            Link(export.label, settings.path(export.address))
            for export in exports_of_series(context)
        )
        if not key
        else (),
        graph_url=context.path(addresses.GRAPH) if not key else "",
    )
    heading = words.text("directory.heading")
    address = addresses.directory(key)
    meta = series_meta(
        context,
        address,
        words.text("labelled", label=heading, text=key) if key else heading,
        words.text("directory.introduction"),
        items=[
            (row.name, f"{context.path(address)}#{addresses.account_anchor(found[0].account)}")
            for row, found in zip(rows, accounts.values(), strict=True)
        ],
        total=total,
    )
    yield File(
        context.place(address),
        context.render("directory.html", meta, view),
        entry(meta.canonical, None, meta.alternates),
    )


def _networks(context: BuildContext, accounts: list[HeldAccountRow]) -> tuple[CountedLink, ...]:
    """Return the networks that can be chosen, most accounts first; ties by name."""
    counts = Counter(context.network_label(account.network) for account in accounts)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:FILTERS]
    return tuple(
        CountedLink(label, f"choice-{number}", count)
        for number, (label, count) in enumerate(ordered, 1)
    )


def _entry(
    context: BuildContext,
    row: DirectoryEntryRow,
    accounts: list[HeldAccountRow],
    choices: Mapping[str, str],
) -> DirectoryEntryView:
    found = recommenders_of_entry(context.series, row.entry)
    recommenders = tuple(
        DirectoryRecommender(context.link(context.summary(one.source)), safe(one.reason_html))
        for one in (_in_language(context, one) for one in found[:RECOMMENDERS])
    )
    person = context.translated(row.portrait) if row.portrait else None
    words = context.words()
    addresses_of = filter(None, map(address_of, accounts))
    labels = dict.fromkeys(context.network_label(account.network) for account in accounts)
    return DirectoryEntryView(
        name=row.name,
        url=context.url(person) if person else next(addresses_of, ""),
        person=context.card(person) if person else None,
        initial=next((c.upper() for c in row.name if c.isalnum()), "@"),
        accounts=tuple(
            DirectoryAccount(
                addresses.account_anchor(account.account),
                account.label,
                address_of(account),
                account.network,
                context.network_label(account.network),
                years_of(words, account),
            )
            for account in accounts
        ),
        choices=" ".join(choices[label] for label in labels if label in choices),
        recommenders=recommenders[:SHOWN],
        more=recommenders[SHOWN:],
        count=len(found),
    )


def _in_language(context: BuildContext, row: RecommendationRow) -> RecommendationRow:
    """Return the same recommendation in the person's portrait in the language spoken, if it has
    it."""
    one = context.translated(row.source)
    if one.source == row.source:
        return row
    found = context.series.rows(RecommendationRow, "source", one.source)
    return next((other for other in found if other.account == row.account), row)


KIND = in_each_language("directory", _keys, _make)
