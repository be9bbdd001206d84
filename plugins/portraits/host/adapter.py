"""Adapt Pelican's classes. Only this module and ``plugin`` import Pelican at module level.

A portrait is a Pelican ``Article`` with one more attribute, ``portrait``; its ``content`` is the
fragment that the page and the feeds publish. An article is created only when another plugin reads
it, because most builds read none of them.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload

from pelican import signals
from pelican.contents import Article, Author, Page, Tag
from pelican.generators import ArticlesGenerator
from pelican.writers import Writer

from portraits.build.site import SiteBuild
from portraits.checks.pages import FOLDER as PAGES_FOLDER
from portraits.model.portrait import Portrait
from portraits.options import BuildOptions
from portraits.series.tables import EditorPageRow
from portraits.support.problems import Problem, SourceRefused

BUILD = "PORTRAITS_BUILD"
"""Key of Pelican's settings that holds the current build."""

PELICAN_MAKES_NONE_OF_THESE: dict[str, Any] = {
    # This plugin reads the portraits, and writes their lists and feeds.
    "ARTICLE_PATHS": [],
    "DIRECT_TEMPLATES": [],
    "STATIC_PATHS": [],
    "THEME_STATIC_PATHS": [],
    "TEMPLATE_PAGES": {},
    "OUTPUT_SOURCES": False,
    "PAGE_PATHS": [PAGES_FOLDER],
    "IGNORE_FILES": [".*", "_*", "~$*"],  # what our own look at the pages passes over
    "ARTICLE_SAVE_AS": "portraits/{slug}/index.html",
    "ARTICLE_URL": "portraits/{slug}/",
    "ARTICLE_LANG_SAVE_AS": "{lang}/portraits/{slug}/index.html",
    "ARTICLE_LANG_URL": "{lang}/portraits/{slug}/",
    "PAGE_SAVE_AS": "",
    "PAGE_LANG_SAVE_AS": "",
    "DRAFT_PAGE_SAVE_AS": "",
    "TAG_URL": "etiquettes/{slug}/",
    "AUTHOR_SAVE_AS": "",
    "CATEGORY_SAVE_AS": "",
    "TAG_SAVE_AS": "",
    "FEED_ATOM": None,
    "FEED_RSS": None,
    "FEED_ALL_ATOM": None,
    "FEED_ALL_RSS": None,
    "CATEGORY_FEED_ATOM": None,
    "CATEGORY_FEED_RSS": None,
    "AUTHOR_FEED_ATOM": None,
    "AUTHOR_FEED_RSS": None,
    "TAG_FEED_ATOM": None,
    "TAG_FEED_RSS": None,
    "TRANSLATION_FEED_ATOM": None,
    "TRANSLATION_FEED_RSS": None,
    # Deleting the output first would leave readers without a site during the build.
    "DELETE_OUTPUT_DIRECTORY": False,
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
}


class PortraitArticle(Article):  # type: ignore[misc] # Pelican is not typed
    """An article whose text is a portrait."""

    portrait: Portrait


class Articles(Sequence[PortraitArticle]):
    """The portraits of the series as Pelican's articles, each created on first access."""

    def __init__(self, build: SiteBuild, settings: Any, context: Any) -> None:
        self._build, self._settings, self._context = build, settings, context
        self._sources = build.sources()
        self._made: dict[int, PortraitArticle] = {}

    def __len__(self) -> int:
        return len(self._sources)

    @overload
    def __getitem__(self, position: int) -> PortraitArticle: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[PortraitArticle]: ...
    def __getitem__(self, position: int | slice) -> PortraitArticle | Sequence[PortraitArticle]:
        if isinstance(position, slice):
            return [self[index] for index in range(*position.indices(len(self)))]
        index = range(len(self))[position]
        if index not in self._made:
            self._made[index] = self._article(self._sources[index])
        return self._made[index]

    def __iter__(self) -> Iterator[PortraitArticle]:
        return (self[index] for index in range(len(self)))

    def _article(self, source: str) -> PortraitArticle:
        portrait, content = self._build.portrait_and_content(source)
        metadata = {
            "title": portrait.title,
            "slug": portrait.slug,
            "lang": portrait.lang,
            "date": _midnight(portrait.date),
            "status": portrait.status.value,
            "summary": portrait.summary,
            "tags": [Tag(tag, self._settings) for tag in portrait.tags],
            "authors": [
                Author(name, self._settings)
                for name in portrait.interviewers or (self._settings.get("AUTHOR") or "",)
            ],
        }
        if portrait.modified:
            metadata["modified"] = _midnight(portrait.modified)
        if portrait.series:
            metadata["series"] = portrait.series
        path = self._build.options.content / source
        article = PortraitArticle(content, metadata, self._settings, str(path), self._context)
        article.portrait = portrait
        return article


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)


class PortraitsGenerator(ArticlesGenerator):  # type: ignore[misc]
    """Reads the series in place of Pelican's articles.

    It writes nothing: :func:`portraits.host.plugin.publish` does, when all generators have
    finished.
    """

    def generate_context(self) -> None:
        build: SiteBuild = self.settings[BUILD]
        build.read()
        self.articles = Articles(build, self.settings, self.context)
        self.all_articles = self.articles
        self.context["articles"] = self.articles
        signals.article_generator_finalized.send(self)

    def generate_output(self, writer: Any) -> None:
        signals.article_writer_finalized.send(self, writer=writer)

    def refresh_metadata_intersite_links(self) -> None:
        """Do nothing: links between portraits are resolved when a page is rendered."""


class TreeWriter(Writer):  # type: ignore[misc]
    """Passes the files that other generators write to the build, which publishes everything at
    once."""

    def write_file(
        self,
        name: str,
        template: Any,
        context: Any,
        relative_urls: bool = False,
        paginated: Any = None,
        template_name: str | None = None,
        override_output: bool = False,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        if name:
            html = template.render({**context, "output_file": name, **kwargs})
            self.settings[BUILD].add_file(name, html.encode())

    def write_feed(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing: the build writes the feeds."""


class Complaints(logging.Handler):
    """Collects Pelican's warnings: a file that it skips must stop the build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.problems.append(
            Problem(
                "pelican",
                0,
                "pelican",
                record.getMessage().replace("\n", " "),
                "Pelican aurait passé outre; corrigez la page ou le réglage qui est nommé",
            )
        )

    def raise_if_any(self) -> None:
        """Raise SourceRefused with everything that was logged, if anything was."""
        if self.problems:
            raise SourceRefused(self.problems)


def editor_pages(pages: Sequence[Page], options: BuildOptions) -> list[EditorPageRow]:
    """Return the editor's pages as rows, with links resolved by Pelican."""
    return [
        EditorPageRow(
            Path(page.source_path).relative_to(options.content).as_posix(),
            page.slug,
            page.title,
            page.lang,
            page.content,
        )
        for page in pages
    ]
