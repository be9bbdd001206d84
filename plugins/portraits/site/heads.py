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
    nearest: str | None = None,
    alone: bool = False,
) -> Meta:
    """Return the head of the page that has ``address`` in the site's language, in the one spoken.

    A page that stands ``alone`` has this very address, and no counterpart in other languages.

    ``items`` are what it lists, as (name, path or absolute address); ``total`` is their number on
    all pages of the list. Without a description, the title and the description of the series serve:
    no two pages have the same.
    """
    settings = context.settings
    description = description or f"{title}. {settings.site_description}"
    home = (settings.site_name, settings.absolute(context.place(addresses.HOME)))
    url = settings.absolute(address if alone else context.place(address))
    return Meta(
        title=title,
        description=description,
        lang=context.spoken,
        canonical=url,
        image=image or site_image(context),
        feeds=feeds or context.series_feeds(context.spoken),
        alternates=() if noindex or alone else context.alternates(address),
        nearest=address if noindex and not alone and nearest is None else nearest or "",
        json_ld=collection_markup(
            settings,
            lang=context.spoken,
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


def home_meta(context: BuildContext) -> Meta:
    """Return the head of the home page in the language spoken."""
    settings = context.settings
    return Meta(
        title=settings.site_name,
        description=settings.site_description,
        lang=context.spoken,
        canonical=settings.absolute(context.place(addresses.HOME)),
        image=site_image(context),
        feeds=context.series_feeds(context.spoken),
        alternates=context.alternates(addresses.HOME),
        json_ld=home_markup(settings, lang=context.spoken),
        noindex=context.drafts,
    )
