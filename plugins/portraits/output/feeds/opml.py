"""Write an OPML 2.0 list of the site's own feeds, to subscribe to all of them.

opml  = head body
body  = group*
group = feed* | outline feed*        without a label, feeds are at the top level
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portraits.output.xml_tree import child, document, root

MEDIA_TYPE = "text/x-opml"


@dataclass(frozen=True, slots=True)
class FeedListing:
    """One feed of the site, Atom or RSS; addresses are absolute."""

    title: str
    url: str
    home_url: str
    lang: str


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds under one label (« Étiquettes »), or without a label."""

    label: str
    feeds: tuple[FeedListing, ...]


def write(title: str, owner: str, groups: Iterable[FeedGroup]) -> bytes:
    """Return the list as a document; groups without feeds are left out."""
    opml = root("opml", attributes={"version": "2.0"})
    head = child(opml, "head")
    child(head, "title", title)
    if owner:
        child(head, "ownerName", owner)
    body = child(opml, "body")
    for group in groups:
        if not group.feeds:
            continue
        parent = child(body, "outline", attributes={"text": group.label}) if group.label else body
        for feed in group.feeds:
            # type="rss" whatever the feed's format (OPML 2.0, "Subscription lists")
            child(
                parent,
                "outline",
                attributes={
                    "type": "rss",
                    "text": feed.title,
                    "title": feed.title,
                    "xmlUrl": feed.url,
                    "htmlUrl": feed.home_url,
                    "language": feed.lang,
                },
            )
    return document(opml)
