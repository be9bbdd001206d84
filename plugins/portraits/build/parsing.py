"""Parse portrait files into rows, with limits on time and memory; many files in worker
processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from portraits.support.bounds import OutOfBounds, bounded
from portraits.support.content_folder import FileRefused, read_regular, unreadable
from portraits.support.digests import digest
from portraits.support.messages import msg
from portraits.support.problems import Problem
from portraits.support.workers import spread

if TYPE_CHECKING:
    from portraits.options import BuildOptions
    from portraits.reader.questionnaire import Questionnaire

MAX_BYTES = 256 * 1024
SECONDS_PER_FILE = 5
MEGABYTES_PER_FILE = 512
_PARALLEL_FROM = 24
"""With fewer files than this, starting worker processes takes longer than parsing."""


class ParsedFile(NamedTuple):
    """The result of parsing one file."""

    source: str
    digest: bytes
    """Hash of the parsed bytes; empty if the file could not be read."""
    rows: list[tuple[Any, ...]]
    """Empty if the portrait is refused."""
    problems: tuple[Problem, ...]
    status: str | None = None
    """The status in its front matter; None if it cannot be known."""


@dataclass(frozen=True)
class Parser:
    """Parses the portraits of one build."""

    options: BuildOptions
    questionnaire: Questionnaire

    def parsed(self, source: str) -> ParsedFile:
        """Parse one file. Every failure becomes a problem of the result."""
        # Imported here so that a build that parses nothing does not load the parser.
        from portraits.reader.source import parse
        from portraits.reader.withdrawal.portraits import without_withdrawn
        from portraits.series.writing import rows_of

        options, label = self.options, f"{self.options.label}/{source}"
        try:
            # One byte above the limit, so that the parser can refuse a file that is too long.
            raw = read_regular(options.content / source, MAX_BYTES + 1)
        except (FileRefused, OSError) as error:
            return ParsedFile(source, b"", [], (refused(label, error),))
        content = digest(raw)
        try:
            with bounded(SECONDS_PER_FILE, MEGABYTES_PER_FILE):
                found = parse(source, raw, options.settings, self.questionnaire, label=label)
                rows: list[tuple[Any, ...]] = []
                told: list[Problem] = []
                if found.portrait:
                    portrait, told = without_withdrawn(found.portrait, options.withdrawn, label)
                    rows = rows_of(portrait, self.questionnaire, search=options.settings.search)
        except OutOfBounds as error:
            return ParsedFile(
                source,
                content,
                [],
                (
                    Problem(
                        label,
                        0,
                        "too-slow",
                        msg("build.too_slow", limit=error),
                        msg("build.too_slow_hint"),
                    ),
                ),
            )
        status = found.status.value if found.status else None
        return ParsedFile(source, content, rows, (*found.problems, *told), status)

    def all(self, sources: Sequence[str]) -> Iterator[ParsedFile]:
        """Parse many files and yield the results in the order of ``sources``."""
        if self.options.processes < 2 or len(sources) < _PARALLEL_FROM:
            yield from map(self.parsed, sources)
            return
        global _parser
        _parser = self
        yield from spread(self.options.processes, _parse_in_worker, sources)
        _parser = None


def refused(label: str, error: FileRefused | OSError) -> Problem:
    """Return the problem of a file that could not be read."""
    reason = (error.message, error.hint) if isinstance(error, FileRefused) else unreadable(error)
    return Problem(label, 0, "unreadable", *reason)


_parser: Parser | None = None


def _parse_in_worker(source: str) -> ParsedFile:
    assert _parser is not None  # noqa: S101 - set before the fork
    return _parser.parsed(source)
