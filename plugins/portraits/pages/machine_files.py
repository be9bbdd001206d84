"""Write the files for machines: site map, robots.txt, host rules, redirects, the theme's files."""

from __future__ import annotations

from collections.abc import Iterator

from portraits.model import addresses
from portraits.output.hosting import Rules, gone_of, host_files, redirects_of, rules_of
from portraits.output.sitemap import SitemapEntry, robots_txt, sitemaps
from portraits.site.context import BuildContext
from portraits.site.heads import series_meta
from portraits.site.page import File, PageKind, once

IN_THE_SITE = ("_headers", "_redirects", ".htaccess")
"""Rules that hosts read from the site itself. The others are for people who run a server, who get
them from ``portraits rules``."""


def host_rules(context: BuildContext) -> Rules:
    """Return the headers and redirects of the site, for hosts."""
    settings = context.settings
    aliases = (
        (alias, addresses.portrait(slug, lang, settings.lang))
        for alias, slug, lang in context.series.sql(
            "SELECT address, slug, lang FROM alias JOIN portrait USING (source)"
            " WHERE alias.position IS NOT NULL ORDER BY address"
        )
    )
    return rules_of(
        settings,
        redirects_of(aliases, settings),
        preview=context.drafts,
        gone=gone_of(context.withdrawn, settings),
    )


def _rules(context: BuildContext, key: str) -> Iterator[File]:
    for name, text in host_files(host_rules(context)):
        if name in IN_THE_SITE:
            yield File(name, text.encode())
    robots = robots_txt(context.settings.absolute(addresses.SITEMAP), preview=context.drafts)
    yield File("robots.txt", robots.encode())
    yield File(".nojekyll", b"")


def _aliases(context: BuildContext) -> Iterator[str]:
    for (source,) in context.series.sql(
        "SELECT DISTINCT source FROM alias WHERE position IS NOT NULL ORDER BY source"
    ):
        yield source


def _redirects(context: BuildContext, key: str) -> Iterator[File]:
    target = context.url(context.summary(key))
    for (alias,) in context.series.sql(
        "SELECT address FROM alias WHERE source=? ORDER BY address", key
    ):
        address = alias.lstrip("/")
        if addresses.file_of(address).endswith(".html"):
            yield _redirect(context, address, target)


def _redirect(context: BuildContext, address: str, target: str) -> File:
    meta = series_meta(
        context, address, context.words().text("redirect.title"), noindex=True, alone=True
    )
    page = context.fill(
        "redirect.html",
        meta.lang,
        meta=meta,
        target=target,
        absolute_target=context.settings.site_url.rstrip("/") + target,
    )
    return File(address, page.encode())


def _assets(context: BuildContext, key: str) -> Iterator[File]:
    context.depend_on("assets")
    for address, content in context.assets.items():
        yield File(address, content)


def _extra(context: BuildContext) -> Iterator[str]:
    for (name,) in context.series.sql(
        "SELECT name FROM input WHERE name GLOB ? ORDER BY name", f"{EXTRA}*"
    ):
        yield name.removeprefix(EXTRA)


def _extra_file(context: BuildContext, key: str) -> Iterator[File]:
    context.depend_on(EXTRA + key)
    yield File(key, context.extra[key], checked=True)


EXTRA = "extra:"
"""Prefix of the input names of files that are published unchanged."""


def _sitemap(context: BuildContext, key: str) -> Iterator[File]:
    entries = [
        SitemapEntry(*row)
        for row in context.series.sql(
            "SELECT sitemap, modified FROM file WHERE sitemap<>'' ORDER BY path"
        )
    ]
    for name, content in sitemaps(entries, context.settings.site_url):
        yield File(name, content)


RULES = PageKind("host rules", once, _rules, whole_site=True)
REDIRECTS = PageKind("redirects", _aliases, _redirects)
ASSETS = PageKind("assets", once, _assets)
EXTRA_FILES = PageKind("extra files", _extra, _extra_file, whole_site=True)
SITEMAP = PageKind("sitemap", once, _sitemap, whole_site=True, last=True)
