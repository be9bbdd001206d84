"""Render the page of each portrait, its JSON and the downloads of its #FF list.

Besides the portrait itself, the page shows the cards of related portraits and of the previous and
next one, the people who recommend the person, others who recommend the same accounts, its
translations, and links to pages that exist only under conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from portraits.drawing.columns import NOBODY, Side, Tie, draw_neighbourhood
from portraits.images.picture import PORTRAIT
from portraits.model import addresses
from portraits.model.portrait import Portrait
from portraits.model.published_image import PublishedImage
from portraits.output.sitemap import entry
from portraits.output.structured_data import portrait_markup
from portraits.pages.data import portrait_data
from portraits.pages.exports import exports_of, portrait_exports
from portraits.series.reading import Summary, summary_of
from portraits.series.tables import AccountRow, PortraitRow, RecommendationRow, RelatedRow
from portraits.series.views.accounts import recommenders_of_entry
from portraits.site.account_lives import presences_of
from portraits.site.cards import portrait_card, social_image
from portraits.site.context import BuildContext, accent_class, safe
from portraits.site.fragments import PortraitRenderer
from portraits.site.page import File, PageKind, every_portrait
from portraits.site.related import reason_text
from portraits.site.sharing import share_links
from portraits.site.views import (
    Hero,
    Link,
    Meta,
    PortraitPage,
    RecommendedBy,
    RelatedCard,
    SocialImage,
)
from portraits.support.svg import serialised

MOST_TIES = 12
"""Maximum number of names on one side of a person's neighbourhood."""


def _make(context: BuildContext, key: str) -> Iterator[File]:
    summary = context.summary(key)
    context = context.speaking(summary.lang)
    renderer = PortraitRenderer(context, summary)
    yield _page(context, renderer)
    yield portrait_data(context, renderer)
    yield from portrait_exports(context, summary)


def neighbours(context: BuildContext, one: Summary) -> tuple[Summary | None, Summary | None]:
    """Return the previous (older) and next (newer) portrait in the same language."""
    series = context.series
    older = series.rows(PortraitRow, "lang", one.lang, newer=one.position, limit=2)
    newer = series.rows(
        PortraitRow, "lang", one.lang, older=one.position, oldest_first=True, limit=2
    )
    return (
        summary_of(older[1]) if older[1:] else None,
        summary_of(newer[1]) if newer[1:] else None,
    )


def recommended_by(context: BuildContext, one: Summary) -> list[tuple[Summary, str]]:
    """Return the people who recommend the person and their reasons (HTML), newest first."""
    entry = next((other.source for other in context.translations(one) if other.person), one.source)
    named = [
        (context.translated(row.source), row.reason_html)
        for row in recommenders_of_entry(context.series, entry)
    ]
    return [pair for pair in named if pair[0].translation_key != one.translation_key]


def _page(context: BuildContext, renderer: PortraitRenderer) -> File:
    one, portrait, settings = renderer.summary, renderer.portrait, context.settings
    older, newer = neighbours(context, one)
    naming = recommended_by(context, one)
    lang = context.words(one.lang).lang
    onward = newer or older
    related = [
        row
        for row in context.series.rows(RelatedRow, "source", one.source)
        if not onward or row.other != onward.source
    ][: settings.related]
    year = str(one.date.year)
    translations = context.translations(one)
    page = PortraitPage(
        portrait=portrait,
        url=renderer.url,
        hero=hero(context, one),
        content=renderer.content,
        tags=tuple(Link(tag, context.path(addresses.tag(tag))) for tag in one.tags),
        organization=Link(one.organization, context.path(addresses.organization(one.organization)))
        if one.organization
        else None,
        year=Link(year, context.path(addresses.year(year))),
        translations=tuple(
            Link(other.title, context.url(other), other.lang)
            for other in translations
            if other.lang != one.lang
        ),
        recommended_by=tuple(
            RecommendedBy(context.link(other), safe(reason)) for other, reason in naming
        ),
        neighbourhood=_neighbourhood(context, one, translations, [other for other, _ in naming]),
        exports=tuple(
            Link(export.label, settings.path(export.address)) for export in exports_of(context, one)
        ),
        related=tuple(
            RelatedCard(
                context.card(context.summary(row.other)),
                reason_text(row.kind, row.value, row.by, lang),
            )
            for row in related
        ),
        onward=context.card(onward) if onward else None,
        onward_is_newer=newer is not None,
        previous=context.link(older) if newer and older else None,
        share=share_links(context.words(one.lang), context.absolute(one), one.title, one.quote),
        reply_subject=one.title,
        draft=one.draft,
    )
    photo = photo_as_published(context, one)
    meta = _meta(context, one, portrait, translations, older, newer, photo)
    return File(
        context.address(one),
        context.render("portrait.html", meta, page),
        entry(
            context.absolute(one),
            max(one.date, one.modified or one.date),
            meta.alternates,
            (photo.url,) if photo else (),
        ),
    )


def _neighbourhood(
    context: BuildContext, one: Summary, translations: tuple[Summary, ...], naming: list[Summary]
) -> Markup:
    """Draw who recommends whom around one person, or return an empty string.

    Nothing is drawn if no other portrait is involved: the #FF list already shows the rest.
    """
    # Use the list of the translation that counts for the person.
    person = next((other for other in translations if other.person), one)
    after: dict[str, Tie] = {}
    for row in context.series.rows(RecommendationRow, "source", person.source):
        account = context.series.one(AccountRow, "account", row.account)
        other = context.translated(account.portrait) if account and account.portrait else None
        if other is None and account:
            after[account.entry] = Tie(account.label, account.url, person=False)
        elif other and other.translation_key != one.translation_key:
            after[other.source] = Tie(other.name, context.url(other), person=True)
    before = [Tie(other.name, context.url(other), person=True) for other in naming]
    if not naming and not any(tie.person for tie in after.values()):
        return Markup("")
    words = context.words(one.lang)
    svg = draw_neighbourhood(
        _side(before),
        _side([*after.values()]),
        name="voisinage",
        title=words.text("portrait.neighbourhood", name=one.name),
        description=words.text("graph.introduction"),
    )
    return serialised(svg) if svg is not None else Markup("")


def _side(ties: list[Tie]) -> Side:
    if not ties:
        return NOBODY
    return Side(tuple(ties[:MOST_TIES]), max(0, len(ties) - MOST_TIES))


def _meta(
    context: BuildContext,
    one: Summary,
    portrait: Portrait,
    translations: tuple[Summary, ...],
    older: Summary | None,
    newer: Summary | None,
    photo: PublishedImage | None,
) -> Meta:
    """Return the head of a portrait's page."""
    settings = context.settings
    url = context.absolute(one)
    image = social_image(context, portrait_card(context, one), one.title)
    alternates = tuple((other.lang, context.absolute(other)) for other in translations)
    trail = (
        (settings.site_name, settings.absolute(context.place(addresses.HOME))),
        (
            context.words(one.lang).text("heading.portraits"),
            settings.absolute(context.place(addresses.PORTRAITS)),
        ),
        (one.name, url),
    )
    accent = context.accent(one)
    return Meta(
        title=one.title,
        description=one.summary,
        lang=one.lang,
        canonical=url,
        og_type="article",
        image=image,
        feeds=context.series_feeds(one.lang),
        alternates=alternates,
        nearest=addresses.PORTRAITS,
        json_ld=portrait_markup(
            replace(portrait, accounts=presences_of(context, one, portrait.accounts)),
            settings,
            url=url,
            trail=trail,
            translations=alternates,
            photo=photo,
            card=card_as_published(image),
        ),
        published=one.hour or one.date,
        modified=one.modified,
        previous=context.url(older) if older else "",
        next=context.url(newer) if newer else "",
        noindex=context.drafts,
        accent=accent,
        accent_class=accent_class(accent),
    )


def hero(context: BuildContext, one: Summary) -> Hero:
    """Return the picture at the top of a portrait's page."""
    monogram = context.monogram_file(one)
    photo = one.photo
    return Hero(
        context.picture(one, PORTRAIT),
        context.settings.path(monogram) if monogram else "",
        photo.alt if photo else "",
        photo.credit if photo else "",
    )


def picture_as_published(context: BuildContext, one: Summary) -> PublishedImage | None:
    """Return the picture that stands for a portrait elsewhere: its photo, else its social card.

    None if the site has no pictures.
    """
    return photo_as_published(context, one) or card_as_published(
        social_image(context, portrait_card(context, one), one.title)
    )


def card_as_published(card: SocialImage | None) -> PublishedImage | None:
    """Return a social card for machine-readable data."""
    if card is None:
        return None
    return PublishedImage(card.absolute_url, "image/jpeg", card.width, card.height, alt=card.alt)


def photo_as_published(context: BuildContext, one: Summary) -> PublishedImage | None:
    """Return the largest JPEG of the photo, for machine-readable data; None without a photo."""
    picture = context.picture(one, PORTRAIT)
    if not picture or not one.photo:
        return None
    variant = picture.jpeg[-1]
    return PublishedImage(
        context.settings.absolute(addresses.IMAGES + variant.name),
        variant.media_type,
        variant.width,
        variant.height,
        alt=one.photo.alt,
        credit=one.photo.credit,
    )


KIND = PageKind("portraits", every_portrait, _make)
