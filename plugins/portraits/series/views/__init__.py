"""List the views in the order they are derived: each may query those before it."""

from portraits.series.views.accounts import ACCOUNTS, CROWDED, DIRECTORY_PAGES, ENTRIES, ENTRY_PAGES
from portraits.series.views.related import POPULARITY, RELATED
from portraits.series.views.search import BUCKETS, SEGMENTS
from portraits.series.views.slices import SLICES
from portraits.series.views.terms import LEADING, TERMS
from portraits.series.views.topics import TOPIC_ORDER, TOPICS
from portraits.series.views.view import View

__all__ = ["VIEWS", "View"]
VIEWS: tuple[View, ...] = (
    ACCOUNTS,
    ENTRIES,
    CROWDED,
    ENTRY_PAGES,
    DIRECTORY_PAGES,
    TERMS,
    LEADING,
    TOPICS,
    TOPIC_ORDER,
    SLICES,
    POPULARITY,
    RELATED,
    SEGMENTS,
    BUCKETS,
)
