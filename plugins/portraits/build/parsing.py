"""From the bytes of one portrait's file to its rows, within bounds; in processes for many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from portraits.support.bounds import OutOfBounds, bounded
from portraits.support.content_folder import FileRefused, read_regular, unreadable
from portraits.support.digests import digest
from portraits.support.problems import Problem
from portraits.support.workers import spread

if TYPE_CHECKING:
    from portraits.options import BuildOptions
    from portraits.reader.questionnaire import Questionnaire

MAX_BYTES = 256 * 1024
SECONDS_PER_FILE = 5
MEGABYTES_PER_FILE = 512
_PARALLEL_FROM = 24
"""Fewer files than this are parsed sooner than worker processes start."""


class ParsedFile(NamedTuple):
    """What one file gives."""

    source: str
    digest: bytes
    """Hash of the bytes that were parsed; empty where none could be read."""
    rows: list[tuple[Any, ...]]
    """None of a portrait that is refused."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Parser:
    """Parses the portraits of one build."""

    options: BuildOptions
    questionnaire: Questionnaire

    def parsed(self, source: str) -> ParsedFile:
        """One file."""
        # A build that parses nothing need not load the parser.
        from portraits.reader.source import parse
        from portraits.series.writing import rows_of

        options, label = self.options, f"{self.options.label}/{source}"
        try:
            raw = read_regular(options.content / source, MAX_BYTES + 1)
        except (FileRefused, OSError) as error:
            return ParsedFile(source, b"", [], (refused(label, error),))
        content = digest(raw)
        try:
            with bounded(SECONDS_PER_FILE, MEGABYTES_PER_FILE):
                found = parse(source, raw, options.settings, self.questionnaire, label=label)
                rows = rows_of(found.portrait, self.questionnaire,
                               search=options.settings.search) if found.portrait else []
        except OutOfBounds as error:
            return ParsedFile(source, content, [], (Problem(
                label, 0, "too-slow", f"ce texte demande trop de calcul ({error})",
                "cherchez une longue suite de crochets, d’astérisques ou de guillemets"),))
        return ParsedFile(source, content, rows, found.problems)

    def all(self, sources: Sequence[str]) -> Iterator[ParsedFile]:
        """Many files, in their order."""
        if self.options.processes < 2 or len(sources) < _PARALLEL_FROM:
            yield from map(self.parsed, sources)
            return
        global _parser
        _parser = self
        yield from spread(self.options.processes, _parse_in_worker, sources)
        _parser = None


def refused(label: str, error: FileRefused | OSError) -> Problem:
    """That a file could not be read."""
    said = (error.message, error.hint) if isinstance(error, FileRefused) else unreadable(error)
    return Problem(label, 0, "unreadable", *said)


_parser: Parser | None = None


def _parse_in_worker(source: str) -> ParsedFile:
    assert _parser is not None  # noqa: S101 - set before the fork
    return _parser.parsed(source)
