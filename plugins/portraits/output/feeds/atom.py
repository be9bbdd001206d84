"""Write Atom 1.0 (RFC 4287), with the picture as Media RSS and the licence as in RFC 4946."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from portraits.output.feeds.entry import FeedChannel, FeedEntry, rfc3339
from portraits.output.feeds.media import MEDIA, add_picture
from portraits.output.xml_tree import XML_LANG, Element, child, children, halves, root

ATOM = "http://www.w3.org/2005/Atom"
FILE_NAME = "atom.xml"
MEDIA_TYPE = "application/atom+xml"


def _name(local: str) -> str:
    return f"{{{ATOM}}}{local}"


def _feed(channel: FeedChannel) -> Element:
    return root(_name("feed"), {None: ATOM, "media": MEDIA}, {XML_LANG: channel.lang})


def document(channel: FeedChannel, updated: dt.datetime, entries: Sequence[bytes]) -> bytes:
    """Return the feed of entries written by :func:`serialised`."""
    own_url = channel.url_of(FILE_NAME)
    feed = _feed(channel)
    child(feed, _name("id"), own_url)
    child(feed, _name("title"), channel.title)
    child(feed, _name("subtitle"), channel.description)
    child(feed, _name("updated"), rfc3339(updated))
    _link(feed, "self", own_url, MEDIA_TYPE)
    _link(feed, "alternate", channel.home_url, "text/html", channel.lang)
    _author(feed, channel.author)
    if channel.license:
        child(feed, _name("rights"), channel.license)
    if channel.license_url:
        child(feed, _name("link"), attributes={"rel": "license", "href": channel.license_url})
    if channel.icon_url:
        child(feed, _name("icon"), channel.icon_url)
    before, after = halves(feed, feed)
    return b"".join((before, *entries, after))


def serialised(channel: FeedChannel, entry: FeedEntry) -> bytes:
    """Return an entry's bytes, for any feed of the channel's language."""
    feed = _feed(channel)
    element = child(feed, _name("entry"), attributes={XML_LANG: entry.lang})
    child(element, _name("id"), entry.id)
    child(element, _name("title"), entry.title)
    _link(element, "alternate", entry.url, "text/html", entry.lang)
    for lang, url in entry.translations:
        # Not "alternate": readers would open the last one (RFC 4287 allows one per language).
        _link(element, "related", url, "text/html", lang)
    child(element, _name("published"), rfc3339(entry.published))
    child(element, _name("updated"), rfc3339(entry.updated))
    for author in entry.authors:
        _author(element, author)
    for tag in entry.tags:
        child(element, _name("category"), attributes={"term": tag})
    if entry.summary:
        child(element, _name("summary"), entry.summary)
    child(element, _name("content"), entry.content_html, {"type": "html"})
    if entry.image:
        add_picture(element, entry.image)
    return children(feed, feed)


def _link(parent: Element, rel: str, url: str, media_type: str, lang: str = "") -> None:
    attributes = {"rel": rel, "type": media_type, "href": url}
    if lang:
        attributes["hreflang"] = lang
    child(parent, _name("link"), attributes=attributes)


def _author(parent: Element, name: str) -> None:
    child(child(parent, _name("author")), _name("name"), name)
