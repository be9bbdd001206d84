"""What machines read: site map, robots.txt, rules for hosts, redirects, the theme's files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from portraits import addresses
from portraits.assets import Asset
from portraits.digests import digest
from portraits.hosting import Rules, host_files, redirects_of, rules_of
from portraits.pages.assembly import Assembly
from portraits.pages.heads import series_meta
from portraits.pages.portrait_pages import photo_as_published
from portraits.pages.spec import PageSpec
from portraits.sitemap import SitemapPage, robots_txt, sitemaps

IN_THE_SITE = ("_headers", "_redirects", ".htaccess")
"""Rules that hosts look for in the site itself; the others are for whoever runs a server
(``invoke regles``)."""


def machine_pages(assembly: Assembly, indexed: Sequence[str]) -> Iterator[PageSpec]:
    """The specs; ``indexed`` are the addresses of the pages for the site map."""
    yield from _sitemap(assembly, indexed)
    robots = robots_txt(assembly.settings.absolute(addresses.SITEMAP), preview=assembly.preview)
    yield PageSpec("robots.txt", digest(robots), partial(robots.encode))
    for name, text in host_files(host_rules(assembly)):
        if name in IN_THE_SITE:
            yield PageSpec(name, digest(text), partial(text.encode))
    yield PageSpec(".nojekyll", b"nojekyll", bytes)
    for outline in assembly.library.portraits:
        for alias in outline.aliases:
            address = alias.lstrip("/")
            if addresses.file_of(address).endswith(".html"):
                target = assembly.url(outline)
                yield PageSpec(address, assembly.key("redirect", target, outline.title),
                               partial(_redirect, assembly, address, target))


def asset_pages(assets: Sequence[Asset]) -> Iterator[PageSpec]:
    """The specs of the theme's files."""
    for asset in assets:
        yield PageSpec(asset.address, asset.address.encode(), partial(bytes, asset.content))


def host_rules(assembly: Assembly) -> Rules:
    """Headers and redirects of the site, for hosts."""
    return rules_of(assembly.settings,
                    redirects_of(assembly.library.portraits, assembly.settings),
                    preview=assembly.preview)


def _redirect(assembly: Assembly, address: str, target: str) -> bytes:
    meta = series_meta(assembly, address, assembly.words().text("redirect.title"), noindex=True)
    template = assembly.environment.get_template("redirect.html")
    return template.render(site=assembly.site(meta.lang), meta=meta, target=target,
                           absolute_target=assembly.settings.site_url.rstrip("/") + target,
                           t=assembly.words()).encode()


def _sitemap(assembly: Assembly, indexed: Sequence[str]) -> Iterator[PageSpec]:
    listed = tuple(_sitemap_pages(assembly, indexed))
    key = assembly.key("sitemap", listed)
    # One file unless the series is very large: how many there are is known before any is made.
    if len(listed) <= _ONE_FILE:
        yield PageSpec(addresses.SITEMAP, key, lambda: sitemaps(
            listed, assembly.settings.site_url)[0][1])
        return
    for name, content in sitemaps(listed, assembly.settings.site_url):
        yield PageSpec(name, digest(content), partial(bytes, content))


_ONE_FILE = 20_000


def _sitemap_pages(assembly: Assembly, indexed: Sequence[str]) -> Iterator[SitemapPage]:
    settings = assembly.settings
    portraits = {assembly.address(outline): outline for outline in assembly.library.portraits}
    for address in indexed:
        outline = portraits.get(address)
        if outline is None:
            yield SitemapPage(settings.absolute(address))
            continue
        photo = photo_as_published(assembly, outline)
        yield SitemapPage(
            settings.absolute(address), max(outline.date, outline.modified or outline.date),
            tuple((o.lang, settings.absolute(assembly.address(o)))
                  for o in assembly.library.languages_of(outline)),
            (photo.url,) if photo else ())
