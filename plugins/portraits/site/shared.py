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
    known = tuple(dict.fromkeys((settings.lang, *languages)))
    sites = {
        lang: _site(settings.in_language(lang), assets, pages, lang, known, own_sheet=own_sheet)
        for lang in known
    }
    return {lang: _guest(site) for lang, site in sites.items()} if guest else sites


def _guest(site: Site) -> Site:
    return site._replace(home=site.base_path, menu=(*site.menu, *site.footer), footer=(), csp="")


def _site(
    settings: Settings,
    assets: Sequence[Asset],
    pages: Sequence[EditorPageRow],
    lang: str,
    languages: Sequence[str],
    *,
    own_sheet: bool,
) -> Site:
    words = catalogue(interface_language(lang, settings.lang))
    menu = (*_MENU, *((("search", addresses.SEARCH),) if settings.search else ()))

    def path(address: str) -> str:
        return settings.path(addresses.in_language(address, lang, settings.lang))

    def links(listed: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
        return tuple(Link(words.text(f"menu.{key}"), path(address)) for key, address in listed)

    own = tuple(
        Link(page.title, settings.path(page.address), page.lang if page.lang != lang else "")
        for page in _in_language(pages, lang, languages)
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
            FeedLink(settings.site_name, path(form.file_name), form.media_type) for form in FORMATS
        ),
        assets={asset.name: settings.path(asset.address) for asset in assets},
        own_sheet=settings.path(OWN_SHEET) if own_sheet else "",
        marks=marks(assets),
        csp=rules_of(settings).policy.in_meta(),
        languages=tuple(
            Link(
                catalogue(interface_language(one, settings.lang)).language(one),
                settings.path(addresses.series_home(one, settings.lang)),
                one,
            )
            for one in languages
        ),
    )


def _in_language(
    pages: Sequence[EditorPageRow], lang: str, languages: Sequence[str]
) -> Sequence[EditorPageRow]:
    """Return the editor's pages that a menu in ``lang`` leads to: those in the language, and those
    in a language that the site has no menu in; all of them if none is in the language."""
    others = [page for page in pages if page.lang not in languages]
    own = [page for page in pages if page.lang == lang]
    return [page for page in pages if page in own or page in others] if own else pages
