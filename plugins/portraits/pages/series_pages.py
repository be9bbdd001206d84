"""The pages about the series as a whole: home in each language, the editor's own pages,
« S’abonner », search, and the page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from portraits import addresses
from portraits.feeds.formats import FORMATS
from portraits.outline import Outline
from portraits.pages.assembly import Assembly, EditorPage, safe
from portraits.pages.directory_pages import directory_url
from portraits.pages.heads import home_meta, series_meta
from portraits.pages.question_pages import question_links
from portraits.pages.spec import PageSpec
from portraits.views import (
    CountedLink,
    FeedLink,
    HomePage,
    NotFoundPage,
    PlainPage,
    SearchPage,
    SubscribePage,
)

HOME_CARDS = 12
HOME_QUESTIONS = 8
HOME_RECOMMENDED = 8


def series_pages(assembly: Assembly) -> Iterator[PageSpec]:
    """The specs of all of them."""
    languages = assembly.library.by_lang
    for lang in dict.fromkeys((assembly.settings.lang, *languages)):
        portraits = languages.get(lang, ())
        shown = portraits[:HOME_CARDS + 1]
        view = _home(assembly, lang, portraits)
        yield PageSpec(
            addresses.series_home(lang, assembly.settings.lang),
            assembly.key("home", lang, [assembly.facet(o) for o in shown], view.questions,
                         view.recommended, view.total, tuple(languages)),
            partial(_home_page, assembly, lang, view), indexed=True)
    for page in assembly.editor_pages:
        yield PageSpec(f"{page.slug}/", assembly.key("page", page),
                       partial(_editor_page, assembly, page), indexed=True)
    subscribe = _subscribe(assembly)
    yield PageSpec(addresses.SUBSCRIBE, assembly.key("subscribe", subscribe),
                   partial(_subscribe_page, assembly, subscribe), indexed=True)
    if assembly.settings.search:
        search = SearchPage(
            index=assembly.settings.path(addresses.SEARCH_INDEX),
            portraits_url=assembly.settings.path(addresses.PORTRAITS),
            suggestions=tuple(link for link in question_links(assembly) if link.url)[:6])
        yield PageSpec(addresses.SEARCH, assembly.key("search", search),
                       partial(_search_page, assembly, search))
    latest = assembly.people.portraits[:3]
    yield PageSpec(addresses.NOT_FOUND,
                   assembly.key("404", [assembly.facet(outline) for outline in latest]),
                   partial(_not_found_page, assembly, latest))


def _home(assembly: Assembly, lang: str, portraits: tuple[Outline, ...]) -> HomePage:
    questions = sorted(
        (link for link in question_links(assembly, lang) if link.url), key=lambda link: -link.count)
    recommended = tuple(
        CountedLink(entry.account.label, directory_url(assembly, entry.account.key), entry.count)
        for entry in assembly.directory.entries[:HOME_RECOMMENDED] if entry.count > 1)
    more = len(portraits) > HOME_CARDS + 1
    return HomePage(
        latest=assembly.card(portraits[0]) if portraits else None,
        introduction=assembly.settings.site_description,
        cards=tuple(map(assembly.card, portraits[1:HOME_CARDS + 1])),
        questions=tuple(questions[:HOME_QUESTIONS]), recommended=recommended,
        total=len(portraits) if more else 0,
        portraits_url=assembly.settings.path(addresses.PORTRAITS) if more else "")


def _home_page(assembly: Assembly, lang: str, view: HomePage) -> bytes:
    return assembly.render("home.html", home_meta(assembly, lang), view)


def _editor_page(assembly: Assembly, page: EditorPage) -> bytes:
    meta = series_meta(assembly, f"{page.slug}/", page.title)
    return assembly.render("page.html", meta, PlainPage(page.title, safe(page.html)))


def _subscribe(assembly: Assembly) -> SubscribePage:
    settings, words = assembly.settings, assembly.words()

    def feeds(address: str) -> tuple[FeedLink, ...]:
        return tuple(FeedLink(kind.label, settings.path(address + kind.file_name), kind.media_type)
                     for kind in FORMATS)

    languages = assembly.library.by_lang
    return SubscribePage(
        series=feeds(addresses.HOME),
        languages=tuple(
            (words.text(f"language.{lang}") if lang in ("fr", "en") else lang,
             feeds(addresses.series_home(lang, settings.lang)))
            for lang in languages if lang != settings.lang),
        tags=tuple((tag, feeds(addresses.tag(tag))) for tag in assembly.library.by_tag))


def _subscribe_page(assembly: Assembly, view: SubscribePage) -> bytes:
    words = assembly.words()
    meta = series_meta(assembly, addresses.SUBSCRIBE, words.text("subscribe.heading"),
                       words.text("subscribe.introduction"))
    return assembly.render("subscribe.html", meta, view)


def _search_page(assembly: Assembly, view: SearchPage) -> bytes:
    meta = series_meta(assembly, addresses.SEARCH, assembly.words().text("search.heading"),
                       noindex=True)
    return assembly.render("search.html", meta, view)


def _not_found_page(assembly: Assembly, latest: tuple[Outline, ...]) -> bytes:
    meta = series_meta(assembly, addresses.NOT_FOUND,
                       assembly.words().text("not_found.heading"), noindex=True)
    view = NotFoundPage(
        tuple(map(assembly.card, latest)),
        assembly.settings.path(addresses.SEARCH) if assembly.settings.search else "")
    return assembly.render("404.html", meta, view)
