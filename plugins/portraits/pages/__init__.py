"""List every kind of page. A kind is one module and one line in :data:`KINDS`."""

from portraits.pages import data as data_pages
from portraits.pages import database as database_page
from portraits.pages import directory as directory_pages
from portraits.pages import exports
from portraits.pages import feeds as feed_pages
from portraits.pages import graph as graph_pages
from portraits.pages import indexes as index_pages
from portraits.pages import lists as list_pages
from portraits.pages import machine_files as machine_pages
from portraits.pages import pictures as picture_pages
from portraits.pages import portraits as portrait_pages
from portraits.pages import questions as question_pages
from portraits.pages import search as search_pages
from portraits.pages import series as series_pages
from portraits.pages import statistics as numbers_pages
from portraits.series.views import View
from portraits.site import fragments
from portraits.site.context import BuildContext
from portraits.site.page import PageKind

KINDS: tuple[PageKind, ...] = (
    picture_pages.PHOTOS, picture_pages.PORTRAIT_CARDS, picture_pages.TOPIC_CARDS,
    picture_pages.SITE_CARD, picture_pages.MONOGRAMS,
    database_page.KIND, data_pages.PORTRAITS, data_pages.RECOMMENDATIONS, exports.KIND,
    graph_pages.KIND,
    portrait_pages.KIND, question_pages.KIND, question_pages.INDEX, list_pages.KIND,
    index_pages.KIND, directory_pages.KIND, numbers_pages.KIND, feed_pages.KIND, feed_pages.OPML,
    series_pages.HOME, series_pages.EDITOR_PAGES, series_pages.SUBSCRIBE, series_pages.SEARCH,
    series_pages.NOT_FOUND, search_pages.WORDS, search_pages.NAMES_OF_BUCKETS,
    search_pages.PORTRAITS, data_pages.SCHEMAS, machine_pages.RULES, machine_pages.REDIRECTS,
    machine_pages.ASSETS, machine_pages.EXTRA_FILES, machine_pages.SITEMAP)


def pieces(context: BuildContext) -> tuple[View, ...]:
    """Return the views of HTML and feed entries that several files share, each rendered once."""
    return fragments.fragments(context), feed_pages.entries(context)
