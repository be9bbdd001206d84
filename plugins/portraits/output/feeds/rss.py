"""Write RSS 2.0, by the RSS Advisory Board's specification 2.0.11 and its Best Practices Profile.

``description`` is the summary, as HTML, and ``content:encoded`` the full text. RSS has e-mail
addresses for authors; names go in ``dc:creator``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from portraits.output.feeds.atom import ATOM
from portraits.output.feeds.entry import FeedChannel, FeedEntry
from portraits.output.feeds.media import MEDIA, add_picture
from portraits.output.xml_tree import Element, child, children, halves, root

CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
FILE_NAME = "rss.xml"
MEDIA_TYPE = "application/rss+xml"


def _date(instant: dt.datetime) -> str:
    """Format an instant as RFC 822 with a four-digit year: ``Thu, 14 Jul 2011 12:00:00 GMT``, or
    with the offset of its hour, ``-0400``."""
    return format_datetime(instant, usegmt=not instant.utcoffset())


def _feed() -> tuple[Element, Element]:
    """Return the root element and its channel."""
    rss = root(
        "rss",
        {"atom": ATOM, "content": CONTENT, "dc": DUBLIN_CORE, "media": MEDIA},
        {"version": "2.0"},
    )
    return rss, child(rss, "channel")


def document(channel: FeedChannel, updated: dt.datetime, entries: Sequence[bytes]) -> bytes:
    """Return the feed of entries written by :func:`serialised`."""
    rss, top = _feed()
    child(top, "title", channel.title)
    child(top, "link", channel.home_url)
    child(top, "description", escape(channel.description, quote=False))
    child(top, "language", channel.lang)
    if channel.license:
        child(top, "copyright", channel.license)
    child(top, "lastBuildDate", _date(updated))
    child(
        top,
        f"{{{ATOM}}}link",
        attributes={"rel": "self", "type": MEDIA_TYPE, "href": channel.url_of(FILE_NAME)},
    )
    before, after = halves(rss, top)
    return b"".join((before, *entries, after))


def serialised(channel: FeedChannel, entry: FeedEntry) -> bytes:
    """Return an item's bytes, for any feed whose channel has the same author and language."""
    rss, top = _feed()
    item = child(top, "item")
    child(item, "title", entry.title)
    child(item, "link", entry.url)
    child(item, "guid", entry.id, {"isPermaLink": "true"})
    child(item, "pubDate", _date(entry.published))
    for author in entry.authors or (channel.author,):
        child(item, f"{{{DUBLIN_CORE}}}creator", author)
    if entry.lang != channel.lang:
        child(item, f"{{{DUBLIN_CORE}}}language", entry.lang)
    for tag in entry.tags:
        child(item, "category", tag)
    if entry.summary:
        child(item, "description", escape(entry.summary, quote=False))
    child(item, f"{{{CONTENT}}}encoded", entry.content_html)
    if entry.image:
        add_picture(item, entry.image)
    return children(rss, top)
