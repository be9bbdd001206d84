"""sitemap.xml (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309).

    sitemap = urlset                 up to 50,000 addresses and 50 MB
            | index urlset urlset+   beyond: sitemap.xml names sitemap-1.xml, sitemap-2.xml…

``lastmod`` comes from the content. Every language of a page is named by each of them,
its own included, or search engines take no notice (hreflang in sitemaps, Google Search
Central).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from portraits import addresses
from portraits.values import dataclass
from portraits.xml_tree import Element, child, document, root

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"

MAXIMUM_ADDRESSES = 50_000
MAXIMUM_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SitemapPage:
    """One page that search engines may show. Addresses are absolute."""

    url: str
    modified: dt.date | None = None
    """Day of the last change that a reader would notice; None where it is not known."""
    alternates: tuple[tuple[str, str], ...] = ()
    """(language, address) of every language, this page's own included."""
    images: tuple[str, ...] = ()


def sitemaps(
    pages: Sequence[SitemapPage], site_url: str, *, maximum_addresses: int = MAXIMUM_ADDRESSES,
    maximum_bytes: int = MAXIMUM_BYTES,
) -> tuple[tuple[str, bytes], ...]:
    """(file name, document) of each file to write, ``sitemap.xml`` first.

    ``site_url`` is the site's root, with or without a trailing slash. Pages keep the order
    they are given in.
    """
    parts = _parts(pages, maximum_addresses, maximum_bytes)
    if len(parts) == 1:
        return ((addresses.SITEMAP, parts[0][1]),)
    stem, _, suffix = addresses.SITEMAP.rpartition(".")
    files = []
    index = root(_name("sitemapindex"), {None: SITEMAP})
    for number, (listed, written) in enumerate(parts, start=1):
        file_name = f"{stem}-{number}.{suffix}"
        files.append((file_name, written))
        entry = child(index, _name("sitemap"))
        child(entry, _name("loc"), f"{site_url.rstrip('/')}/{file_name}")
        _lastmod(entry, max((page.modified for page in listed if page.modified), default=None))
    return ((addresses.SITEMAP, document(index)), *files)


def _parts(
    pages: Sequence[SitemapPage], maximum_addresses: int, maximum_bytes: int,
) -> list[tuple[Sequence[SitemapPage], bytes]]:
    """Pages and their document, halved until each document is small enough."""
    written = _urlset(pages) if len(pages) <= maximum_addresses else b""
    if len(pages) <= 1 or (written and len(written) <= maximum_bytes):
        return [(pages, written)]
    middle = (len(pages) + 1) // 2
    return [
        part for half in (pages[:middle], pages[middle:])
        for part in _parts(half, maximum_addresses, maximum_bytes)
    ]


def _urlset(pages: Sequence[SitemapPage]) -> bytes:
    urlset = root(_name("urlset"), {None: SITEMAP, "xhtml": XHTML, "image": IMAGE})
    for page in pages:
        url = child(urlset, _name("url"))
        child(url, _name("loc"), page.url)
        _lastmod(url, page.modified)
        for lang, href in page.alternates:
            child(url, f"{{{XHTML}}}link", attributes={
                "rel": "alternate", "hreflang": lang, "href": href})
        for image in page.images:
            child(child(url, f"{{{IMAGE}}}image"), f"{{{IMAGE}}}loc", image)
    return document(urlset)


def _lastmod(parent: Element, day: dt.date | None) -> None:
    if day:
        child(parent, _name("lastmod"), day.isoformat())


def _name(local: str) -> str:
    return f"{{{SITEMAP}}}{local}"


def robots_txt(sitemap_url: str, *, preview: bool = False) -> str:
    """robots.txt: all may read everything, or nobody anything of a preview.

    Robots look for it at the root of the domain only.
    """
    if preview:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nDisallow:\n\nSitemap: {sitemap_url}\n"
