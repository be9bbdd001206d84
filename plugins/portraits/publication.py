"""From the specs of files to the published release.

    stale = groups whose key is not that which was kept, files whose key is not the published one's
    stale -> make -> (bytes as before: note the key) -> verify -> write -> publish by exchange

Groups are looked at, and files made, by as many processes as there are; a few are made sooner by
this one.
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
from dataclasses import field
from typing import TypeVar

from portraits.addresses import file_of
from portraits.digests import checksum
from portraits.outline import Outline
from portraits.pages.spec import WHOLE_SERIES, Group, PageSpec
from portraits.problems import Problem
from portraits.reading import Progress
from portraits.releases import FileRecord, PublishingError, Releases, Tree
from portraits.values import dataclass
from portraits.verification import broken_links, malformed
from portraits.workers import forked

T = TypeVar("T")
_PARALLEL_FROM = 24
_LOOK_PARALLEL_FROM = 200
"""Fewer than this many groups are looked at sooner than worker processes start."""
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
    groups: Mapping[str, bytes]
    """Name and key of each group that was stale."""
    kept: Mapping[str, bytes]
    """Name and value of what they want kept."""


@dataclass(frozen=True)
class Publication:
    """How specs become files of one site."""

    base_path: str
    processes: int
    durable: bool
    prepare: Callable[[frozenset[str]], None]
    """Makes ready what the files at the given paths need, once it is known which are stale."""
    progress: Progress | None = None

    def stale_groups(
        self, groups: Sequence[Group], standing: Container[str], known: Mapping[str, bytes]
    ) -> list[Group]:
        """Those of ``groups`` of which a file is not ``standing``, or that show something else
        than they did under the ``known`` keys, by name."""
        asked = [group for group in groups if group.name in known
                 and all(path in standing for path in group.paths)]
        keys: Iterator[bytes] = (group.look().key for group in asked)
        if self.processes > 1 and len(asked) >= _LOOK_PARALLEL_FROM:
            keys = self._looked_in_workers(asked)
        same = set()
        for number, (group, key) in enumerate(zip(asked, keys, strict=True), 1):
            if key == known[group.name]:
                same.add(group.name)
            if self.progress:
                self.progress("comparaison", number, len(asked))
        return [group for group in groups if group.name not in same]

    def _looked_in_workers(self, groups: Sequence[Group]) -> Iterator[bytes]:
        global _groups
        _groups = groups
        with forked(self.processes) as pool:
            yield from pool.imap(_look_in_worker, range(len(groups)), chunksize=64)
        _groups = ()

    def publish(
        self, releases: Releases, specs: Mapping[str, PageSpec],
        standing: Mapping[str, FileRecord], files: Container[str], gone: Collection[str],
        groups: Sequence[Group] = (),
    ) -> Published:
        """Publish ``specs``, by path, and the files of ``groups``, where they differ from the
        files ``standing``, and take away the files ``gone``. ``files`` are the paths of all files
        that the site will have.

        Raises PublishingError; the published site is then what it was.
        """
        stale = [path for path, spec in specs.items()
                 if path not in standing or standing[path].key != spec.key]
        outcome = _Outcome()
        number = releases.number
        if stale or groups or gone or not number:
            self.prepare(frozenset(stale))
            tree = releases.begin()
            work = _Work(tree, specs, groups, files, standing, self.base_path)
            for done in self._made(work, stale):
                outcome.take(done)
            if outcome.broken:
                raise PublishingError("des pages ne sont pas bonnes à publier :\n  "
                                      + "\n  ".join(sorted(outcome.broken)[:20]))
            for path in sorted(gone):
                tree.remove(path)
            if self.progress:
                self.progress("mise en place", 0, len(outcome.written))
            if outcome.written or gone or not number:
                number = releases.publish(tree, outcome.written, gone, durable=self.durable)
            releases.rekey(outcome.rekeyed)
            if self.progress:
                self.progress("mise en place", len(outcome.written), len(outcome.written))
        return Published(number, tuple(sorted(outcome.written)), tuple(sorted(gone)),
                         outcome.groups, outcome.kept)

    def _made(self, work: _Work, stale: Sequence[str]) -> Iterator[_Outcome]:
        """Make what is stale, a batch after the other."""
        specs = work.specs
        ordered = sorted(stale, key=lambda path: (
            not specs[path].heavy, specs[path].near != WHOLE_SERIES, specs[path].near, path))
        heavy = sum(specs[path].heavy for path in stale)
        files = len(stale) + sum(len(group.paths) for group in work.groups)
        tasks: list[Task] = [*batches(ordered, specs), *batches_of_groups(work.groups)]
        alone = self.processes < 2 or (files < _PARALLEL_FROM and heavy < 2)
        done = 0
        for outcome in map(work.make, tasks) if alone else self._made_in_workers(work, tasks):
            done += outcome.files
            if self.progress:
                self.progress("pages", done, files)
            yield outcome

    def _made_in_workers(self, work: _Work, tasks: Sequence[Task]) -> Iterator[_Outcome]:
        # What a process looks at becomes its own copy, a page of memory at a time: processes
        # that went on to the end would each hold the whole series.
        global _work
        _work = work
        for share in rounds(tasks, work.size_of):
            with forked(self.processes) as pool:
                yield from pool.imap_unordered(_make_in_worker, share)
        _work = None


@dataclass
class _Outcome:
    """What came of a batch, or of all of them."""

    files: int = 0
    """Files that it was about."""
    written: dict[str, FileRecord] = field(default_factory=dict)
    rekeyed: dict[str, bytes] = field(default_factory=dict)
    """Key of each file whose bytes are as before."""
    broken: list[str] = field(default_factory=list)
    groups: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)

    def take(self, other: _Outcome) -> None:
        """Add what came of another batch."""
        self.files += other.files
        self.written.update(other.written)
        self.rekeyed.update(other.rekeyed)
        self.broken += other.broken
        self.groups.update(other.groups)
        self.kept.update(other.kept)


Task = Sequence[str] | range
"""Paths of specs, or numbers of groups."""


@dataclass(frozen=True, slots=True)
class _Work:
    """Makes files of a build, in whichever process."""

    tree: Tree
    specs: Mapping[str, PageSpec]
    groups: Sequence[Group]
    files: Container[str]
    """Path of every file that the site will have."""
    standing: Mapping[str, FileRecord]
    base_path: str

    def size_of(self, task: Task) -> int:
        """How many files a task is about."""
        if isinstance(task, range):
            return sum(len(self.groups[number].paths) for number in task)
        return len(task)

    def make(self, task: Task) -> _Outcome:
        """Make the files of a task."""
        outcome = _Outcome(self.size_of(task))
        if not isinstance(task, range):
            for path in task:
                self._make_file(path, self.specs[path], outcome)
            return outcome
        for group in (self.groups[number] for number in task):
            look = group.look()
            for spec in look.specs():
                path = file_of(spec.address)
                if path not in self.standing or self.standing[path].key != spec.key:
                    self._make_file(path, spec, outcome)
            outcome.groups[group.name] = look.key
            outcome.kept.update(look.kept())
        return outcome

    def _make_file(self, path: str, spec: PageSpec, outcome: _Outcome) -> None:
        content = spec.make()
        known = self.standing.get(path)
        made = checksum(content)
        if known and known.digest == made:
            outcome.rekeyed[path] = spec.key
            return
        faults = [] if spec.verified else [malformed(path, content)]
        if path.endswith(".html"):
            faults += broken_links(content, self.files, self.base_path)
        outcome.broken += [f"{path} : {fault}" for fault in faults if fault]
        outcome.written[path] = FileRecord(spec.key, made, *self.tree.write(path, content))


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


def batches_of_groups(groups: Sequence[Group]) -> Iterator[range]:
    """``groups`` as they are given to processes, by their numbers."""
    first = files = 0
    for number, group in enumerate(groups):
        files += len(group.paths)
        if files >= _BATCH or number == len(groups) - 1:
            yield range(first, number + 1)
            first, files = number + 1, 0


def rounds(
    tasks: Iterable[T], size_of: Callable[[T], int], size: int = _ROUND
) -> Iterator[list[T]]:
    """``tasks`` in shares of about ``size`` files: what one set of processes makes."""
    share: list[T] = []
    files = 0
    for task in tasks:
        share.append(task)
        files += size_of(task)
        if files >= size:
            yield share
            share, files = [], 0
    if share:
        yield share


_work: _Work | None = None
_groups: Sequence[Group] = ()


def _look_in_worker(number: int) -> bytes:
    return _groups[number].look().key


def _make_in_worker(task: Task) -> _Outcome:
    assert _work is not None  # noqa: S101 - set before the fork
    return _work.make(task)
