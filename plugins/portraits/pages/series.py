"""Render the pages about the whole series, and the editor's own pages.

The former are the home page in each language, « S’abonner », search, and the 404 page.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from portraits.checks.page_links import is_withdrawn, place_of
from portraits.model import addresses
from portraits.output.feeds.formats import FORMATS
from portraits.output.sitemap import entry
from portraits.pages.directory import entry_url, most_recommended
from portraits.pages.lists import term_address, terms_of
from portraits.pages.questions import question_links
from portraits.reader.withdrawal.unlinking import unlinked
from portraits.series.reading import summary_of
from portraits.series.tables import EditorPageRow, PortraitRow, TermLabelRow
from portraits.series.writing import TAG
from portraits.site.context import BuildContext, safe
from portraits.site.heads import home_meta, series_meta
from portraits.site.page import File, PageKind, in_each_language, once, when_searchable
from portraits.site.views import (
    CountedLink,
    FeedLink,
    HomePage,
    NotFoundPage,
    PlainPage,
    SearchPage,
    SubscribePage,
)
from portraits.typography.excerpt import excerpt

ABOUT = 200
"""About how many characters of a page's text describe it."""
HOME_CARDS = 12
HOME_QUESTIONS = 8
HOME_RECOMMENDED = 8
SUGGESTIONS = 6
LATEST = 3
"""Number of portraits on the 404 page."""


def _home(context: BuildContext, key: str) -> Iterator[File]:
    spoken = context.spoken
    shown = [
        summary_of(row)
        for row in context.series.rows(PortraitRow, "lang", spoken, limit=HOME_CARDS + 2)
    ]
    more = len(shown) > HOME_CARDS + 1
    total = (
        context.series.sql(
            "SELECT count(*) FROM portrait WHERE position IS NOT NULL AND lang=?", spoken
        )[0][0]
        if more
        else 0
    )
    questions = sorted(
        (link for link in question_links(context) if link.url), key=lambda link: -link.count
    )
    recommended = tuple(
        CountedLink(row.name, entry_url(context, row), count)
        for row, count in most_recommended(context, HOME_RECOMMENDED)
        if count > 1
    )
    view = HomePage(
        latest=context.card(shown[0]) if shown else None,
        introduction=context.settings.site_description,
        cards=tuple(map(context.card, shown[1 : HOME_CARDS + 1])),
        questions=tuple(questions[:HOME_QUESTIONS]),
        recommended=recommended,
        total=total,
        portraits_url=context.path(addresses.PORTRAITS) if more else "",
    )
    meta = home_meta(context)
    yield File(
        context.place(addresses.HOME),
        context.render("home.html", meta, view),
        entry(meta.canonical, None, meta.alternates),
    )


def _editor_pages(context: BuildContext) -> Iterator[str]:
    for (source,) in context.series.sql("SELECT source FROM editor_page ORDER BY address, source"):
        yield source


def _editor_page(context: BuildContext, key: str) -> Iterator[File]:
    row = context.series.one(EditorPageRow, "source", key)
    assert row is not None  # noqa: S101 - the key of a row
    html = unlinked(row.html, partial(_leads_to_nobody, context, row.address))
    about = excerpt(safe(html).striptags(), ABOUT)
    meta = series_meta(context.speaking(row.lang), row.address, row.title, about, alone=True)
    meta = meta._replace(lang=row.lang)
    yield File(
        row.address,
        context.render("page.html", meta, PlainPage(row.title, safe(html))),
        entry(context.settings.absolute(row.address)),
    )


def _leads_to_nobody(context: BuildContext, page: str, link: str) -> bool:
    """Return whether a link of the page at the address ``page`` leads to a portrait that the site
    does not show."""
    settings = context.settings
    place, _ = place_of(link, page, settings.site_url)
    if place is not None and is_withdrawn(place, context.withdrawn):
        return True
    address = addresses.portrait_in(place or "")
    return bool(address) and not any(
        addresses.portrait(one.slug, one.lang, settings.lang) == address
        for one in context.series.rows(PortraitRow, "slug", address.split("/")[-2])
    )


def _subscribe(context: BuildContext, key: str) -> Iterator[File]:
    words = context.words()

    def feeds(address: str, lang: str = "") -> tuple[FeedLink, ...]:
        speaking = context.speaking(lang or context.spoken)
        return tuple(
            FeedLink(kind.label, speaking.path(address + kind.file_name), kind.media_type)
            for kind in FORMATS
        )

    view = SubscribePage(
        series=feeds(addresses.HOME),
        languages=tuple(
            (words.language(lang), feeds(addresses.HOME, lang))
            for lang in context.site_languages()
            if lang != context.spoken
        ),
        tags=tuple((row.label, feeds(term_address(row.term))) for row in tags(context)),
    )
    meta = series_meta(
        context,
        addresses.SUBSCRIBE,
        words.text("subscribe.heading"),
        words.text("subscribe.introduction"),
    )
    yield File(
        context.place(addresses.SUBSCRIBE),
        context.render("subscribe.html", meta, view),
        entry(meta.canonical, None, meta.alternates),
    )


def tags(context: BuildContext) -> list[TermLabelRow]:
    """Return every tag, including those that only a translation has, in alphabetical order; in the
    site of another language those of its portraits."""
    found = context.series.rows(TermLabelRow, "kind", TAG)
    return sorted(
        [row for row, _ in terms_of(context, TAG)] if context.lang else found,
        key=lambda row: (context.words().sort_key(row.label), row.term),
    )


def _search(context: BuildContext, key: str) -> Iterator[File]:
    view = SearchPage(
        index=context.settings.path(addresses.SEARCH_INDEX),
        portraits_url=context.path(addresses.PORTRAITS),
        suggestions=tuple(link for link in question_links(context) if link.url)[:SUGGESTIONS],
    )
    meta = series_meta(
        context,
        addresses.SEARCH,
        context.words().text("search.heading"),
        context.words().text("search.label"),
        noindex=True,
    )
    yield File(context.place(addresses.SEARCH), context.render("search.html", meta, view))


def _not_found(context: BuildContext, key: str) -> Iterator[File]:
    latest = context.series.rows(PortraitRow, limit=LATEST, person=1)
    meta = series_meta(
        context,
        addresses.NOT_FOUND,
        context.words().text("not_found.heading"),
        context.words().text("not_found.text"),
        noindex=True,
        nearest=addresses.HOME,
    )
    view = NotFoundPage(
        tuple(context.card(context.translated(row.source)) for row in latest),
        context.path(addresses.SEARCH) if context.settings.search else "",
    )
    yield File(context.place(addresses.NOT_FOUND), context.render("404.html", meta, view))


HOME = in_each_language("home", once, _home, whole_site=True)
EDITOR_PAGES = PageKind("editor pages", _editor_pages, _editor_page, whole_site=True)
SUBSCRIBE = in_each_language("subscribe", once, _subscribe)
SEARCH = in_each_language("search page", when_searchable, _search)
NOT_FOUND = in_each_language("not found", once, _not_found, whole_site=True)
