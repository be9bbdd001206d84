"""From the specs of files to the published release.

    stale = specs whose key is not that of the file that stands there
    stale -> make -> (bytes as before: note the key) -> verify -> write -> publish by exchange

Files are made by as many processes as there are; a few are made sooner by this one.
"""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    Container,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from itertools import chain

from portraits.digests import digest
from portraits.outline import Outline
from portraits.pages.spec import PageSpec
from portraits.problems import Problem
from portraits.reading import Progress
from portraits.releases import FileRecord, PublishingError, Releases, Tree
from portraits.values import dataclass
from portraits.verification import broken_links, malformed
from portraits.workers import forked

_PARALLEL_FROM = 24
_BATCH = 16
"""Files that a process is given at once, unless more of them are near one another."""
_ROUND = 2_500
"""Files after which processes end and others begin."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    portraits: int
    waiting: tuple[Outline, ...]
    """Portraits that are kept back: drafts, hidden, and dates to come."""
    warnings: tuple[Problem, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    files: int
    release: int
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication did."""

    release: int
    written: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Publication:
    """How specs become files of one site."""

    base_path: str
    processes: int
    durable: bool
    prepare: Callable[[frozenset[str]], None]
    """Makes ready what the files at the given paths need, once it is known which are stale."""
    progress: Progress | None = None

    def publish(
        self, releases: Releases, specs: Mapping[str, PageSpec],
        standing: Mapping[str, FileRecord], files: Container[str], gone: Collection[str],
    ) -> Published:
        """Publish ``specs``, by path, where they differ from the files ``standing``, and take
        away the files ``gone``. ``files`` are the paths of all files that the site will have.

        Raises PublishingError; the published site is then what it was.
        """
        stale = [path for path, spec in specs.items()
                 if path not in standing or standing[path].key != spec.key]
        written: dict[str, FileRecord] = {}
        rekeyed: dict[str, bytes] = {}
        number = releases.number
        if stale or gone or not number:
            self.prepare(frozenset(stale))
            tree = releases.begin()
            work = _Work(tree, specs, files, standing, self.base_path)
            for path, record, fresh in self._made(work, stale):
                if fresh:
                    written[path] = record
                else:
                    rekeyed[path] = record.key
            for path in sorted(gone):
                tree.remove(path)
            if written or gone or not number:
                number = releases.publish(tree, written, gone, durable=self.durable)
            releases.rekey(rekeyed)
        return Published(number, tuple(sorted(written)), tuple(sorted(gone)))

    def _made(
        self, work: _Work, stale: Sequence[str]
    ) -> Iterator[tuple[str, FileRecord, bool]]:
        """Make the stale files: path, record, and whether its bytes are new."""
        specs = work.specs
        ordered = sorted(stale, key=lambda path: (not specs[path].heavy, specs[path].near, path))
        heavy = sum(specs[path].heavy for path in stale)
        if self.processes < 2 or (len(stale) < _PARALLEL_FROM and heavy < 2):
            outcomes: Iterator[_Outcome] = map(work.make, ordered)
            yield from self._counted(outcomes, len(stale))
            return
        global _work
        _work = work
        yield from self._counted(self._made_in_workers(batches(ordered, specs)), len(stale))
        _work = None

    def _made_in_workers(self, batches: Iterable[list[str]]) -> Iterator[_Outcome]:
        # What a process looks at becomes its own copy, a page of memory at a time: processes
        # that went on to the end would each hold the whole series.
        for share in rounds(batches):
            with forked(self.processes) as pool:
                yield from chain.from_iterable(pool.imap_unordered(_make_in_worker, share))

    def _counted(
        self, outcomes: Iterator[_Outcome], total: int
    ) -> Iterator[tuple[str, FileRecord, bool]]:
        broken: list[str] = []
        for number, outcome in enumerate(outcomes, 1):
            broken += outcome.broken
            if self.progress:
                self.progress("pages", number, total)
            yield outcome.path, outcome.record, outcome.fresh
        if broken:
            raise PublishingError("des pages ne sont pas bonnes à publier :\n  "
                                  + "\n  ".join(sorted(broken)[:20]))


@dataclass(frozen=True, slots=True)
class _Outcome:
    path: str
    record: FileRecord
    fresh: bool
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    """Makes single files of a build, in whichever process."""

    tree: Tree
    specs: Mapping[str, PageSpec]
    files: Container[str]
    """Path of every file that the site will have."""
    standing: Mapping[str, FileRecord]
    base_path: str

    def make(self, path: str) -> _Outcome:
        spec = self.specs[path]
        content = spec.make()
        known = self.standing.get(path)
        made = digest(content)
        if known and known.digest == made:
            return _Outcome(path, FileRecord(spec.key, made, known.size, known.mtime_ns), False, ())
        faults = [malformed(path, content)]
        if path.endswith(".html"):
            faults += broken_links(content, self.files, self.base_path)
        broken = tuple(f"{path} : {fault}" for fault in faults if fault)
        size, mtime_ns = self.tree.write(path, content)
        return _Outcome(path, FileRecord(spec.key, made, size, mtime_ns), True, broken)


def batches(paths: Iterable[str], specs: Mapping[str, PageSpec]) -> Iterator[list[str]]:
    """``paths`` as they are given to processes: heavy files one by one, and those that are near
    one another all to the same."""
    batch: list[str] = []
    for path in paths:
        if batch:
            last, spec = specs[batch[-1]], specs[path]
            together = bool(spec.near) and spec.near == last.near
            if last.heavy or (len(batch) >= _BATCH and not together):
                yield batch
                batch = []
        batch.append(path)
    if batch:
        yield batch


def rounds(batches: Iterable[list[str]], size: int = _ROUND) -> Iterator[list[list[str]]]:
    """``batches`` in groups of about ``size`` files: what one set of processes makes."""
    group: list[list[str]] = []
    files = 0
    for batch in batches:
        group.append(batch)
        files += len(batch)
        if files >= size:
            yield group
            group, files = [], 0
    if group:
        yield group


_work: _Work | None = None


def _make_in_worker(paths: Sequence[str]) -> list[_Outcome]:
    assert _work is not None  # noqa: S101 - set before the fork
    return [_work.make(path) for path in paths]
