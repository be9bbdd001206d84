"""Render the page of a portrait's featured quote, made for sharing.

The card of the quote stands for the page on networks. The page is its own canonical address,
because networks take the card from the canonical address; it says nothing that the portrait does
not, so search engines are told to leave it out, and the site map does too.
"""

from __future__ import annotations

from collections.abc import Iterator

from portraits.model import addresses
from portraits.series.tables import ProseRow, QuestionRow
from portraits.site.cards import quote_card, social_image
from portraits.site.context import BuildContext, accent_class
from portraits.site.page import File, PageKind
from portraits.site.views import Meta, QuotationPage


def with_quote(context: BuildContext) -> Iterator[str]:
    """Yield the sources of the portraits that have a featured quote."""
    for (source,) in context.series.sql(
        "SELECT source FROM portrait WHERE position IS NOT NULL AND quote<>'' ORDER BY position"
    ):
        yield source


def _make(context: BuildContext, key: str) -> Iterator[File]:
    one = context.summary(key)
    context = context.speaking(one.lang)
    words = context.words(one.lang)
    prose = context.series.one(ProseRow, "source", key)
    asked = [
        row.wording_text
        for row in context.series.rows(QuestionRow, "source", key)
        if prose and row.fragment == prose.quote_question
    ]
    address = addresses.quotation(context.address(one))
    accent = context.accent(one)
    said = words.text("quoted", text=one.quote)
    meta = Meta(
        title=words.text("quotation.title", name=one.name),
        description=said,
        lang=one.lang,
        canonical=context.settings.absolute(address),
        og_type="article",
        image=social_image(context, quote_card(context, one), f"{said} {one.name}"),
        feeds=context.series_feeds(one.lang),
        noindex=True,
        nearest=addresses.PORTRAITS,
        accent=accent,
        accent_class=accent_class(accent),
    )
    page = QuotationPage(
        text=one.quote,
        person=context.card(one),
        question=asked[0] if asked else "",
        place=f"{context.url(one)}#citation",
    )
    yield File(address, context.render("quotation.html", meta, page))


KIND = PageKind("quotes", with_quote, _make)
