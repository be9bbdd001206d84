"""Make the links with which readers share a portrait: plain addresses, no script of a network.

    Bluesky    https://docs.bsky.app/docs/advanced-guides/intent-links
    LinkedIn   https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/plugins/share-plugin
    Facebook   https://developers.facebook.com/docs/sharing/reference/share-dialog
    e-mail     RFC 6068

Mastodon has no such address: each reader's server has its own.
"""

from __future__ import annotations

from urllib.parse import quote

from portraits.site.views import Link
from portraits.support.catalogue import Catalogue

_LONGEST = 300
"""Most characters of a post on Bluesky."""


def share_links(words: Catalogue, url: str, title: str, quotation: str) -> tuple[Link, ...]:
    """Return a link for each network and for e-mail; ``url`` is the portrait's absolute address."""
    quoted = f"{title} — {words.text('quoted', text=quotation)}" if quotation else title
    text = f"{quoted} {url}" if len(f"{quoted} {url}") <= _LONGEST else f"{title} {url}"
    return (
        Link("Bluesky", f"https://bsky.app/intent/compose?text={_encoded(text)}"),
        Link("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?url={_encoded(url)}"),
        Link("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={_encoded(url)}"),
        Link(
            words.text("portrait.by_mail"),
            f"mailto:?subject={_encoded(title)}&body={_encoded(text)}",
        ),
    )


def _encoded(text: str) -> str:
    return quote(text, safe="")
