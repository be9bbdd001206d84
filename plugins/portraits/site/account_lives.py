"""Say where accounts are today: which are given up, and where the person went.

What is known comes from ``people.yml``. An account that is given up is linked to its archived copy
only: its name may belong to a stranger by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from portraits.model.accounts import account_from_url
from portraits.model.portrait import Account, Presence
from portraits.series.reading import Summary, account_of
from portraits.series.tables import HeldAccountRow
from portraits.series.views.accounts import held_by, holder_of
from portraits.site.context import BuildContext
from portraits.site.views import Link
from portraits.support.catalogue import Catalogue


def address_of(held: HeldAccountRow) -> str:
    """Return where a link to an account leads; empty if it is given up and not archived."""
    return held.archived if held.until else held.url


def years_of(words: Catalogue, held: HeldAccountRow) -> str:
    """Return between which years an account was held (« depuis 2022 »), or an empty string."""
    if held.since and held.until:
        return words.text("account.between", since=held.since, until=held.until)
    if held.until:
        return words.text("account.until", year=held.until)
    return words.text("account.since", year=held.since) if held.since else ""


def then_and_now(
    context: BuildContext, account: Account, lang: str, year: int
) -> tuple[Link, ...] | None:
    """Return where an account named in ``year`` was then, and where the person is now.

    Links without an address are words. Return None for an account that is not given up.
    """
    held = context.series.one(HeldAccountRow, "account", account.key)
    if held is None or not held.until:
        return None
    words = context.words(lang)
    then = (
        words.text("account.in_year", year=year)
        if year <= int(held.until)
        else years_of(words, held)
    )
    parts = [Link(_placed(context, held, then, lang), address_of(held))]
    for other in held_by(context.series, held.person):
        if not other.until:
            parts.append(
                Link(_placed(context, other, years_of(words, other), lang), address_of(other))
            )
    first = parts[0].label
    return (parts[0]._replace(label=first[:1].upper() + first[1:]), *parts[1:])


def _placed(context: BuildContext, held: HeldAccountRow, years: str, lang: str) -> str:
    """Return « sur Mastodon depuis 2022 »; a web site goes by its address."""
    network = held.label if held.network == "web" else context.network_label(held.network, lang)
    return " ".join(filter(None, (context.words(lang).text("account.on", network=network), years)))


def presences_of(
    context: BuildContext, one: Summary, presences: Iterable[Presence]
) -> tuple[Presence, ...]:
    """Return the accounts of a portrait as they are today: those that were given up say until when,
    and those that the person has had since follow."""
    words, found = context.words(one.lang), list(presences)
    person = holder_of(context.series, one.source)
    held = {row.account: row for row in (held_by(context.series, person) if person else ())}
    shown = []
    for presence in found:
        row = held.pop(presence.account.key, None) if presence.account else None
        if row and presence.account:
            presence = replace(
                presence,
                account=replace(presence.account, url=address_of(row)),
                note=" · ".join(filter(None, (presence.note, years_of(words, row)))),
            )
        shown.append(presence)
    return (
        *shown,
        *(
            Presence(row.network, account_of(row), years_of(words, row))
            for row in held.values()
            if not row.until
        ),
    )


def followed(context: BuildContext, account: Account) -> tuple[Account, ...]:
    """Return the accounts to follow in the place of one that is recommended: itself, unless it is
    given up; then the living ones of the person, failing them its archived copy, if any."""
    held = context.series.one(HeldAccountRow, "account", account.key)
    return (
        successors(held, held_by(context.series, held.person))
        if held and held.until
        else (account,)
    )


def successors(
    given_up: HeldAccountRow, all_accounts: Iterable[HeldAccountRow]
) -> tuple[Account, ...]:
    """Return the accounts that take the place of one that is given up."""
    living = tuple(account_of(row) for row in all_accounts if not row.until)
    if living or not given_up.archived:
        return living
    return (account_from_url(given_up.archived, given_up.label),)


def successors_of_all(context: BuildContext) -> Mapping[str, tuple[Account, ...]]:
    """Return the successors of every account of the series that is given up, by its key."""
    rows = [
        HeldAccountRow(*row)
        for row in context.series.sql("SELECT * FROM held_account ORDER BY person, number")
    ]
    by_person: dict[str, list[HeldAccountRow]] = {}
    for row in rows:
        by_person.setdefault(row.person, []).append(row)
    return {row.account: successors(row, by_person[row.person]) for row in rows if row.until}
