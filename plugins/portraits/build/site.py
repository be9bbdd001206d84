"""Run one build of the site.

    read    changed files -> rows -> checks over the series    (problems: nothing is published)
    publish changed rows -> views -> pages -> verified -> a release

The rows are committed after reading, together with their pending changes; files, the reads of pages
and the release number are committed together, just before the release is published.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from portraits.build.glance import due, glance_of, touched
from portraits.build.identity import database_path, identity_of
from portraits.build.releases import PublishingError, Releases, is_ours
from portraits.build.releases import opened as releases_of
from portraits.build.trees import marks_of
from portraits.model.portrait import Status
from portraits.options import BuildOptions
from portraits.series.database import Database, restored, stored
from portraits.series.database import opened as database_of
from portraits.support.digests import digest
from portraits.support.locks import Locked
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused, errors
from portraits.support.workers import Progress

if TYPE_CHECKING:
    from portraits.build.engine import Engine, Outcome
    from portraits.build.photos import Refusal
    from portraits.model.portrait import Portrait
    from portraits.series.reads import Series
    from portraits.series.tables import EditorPageRow
    from portraits.site.context import BuildContext

_RELEASE, _GLANCE, _REPORT, _PAGES = "release", "glance", "said", "pages"
_REPUBLISHED = "republished"
"""Fact: number of the release whose changed paths are in the table of this name."""


class Waiting(NamedTuple):
    """A portrait that is not published yet: a draft, a hidden one, a future date."""

    source: str
    status: str
    date: str
    """ISO 8601; empty for a file with errors."""
    hour: str
    """ISO 8601 with its offset; empty for the beginning of the day."""


class BuildReport(NamedTuple):
    """The result of a build."""

    portraits: int
    waiting: tuple[Waiting, ...]
    warnings: tuple[Problem, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    files: int
    release: int
    notices: tuple[str, ...] = ()


@dataclass
class SiteBuild:
    """A build in progress, as a context manager. Its steps are :meth:`read` and :meth:`publish`."""

    options: BuildOptions
    progress: Progress | None = None
    trusting: bool = False
    """Assume that nobody touched the published files. For previews: it saves checking each file."""
    others_write_to: Path | None = None
    """The folder that stands in for the output folder while Pelican runs; None before and after."""
    outcome: Outcome | None = None
    """The result of :meth:`make_into`; None before."""
    report: BuildReport | None = None
    """The report of :meth:`publish`; None before."""
    pages: Sequence[EditorPageRow] | None = None
    """The editor's own pages, as Pelican read them; None if they have not changed since the last
    build."""
    pages_known_as: bytes = b""
    """Hash of everything that Pelican makes the editor's pages from."""
    settings_known_as: bytes = b""
    """Hash of the whole settings file, which other plugins may read."""
    veto: Callable[[], None] = lambda: None
    """Raises SourceRefused if something other than the portraits forbids publication."""
    _stack: ExitStack = field(default_factory=ExitStack)
    _others: dict[str, bytes] = field(default_factory=dict)
    _refusals: Mapping[str, Refusal] = field(default_factory=dict)
    _glance: bytes = b""
    _warnings: tuple[Problem, ...] = ()

    def __enter__(self) -> SiteBuild:
        os.umask(0o022)  # the web server, another user, must be able to read the site
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database. Always call it, even after an error."""
        self._stack.close()
        self.__dict__.pop("database", None)

    @cached_property
    def database(self) -> Database:
        """The database of this build, opened on first use. Raises PublishingError if it cannot be
        used."""
        options, path = self.options, database_path(self.options)
        with _writing(path):
            return self._stack.enter_context(
                database_of(path, identity_of(options), durable=options.durable)
            )

    # -- nothing to do

    def current(self) -> BuildReport | None:
        """Return the report of the last build if nothing has changed since, else None.

        The report lists no file as written or removed.
        """
        if not is_ours(self.options.output):  # a mere check must not create a working folder
            return None
        database = self.database
        self._glance = self._current_glance()
        if database.fact(_GLANCE) != self._glance:
            return None
        release = int(database.fact(_RELEASE) or 0)
        if not release or release != Releases(self.options.output).number:
            return None
        pending = database.connection.execute("SELECT 1 FROM pending LIMIT 1").fetchone()
        if (
            pending
            or due(self.options, database)
            or touched(database, self.options.output, self.options.processes)
        ):
            return None
        report: BuildReport = restored(database.fact(_REPORT))
        return report._replace(written=(), removed=(), notices=tuple(database.notices))

    def _current_glance(self) -> bytes:
        return digest(glance_of(self.options), self.settings_known_as)

    # -- reading

    def read(self) -> None:
        """Bring the rows up to date and check the series.

        Raise SourceRefused with every problem of every file if one of them is an error.
        """
        problems = self.examine()
        if errors(problems):
            raise SourceRefused(problems)

    def examine(self, *, strict: bool = False) -> list[Problem]:
        """Do the same as :meth:`read`, but return every problem instead of raising.

        The faults of drafts and hidden portraits are warnings: what is not published stops
        nobody. They are errors with ``strict``, and in a build that shows drafts.
        """
        from portraits.build.photos import update_photos
        from portraits.build.sources import Sources
        from portraits.checks.pages import PagesRead, articles_left_out, read_pages
        from portraits.checks.series import Checked, check
        from portraits.model import addresses
        from portraits.output.media_types import BY_NAME
        from portraits.support.picture_paths import plain_name

        options, database = self.options, self.database
        self._glance = self._glance or self._current_glance()
        sources = Sources(options, database, self.progress)
        with _writing(database.path), database.transaction():
            sources.update()
            self._refusals = update_photos(options, database, self.progress)
            database.settle()
        lenient = not strict and not options.drafts
        pages = (
            PagesRead({}, frozenset(), [])
            if options.guest
            else read_pages(options.content, options.label)
        )
        found = list(pages.problems)
        if not options.guest:
            found += articles_left_out(options.content, options.settings.folder, options.label)
        found += sources.known_problems(lenient=lenient)
        found += check(
            Checked(
                database.connection,
                options,
                frozenset(self._linkable()),
                self._refusals,
                addresses.RESERVED | BY_NAME.keys(),
                {plain_name(problem.path) for problem in found if problem.is_error},
                lenient,
                pages.withheld,
                pages.slugs,
            )
        )
        self._warnings = tuple(sorted(problem for problem in found if not problem.is_error))
        return sorted(found)

    def _linkable(self) -> Iterable[str]:
        """Return the files beside the portraits that they may link to, relative to the content
        folder: the editor's pages, in a blog every file."""
        from portraits.checks.pages import page_sources

        content = self.options.content
        if not self.options.guest:
            return page_sources(content)
        return (
            path.relative_to(content).as_posix() for path in content.rglob("*") if path.is_file()
        )

    # -- what others ask for

    def sources(self) -> list[str]:
        """Return the sources of the portraits that the site shows, newest first."""
        return [
            source
            for (source,) in self.database.connection.execute(
                "SELECT source FROM portrait WHERE position IS NOT NULL ORDER BY position"
            )
        ]

    def portrait(self, source: str) -> Portrait:
        """Return a portrait."""
        from portraits.series.reading import portrait_of

        return portrait_of(self.database.series, source)

    def content(self, source: str) -> str:
        """Return the body of a portrait as HTML, as its page shows it."""
        from portraits.site.fragments import PortraitRenderer

        context, _ = self._context
        return PortraitRenderer(context, context.summary(source)).content

    @cached_property
    def _context(self) -> tuple[BuildContext, Engine]:
        """The build context and the engine, with every view up to date."""
        from portraits.build.engine import Engine
        from portraits.build.inputs import context_of, keep_pages
        from portraits.pages import pieces
        from portraits.series.views import VIEWS

        options, database = self.options, self.database
        with database.transaction():
            if self.pages is not None:
                keep_pages(database, list(self.pages))
                database.remember(_PAGES, self.pages_known_as)
            context = context_of(options, database)
        engine = Engine(database, options.settings, options.processes, self.progress)
        engine.derive((*VIEWS, *pieces(context)))
        return context, engine

    def context(self) -> BuildContext:
        """Return what pages are made with, every view up to date."""
        return self._context[0]

    def series(self) -> Series:
        """Return the series, with every view up to date, for queries."""
        return self.context().series

    def aliases(self) -> list[tuple[str, str]]:
        """Return each former address and the present one, relative to the site's root."""
        from portraits.model.addresses import portrait

        lang = self.options.settings.lang
        return [
            (alias, portrait(slug, one, lang))
            for alias, slug, one in self.database.connection.execute(
                "SELECT address, slug, lang FROM alias JOIN portrait USING (source)"
                " WHERE alias.position IS NOT NULL ORDER BY address"
            )
        ]

    def count(self) -> int:
        """Return the number of portraits, shown or not."""
        found: int = self.database.connection.execute("SELECT count(*) FROM portrait").fetchone()[0]
        return found

    # -- what others add

    def knows_pages(self) -> bool:
        """Return whether the stored pages of the editor are up to date."""
        return bool(self.pages_known_as) and (self.database.fact(_PAGES) == self.pages_known_as)

    def add_file(self, path: str, content: bytes) -> None:
        """Add a file written by another plugin."""
        self._others[path] = content

    # -- publishing

    def publish(self) -> BuildReport:
        """Make what is stale and replace the published site with the new one.

        Raise PublishingError; the published site is then unchanged.
        """
        self.veto()
        with _writing(self.database.path), releases_of(self.options.output) as releases:
            self.report = self._published(releases)
        return self.report

    def make_into(self, folder: Path) -> Outcome:
        """Make every page that stands in a blog into a new folder, for others to publish.

        Return its result, which is also kept as :attr:`outcome`.

        Raise PublishingError if a page is not right, SourceRefused for a link that leads nowhere.
        """
        from portraits.build.releases import Staging
        from portraits.build.trees import Tree
        from portraits.build.verify import verify
        from portraits.model import addresses
        from portraits.pages import KINDS

        database = self.database
        self.__dict__.pop("_context", None)
        folder.mkdir(parents=True)
        with _writing(database.path):
            context, engine = self._context
            with database.transaction():
                _forget_pages(database)
                kinds = [kind for kind in KINDS if not kind.whole_site]
                staging = Staging(folder, Tree(folder), compared=False)
                self.outcome = outcome = engine.make(kinds, context, staging)
                # The other links lead to pages of the blog, which looks after them itself.
                outcome.links = {
                    path: page
                    for path, page in outcome.links.items()
                    if path.split("/")[0] in addresses.RESERVED
                }
                verify(database, outcome, staging, self.options.settings.base_path)
                database.publish()
        return outcome

    def report_of(self, number: int, files: int) -> BuildReport:
        """Return the report of a release that others published."""
        assert self.outcome is not None  # noqa: S101 - make_into comes first
        return self._report(sorted(self.outcome.paths), set(), number)._replace(files=files)

    def _published(self, releases: Releases) -> BuildReport:
        from portraits.build.others import add_files_of_others, gave_way_to_others
        from portraits.build.verify import stands, verify
        from portraits.checks.lost_addresses import lost_addresses, moved
        from portraits.checks.page_links import dead_links
        from portraits.checks.series import Checked
        from portraits.model import addresses
        from portraits.pages import KINDS

        options, database = self.options, self.database
        self.__dict__.pop("_context", None)  # other plugins may have added files since
        context, engine = self._context
        current = int(database.fact(_RELEASE) or 0) == releases.number != 0
        with database.transaction():
            # The published site was not made from these rows, or lacks files of them?
            current = current and not gave_way_to_others(database, self._others)
            if not current:
                _forget_pages(database)
            elif not self.trusting:
                engine.mark(touched(database, options.output, options.processes))
            staging = releases.staging()
            outcome = engine.make(KINDS, context, staging)
            clash = options.settings.on_clash
            database.notices += add_files_of_others(database, staging, outcome, self._others, clash)
            before = outcome.gone if current else releases.standing()
            gone = {path for path in before if not stands(database, path)}
            everything = Checked(database.connection, options, frozenset(), self._refusals)
            dead = dead_links(everything)
            if errors(dead):
                raise SourceRefused(dead)
            self._warnings = tuple(sorted((*self._warnings, *dead)))
            verify(database, outcome, staging, options.settings.base_path)
            written = sorted(outcome.written)
            number, tree = releases.number, None
            if self.progress:
                self.progress(msg("progress.release"), 0, len(written))
            unmarked = options.withdrawn.marks - marks_of(options.output)
            if written or gone or not number or unmarked:
                number, tree = self._put_together(releases, outcome, gone, current=current)
            database.remember(_RELEASE, str(number).encode())
            database.remember(_GLANCE, self._glance)
            gone_on_purpose = options.withdrawn.files
            lost = [
                one
                for one in lost_addresses(options.output, gone)
                if addresses.file_of(one.address) not in gone_on_purpose
            ]
            for one, warning in moved(everything, options.output, lost):
                if warning:
                    self._warnings = tuple(sorted((*self._warnings, warning)))
                else:
                    database.notices.append(
                        msg("build.address_gone", address=one.address, name=one.name)
                    )
            report = self._report(written, gone, number)
            # Without the paths, which no later report gives and which may say who was withdrawn.
            database.remember(_REPORT, stored(report._replace(written=(), removed=())))
            database.publish()
            # The commit comes before the exchange: the next build detects a kill in between,
            # because the number in the output folder differs from the one recorded here.
        if tree:
            releases.exchange(tree)
        if self.progress:
            self.progress(msg("progress.release"), len(written), len(written))
        return report

    def _put_together(
        self, releases: Releases, outcome: Outcome, gone: set[str], *, current: bool
    ) -> tuple[int, Path]:
        connection = self.database.connection
        known = self.database.fact(_REPUBLISHED) == str(releases.number).encode()
        before = {path for (path,) in connection.execute("SELECT path FROM republished")}
        paths = (
            path
            for (path,) in connection.execute("SELECT DISTINCT path FROM file")
            if path not in outcome.written
        )
        number, tree = releases.put_together(
            outcome.written,
            gone,
            paths,
            before if current and known else None,
            durable=self.options.durable,
            marks=self.options.withdrawn.marks,
        )
        # A release from before a withdrawal will not be kept: nor what was in it.
        kept = not self.options.withdrawn.marks - marks_of(self.options.output)
        self.database.remember(_REPUBLISHED, str(number).encode() if kept else b"")
        connection.execute("DELETE FROM republished")
        if releases.number and kept:
            connection.executemany(
                "INSERT INTO republished VALUES (?)",
                ((path,) for path in {*outcome.written, *gone}),
            )
        return number, tree

    def _report(self, written: Sequence[str], gone: set[str], number: int) -> BuildReport:
        connection = self.database.connection

        def count(statement: str) -> int:
            found: int = connection.execute(statement).fetchone()[0]
            return found

        return BuildReport(
            portraits=count("SELECT count(*) FROM portrait WHERE position IS NOT NULL"),
            waiting=waiting(self.database),
            warnings=self._warnings,
            written=tuple(written),
            removed=tuple(sorted(gone)),
            files=count("SELECT count(DISTINCT path) FROM file"),
            release=number,
            notices=tuple(self.database.notices),
        )


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn failures to open or write the database at ``path`` into PublishingError.

    Such as another build, a full disk, lost permissions, or a worker process killed by the system.
    """
    try:
        yield
    except (Locked, ChildProcessError) as error:
        raise PublishingError(str(error)) from None
    except sqlite3.OperationalError as error:
        raise PublishingError(msg("build.not_writable", path=path, error=error)) from error


def waiting(database: Database) -> tuple[Waiting, ...]:
    """Return the portraits that are not shown, newest first, then those that cannot be read."""
    return tuple(
        Waiting(*row)
        for row in database.connection.execute(
            "SELECT source, status, date, hour FROM portrait WHERE position IS NULL"
            " UNION SELECT path, status, '', '' FROM source WHERE status<>? AND path NOT IN"
            " (SELECT source FROM portrait) ORDER BY date DESC, hour DESC, source",
            (Status.PUBLISHED.value,),
        )
    )


def _forget_pages(database: Database) -> None:
    """Drop every page so that all are made again: the published ones belong to another release."""
    from portraits.build.engine import KEYS_OF, PAGE
    from portraits.pages import KINDS

    connection = database.connection
    for kind in KINDS:
        for name in (PAGE + kind.name, KEYS_OF + PAGE + kind.name):
            for node in database.nodes(name).values():
                database.drop_node(node)
    connection.execute("DELETE FROM file")
    connection.execute("DELETE FROM republished")
    database.remember(_REPUBLISHED, b"")
