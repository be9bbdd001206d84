"""Build the head of the pages that are about the series, not about one portrait."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from portraits.model import addresses
from portraits.output.structured_data import collection_markup, home_markup
from portraits.site.cards import site_card, social_image
from portraits.site.context import BuildContext
from portraits.site.views import FeedLink, Meta, SocialImage


def site_image(context: BuildContext) -> SocialImage | None:
    """Return the picture shown where a page about the series is shared."""
    return social_image(context, site_card(context), context.settings.site_name)


def series_meta(
    context: BuildContext,
    address: str,
    title: str,
    description: str = "",
    *,
    feeds: tuple[FeedLink, ...] = (),
    items: Sequence[tuple[str, str]] = (),
    total: int | None = None,
    organization: str = "",
    image: SocialImage | None = None,
    noindex: bool = False,
) -> Meta:
    """Return the head of the page at ``address``.

    ``items`` are what it lists, as (name, path or absolute address); ``total`` is their number on
    all pages of the list. Without a description, the title and the description of the series serve:
    no two pages have the same.
    """
    settings = context.settings
    description = description or f"{title}. {settings.site_description}"
    home = (settings.site_name, settings.absolute(addresses.HOME))
    url = settings.absolute(address)
    return Meta(
        title=title,
        description=description,
        lang=settings.lang,
        canonical=url,
        image=image or site_image(context),
        feeds=feeds or context.series_feeds(settings.lang),
        json_ld=collection_markup(
            settings,
            url=url,
            heading=title,
            trail=(home, (title, url)),
            description=description,
            total=total,
            organization=organization,
            members=[(name, urljoin(settings.absolute(""), place)) for name, place in items],
        ),
        noindex=noindex or context.drafts,
    )


def home_meta(context: BuildContext, lang: str) -> Meta:
    """Return the head of the home page in a language."""
    settings = context.settings
    address = addresses.series_home(lang, settings.lang)
    languages = context.languages()
    alternates = (
        tuple(
            (other, settings.absolute(addresses.series_home(other, settings.lang)))
            for other in languages
        )
        if len(languages) > 1
        else ()
    )
    return Meta(
        title=settings.site_name,
        description=settings.site_description,
        lang=lang,
        canonical=settings.absolute(address),
        image=site_image(context),
        feeds=context.series_feeds(lang),
        alternates=alternates,
        json_ld=home_markup(settings, lang=lang),
        noindex=context.drafts,
    )
