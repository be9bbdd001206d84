"""One build of the site.

    read    changed files -> rows -> checks over the series    (problems: nothing is touched)
    publish changed rows -> views -> pages -> verified -> a release

The rows are committed when they are read, with what they change; files, the reads of pages and the
number of the release are committed together, before the release is put in place.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from portraits.build.glance import glance_of, touched
from portraits.build.identity import database_path, identity_of
from portraits.build.releases import PublishingError, Releases, is_ours
from portraits.build.releases import opened as releases_of
from portraits.options import BuildOptions
from portraits.series.database import Database, restored, stored
from portraits.series.database import opened as database_of
from portraits.support.digests import digest
from portraits.support.locks import Locked
from portraits.support.problems import Problem, SourceRefused, errors
from portraits.support.progress import Progress

if TYPE_CHECKING:
    from portraits.build.engine import Engine, Outcome
    from portraits.build.photos import Refusal
    from portraits.model.portrait import Portrait
    from portraits.series.reads import Series
    from portraits.series.tables import EditorPageRow
    from portraits.site.context import BuildContext

_RELEASE, _GLANCE, _SAID, _PAGES = "release", "glance", "said", "pages"
_REPUBLISHED = "republished"
"""The release of which the table of that name says what it changed."""


class Waiting(NamedTuple):
    """A portrait that is kept back: a draft, a hidden one, a date to come."""

    source: str
    status: str
    date: str
    """ISO 8601."""


class BuildReport(NamedTuple):
    """What a build did."""

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
    """A build under way: a context, whose steps are :meth:`read` and :meth:`publish`."""

    options: BuildOptions
    progress: Progress | None = None
    trusting: bool = False
    """Take for granted that the published files stand as they were left: in a preview."""
    report: BuildReport | None = None
    """What was published, once it is."""
    pages: Sequence[EditorPageRow] | None = None
    """The editor's own pages, as Pelican read them; None where they are those of the last build."""
    pages_known_as: bytes = b""
    """Hash of all that Pelican makes the editor's pages of."""
    settings_known_as: bytes = b""
    """Hash of all that the settings file says, which others may make something of."""
    veto: Callable[[], None] = lambda: None
    """Raises SourceRefused when something besides the portraits forbids to publish."""
    _stack: ExitStack = field(default_factory=ExitStack)
    _foreign: dict[str, bytes] = field(default_factory=dict)
    _refusals: Mapping[str, Refusal] = field(default_factory=dict)
    _glance: bytes = b""
    _warnings: tuple[Problem, ...] = ()

    def __enter__(self) -> SiteBuild:
        os.umask(0o022)
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database. Call it whatever happened."""
        self._stack.close()
        self.__dict__.pop("database", None)

    @cached_property
    def database(self) -> Database:
        options, path = self.options, database_path(self.options)
        with _writing(path):
            return self._stack.enter_context(database_of(
                path, identity_of(options), durable=options.durable))

    # -- nothing to do

    def current(self) -> BuildReport | None:
        """The report of the last build, where there is nothing to do since; its files were not
        written again."""
        if not is_ours(self.options.output):  # looking must not leave a working folder anywhere
            return None
        database = self.database
        self._glance = self._look()
        if database.fact(_GLANCE) != self._glance:
            return None
        release = int(database.fact(_RELEASE) or 0)
        if not release or release != Releases(self.options.output).number:
            return None
        pending = database.connection.execute("SELECT 1 FROM pending LIMIT 1").fetchone()
        if pending or touched(database, self.options.output, self.options.processes):
            return None
        report: BuildReport = restored(database.fact(_SAID))
        return report._replace(written=(), removed=(), notices=tuple(database.notices))

    def _look(self) -> bytes:
        return digest(glance_of(self.options), self.settings_known_as)

    # -- reading

    def read(self, pages: Collection[str] = ()) -> None:
        """Bring the rows up to date and check the series. ``pages`` are the sources of the
        editor's own pages. Raises SourceRefused with every problem of every file."""
        problems = self.examine(pages)
        if errors(problems):
            raise SourceRefused(problems)

    def examine(self, pages: Collection[str] = ()) -> list[Problem]:
        """The same, returning every problem."""
        from portraits.build.photos import update_photos
        from portraits.build.sources import Sources
        from portraits.checks.pages import check_pages
        from portraits.checks.series import Checked, check

        options, database = self.options, self.database
        self._glance = self._glance or self._look()
        sources = Sources(options, database, self.progress)
        with _writing(database.path), database.transaction():
            sources.update()
            self._refusals = update_photos(options, database, self.progress)
            database.settle()
        found = [*check_pages(options.content, options.label), *sources.known_problems()]
        found += check(Checked(database.connection, options, frozenset(pages), self._refusals))
        self._warnings = tuple(sorted(problem for problem in found if not problem.is_error))
        return sorted(found)

    # -- what others ask for

    def sources(self) -> list[str]:
        """The sources of the portraits that the site shows, newest first."""
        return [source for source, in self.database.connection.execute(
            "SELECT source FROM portrait WHERE position IS NOT NULL ORDER BY position")]

    def portrait_and_content(self, source: str) -> tuple[Portrait, str]:
        """A portrait and its body as HTML, as the page shows it."""
        from portraits.site.fragments import PortraitRenderer

        context, _ = self._context
        renderer = PortraitRenderer(context, context.summary(source))
        return renderer.portrait, renderer.content

    @cached_property
    def _context(self) -> tuple[BuildContext, Engine]:
        """The means of making pages, and the engine, with every view up to date."""
        from portraits.build.engine import Engine
        from portraits.build.inputs import context_of, keep_pages
        from portraits.pages import pieces
        from portraits.series.views import VIEWS

        options, database = self.options, self.database
        with database.transaction():
            if self.pages is not None:
                keep_pages(database, list(self.pages))
                database.remember(_PAGES, self.pages_known_as)
            context = context_of(options, database, self._foreign)
        engine = Engine(database, options.settings, options.processes, self.progress)
        engine.derive((*VIEWS, *pieces(context)))
        return context, engine

    def series(self) -> Series:
        """The series, with every view up to date, to be asked."""
        context, _ = self._context
        return context.series

    def aliases(self) -> list[tuple[str, str]]:
        """Each former address and the present one, from the site's root."""
        from portraits.model.addresses import portrait

        lang = self.options.settings.lang
        return [(alias, portrait(slug, one, lang)) for alias, slug, one in
                self.database.connection.execute(
                    "SELECT address, slug, lang FROM alias JOIN portrait USING (source)"
                    " WHERE alias.position IS NOT NULL ORDER BY address")]

    def count(self) -> int:
        """How many portraits there are, shown or not."""
        found: int = self.database.connection.execute(
            "SELECT count(*) FROM portrait").fetchone()[0]
        return found

    # -- what others add

    def knows_pages(self) -> bool:
        """Whether the editor's pages need not be read again."""
        return bool(self.pages_known_as) and (
            self.database.fact(_PAGES) == self.pages_known_as)

    def add_file(self, address: str, content: bytes) -> None:
        """A file that another plugin writes. What is ours stays ours."""
        self._foreign[address] = content

    # -- publishing

    def publish(self) -> BuildReport:
        """Make what is stale and put the new site in the place of the old one.

        Raises PublishingError; the published site is then what it was.
        """
        self.veto()
        with _writing(self.database.path), releases_of(self.options.output) as releases:
            self.report = self._published(releases)
        return self.report

    def _published(self, releases: Releases) -> BuildReport:
        from portraits.build.verify import stands, verify
        from portraits.pages import KINDS

        options, database = self.options, self.database
        self.__dict__.pop("_context", None)  # other plugins may have added to it since
        context, engine = self._context
        current = int(database.fact(_RELEASE) or 0) == releases.number != 0
        with database.transaction():
            if not current:  # what stands there was not made from these rows
                _forget_pages(database)
            elif not self.trusting:
                engine.mark(touched(database, options.output, options.processes))
            staging = releases.staging()
            outcome = engine.make(KINDS, context, staging)
            before = outcome.gone if current else releases.standing()
            gone = {path for path in before if not stands(database, path)}
            verify(database, outcome, releases, options.settings.base_path)
            written = sorted(outcome.written)
            number, tree = releases.number, None
            if self.progress:
                self.progress("mise en place", 0, len(written))
            if written or gone or not number:
                number, tree = self._put_together(releases, outcome, gone, current=current)
            database.remember(_RELEASE, str(number).encode())
            database.remember(_GLANCE, self._glance)
            report = self._report(written, gone, number)
            database.remember(_SAID, stored(report))
            database.publish()
            # The commit comes before the exchange: a kill in between is seen at the next start,
            # because the number in the output folder is not the one that is recorded here.
        if tree:
            releases.exchange(tree)
        if self.progress:
            self.progress("mise en place", len(written), len(written))
        return report

    def _put_together(
        self, releases: Releases, outcome: Outcome, gone: set[str], *, current: bool
    ) -> tuple[int, Path]:
        connection = self.database.connection
        known = self.database.fact(_REPUBLISHED) == str(releases.number).encode()
        before = {path for path, in connection.execute("SELECT path FROM republished")}
        paths = (path for path, in connection.execute("SELECT DISTINCT path FROM file")
                 if path not in outcome.written)
        number, tree = releases.put_together(
            outcome.written, gone, paths, before if current and known else None,
            durable=self.options.durable)
        self.database.remember(_REPUBLISHED, str(number).encode())
        connection.execute("DELETE FROM republished")
        if releases.number:
            connection.executemany("INSERT INTO republished VALUES (?)",
                                   ((path,) for path in {*outcome.written, *gone}))
        return number, tree

    def _report(self, written: Sequence[str], gone: set[str], number: int) -> BuildReport:
        connection = self.database.connection

        def count(statement: str) -> int:
            found: int = connection.execute(statement).fetchone()[0]
            return found

        return BuildReport(
            portraits=count("SELECT count(*) FROM portrait WHERE position IS NOT NULL"),
            waiting=waiting(self.database), warnings=self._warnings, written=tuple(written),
            removed=tuple(sorted(gone)), files=count("SELECT count(DISTINCT path) FROM file"),
            release=number, notices=tuple(self.database.notices))


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Say what is wrong where the database at ``path`` cannot be had or written: another build, a
    full disk, lost rights; or where the system has ended one of the processes."""
    try:
        yield
    except (Locked, ChildProcessError) as error:
        raise PublishingError(str(error)) from None
    except sqlite3.OperationalError as error:
        raise PublishingError(f"{path} : impossible d’y écrire ({error})") from error


def waiting(database: Database) -> tuple[Waiting, ...]:
    """The portraits that are kept back, newest first."""
    return tuple(Waiting(*row) for row in database.connection.execute(
        "SELECT source, status, date FROM portrait WHERE position IS NULL"
        " ORDER BY date DESC, slug, lang, source"))


def _forget_pages(database: Database) -> None:
    """Every page is made again: those that stand there are of another release."""
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
