"""Whether every published file stands as it is recorded, looked at while other things are done.

    touched = gone | not of the recorded size and time of change

A look at eighty thousand files takes a quarter of a second, and nothing that a build does at
first depends on it. So copies of this process look, each at its part of the paths; they are
forked before much is loaded, and end with their look.
"""

from __future__ import annotations

import gc
import os
import signal
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NoReturn

from portraits.trees import STAMP, stamp_of, working_folder
from portraits.values import dataclass
from portraits.workers import available_processes, deaf_to_interrupts

STATE = "state.sqlite"
"""File in the working folder where what is published is recorded."""
_WORTH_FORKING = 1_000_000
"""Bytes of what is recorded of some thousand files: fewer are looked at sooner by this process."""
_MOST_PROCESSES = 4


def untrue(rows: Iterable[tuple[str, int, int]], folder: str = "") -> Iterator[str]:
    """Those of the (path, size, mtime in ns) that are not so in ``folder``, which ends with "/"."""
    for path, size, mtime_ns in rows:
        try:
            facts = os.lstat(folder + path)
        except OSError:
            yield path
        else:
            if facts.st_size != size or facts.st_mtime_ns != mtime_ns:
                yield path


@dataclass(slots=True)
class Inspection:
    """A look at the files of the release that stands in ``output``; a context, to be left."""

    output: Path
    """Absolute."""
    release: int
    """The release that stood there when the look began; 0 when there was none."""
    _stamped: tuple[int, int]
    _lookouts: list[_Lookout] = field(default_factory=list)
    _touched: frozenset[str] | None = None

    @classmethod
    def begin(cls, output: Path, processes: int = 0) -> Inspection:
        """Begin to look, in ``processes`` copies of this process; 0 for one per core.

        With one, and at a small site, this process looks when it is asked.
        """
        inspection = cls(output, stamp_of(output), _stamp_facts(output))
        parts = min(processes or available_processes(), _MOST_PROCESSES)
        size = _recorded_size(output) if inspection.release else 0
        if not size:
            inspection._touched = frozenset()
        elif parts > 1 and size > _WORTH_FORKING:
            with deaf_to_interrupts():
                for part in range(parts):
                    inspection._lookouts.append(_Lookout.sent(output, part, parts))
        return inspection

    def concerns(self, output: Path) -> bool:
        """Whether what stands in ``output`` now is the release that was looked at."""
        return self.output == output and self._stamped == _stamp_facts(output)

    def touched(self) -> frozenset[str]:
        """Paths of the recorded files that are gone or not as they are recorded.

        Waits for the look to end. Raises sqlite3.Error when what is recorded cannot be read.
        """
        if self._touched is None:
            found: list[list[str] | None] = []
            while self._lookouts:
                found.append(self._lookouts[-1].found())
                self._lookouts.pop()
            if None in found or not found:  # one ended too soon: what it met is met here again
                found = [_looked(self.output, 0, 1, f"{self.output}/")]
            self._touched = frozenset(path for paths in found for path in paths or ())
        return self._touched

    def __enter__(self) -> Inspection:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 traceback: TracebackType | None) -> None:
        while self._lookouts:
            self._lookouts.pop().dismiss()


@dataclass(frozen=True, slots=True)
class _Lookout:
    """A process that looks at one part of the paths."""

    process: int
    report: BinaryIO

    @classmethod
    def sent(cls, output: Path, part: int, parts: int) -> _Lookout:
        reading, writing = os.pipe()
        process = os.fork()
        if not process:
            _report(writing, output, part, parts)
        os.close(writing)
        return cls(process, os.fdopen(reading, "rb"))

    def found(self) -> list[str] | None:
        """What it saw, once it has ended; None where it could not look."""
        with self.report as stream:
            paths = stream.read().decode().split("\0")
        _, status = os.waitpid(self.process, 0)
        return None if status else paths[:-1]

    def dismiss(self) -> None:
        self.report.close()
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)


def _report(pipe: int, output: Path, part: int, parts: int) -> NoReturn:
    status = 1
    try:
        gc.disable()
        os.chdir(output)  # short paths are found sooner
        with os.fdopen(pipe, "wb") as stream:
            for path in _looked(output, part, parts, ""):
                stream.write(f"{path}\0".encode())
        status = 0
    finally:
        os._exit(status)


def _looked(output: Path, part: int, parts: int, folder: str) -> list[str]:
    state = working_folder(output) / STATE
    with closing(sqlite3.connect(f"{state.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        total = connection.execute("SELECT count(*) FROM file").fetchone()[0]
        first, end = total * part // parts, total * (part + 1) // parts
        rows = connection.execute(
            "SELECT path, size, mtime FROM file ORDER BY path LIMIT ? OFFSET ?",
            (end - first, first)).fetchall()
    return list(untrue(rows, folder))


def _stamp_facts(output: Path) -> tuple[int, int]:
    """What tells one tree's stamp from all others; zeros when there is none."""
    try:
        facts = (output / STAMP).stat()
    except OSError:
        return 0, 0
    return facts.st_ino, facts.st_mtime_ns


def _recorded_size(output: Path) -> int:
    """Bytes of what is recorded; 0 when nothing is."""
    try:
        return (working_folder(output) / STATE).stat().st_size
    except OSError:
        return 0
