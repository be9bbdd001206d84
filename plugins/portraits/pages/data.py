"""Write the series as JSON (see :mod:`portraits.output.api`), and its schemas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from portraits.images.picture import PORTRAIT
from portraits.model import addresses
from portraits.model.portrait import Account
from portraits.output import api
from portraits.output.absolute import absolutise, is_relative
from portraits.series.reading import Summary, summary_of
from portraits.series.tables import PortraitRow
from portraits.series.views.accounts import RECOMMENDED
from portraits.site.context import BuildContext
from portraits.site.fragments import PortraitRenderer
from portraits.site.page import File, PageKind, once


def portrait_data(context: BuildContext, renderer: PortraitRenderer) -> File:
    """Return the JSON file of a portrait."""
    one = renderer.summary
    base = context.absolute(one)

    def html_of(html: str) -> str:
        filled = renderer.filled(html)
        return absolutise(filled, base) if is_relative(filled) else filled

    return File(
        addresses.portrait_data(one.slug, one.lang, context.settings.lang),
        api.encoded(_api(context).portrait(renderer.portrait, one, html_of)),
        checked=True,
    )


def _api(context: BuildContext) -> api.Api:
    return api.Api(context.settings, partial(_image, context))


def _image(context: BuildContext, one: Summary) -> str:
    picture = context.picture(one, PORTRAIT)
    if not picture:
        return ""
    return context.settings.absolute(addresses.IMAGES + picture.jpeg[-1].name)


def _everybody(context: BuildContext) -> dict[str, Summary]:
    return context.series.remembered(
        "everybody",
        "",
        lambda: {row.source: summary_of(row) for row in context.series.rows(PortraitRow)},
        most=1,
    )


def _portraits(context: BuildContext, key: str) -> Iterator[File]:
    everybody = _everybody(context)
    accounts: dict[str, list[Account]] = defaultdict(list)
    for source, *account in context.series.sql(
        "SELECT source, network, handle, url, label, account FROM presence"
        " WHERE position IS NOT NULL AND account<>'' ORDER BY source, number"
    ):
        accounts[source].append(Account(*account))
    groups: dict[str, list[Summary]] = defaultdict(list)
    for one in everybody.values():
        groups[one.translation_key].append(one)
    listed = (
        (
            one,
            accounts[one.source],
            sorted(groups[one.translation_key], key=lambda other: other.lang),
        )
        for one in everybody.values()
    )
    yield File(api.PORTRAITS, api.encoded(_api(context).portraits(listed)), checked=True)


def directory(context: BuildContext) -> tuple[api.RecommendedAccount, ...]:
    """Return every recommended account, most recommended first; cached for all pages that need
    it."""
    return context.series.remembered("directory", "", lambda: tuple(_directory(context)), most=1)


def _directory(context: BuildContext) -> Iterator[api.RecommendedAccount]:
    everybody = _everybody(context)
    naming: dict[str, dict[str, str]] = defaultdict(dict)
    for account, source, reason in context.series.sql(
        "SELECT account, source, reason_text FROM recommendation WHERE person=1"
        " ORDER BY position, number"
    ):
        naming[account].setdefault(source, reason)
    for network, handle, url, label, key, portrait in context.series.sql(
        "SELECT network, handle, url, label, account.account, portrait FROM account"
        f" JOIN {RECOMMENDED} USING (account) ORDER BY people DESC, account.account"
    ):
        yield api.RecommendedAccount(
            Account(network, handle, url, label, key),
            everybody[portrait] if portrait else None,
            [(everybody[source], reason) for source, reason in naming[key].items()],
        )


def _recommendations(context: BuildContext, key: str) -> Iterator[File]:
    yield File(
        api.RECOMMENDATIONS,
        api.encoded(_api(context).recommendations(directory(context))),
        checked=True,
    )


def _schemas(context: BuildContext, key: str) -> Iterator[File]:
    for address, content in api.schemas().items():
        yield File(address, content)


PORTRAITS = PageKind("portraits.json", once, _portraits)
RECOMMENDATIONS = PageKind("recommandations.json", once, _recommendations)
SCHEMAS = PageKind("schemas", once, _schemas)
