"""From the content folder to parsed portraits: each file is parsed once, ever.

Size, time stamp and inode are a first glance only: where one differs the file is read,
and its content hash decides. Files are opened only after it is known that they are regular
files inside the content folder (no symbolic link, pipe or device).
"""

from __future__ import annotations

import os
import pickle
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from portraits.bounds import OutOfBounds, bounded
from portraits.cache import Cache, code_version
from portraits.digests import digest
from portraits.model import Portrait
from portraits.outline import Outline, outline_of
from portraits.problems import Problem
from portraits.questionnaire_file import Questionnaire
from portraits.settings import Settings
from portraits.source import Parsed, parse

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, how many there are."""

MAX_BYTES = 256 * 1024
SECONDS_PER_FILE = 5
MEGABYTES_PER_FILE = 512
_PARALLEL_FROM = 24
"""Fewer files than this are parsed sooner than worker processes start."""


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file of the content folder."""

    source: str
    """Path from the content folder, POSIX separators."""
    size: int
    mtime_ns: int
    inode: int


Outcome = tuple[Outline | None, tuple[Problem, ...]]
"""What is kept of a parsed file besides the portrait."""


@dataclass(frozen=True, slots=True)
class Read:
    """One file as parsed: its outline (None when refused), problems and cache key."""

    outline: Outline | None
    problems: tuple[Problem, ...]
    key: bytes


@dataclass
class Memory:
    """What a process that builds again and again has read already."""

    reads: dict[bytes, Read] = field(default_factory=dict)
    """By cache key."""


@dataclass(frozen=True)
class Reader:
    """Reads the portraits of one content folder through a cache."""

    content: Path
    label: str
    """How problems name the content folder: ``content``."""
    settings: Settings
    questionnaire: Questionnaire
    questionnaire_digest: bytes
    cache: Cache
    processes: int = 1
    memory: Memory = field(default_factory=Memory)

    @property
    def _base(self) -> bytes:
        return digest(code_version(), repr(self.settings), self.questionnaire_digest, self.label)

    def read(self, progress: Progress | None = None) -> tuple[list[Read], list[Problem]]:
        """Every portrait file of the folder, in order of path, and what is wrong with
        files that could not even be opened."""
        found, problems = scan(self.content, self.settings.folder, self.label)
        found = [file for file in found if file.source.endswith((".md", ".markdown"))]
        seen = self.cache.seen()
        base = self._base
        keys: dict[str, bytes] = {}
        fresh: list[tuple[str, int, int, int, bytes]] = []
        for file in found:
            glance = seen.get(file.source)
            if glance and glance[:3] == (file.size, file.mtime_ns, file.inode):
                content = glance[3]
            else:
                content = digest(self._bytes(file.source))
                fresh.append((file.source, file.size, file.mtime_ns, file.inode, content))
            keys[file.source] = digest(base, file.source, content)
        self.cache.remember_seen(fresh)
        known = self.memory.reads
        reads = {source: known[key] for source, key in keys.items() if key in known}
        outline_keys = {
            _outline_key(key): source for source, key in keys.items() if source not in reads}
        for key, value in self.cache.get_many(outline_keys):
            source = outline_keys[key]
            reads[source] = Read(*value, keys[source])
        missing = [source for source in keys if source not in reads]
        for number, (source, pickled, outcome) in enumerate(self._parse_all(missing), 1):
            key = keys[source]
            self.cache.put_pickled(key, pickled)
            self.cache.put(_outline_key(key), outcome)
            reads[source] = Read(*outcome, key)
            if progress:
                progress("lecture", number, len(missing))
        self.memory.reads = {read.key: read for read in reads.values()}
        return [reads[source] for source in keys], problems

    def portrait(self, source: str, key: bytes) -> Portrait:
        """The whole portrait that :meth:`read` found under ``key``."""
        portrait = self.cache.get(key)
        if portrait is None:
            portrait = self._parse(source)[0].portrait
        assert isinstance(portrait, Portrait)  # noqa: S101 - only asked for accepted files
        return portrait

    def _bytes(self, source: str) -> bytes:
        path = self.content / source
        with open(path, "rb", opener=_no_follow) as stream:  # noqa: PTH123 - takes an opener
            return stream.read(MAX_BYTES + 1)

    def _parse(self, source: str) -> tuple[Parsed, bytes]:
        label = f"{self.label}/{source}"
        raw = self._bytes(source)
        try:
            with bounded(SECONDS_PER_FILE, MEGABYTES_PER_FILE):
                parsed = parse(source, raw, self.settings, self.questionnaire, label=label)
        except OutOfBounds as error:
            parsed = Parsed(None, (Problem(
                label, 0, "too-slow", f"ce texte demande trop de calcul ({error})",
                "cherchez une longue suite de crochets, d’astérisques ou de guillemets"),))
        return parsed, pickle.dumps(parsed.portrait, protocol=5)

    def _parse_one(self, source: str) -> tuple[str, bytes, Outcome]:
        parsed, pickled = self._parse(source)
        outline = outline_of(parsed.portrait, digest(pickled).hex()) if parsed.portrait else None
        return source, pickled, (outline, parsed.problems)

    def _parse_all(self, sources: list[str]) -> Iterator[tuple[str, bytes, Outcome]]:
        if self.processes < 2 or len(sources) < _PARALLEL_FROM:
            yield from map(self._parse_one, sources)
            return
        global _reader
        _reader = self
        with get_context("fork").Pool(self.processes) as pool:
            yield from pool.imap(_parse_in_worker, sources, chunksize=8)
        _reader = None


_reader: Reader | None = None


def _parse_in_worker(source: str) -> tuple[str, bytes, Outcome]:
    assert _reader is not None  # noqa: S101 - set before the fork
    return _reader._parse_one(source)


def _outline_key(key: bytes) -> bytes:
    return digest(b"outline", key)


def _no_follow(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def scan(content: Path, folder: str, label: str) -> tuple[list[Found], list[Problem]]:
    """Every regular file under ``content/folder``, in order of path, and a problem for
    each thing there that is not one. Names that begin with ``.`` or ``_`` are passed over."""
    found: list[Found] = []
    problems: list[Problem] = []
    pending = [folder]
    root = os.path.realpath(content)
    while pending:
        current = pending.pop()
        try:
            entries = list(os.scandir(os.path.join(root, current)))  # noqa: PTH118 - hot
        except FileNotFoundError:
            continue
        for entry in entries:
            source = f"{current}/{entry.name}" if current else entry.name
            if entry.name.startswith((".", "_")) or entry.name.endswith("~"):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(source)
                continue
            facts = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(facts.st_mode):
                found.append(Found(source, facts.st_size, facts.st_mtime_ns, facts.st_ino))
            else:
                problems.append(_not_a_file(f"{label}/{source}", facts.st_mode))
    return sorted(found, key=lambda file: file.source), problems


def _not_a_file(path: str, mode: int) -> Problem:
    kind = ("un lien symbolique" if stat.S_ISLNK(mode) else "un tube nommé (FIFO)"
            if stat.S_ISFIFO(mode) else "un fichier spécial")
    return Problem(path, 0, "not-a-file", f"c’est {kind}, il n’est pas ouvert",
                   "mettez le fichier lui-même dans le dossier, ou retirez-le")
