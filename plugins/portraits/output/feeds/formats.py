"""List the feed formats, in the order in which pages offer them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portraits.output.feeds import atom, json_feed, rss
from portraits.output.feeds.entry import FeedChannel, FeedEntry, latest


@dataclass(frozen=True, slots=True)
class FeedFormat:
    label: str
    """Name shown to readers: ``Atom``."""
    file_name: str
    """Name of the file in the folder of the page that the feed follows."""
    media_type: str
    serialised: Callable[[FeedChannel, FeedEntry], bytes]
    """Returns the bytes of an entry, for any feed of the channel's author and language."""
    document: Callable[[FeedChannel, dt.datetime, Sequence[bytes]], bytes]
    """Returns the feed that changed at that instant and has these entries."""

    def write(self, channel: FeedChannel, entries: Sequence[FeedEntry]) -> bytes:
        """Return the feed of ``entries`` as a document."""
        return self.document(
            channel,
            latest(entry.updated for entry in entries),
            [self.serialised(channel, entry) for entry in entries],
        )


FORMATS = (
    FeedFormat("Atom", atom.FILE_NAME, atom.MEDIA_TYPE, atom.serialised, atom.document),
    FeedFormat("RSS", rss.FILE_NAME, rss.MEDIA_TYPE, rss.serialised, rss.document),
    FeedFormat(
        "JSON Feed",
        json_feed.FILE_NAME,
        json_feed.MEDIA_TYPE,
        json_feed.serialised,
        json_feed.document,
    ),
)
