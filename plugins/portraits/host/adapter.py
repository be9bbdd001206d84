"""Adapt Pelican's classes for a site that consists of the series."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator

from portraits.build.site import SiteBuild
from portraits.checks.pages import FOLDER as PAGES_FOLDER
from portraits.checks.pages import check_pages
from portraits.host.articles import BUILD, Articles
from portraits.host.aside import writing_to
from portraits.series.tables import EditorPageRow
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused, errors

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


class PortraitsGenerator(ArticlesGenerator):  # type: ignore[misc]
    """Reads the series in place of Pelican's articles.

    It writes nothing: :func:`run_alone` does, when Pelican has finished.
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
                msg("host.complaint_hint"),
            )
        )

    def raise_if_any(self) -> None:
        """Raise SourceRefused with everything that was logged, if anything was."""
        if self.problems:
            raise SourceRefused(self.problems)


def take_pages(generator: Any) -> None:
    """Hand the editor's own pages to the build. Called when Pelican has read them."""
    build: SiteBuild | None = generator.settings.get(BUILD)
    if build is None or build.options.guest:
        return
    generator.context["static_links"].clear()  # Pelican would copy them into the published site
    build.pages = [
        EditorPageRow(
            Path(page.source_path).relative_to(build.options.content).as_posix(),
            f"{page.slug}/",
            page.title,
            page.lang,
            page.content,
        )
        for page in (*generator.pages, *generator.translations)
    ]


def count_portraits(generator: Any, writer: Any) -> None:
    """Give Pelican's own generator of articles, which has none, the portraits: it counts them in
    its closing line. Called when it has written everything."""
    build: SiteBuild | None = generator.settings.get(BUILD)
    if build and not build.options.guest and not isinstance(generator, PortraitsGenerator):
        generator.articles = Articles(build, generator.settings, generator.context)


def run_alone(pelican: Any, run: Callable[[], None], build: SiteBuild) -> None:
    """Run Pelican's ``run`` for a site of its own, then publish it.

    What other plugins write into the output folder goes into a folder aside, and from there into
    the release. Raise SourceRefused or PublishingError; the published site is then unchanged.
    """
    options, complaints = build.options, Complaints()
    # Do not let Pelican open pages with errors; the build says why.
    wrong = errors(check_pages(options.content, options.label))
    changed: dict[str, Any] = {"PAGE_PATHS": []} if wrong else {}
    logging.getLogger("pelican").addHandler(complaints)
    with TemporaryDirectory() as aside:
        try:
            with writing_to(Path(aside), pelican, build, changed):
                run()
        finally:
            logging.getLogger("pelican").removeHandler(complaints)
        complaints.raise_if_any()
        for file in sorted(Path(aside).rglob("*")):
            if file.is_file():
                build.add_file(file.relative_to(aside).as_posix(), file.read_bytes())
    build.publish()
