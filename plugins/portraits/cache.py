"""A store of things that were expensive to make, which is never trusted blindly.

    entry = key (what it was made from) -> value (pickle) + checksum

The key covers everything the value depends on: the content's hash, the parameters and
:func:`code_version`. A value whose checksum does not fit is dropped and made again; a
file that is no cache, or of another version, is thrown away and begun anew; where
nothing can be written, the store lives in memory. In each case the site is the same, and the
store says what it met in ``notices``.

An entry has a *place*: what it is a version of. Of each place the last KEPT entries are kept
(an editor who goes back finds what was there; two settings files have an entry each), so that
a year of edits does not fill the disk.
"""

from __future__ import annotations

import importlib.metadata
import os
import pickle
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from portraits.digests import checksum, digest

_SCHEMA = 5
KEPT = 6
"""Entries of one place."""
_LIBRARIES = ("Markdown", "nh3", "PyYAML", "Jinja2", "typogrify", "smartypants", "pillow")
_TABLES = """
CREATE TABLE IF NOT EXISTS entry (
    key BLOB PRIMARY KEY, place TEXT, version INTEGER, checksum BLOB, value BLOB);
CREATE INDEX IF NOT EXISTS entry_by_place ON entry (place, version);
CREATE TABLE IF NOT EXISTS seen (
    path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, inode INTEGER, digest BLOB
) WITHOUT ROWID;
"""
_PAGE = 16_384
"""Bytes. A portrait takes 24 kB: of small pages it would take a chain of them."""
_AT_ONCE = 64
"""Entries that are asked for together."""
_known_version: bytes = b""


def code_version_is(version: bytes) -> None:
    """Say what :func:`code_version` gives. For who knows it from a build since when no file of
    the plugin has changed: reading them all is a good part of a build after an edit."""
    global _known_version
    _known_version = version


def code_version() -> bytes:
    """Hash of this plugin's code and of the versions of what it works with."""
    if not _known_version:
        code_version_is(_hash_of_code())
    return _known_version


def _hash_of_code() -> bytes:
    root = Path(__file__).parent
    parts: list[bytes | str] = [sys.version]
    for path in sorted(root.rglob("*")):
        if path.suffix in {".py", ".toml", ".json"}:
            parts += [path.relative_to(root).as_posix(), path.read_bytes()]
    parts += [f"{name} {importlib.metadata.version(name)}" for name in _LIBRARIES]
    return digest(*parts)


class Cache:
    """One SQLite file; used as a context manager, it commits on leaving."""

    def __init__(self, path: Path) -> None:
        self.notices: list[str] = []
        self._path = path
        self._process = os.getpid()
        self._in_file = True
        self._opened_connection = self._opened()

    @property
    def _connection(self) -> sqlite3.Connection:
        """The connection of this process: SQLite's must not be carried across a fork
        (sqlite.org, "How To Corrupt An SQLite Database File", section 2.6)."""
        if self._process != os.getpid() and self._in_file:
            self._process = os.getpid()
            self._opened_connection = self._opened()
        return self._opened_connection

    @_connection.setter
    def _connection(self, connection: sqlite3.Connection) -> None:
        self._opened_connection = connection

    def _opened(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            return self._connected(str(self._path))
        except sqlite3.DatabaseError as error:
            if "readonly" in str(error) or "unable to open" in str(error):
                return self._in_memory()
            self.notices.append(f"{self._path} : cache endommagé ({error}); il est refait.")
            with suppress(OSError):
                for suffix in ("", "-wal", "-shm"):
                    Path(f"{self._path}{suffix}").unlink(missing_ok=True)
                return self._connected(str(self._path))
            return self._in_memory()
        except OSError:
            return self._in_memory()

    def _in_memory(self) -> sqlite3.Connection:
        self.notices.append(
            f"{self._path} : impossible d’écrire le cache; tout est refait en mémoire.")
        self._in_file = False
        return self._connected(":memory:")

    def _connected(self, name: str) -> sqlite3.Connection:
        connection = sqlite3.connect(name, timeout=20, isolation_level=None)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _SCHEMA):
            self.notices.append(f"{self._path} : cache d’une autre version; il est refait.")
            connection.executescript("DROP TABLE IF EXISTS entry; DROP TABLE IF EXISTS seen;")
        connection.execute(f"PRAGMA page_size={_PAGE}")  # of a file that is new
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        if version != _SCHEMA:
            connection.executescript(_TABLES)
            connection.execute(f"PRAGMA user_version={_SCHEMA}")
        connection.execute("SELECT count(*) FROM seen").fetchone()
        connection.execute("BEGIN")
        return connection

    def get(self, key: bytes) -> Any:
        """The value stored under ``key``, or None."""
        return next((value for _, value in self.get_many((key,))), None)

    def get_many(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, Any]]:
        """(key, value) for each key that is there and whole."""
        remaining = iter(keys)
        while chosen := tuple(islice(remaining, _AT_ONCE)):
            places = ",".join("?" * len(chosen))
            try:
                rows = self._connection.execute(
                    "SELECT key, checksum, value FROM entry "  # noqa: S608 - question marks alone
                    f"WHERE key IN ({places})", chosen).fetchall()
            except sqlite3.DatabaseError as error:
                self._start_over(error)
                return
            for key, known, value in rows:
                if checksum(value) == known:
                    yield key, pickle.loads(value)  # noqa: S301 - our own file, checksum verified
                else:
                    self.notices.append(f"{self._path} : une entrée abîmée est refaite.")

    def put(self, key: bytes, value: Any, place: str) -> None:
        """Store ``value`` under ``key``, as the newest version of what is at ``place``."""
        pickled = pickle.dumps(value, protocol=5)
        self.put_pickled(key, pickled, checksum(pickled), place)

    def put_pickled(self, key: bytes, pickled: bytes, known: bytes, place: str) -> None:
        """Store a value that was pickled elsewhere, with its checksum, which is ``known``."""
        try:
            newest = self._connection.execute(
                "SELECT max(version) FROM entry WHERE place=?", (place,)).fetchone()[0] or 0
            self._connection.execute("INSERT OR REPLACE INTO entry VALUES (?,?,?,?,?)",
                                     (key, place, newest + 1, known, pickled))
            if newest >= KEPT:
                self._connection.execute("DELETE FROM entry WHERE place=? AND version<=?",
                                         (place, newest + 1 - KEPT))
        except sqlite3.DatabaseError as error:
            self._start_over(error)

    def seen(self) -> dict[str, tuple[int, int, int, bytes]]:
        """path -> (size, mtime in ns, inode, content digest) as they were last read."""
        try:
            rows = self._connection.execute("SELECT path, size, mtime, inode, digest FROM seen")
            return {row[0]: row[1:] for row in rows}
        except sqlite3.DatabaseError as error:
            self._start_over(error)
            return {}

    def seen_of(self, path: str) -> tuple[int, int, int, bytes] | None:
        """What :meth:`seen` knows of one path."""
        try:
            row: tuple[int, int, int, bytes] | None = self._connection.execute(
                "SELECT size, mtime, inode, digest FROM seen WHERE path=?", (path,)).fetchone()
        except sqlite3.DatabaseError as error:
            self._start_over(error)
            return None
        return row

    def remember_seen(self, rows: Iterable[tuple[str, int, int, int, bytes]]) -> None:
        """Record files as read."""
        try:
            self._connection.executemany("INSERT OR REPLACE INTO seen VALUES (?,?,?,?,?)", rows)
        except sqlite3.DatabaseError as error:
            self._start_over(error)

    def _start_over(self, error: Exception) -> None:
        self.notices.append(f"{self._path} : cache illisible ({error}); il est refait.")
        with suppress(sqlite3.Error):
            self._connection.close()
        with suppress(OSError):
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        self._in_file = False
        self._connection = self._connected(":memory:")

    def commit(self) -> None:
        """Write what was stored; a failure costs the cache, not the build."""
        try:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")
        except sqlite3.DatabaseError as error:
            self._start_over(error)

    def close(self) -> None:
        self.commit()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()
