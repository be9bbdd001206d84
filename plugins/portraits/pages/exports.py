"""Write the recommendations as downloads: for each portrait, and for the whole series."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portraits.model import addresses
from portraits.output.exports import EXTENSIONS, ExportedAccount, exported, holds, listed_by, merged
from portraits.series.reading import Summary, account_of
from portraits.series.tables import RecommendationRow
from portraits.site.account_lives import followed, successors_of_all
from portraits.site.context import BuildContext
from portraits.site.page import File, PageKind, once


@dataclass(frozen=True, slots=True)
class Export:
    """One download."""

    format: str
    label: str
    address: str


def _exports(
    context: BuildContext, entries: tuple[ExportedAccount, ...], folder: str, lang: str
) -> tuple[Export, ...]:
    words = context.words(lang)
    return tuple(
        Export(form, words.text(f"take_away.{form}"), f"{folder}recommandations.{EXTENSIONS[form]}")
        for form in EXTENSIONS
        if holds(entries, form)
    )


def _list_of(context: BuildContext, one: Summary) -> tuple[ExportedAccount, ...]:
    rows = context.series.rows(RecommendationRow, "source", one.source)
    return listed_by(
        one.name,
        (
            (account, row.reason_text)
            for row in rows
            for account in followed(context, account_of(row))
        ),
    )


def exports_of(context: BuildContext, one: Summary) -> tuple[Export, ...]:
    """Return the downloads of one portrait's list, without the empty ones."""
    return _exports(context, _list_of(context, one), context.address(one), one.lang)


def portrait_exports(context: BuildContext, one: Summary) -> Iterator[File]:
    """Yield the files of one portrait's downloads."""
    entries = _list_of(context, one)
    for export in _exports(context, entries, context.address(one), one.lang):
        yield File(
            export.address,
            exported(entries, export.format, title=one.title, url=context.absolute(one)),
        )


def _list_of_series(context: BuildContext) -> tuple[ExportedAccount, ...]:
    """Return the accounts that the whole series recommends, most recommended first."""
    return context.series.remembered("listed", "", lambda: merged(_followed_by_all(context)))


def _followed_by_all(context: BuildContext) -> Iterator[ExportedAccount]:
    from portraits.pages.data import directory

    instead = successors_of_all(context)
    for one in directory(context):
        recommenders = tuple((other.name, reason) for other, reason in one.recommended_by)
        for account in instead.get(one.account.key, (one.account,)):
            yield ExportedAccount(account, recommenders)


def exports_of_series(context: BuildContext) -> tuple[Export, ...]:
    """Return the downloads of the whole series' list."""
    entries = _list_of_series(context)
    return _exports(context, entries, addresses.DIRECTORY, context.settings.lang)


def _make(context: BuildContext, key: str) -> Iterator[File]:
    settings = context.settings
    entries = _list_of_series(context)
    for export in exports_of_series(context):
        yield File(
            export.address,
            exported(
                entries,
                export.format,
                title=settings.site_name,
                url=settings.absolute(addresses.DIRECTORY),
            ),
        )


KIND = PageKind("exports", once, _make)
