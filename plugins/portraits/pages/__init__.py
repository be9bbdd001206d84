"""List every kind of page. A kind is one module and one line in :data:`KINDS`."""

from portraits.pages import (
    data,
    database,
    directory,
    exports,
    feeds,
    graph,
    lists,
    machine_files,
    pictures,
    questions,
    search,
    series,
    statistics,
    withdrawn,
)
from portraits.pages.admin import page as admin
from portraits.pages.portrait import page as portrait
from portraits.pages.portrait import quotation
from portraits.series.views import View
from portraits.site import fragments
from portraits.site.context import BuildContext
from portraits.site.page import PageKind

KINDS: tuple[PageKind, ...] = (
    pictures.PHOTOS,
    pictures.PORTRAIT_CARDS,
    pictures.QUOTE_CARDS,
    pictures.TOPIC_CARDS,
    pictures.SITE_CARD,
    pictures.MONOGRAMS,
    database.KIND,
    data.PORTRAITS,
    data.RECOMMENDATIONS,
    exports.KIND,
    graph.KIND,
    portrait.KIND,
    quotation.KIND,
    questions.KIND,
    questions.INDEX,
    lists.KIND,
    lists.INDEX,
    directory.KIND,
    statistics.KIND,
    feeds.KIND,
    feeds.OPML,
    series.HOME,
    series.EDITOR_PAGES,
    series.SUBSCRIBE,
    series.SEARCH,
    series.NOT_FOUND,
    search.WORDS,
    search.SPELLINGS,
    search.NAMES_OF_BUCKETS,
    search.PORTRAITS,
    data.SCHEMAS,
    admin.KIND,
    machine_files.RULES,
    machine_files.REDIRECTS,
    withdrawn.KIND,
    machine_files.ASSETS,
    machine_files.EXTRA_FILES,
    machine_files.SITEMAP,
)


def pieces(context: BuildContext) -> tuple[View, ...]:
    """Return the views of HTML and feed entries that several files share, each rendered once."""
    return fragments.fragments(context), feeds.entries(context)
