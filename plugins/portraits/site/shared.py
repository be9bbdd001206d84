"""Collect what all pages in one language share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from portraits.model import addresses
from portraits.output.feeds.formats import FORMATS
from portraits.output.hosting import rules_of
from portraits.series.tables import EditorPageRow
from portraits.settings import Settings
from portraits.site.assets import Asset, marks
from portraits.site.views import FeedLink, Link, Site
from portraits.support.catalogue import catalogue, interface_language

OWN_SHEET = "site.css"
"""The editor's own style sheet, among the extra files: every page loads it after the theme's."""
_MENU = (
    ("portraits", addresses.PORTRAITS),
    ("questions", addresses.QUESTIONS),
    ("directory", addresses.DIRECTORY),
)
_FOOTER = (
    ("people", addresses.PEOPLE),
    ("tags", addresses.TAGS),
    ("organizations", addresses.ORGANIZATIONS),
    ("years", addresses.YEARS),
    ("graph", addresses.GRAPH),
    ("numbers", addresses.NUMBERS),
    ("subscribe", addresses.SUBSCRIBE),
)


def sites_of(
    settings: Settings,
    assets: Sequence[Asset],
    pages: Sequence[EditorPageRow],
    languages: Iterable[str],
    *,
    own_sheet: bool = False,
    guest: bool = False,
) -> Mapping[str, Site]:
    """Return what pages share, for the site's own language and each of ``languages``.

    A ``guest`` stands in a blog: its home is the blog's, and its menu leads to our pages only.
    """
    sites = {
        lang: _site(settings, assets, pages, lang, own_sheet=own_sheet)
        for lang in dict.fromkeys((settings.lang, *languages))
    }
    return {lang: _guest(site) for lang, site in sites.items()} if guest else sites


def _guest(site: Site) -> Site:
    return site._replace(home=site.base_path, menu=(*site.menu, *site.footer), footer=(), csp="")


def _site(
    settings: Settings,
    assets: Sequence[Asset],
    pages: Sequence[EditorPageRow],
    lang: str,
    *,
    own_sheet: bool,
) -> Site:
    words = catalogue(interface_language(lang, settings.lang))
    menu = (*_MENU, *((("search", addresses.SEARCH),) if settings.search else ()))

    def links(listed: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
        return tuple(
            Link(words.text(f"menu.{key}"), settings.path(address)) for key, address in listed
        )

    own = tuple(
        Link(page.title, settings.path(page.address), page.lang if page.lang != lang else "")
        for page in pages
    )
    menu_links, footer_links = (
        tuple(Link(label, address) for label, address in added)
        for added in (settings.menu, settings.footer)
    )
    return Site(
        name=settings.site_name,
        description=settings.site_description,
        url=settings.site_url,
        base_path=settings.base_path,
        lang=settings.lang,
        home=settings.path(addresses.series_home(lang, settings.lang)),
        publisher=settings.publisher or settings.site_name,
        license=settings.license,
        license_url=settings.license_url,
        email=settings.email,
        comments=settings.comments,
        isso=settings.isso if settings.comments == "isso" else "",
        search=settings.search,
        menu=(*links(menu), *own, *menu_links),
        footer=(*links(_FOOTER), *footer_links),
        feeds=tuple(
            FeedLink(settings.site_name, settings.path(form.file_name), form.media_type)
            for form in FORMATS
        ),
        assets={asset.name: settings.path(asset.address) for asset in assets},
        own_sheet=settings.path(OWN_SHEET) if own_sheet else "",
        marks=marks(assets),
        csp=rules_of(settings).policy.in_meta(),
    )
