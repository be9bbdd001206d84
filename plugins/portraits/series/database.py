"""Open and update the database file that keeps the series between builds.

    rows       what portraits say and what is derived from it (:mod:`portraits.series.tables`)
    node       everything made from rows: a part of a view, a page with its files
    read       what each node queried while it was made (:mod:`portraits.series.reads`)
    pending    row changes that the published site does not show yet
    source     the files that rows come from, as last seen

A database belongs to one identity: the code, the settings, the versions of libraries. If the
identity differs, the database is created again. Rows and their pending changes are committed
together, before anything is made from them; files, reads and the release number are committed when
the release is published. So a killed build leaves pending work, and never a page that wrongly looks
up to date.

Three failures are handled separately: the file is in use by another build (wait), read-only (use a
temporary database and report it), damaged (create it again and report it).
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import tempfile
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

from portraits.series.reads import Read, Series, part_of, portrait_part
from portraits.series.tables import (
    KEYS,
    OF_PORTRAITS,
    VERSION,
    bound_of,
    fields_of,
    name_of,
    statements,
)
from portraits.support.locks import alone
from portraits.support.messages import msg

Change = tuple[int, int]
"""A part of a table and a day, both as numbers (:mod:`portraits.series.reads`)."""
_WAIT_SECONDS = 60.0
_ENGINE = (
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
    "CREATE TABLE source (path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, inode INTEGER,"
    " digest BLOB, problems BLOB, status TEXT) WITHOUT ROWID",
    "CREATE TABLE node (id INTEGER PRIMARY KEY, kind TEXT, key TEXT, reads BLOB,"
    " UNIQUE (kind, key))",
    "CREATE TABLE read (part INTEGER, low INTEGER, high INTEGER, node INTEGER,"
    " PRIMARY KEY (part, low, high, node)) WITHOUT ROWID",
    "CREATE TABLE pending (part INTEGER, day INTEGER, PRIMARY KEY (part, day)) WITHOUT ROWID",
    "CREATE TABLE republished (path TEXT PRIMARY KEY) WITHOUT ROWID",
)


class Database:
    """The database of one site. Open it with :func:`opened`."""

    def __init__(self, path: Path, identity: bytes, *, durable: bool = True) -> None:
        self.path = path
        self.notices: list[str] = []
        self._durable = durable
        self.connection = self._open(identity)
        self.series = Series(self.connection)
        self._changes: set[Change] = set()
        self.unread = self.connection.execute("SELECT 1 FROM read LIMIT 1").fetchone() is None
        """True while no node has read any row: no change can make anything stale."""

    def _open(self, identity: bytes) -> sqlite3.Connection:
        """Open the file; create it again if it is damaged or of another version or identity."""
        try:
            with ExitStack() as unless_kept:
                connection = connect(self.path, durable=self._durable)
                unless_kept.callback(connection.close)
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                if version == VERSION and _fact(connection, "identity") == identity:
                    unless_kept.pop_all()
                    return connection
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
                raise
            self.notices.append(msg("build.new_database", path=self.path, error=error))
        return self._create(identity)

    def _create(self, identity: bytes) -> sqlite3.Connection:
        discard(self.path)
        connection = connect(self.path, durable=self._durable)
        connection.execute("BEGIN IMMEDIATE")
        for statement in (*_ENGINE, *statements()):
            connection.execute(statement)
        connection.execute("INSERT INTO fact VALUES ('identity', ?)", (identity,))
        connection.execute(f"PRAGMA user_version={VERSION}")
        connection.execute("COMMIT")
        return connection

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    # -- transactions

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block in a transaction: commit at the end, roll back on any exception."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            self.series.forget()
            raise
        self.connection.execute("COMMIT")

    # -- facts

    def fact(self, name: str) -> bytes | None:
        """Return a value that an earlier build stored under ``name``, or None."""
        return _fact(self.connection, name)

    def remember(self, name: str, value: bytes) -> None:
        """Store ``value`` under ``name`` for later builds."""
        self.connection.execute("INSERT OR REPLACE INTO fact VALUES (?,?)", (name, value))

    # -- rows

    def replace(
        self,
        owner: str | int,
        rows: Iterable[tuple[Any, ...]],
        tables: Sequence[type],
        *,
        known: bool = True,
    ) -> None:
        """Make ``rows`` the only rows that ``owner`` has in ``tables``.

        Only rows that differ from the stored ones count as changes. Pass ``known=False`` for an
        owner that has no rows yet: it saves the comparison.
        """
        new: dict[type, list[tuple[Any, ...]]] = {table: [] for table in tables}
        for row in rows:
            new[type(row)].append(row)
        for table, given in new.items():
            name, fields = name_of(table), fields_of(table)
            if known:
                old = self.connection.execute(
                    f'SELECT * FROM {name} WHERE "{fields[0]}"=?', (owner,)
                ).fetchall()
                if sorted(old, key=repr) == sorted(map(tuple, given), key=repr):
                    continue
                if old:
                    self.connection.execute(f'DELETE FROM {name} WHERE "{fields[0]}"=?', (owner,))
                self._note(table, set(old).symmetric_difference(map(tuple, given)))
            elif given:
                self._note(table, given)
            if given:
                marks = ",".join("?" * len(fields))
                self.connection.executemany(f"INSERT INTO {name} VALUES ({marks})", given)

    def _note(self, table: type, rows: Iterable[tuple[Any, ...]]) -> None:
        """Record that ``rows`` were added, removed or changed."""
        if self.unread:
            return
        name, fields = name_of(table), fields_of(table)
        columns = [(column, fields.index(column)) for column in KEYS[table]]
        for row in rows:
            if table in OF_PORTRAITS:
                self._changes.add((portrait_part(row[0]), 0))
            day = bound_of(table, row)
            if day is None:
                continue  # pages never read rows of portraits that are not shown
            self._changes.add((part_of(name), day))
            for column, at in columns:
                self._changes.add((part_of(name, column, row[at]), day))

    # -- nodes

    def settle(self) -> set[int]:
        """Return the nodes that the changes since the last call make stale.

        The changes stay pending until :meth:`publish`.
        """
        self.series.forget()
        if not self._changes:
            return set()
        changes = sorted(self._changes)
        self._changes.clear()
        self.connection.executemany("INSERT OR IGNORE INTO pending VALUES (?,?)", changes)
        return self._affected(changes)

    def left_over(self) -> set[int]:
        """Return the nodes that are stale because of changes from an unfinished build."""
        return self._affected(self.connection.execute("SELECT part, day FROM pending").fetchall())

    def _affected(self, changes: Collection[Change]) -> set[int]:
        run = self.connection.execute
        run("CREATE TEMP TABLE IF NOT EXISTS change (part INTEGER, day INTEGER)")
        run("DELETE FROM temp.change")
        self.connection.executemany("INSERT INTO temp.change VALUES (?,?)", changes)
        return {
            node
            for (node,) in run(
                "SELECT DISTINCT read.node FROM temp.change JOIN read ON read.part=change.part"
                " AND read.low<=change.day AND read.high>=change.day"
            )
        }

    def nodes(self, kind: str) -> dict[str, int]:
        """Return the number of each node of a kind, by key."""
        return dict(self.connection.execute("SELECT key, id FROM node WHERE kind=?", (kind,)))

    def keys_of(self, nodes: Iterable[int]) -> Iterator[tuple[int, str, str]]:
        """Yield the number, kind and key of each node that exists."""
        for node in nodes:
            row = self.connection.execute(
                "SELECT id, kind, key FROM node WHERE id=?", (node,)
            ).fetchone()
            if row:
                yield row

    def node(self, kind: str, key: str) -> int:
        """Return the number of a node; create the node if it does not exist."""
        row = self.connection.execute(
            "SELECT id FROM node WHERE kind=? AND key=?", (kind, key)
        ).fetchone()
        if row:
            return int(row[0])
        cursor = self.connection.execute("INSERT INTO node (kind, key) VALUES (?,?)", (kind, key))
        return int(cursor.lastrowid or 0)

    def keep_reads(self, node: int, reads: Collection[Read], *, known: bool = True) -> None:
        """Store ``reads`` as what a node queried, replacing those stored before.

        Pass ``known=False`` for a node that has none stored.
        """
        new = set(reads)
        old = self._reads_of(node) if known else set()
        if new == old:
            return
        self.connection.executemany(
            "DELETE FROM read WHERE part=? AND low=? AND high=? AND node=?",
            ((*read, node) for read in old - new),
        )
        self.connection.executemany(
            "INSERT INTO read VALUES (?,?,?,?)", ((*read, node) for read in new - old)
        )
        # The table `read` is keyed by part; this copy finds the reads of one node without an index.
        packed = array("q", chain.from_iterable(sorted(new))).tobytes()
        self.connection.execute("UPDATE node SET reads=? WHERE id=?", (packed, node))

    def _reads_of(self, node: int) -> set[Read]:
        found = self.connection.execute("SELECT reads FROM node WHERE id=?", (node,)).fetchone()
        numbers = array("q", found[0] if found and found[0] else b"")
        return set(zip(*[iter(numbers)] * 3, strict=True))

    def drop_node(self, node: int) -> None:
        """Delete a node and its reads."""
        self.keep_reads(node, ())
        self.connection.execute("DELETE FROM node WHERE id=?", (node,))

    def publish(self) -> None:
        """Clear the pending changes: the release shows them."""
        self.connection.execute("DELETE FROM pending")
        self.unread = False


def _fact(connection: sqlite3.Connection, name: str) -> bytes | None:
    row = connection.execute("SELECT value FROM fact WHERE name=?", (name,)).fetchone()
    return row[0] if row else None


def connect(path: Path, *, durable: bool = True, writing: bool = True) -> sqlite3.Connection:
    """Open a connection for this process. A forked process must open its own.

    With ``writing=False`` the connection is read-only. With ``durable=False`` SQLite does not wait
    for the disk.
    """
    if not writing:
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            timeout=_WAIT_SECONDS,
        )
    connection = sqlite3.connect(path, isolation_level=None, timeout=_WAIT_SECONDS)
    with ExitStack() as unless_kept:
        unless_kept.callback(connection.close)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={'NORMAL' if durable else 'OFF'}")
        connection.execute("PRAGMA secure_delete=FAST")  # overwrite what an editor deletes
        unless_kept.pop_all()
    return connection


def discard(path: Path) -> None:
    """Delete the database file and its side files."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


@contextmanager
def opened(path: Path, identity: bytes, *, durable: bool = True) -> Iterator[Database]:
    """Yield the database at ``path``, locked for this process; wait while another one holds it.

    If ``path`` is not writable, yield a temporary database instead, with a notice. Raise Locked
    when the lock is not free within a minute.
    """
    with (
        _place(path) as (place, notices),
        alone(Path(f"{place}.lock"), place, wait_seconds=_WAIT_SECONDS),
    ):
        database = Database(place, identity, durable=durable)
        database.notices[:0] = notices
        try:
            yield database
        finally:
            database.close()


@contextmanager
def _place(path: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield ``path`` if it is writable, else a temporary path and a notice."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    files = [Path(f"{path}{suffix}") for suffix in ("", "-wal", "-shm", ".lock")]
    if (
        path.parent.is_dir()
        and os.access(path.parent, os.W_OK)
        and all(os.access(file, os.R_OK | os.W_OK) for file in files if file.exists())
    ):
        yield path, []
        return
    with tempfile.TemporaryDirectory(prefix="portraits-") as folder:
        yield (Path(folder, path.name), [msg("build.cache_not_writable", folder=path.parent)])


def stored(value: object) -> bytes:
    """Serialize one of our own values for a BLOB column."""
    return pickle.dumps(value, protocol=5)


def restored(value: bytes | None) -> Any:
    """Return the value that :func:`stored` serialized, or None for an empty column.

    Raise sqlite3.DatabaseError if it is damaged, as SQLite does for its own part of the file.
    """
    try:
        return pickle.loads(value) if value else None  # noqa: S301 - our own database
    except Exception as error:  # a damaged pickle raises nearly anything
        raise sqlite3.DatabaseError(f"damaged value: {error}") from error
