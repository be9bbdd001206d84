"""Write sitemap.xml (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309).

    sitemap = urlset                 up to 50,000 addresses and 50 MB
            | index urlset urlset+   beyond: sitemap.xml names sitemap-1.xml, sitemap-2.xml…

Each page writes its own entry (:func:`entry`). ``lastmod`` comes from the content. Every language
of a page must name all of them, itself included, or search engines ignore them (hreflang in
sitemaps, Google Search Central).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from portraits.model import addresses
from portraits.output.xml_tree import child, children, document, halves, root

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"

MAXIMUM_ADDRESSES = 50_000
MAXIMUM_BYTES = 50 * 1024 * 1024
_SPACES = {None: SITEMAP, "xhtml": XHTML, "image": IMAGE}


class SitemapEntry(NamedTuple):
    """The entry of a page in the site map."""

    xml: str
    modified: str
    """Day of the last change, ISO 8601; empty if unknown."""


def entry(
    url: str,
    modified: dt.date | None = None,
    alternates: Iterable[tuple[str, str]] = (),
    images: Iterable[str] = (),
) -> SitemapEntry:
    """Return the ``url`` element of a page. Addresses are absolute.

    ``modified`` is the day of the last change that a reader would notice; ``alternates`` are
    (language, address) of every language, including this page.
    """
    urlset = root(_name("urlset"), _SPACES)
    top = child(urlset, _name("url"))
    child(top, _name("loc"), url)
    if modified:
        child(top, _name("lastmod"), modified.isoformat())
    for lang, href in alternates:
        child(
            top, f"{{{XHTML}}}link", attributes={"rel": "alternate", "hreflang": lang, "href": href}
        )
    for image in images:
        child(child(top, f"{{{IMAGE}}}image"), f"{{{IMAGE}}}loc", image)
    return SitemapEntry(children(urlset, urlset).decode(), modified.isoformat() if modified else "")


def sitemaps(
    entries: Sequence[SitemapEntry],
    site_url: str,
    *,
    maximum_addresses: int = MAXIMUM_ADDRESSES,
    maximum_bytes: int = MAXIMUM_BYTES,
) -> tuple[tuple[str, bytes], ...]:
    """Return (file name, document) of each file to write, ``sitemap.xml`` first.

    ``site_url`` is the site's root, with or without a trailing slash. ``entries`` come from
    :func:`entry` and keep their order.
    """
    parts = _parts(entries, maximum_addresses, maximum_bytes)
    if len(parts) == 1:
        return ((addresses.SITEMAP, parts[0][1]),)
    stem, _, suffix = addresses.SITEMAP.rpartition(".")
    files = []
    index = root(_name("sitemapindex"), {None: SITEMAP})
    for number, (listed, written) in enumerate(parts, start=1):
        file_name = f"{stem}-{number}.{suffix}"
        files.append((file_name, written))
        part = child(index, _name("sitemap"))
        child(part, _name("loc"), f"{site_url.rstrip('/')}/{file_name}")
        if modified := max((one.modified for one in listed), default=""):
            child(part, _name("lastmod"), modified)
    return ((addresses.SITEMAP, document(index)), *files)


def _parts(
    entries: Sequence[SitemapEntry], maximum_addresses: int, maximum_bytes: int
) -> list[tuple[Sequence[SitemapEntry], bytes]]:
    """Halve the entries until each document is small enough; return entries and document of each
    part."""
    written = _urlset(entries) if len(entries) <= maximum_addresses else b""
    if len(entries) <= 1 or (written and len(written) <= maximum_bytes):
        return [(entries, written)]
    middle = (len(entries) + 1) // 2
    return [
        part
        for half in (entries[:middle], entries[middle:])
        for part in _parts(half, maximum_addresses, maximum_bytes)
    ]


def _urlset(entries: Sequence[SitemapEntry]) -> bytes:
    urlset = root(_name("urlset"), _SPACES)
    before, after = halves(urlset, urlset)
    return b"".join((before, *(one.xml.encode() for one in entries), after))


def _name(local: str) -> str:
    return f"{{{SITEMAP}}}{local}"


def robots_txt(sitemap_url: str, *, preview: bool = False) -> str:
    """Return robots.txt: everything may be read, or nothing in a preview.

    Robots read it at the root of the domain only.
    """
    if preview:
        return "User-agent: *\nDisallow: /\n"
    return f"User-agent: *\nDisallow:\n\nSitemap: {sitemap_url}\n"
