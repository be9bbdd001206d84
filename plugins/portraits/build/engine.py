"""Rebuild what changed rows make stale: parts of views, then pages.

    row changes -> nodes that read them are stale -> made again -> their rows change …
    ^----------------------------------------------------------------- view after view, then pages

A *node* is a part of a view, or a page. The list of nodes of a kind is itself the result of queries
(:attr:`View.keys`, :attr:`PageKind.keys`), and is computed again when they are stale. Nothing else
decides what is made. Many nodes are spread over one worker process per core, each with its own
connection; only the main process writes to the database.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from portraits.build.releases import Staging
from portraits.checks.output import malformed, may_link
from portraits.checks.output_paths import as_stored
from portraits.images.source import ImageError
from portraits.model.addresses import NOT_FOUND, file_of
from portraits.output.relative import relative_to
from portraits.series.database import Database, connect
from portraits.series.reads import Read, Series
from portraits.series.tables import FileRow
from portraits.series.views import View
from portraits.settings import Settings
from portraits.site.context import BuildContext
from portraits.site.page import PageKind
from portraits.support.messages import msg
from portraits.support.workers import Progress, spread

VIEW, PAGE, KEYS_OF = "view ", "page ", "keys of "
"""Prefixes of node kinds; the last one is for the node that lists the keys of a kind."""
_PARALLEL_FROM = 48
"""With fewer nodes than this, starting worker processes takes longer than the work."""


class Derived(NamedTuple):
    """A derived part of a view."""

    key: str
    rows: list[tuple[Any, ...]]
    reads: set[Read]


class MadeFile(NamedTuple):
    """A file of a page. ``written`` is False if the published file already has this content."""

    path: str
    size: int
    mtime: int
    written: bool
    sitemap: str
    modified: str


class Made(NamedTuple):
    """A rendered page."""

    kind: int
    key: str
    files: list[MadeFile]
    reads: set[Read]
    links: dict[str, str]
    """Path of each file that the page may link to -> path of the page."""
    faults: list[str]
    """What is wrong with its files (French)."""


@dataclass
class Engine:
    """The nodes of one build, and which of them are stale."""

    database: Database
    settings: Settings
    processes: int
    progress: Progress | None = None
    stale: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    """Kind -> key -> number of the stale nodes."""

    # -- views

    def derive(self, views: Sequence[View]) -> None:
        """Bring every view up to date, each in its own transaction."""
        with self.database.transaction():
            self.mark(self.database.left_over())
            self._settle()
        for done, view in enumerate(views):
            with self.database.transaction():
                due = self._due(
                    VIEW + view.name, partial(self._view_keys, view), partial(self._drop_part, view)
                )
                if due:
                    self._derive(view, due)
            if self.progress:
                self.progress(msg("progress.views"), done + 1, len(views))

    def _view_keys(self, view: View) -> Iterable[str]:
        return view.keys(self.database.series, self.settings)

    def _drop_part(self, view: View, key: str) -> None:
        self.database.replace(key, (), view.tables)

    def _derive(self, view: View, due: Mapping[str, bool]) -> None:
        database = self.database
        if self.processes > 1 and len(due) >= _PARALLEL_FROM:
            global _work  # worker processes inherit it by fork, without pickling
            _work = _Work(database, self.settings, views=(view,))
            for derived in spread(self.processes, _derive_in_worker, due):
                self._keep_part(view, derived, known=due[derived.key])
            _work = None
        else:
            for key, known in due.items():
                self._keep_part(
                    view, _derived(view, database.series, self.settings, key), known=known
                )
        self._settle()

    def _keep_part(self, view: View, derived: Derived, *, known: bool) -> None:
        database = self.database
        database.replace(derived.key, derived.rows, view.tables, known=known)
        node = database.node(VIEW + view.name, derived.key)
        database.keep_reads(node, derived.reads, known=known)
        self.stale[VIEW + view.name].pop(derived.key, None)

    def _settle(self) -> None:
        self.mark(self.database.settle())

    def mark(self, nodes: Iterable[int]) -> None:
        """Mark nodes as stale."""
        for node, kind, key in self.database.keys_of(nodes):
            self.stale[kind][key] = node

    # -- which nodes there are

    def _due(
        self, name: str, keys: Callable[[], Iterable[str]], drop: Callable[[str], None]
    ) -> dict[str, bool]:
        """Return the keys of the nodes of a kind to make, and whether each was made before.

        Drop the nodes that no longer exist.
        """
        database = self.database
        if database.nodes(KEYS_OF + name) and not self.stale[KEYS_OF + name]:
            stale = self.stale[name]  # sort by node number, the order in which they were first made
            return dict.fromkeys(sorted(stale, key=stale.__getitem__), True)
        with database.series.recorded() as reads:
            wanted = list(keys())
        known = database.nodes(name)
        for key in sorted(known.keys() - set(wanted)):
            drop(key)
            database.drop_node(known[key])
            self.stale[name].pop(key, None)
        self._settle()
        database.keep_reads(database.node(KEYS_OF + name, ""), reads)
        self.stale.pop(KEYS_OF + name, None)
        return {key: key in known for key in wanted if key not in known or key in self.stale[name]}

    # -- pages

    def make(self, kinds: Sequence[PageKind], context: BuildContext, staging: Staging) -> Outcome:
        """Make every stale page. Call it in the transaction of the release.

        A fault of a page does not stop the others: it is listed in the outcome.
        """
        outcome = Outcome()
        for last in (False, True):
            due: list[tuple[int, str]] = []
            known: dict[tuple[int, str], bool] = {}
            # Kinds marked `last` read the rows of the files that the other kinds wrote.
            for number, kind in enumerate(kinds):
                if kind.last != last:
                    continue
                found = self._due(
                    PAGE + kind.name,
                    partial(kind.keys, context),
                    partial(self._drop_page, kind, outcome),
                )
                due += ((number, key) for key in found)
                known.update(((number, key), was) for key, was in found.items())
            for done, made in enumerate(self._made(kinds, context, staging, due), 1):
                self._keep_page(kinds[made.kind], made, outcome, known=known[made.kind, made.key])
                if self.progress:
                    self.progress(msg("progress.pages"), done, len(due))
            self._settle()
        return outcome

    def _made(
        self,
        kinds: Sequence[PageKind],
        context: BuildContext,
        staging: Staging,
        due: Sequence[tuple[int, str]],
    ) -> Iterator[Made]:
        if self.processes < 2 or len(due) < _PARALLEL_FROM:
            for number, key in due:
                yield _made(kinds, context, staging, number, key)
            return
        global _work
        _work = _Work(self.database, self.settings, kinds=kinds, context=context, staging=staging)
        yield from spread(self.processes, _make_in_worker, due)
        _work = None

    def _keep_page(self, kind: PageKind, made: Made, outcome: Outcome, *, known: bool) -> None:
        database = self.database
        node = database.node(PAGE + kind.name, made.key)
        if known:
            outcome.gone |= self._paths(node)
        outcome.paths |= {file.path for file in made.files}
        outcome.written |= {file.path for file in made.files if file.written}
        outcome.links.update(made.links)
        outcome.faults += made.faults
        database.replace(
            node,
            [
                FileRow(
                    node,
                    file.path,
                    as_stored(file.path),
                    file.size,
                    file.mtime,
                    file.sitemap,
                    file.modified,
                )
                for file in made.files
            ],
            (FileRow,),
            known=known,
        )
        database.keep_reads(node, made.reads, known=known)
        self.stale[PAGE + kind.name].pop(made.key, None)

    def _drop_page(self, kind: PageKind, outcome: Outcome, key: str) -> None:
        node = self.database.node(PAGE + kind.name, key)
        outcome.gone |= self._paths(node)
        self.database.replace(node, (), (FileRow,))

    def _paths(self, node: int) -> set[str]:
        return {
            path
            for (path,) in self.database.connection.execute(
                "SELECT path FROM file WHERE node=?", (node,)
            )
        }


@dataclass
class Outcome:
    """The result of making pages."""

    paths: set[str] = field(default_factory=set)
    """Paths of the files of every page made."""
    written: set[str] = field(default_factory=set)
    """Paths of the files that differ from the published ones."""
    gone: set[str] = field(default_factory=set)
    """Paths that a page had before it was made again, or dropped."""
    links: dict[str, str] = field(default_factory=dict)
    """Path of each file that a page may link to -> path of one such page."""
    faults: list[str] = field(default_factory=list)


def _derived(view: View, series: Series, settings: Settings, key: str) -> Derived:
    with series.recorded() as reads:
        rows = list(view.rows(series, settings, key))
    return Derived(key, rows, reads)


def _made(
    kinds: Sequence[PageKind], context: BuildContext, staging: Staging, number: int, key: str
) -> Made:
    files: list[MadeFile] = []
    links: dict[str, str] = {}
    faults: list[str] = []
    with context.series.recorded() as reads:
        try:
            for file in kinds[number].make(context, key):
                path = file_of(file.address)
                fault = "" if file.checked else malformed(path, file.content)
                if fault:
                    faults.append(f"{path} : {fault}")
                if path.endswith(".html"):
                    links.update(
                        dict.fromkeys(may_link(file.content, context.settings.base_path), path)
                    )
                sitemap, modified = file.sitemap or ("", "")
                content = _as_published(path, file.content, context.settings)
                files.append(MadeFile(path, *staging.put(path, content), sitemap, modified))
        except ImageError as error:  # a photo that changed after `update_photos` read it
            faults.append(str(error))
    return Made(number, key, files, reads, links, faults)


def _as_published(path: str, content: bytes, settings: Settings) -> bytes:
    # The page that is shown for missing ones is shown in any folder.
    if not settings.relative_urls or not path.endswith(".html") or path == NOT_FOUND:
        return content
    return relative_to(path, content.decode(), settings.base_path).encode()


@dataclass
class _Work:
    """What worker processes need; they inherit it by fork. Each opens its own connection on first
    use."""

    database: Database
    settings: Settings
    views: Sequence[View] = ()
    kinds: Sequence[PageKind] = ()
    context: BuildContext | None = None
    staging: Staging | None = None
    _series: dict[int, Series] = field(default_factory=dict)

    def series(self) -> Series:
        if os.getpid() not in self._series:
            self._series.clear()
            self._series[os.getpid()] = Series(connect(self.database.path, writing=False))
        return self._series[os.getpid()]


_work: _Work | None = None


def _derive_in_worker(key: str) -> Derived:
    assert _work is not None  # noqa: S101 - set before the fork
    return _derived(_work.views[0], _work.series(), _work.settings, key)


def _make_in_worker(due: tuple[int, str]) -> Made:
    assert _work is not None and _work.context and _work.staging  # noqa: S101 - before the fork
    context = _work.context
    context.series = _work.series()
    return _made(_work.kinds, context, _work.staging, *due)
