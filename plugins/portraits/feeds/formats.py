"""The three formats, in the order in which pages offer them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portraits.feeds import atom, json_feed, rss
from portraits.feeds.entry import FeedChannel, FeedEntry


@dataclass(frozen=True, slots=True)
class FeedFormat:
    label: str
    """What a reader calls it: ``Atom``."""
    file_name: str
    """Name of the file beside the page that the feed follows."""
    media_type: str
    write: Callable[[FeedChannel, Sequence[FeedEntry]], bytes]


FORMATS = (
    FeedFormat("Atom", atom.FILE_NAME, atom.MEDIA_TYPE, atom.write),
    FeedFormat("RSS", rss.FILE_NAME, rss.MEDIA_TYPE, rss.write),
    FeedFormat("JSON Feed", json_feed.FILE_NAME, json_feed.MEDIA_TYPE, json_feed.write),
)
