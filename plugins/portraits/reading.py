"""From the content folder to parsed portraits: each file is parsed once, ever.

Size, time stamp and inode are a first glance only: where one differs the file is read,
and its content hash decides. What is kept is kept under the hash of the bytes that were
parsed: a file that is saved meanwhile cannot leave its text under another's name.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import field, replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portraits.bounds import OutOfBounds, bounded
from portraits.cache import Cache, code_version
from portraits.content_folder import (
    FileRefused,
    portraits_among,
    read_regular,
    scan,
    unreadable,
)
from portraits.digests import checksum, digest
from portraits.model import Exchange, FollowUp, Portrait, Question, RichText
from portraits.outline import Outline, outline_of
from portraits.problems import Problem, SourceRefused
from portraits.questionnaire_file import Questionnaire
from portraits.settings import Settings
from portraits.values import dataclass
from portraits.workers import forked

if TYPE_CHECKING:
    from jinja2 import Environment

    from portraits.source import Parsed

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, how many there are."""

MAX_BYTES = 256 * 1024
SECONDS_PER_FILE = 5
MEGABYTES_PER_FILE = 512
RECENT_PORTRAITS, RECENT_PACKED = 8, 128
_PARALLEL_FROM = 24
"""Fewer files than this are parsed sooner than worker processes start."""


Outcome = tuple[Outline | None, tuple[Problem, ...]]
"""What is kept of a parsed file besides the portrait."""
_Pickled = tuple[bytes, bytes]
"""A value pickled for the cache, and the checksum of that."""
_Parsed = tuple[str, bytes, _Pickled, _Pickled]
"""Source, hash of what was read, portrait, outcome."""


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
    """By cache key, everything that the last build found."""
    portraits: dict[bytes, Portrait] = field(default_factory=dict)
    """By cache key, a few that were shown a moment ago."""
    packed: dict[bytes, tuple[Portrait, tuple[bytes, ...]]] = field(default_factory=dict)
    """By cache key, a few more: a portrait without its exchanges, and those still packed."""
    environment: tuple[bytes, Environment] | None = None
    """The templates, ready to be filled, and the hash of all that went into them."""


@dataclass(frozen=True)
class Reader:
    """Reads the portraits of one content folder through a cache."""

    content: Path
    label: str
    """How problems name the content folder: ``content``."""
    settings: Settings
    questionnaire: Questionnaire
    base: bytes
    """Hash of all that a text is parsed with (:func:`reading_base`)."""
    cache: Cache
    processes: int = 1
    memory: Memory = field(default_factory=Memory)

    def read(self, progress: Progress | None = None) -> tuple[list[Read], list[Problem]]:
        """Every portrait file of the folder, in order of path, and what is wrong with
        files that could not even be opened."""
        found, problems = scan(self.content, self.settings.folder, self.label)
        found, others = portraits_among(found, self.label)
        problems += others
        seen = self.cache.seen()
        base = self.base
        keys: dict[str, bytes] = {}
        fresh: list[tuple[str, int, int, int, bytes]] = []
        for file in found:
            glance = seen.get(file.source)
            if glance and glance[:3] == (file.size, file.mtime_ns, file.inode):
                content = glance[3]
            else:
                try:
                    content = digest(self._bytes(file.source))
                except (FileRefused, OSError) as error:
                    problems.append(self._unreadable(file.source, error))
                    continue
                fresh.append((file.source, file.size, file.mtime_ns, file.inode, content))
            keys[file.source] = digest(base, file.source, content)
        self.cache.remember_seen(fresh)
        known = self.memory.reads
        reads = {source: known[key] for source, key in keys.items() if key in known}
        outline_keys = {
            _outline_key(key): source for source, key in keys.items() if source not in reads}
        for key, value in self.cache.get_many(outline_keys):
            source = outline_keys[key]
            outline, found_before = value
            reads[source] = Read(outline, found_before, keys[source])
            if progress:
                progress("lecture", len(reads), len(keys))
        missing = [source for source in keys if source not in reads]
        for parsed in self._parse_all(missing):
            source = parsed[0]
            reads[source] = read = self._kept_read(parsed)
            keys[source] = read.key
            if progress:
                progress("lecture", len(reads), len(keys))
        self.memory.reads = {read.key: read for read in reads.values()}
        return [reads[source] for source in keys], problems

    def read_one(self, source: str) -> Read:
        """One portrait file. Raises FileRefused and OSError when it cannot be opened."""
        key = digest(self.base, source, digest(self._bytes(source)))
        outcome: Outcome | None = self.cache.get(_outline_key(key))
        if outcome is None:
            return self._kept_read(self._parse_one(source))
        return Read(outcome[0], outcome[1], key)

    def outline(self, key: bytes) -> Outline | None:
        """The outline that was read under ``key``; None when the cache has lost it."""
        if key in self.memory.reads:
            return self.memory.reads[key].outline
        known: Outcome | None = self.cache.get(_outline_key(key))
        return known[0] if known else None

    def former(self, key: bytes) -> Portrait | None:
        """The whole portrait that was read under ``key``, whatever its file holds now; None when
        the cache has lost it."""
        kept = self.cache.get(key)
        return _whole(*kept) if kept else None

    def portrait(self, source: str, key: bytes) -> Portrait:
        """The whole portrait that :meth:`read` found under ``key``."""
        recent = self.memory.portraits
        if key not in recent:
            kept = self._kept(source, key)
            _make_room(recent, RECENT_PORTRAITS)
            recent[key] = _whole(*kept)
        return recent[key]

    def exchange(self, source: str, key: bytes, position: int) -> Exchange:
        """One question of that portrait with its answer; the others are not unpacked."""
        return _exchange(self._kept(source, key)[1][position])

    def _kept(self, source: str, key: bytes) -> tuple[Portrait, tuple[bytes, ...]]:
        recent = self.memory.packed
        if key not in recent:
            _make_room(recent, RECENT_PACKED)
            recent[key] = self._unpacked(source, key)
        return recent[key]

    def _unpacked(self, source: str, key: bytes) -> tuple[Portrait, tuple[bytes, ...]]:
        kept = self.cache.get(key)
        if kept is None:
            parsed = self._parse(source, self._bytes(source))
            kept = pickle.loads(_packed(parsed.portrait))  # noqa: S301 - packed on this line
        if kept is None:
            raise SourceRefused([Problem(
                f"{self.label}/{source}", 0, "changed",
                "ce fichier a changé pendant la construction", "relancez la commande")])
        rest, exchanges = kept
        assert isinstance(rest, Portrait)  # noqa: S101 - what _packed() wrote
        return rest, exchanges

    def _kept_read(self, parsed: _Parsed) -> Read:
        """What was parsed, once the cache holds it."""
        source, content, portrait, outcome = parsed
        key = digest(self.base, source, content)
        self.cache.put_pickled(key, *portrait, source)
        self.cache.put_pickled(_outline_key(key), *outcome, f"outline:{source}")
        outline, problems = pickle.loads(outcome[0])  # noqa: S301 - pickled by _parse_one()
        return Read(outline, problems, key)

    def _bytes(self, source: str) -> bytes:
        return read_regular(self.content / source, MAX_BYTES + 1)

    def _unreadable(self, source: str, error: FileRefused | OSError) -> Problem:
        said = (error.message, error.hint) if isinstance(error, FileRefused) else unreadable(error)
        return Problem(f"{self.label}/{source}", 0, "unreadable", *said)

    def _parse(self, source: str, raw: bytes) -> Parsed:
        # A build that parses nothing need not load the parser.
        from portraits.source import Parsed, parse

        label = f"{self.label}/{source}"
        try:
            with bounded(SECONDS_PER_FILE, MEGABYTES_PER_FILE):
                parsed = parse(source, raw, self.settings, self.questionnaire, label=label)
        except OutOfBounds as error:
            parsed = Parsed(None, (Problem(
                label, 0, "too-slow", f"ce texte demande trop de calcul ({error})",
                "cherchez une longue suite de crochets, d’astérisques ou de guillemets"),))
        return parsed

    def _parse_one(self, source: str) -> _Parsed:
        raw = self._bytes(source)
        parsed = self._parse(source, raw)
        portrait = _packed(parsed.portrait)
        known = checksum(portrait)
        outline = outline_of(parsed.portrait, known.hex()) if parsed.portrait else None
        outcome = pickle.dumps((outline, parsed.problems), 5)
        return source, digest(raw), (portrait, known), (outcome, checksum(outcome))

    def _parse_all(self, sources: list[str]) -> Iterator[_Parsed]:
        if self.processes < 2 or len(sources) < _PARALLEL_FROM:
            yield from map(self._parse_one, sources)
            return
        global _reader
        _reader = self
        with forked(self.processes) as pool:
            yield from pool.imap(_parse_in_worker, sources, chunksize=8)
        _reader = None


_reader: Reader | None = None


def _parse_in_worker(source: str) -> _Parsed:
    assert _reader is not None  # noqa: S101 - set before the fork
    return _reader._parse_one(source)


def reading_base(settings: Settings, questionnaire_digest: bytes, label: str) -> bytes:
    """Hash of all that a text is parsed with: the code, the settings, the questionnaire."""
    return digest(code_version(), repr(settings), questionnaire_digest, label)


def _make_room(recent: dict[bytes, Any], size: int) -> None:
    """Drop what was put in first, so that one more fits."""
    if len(recent) >= size:
        del recent[next(iter(recent))]


def _packed(portrait: Portrait | None) -> bytes:
    """A portrait for the cache, its exchanges packed one by one."""
    if portrait is None:
        return pickle.dumps(None)
    exchanges = tuple(map(_packed_exchange, portrait.exchanges))
    return pickle.dumps((replace(portrait, exchanges=()), exchanges), protocol=5)


_PART = attrgetter("question.id", "question.wording.html", "question.wording.text",
                   "question.line", "question.questionnaire_id", "answer.html", "answer.text")


def _packed_exchange(exchange: Exchange) -> bytes:
    """Its values without their classes, which pickle would look up for each of thirty exchanges."""
    parts = [_PART(exchange)]
    if exchange.follow_ups:
        parts += map(_PART, exchange.follow_ups)
    return pickle.dumps(parts, 5)


def _exchange(packed: bytes) -> Exchange:
    """What :func:`_packed_exchange` was given."""
    first, *others = pickle.loads(packed)  # noqa: S301 - see Cache
    question, answer = _question_and_answer(*first)
    return Exchange(question, answer, tuple([FollowUp(*_question_and_answer(*other))
                                             for other in others]))


def _question_and_answer(
    fragment: str, html: str, text: str, line: int, questionnaire_id: str, *answer: str
) -> tuple[Question, RichText]:
    return Question(fragment, RichText(html, text), line, questionnaire_id), RichText(*answer)


def _whole(rest: Portrait, exchanges: tuple[bytes, ...]) -> Portrait:
    return replace(rest, exchanges=tuple(map(_exchange, exchanges)))


def _outline_key(key: bytes) -> bytes:
    return digest(b"outline", key)
