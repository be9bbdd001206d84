"""The whole site: the common ground of its pages, and the spec of every file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from portraits import addresses
from portraits.assets import Asset
from portraits.cache import Cache, code_version
from portraits.catalogue import catalogue, interface_language
from portraits.digests import digest
from portraits.environment import environment_of
from portraits.feeds.kept import Following
from portraits.hosting import rules_of
from portraits.images.social_card import typefaces
from portraits.library import Library
from portraits.model import Exchange, Portrait
from portraits.options import BuildOptions
from portraits.outline import Outline
from portraits.pages.around import around_of
from portraits.pages.assembly import MEDIA_TYPES, Assembly, EditorPage
from portraits.pages.data_pages import data_pages
from portraits.pages.directory_pages import directory_pages
from portraits.pages.feed_pages import feed_pages
from portraits.pages.graph_pages import graph_pages
from portraits.pages.list_pages import list_pages
from portraits.pages.machine_pages import asset_pages, machine_pages
from portraits.pages.numbers_pages import Numbers, numbers_page
from portraits.pages.picture_pages import picture_pages
from portraits.pages.question_pages import (
    Sheet,
    questions_pages,
    questions_with_page,
)
from portraits.pages.search_pages import search_files
from portraits.pages.series_pages import series_pages
from portraits.pages.spec import PageSpec
from portraits.photographs import Photo
from portraits.reading import Progress
from portraits.settings import Settings
from portraits.views import FeedLink, Link, Site


def assembly_of(
    options: BuildOptions, library: Library, photos: Mapping[str, Photo],
    editor_pages: tuple[EditorPage, ...], load: Callable[[Outline], Portrait],
    load_exchange: Callable[[Outline, int], Exchange],
    assets: Sequence[Asset],
) -> Assembly:
    """The common ground of all pages of one build."""
    settings = options.settings
    languages = dict.fromkeys((settings.lang, *library.by_lang))
    sites = {lang: _site(settings, assets, editor_pages, lang) for lang in languages}
    templates = sorted((options.theme / "templates").rglob("*.html"))
    base = digest(code_version(), repr(settings), repr(sites), str(options.drafts),
                  *(part for path in templates for part in (path.name, path.read_bytes())))
    fonts = options.theme / "static" / "fonts"
    return Assembly(
        settings=settings, sites=sites,
        environment=environment_of(options), base=base, photos=photos,
        editor_pages=editor_pages,
        find_library=lambda: library, find_outline=library.by_source.__getitem__,
        find_around=around_of, find_with_page=questions_with_page,
        load=load, load_exchange=load_exchange, drafts=options.drafts,
        previewed=library.previewed,
        fonts=typefaces(fonts / "newsreader.woff2", fonts / "newsreader-italic.woff2",
                        fonts / "atkinson-hyperlegible-next.woff2"))


def series_files(
    assembly: Assembly, options: BuildOptions, assets: Sequence[Asset], cache: Cache,
    sheets: Sequence[Sheet], numbers: Numbers, followings: Sequence[Following],
    progress: Progress | None = None,
) -> list[PageSpec]:
    """The spec of every file that is in no group (:mod:`portraits.groups`)."""
    series, lists = list(series_pages(assembly)), list(list_pages(assembly))
    about = [*questions_pages(assembly), *directory_pages(assembly), *graph_pages(assembly),
             numbers_page(assembly, numbers)]
    indexed = [
        *_indexed(series), *map(assembly.address, assembly.library.portraits), *_indexed(lists),
        *(sheet.address for sheet in sheets), *_indexed(about)]
    return [
        *series, *lists, *about, *feed_pages(assembly, followings), *data_pages(assembly),
        *machine_pages(assembly, indexed), *asset_pages(assets),
        *picture_pages(assembly, options.cache / "images"), *_extra_files(options),
        *search_files(assembly, cache, options.processes, progress),
    ]


def _indexed(pages: Iterable[PageSpec]) -> Iterator[str]:
    return (page.address for page in pages if page.indexed)


def _extra_files(options: BuildOptions) -> Iterator[PageSpec]:
    """Files of ``content/extra``, published as they are at the site's root: CNAME, favicon…"""
    folder = options.content / "extra"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            yield PageSpec(path.relative_to(folder).as_posix(), digest(content),
                           partial(bytes, content))


def _site(
    settings: Settings, assets: Sequence[Asset], editor_pages: Sequence[EditorPage], lang: str
) -> Site:
    """What all pages in one language have in common."""
    words = catalogue(interface_language(lang, settings.lang))
    own = tuple(
        Link(page.title, settings.path(f"{page.slug}/"), page.lang if page.lang != lang else "")
        for page in editor_pages)
    more = tuple(Link(label, address) for label, address in settings.menu)
    isso = settings.isso if settings.comments == "isso" else ""
    series = [
        ("portraits", addresses.PORTRAITS), ("questions", addresses.QUESTIONS),
        ("directory", addresses.DIRECTORY),
    ]
    around = [
        ("people", addresses.PEOPLE), ("tags", addresses.TAGS),
        ("organizations", addresses.ORGANIZATIONS), ("years", addresses.YEARS),
        ("graph", addresses.GRAPH), ("numbers", addresses.NUMBERS),
        ("subscribe", addresses.SUBSCRIBE),
    ]
    if settings.search:
        series.append(("search", addresses.SEARCH))
    return Site(
        name=settings.site_name, description=settings.site_description, url=settings.site_url,
        base_path=settings.base_path, lang=settings.lang,
        home=settings.path(addresses.series_home(lang, settings.lang)),
        publisher=settings.publisher or settings.site_name, license=settings.license,
        license_url=settings.license_url, email=settings.email, comments=settings.comments,
        isso=isso, search=settings.search,
        menu=(*(Link(words.text(f"menu.{key}"), settings.path(address))
                for key, address in series), *own, *more),
        footer=tuple(Link(words.text(f"menu.{key}"), settings.path(address))
                     for key, address in around),
        feeds=tuple(FeedLink(settings.site_name, settings.path(name), MEDIA_TYPES[name])
                    for name in addresses.FEEDS),
        assets={asset.name: settings.path(asset.address) for asset in assets},
        csp=rules_of(settings).policy.in_meta(),
    )
