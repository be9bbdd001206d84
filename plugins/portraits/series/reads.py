"""Query the tables and record what each query read.

A *read* is a part of a table: the rows with one value in one column, between two days. A row that
is added, removed or changed causes a *change* at one day in every part it belongs to:

    read    = part low high
    change  = part day                     affects a read of the same part if low <= day <= high
    part    = hash of table, column, value     or of the table alone

So a node that asks for the twenty newest portraits with a tag becomes stale when one of them
changes or when a newer one is added, but not when an older one changes. (Databases call these
predicate locks.) No page declares its dependencies: its queries record them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from portraits.series.tables import OF_PORTRAITS, VocabularyRow, day_of, fields_of, name_of

R = TypeVar("R")
T = TypeVar("T")
Read = tuple[int, int, int]
"""Part, lowest day, highest day."""
FIRST, LAST = 0, 9_999_999
_ORDER = ("number", "follow_up", "rank", "shard")
"""Columns that order the rows of one owner."""
_KEPT = 4_000
"""Number of query results that one process caches."""


@lru_cache(maxsize=1 << 16)
def part_of(table: str, column: str = "", value: object = "") -> int:
    """Return the number of a part of a table: 63 bits of a hash.

    A collision is harmless: it causes an unneeded rebuild.
    """
    named = f"{table}\0{column}\0{value}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(named, digest_size=8).digest()) >> 1


def portrait_part(source: str) -> int:
    """Return the part that stands for everything in one portrait's file."""
    return part_of("portraits", "source", source)


class Series:
    """The tables of one database, for views and pages to query."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._reads: set[Read] | None = None
        self._known: dict[tuple[Any, ...], tuple[Any, Read]] = {}
        self._values: defaultdict[str, dict[object, tuple[Any, tuple[Read, ...]]]] = defaultdict(
            dict
        )
        self._tables_of: dict[str, tuple[str, ...]] = {}

    @contextmanager
    def recorded(self) -> Iterator[set[Read]]:
        """Record the reads made in this block in the set that it yields.

        Blocks may be nested; an inner block's reads are not added to the outer one.
        """
        before, self._reads = self._reads, set()
        try:
            yield self._reads
        finally:
            self._reads = before

    def forget(self) -> None:
        """Clear the caches, because the tables have changed."""
        self._known.clear()
        self._values.clear()

    def _note(self, *reads: Read) -> None:
        if self._reads is not None:
            self._reads.update(reads)

    def remembered(self, kind: str, key: object, make: Callable[[], T], *, most: int = 400) -> T:
        """Return the result of ``make()``, cached under ``kind`` and ``key``.

        Every caller is recorded as having made the reads of ``make``, cached or not. At most
        ``most`` values of a ``kind`` are kept.
        """
        kept = self._values[kind]
        if key not in kept:
            with self.recorded() as reads:
                value = make()
            _keep(kept, key, (value, tuple(reads)), most)
        self._note(*kept[key][1])
        made: T = kept[key][0]
        return made

    def rows(
        self,
        table: type[R],
        column: str = "",
        value: object = "",
        *,
        newer: str = "",
        older: str = "",
        oldest_first: bool = False,
        limit: int = 0,
        **equal: object,
    ) -> list[R]:
        """Return the rows of ``table`` that have ``value`` in ``column``, or all rows without a
        column.

        If the table has positions, only portraits that the site shows are returned, newest first
        unless ``oldest_first``, at most ``limit`` of them, from ``older`` to ``newer``: both are
        positions and are included. ``equal`` gives further columns and their values; they narrow
        the result but not the recorded read.
        """
        asked = (table, column, value, newer, older, oldest_first, limit, *equal.items())
        known = self._known.get(asked)
        if known is None:
            found = self._found(table, column, value, newer, older, oldest_first, limit, equal)
            more = limit and len(found) == limit
            low, high = _bounds(
                newer, older, oldest_first, getattr(found[-1], "position", "") if more else ""
            )
            known = found, (part_of(name_of(table), column, value), low, high)
            _keep(self._known, asked, known, _KEPT)
        self._note(known[1])
        rows: list[R] = known[0]
        return rows

    def each(self, table: type[R], column: str, values: Sequence[object]) -> list[list[R]]:
        """Return the rows with each of ``values`` in ``column``, one list per value, in one query.

        Each list is what :meth:`rows` returns for the value. The table must have no positions.
        """
        at = fields_of(table).index(column)
        found: dict[object, list[R]] = {value: [] for value in values}
        for row in self._connection.execute(
            f'SELECT * FROM {name_of(table)} WHERE "{column}" IN'
            f" ({','.join('?' * len(found))}){_own_order(table)}",
            list(found),
        ):
            found[row[at]].append(table(*row))
        name = name_of(table)
        self._note(*((part_of(name, column, value), FIRST, LAST) for value in found))
        return [found[value] for value in values]

    def one(self, table: type[R], column: str, value: object) -> R | None:
        """Return the row with ``value`` in ``column``, or None."""
        found = self.rows(table, column, value)
        return found[0] if found else None

    def places(
        self,
        table: type,
        column: str,
        value: object,
        *,
        lang: str,
        newer: str = "",
        older: str = "",
        oldest_first: bool = False,
        limit: int = 0,
    ) -> list[tuple[str, str]]:
        """Return the source and position of the rows that :meth:`rows` would return.

        Cheaper than whole rows. Only portraits in ``lang`` are returned.
        """
        name = name_of(table)
        where, values = f'"{column}"=? AND lang=?', [value, lang]
        for bound, sign in ((newer, ">="), (older, "<=")):
            if bound:
                where += f' AND "position"{sign}?'
                values.append(bound)
        statement = (
            f"SELECT source, position FROM {name} WHERE {where}"
            f" AND position IS NOT NULL ORDER BY position{' DESC' if oldest_first else ''}"
            + (f" LIMIT {limit}" if limit else "")
        )
        found = self._connection.execute(statement, values).fetchall()
        last = found[-1][1] if limit and len(found) == limit else ""
        self._note((part_of(name, column, value), *_bounds(newer, older, oldest_first, last)))
        return found

    def grouped(
        self, table: type, column: str, value: object, by: str, **equal: object
    ) -> list[tuple[Any, ...]]:
        """Count the shown rows with ``value`` in ``column`` by the columns ``by`` (comma-separated
        SQL).

        Return one tuple per combination, the count last: most frequent first, then newest first.
        """
        return self._part(
            table,
            column,
            value,
            f"SELECT {by}, count(*) AS times FROM {{}} GROUP BY {by}"
            f" ORDER BY times DESC, min(position), {by}",
            equal,
        )

    def counted(self, table: type, column: str, value: object, **equal: object) -> tuple[int, int]:
        """Return the number of shown rows with ``value`` in ``column``, and of their portraits."""
        [(rows, portraits)] = self._part(
            table, column, value, "SELECT count(*), count(DISTINCT source) FROM {}", equal
        )
        return rows, portraits

    def columns(
        self, table: type, column: str, value: object, names: str, **equal: object
    ) -> list[tuple[Any, ...]]:
        """Return the columns ``names`` (comma-separated SQL) of the shown rows with ``value`` in
        ``column``.

        The rows are in the order of the series.
        """
        return self._part(
            table, column, value, f"SELECT {names} FROM {{}} ORDER BY position, {names}", equal
        )

    def _part(
        self, table: type, column: str, value: object, statement: str, equal: dict[str, object]
    ) -> list[tuple[Any, ...]]:
        """Run ``statement`` on one part of a table and record a read of the whole part."""
        wanted = {column: value, **equal} if column else equal
        where = " AND ".join(f'"{name}"=?' for name in wanted)
        name = name_of(table)
        self._note((part_of(name, column, value), FIRST, LAST))
        shown = f"{name} WHERE {where}{' AND' if where else ''} position IS NOT NULL"
        return self._connection.execute(statement.format(shown), tuple(wanted.values())).fetchall()

    def rows_of(self, table: type[R], source: str) -> list[R]:
        """Return the rows that one portrait's file gives a table, shown or not, in their order.

        The recorded read is that of the whole file: use it where all tables of a portrait are read.
        """
        assert table in OF_PORTRAITS  # noqa: S101
        self._note((portrait_part(source), FIRST, LAST))
        cursor = self._connection.execute(
            f'SELECT * FROM {name_of(table)} WHERE "source"=?{_own_order(table)}', (source,)
        )
        return [table(*row) for row in cursor]

    def in_shard(self, low: int, high: int) -> list[VocabularyRow]:
        """Return the words of the portraits whose hash is from ``low`` to ``high``, both
        included."""
        self._note((part_of("vocabulary"), low, high))
        return [
            VocabularyRow(*row)
            for row in self._connection.execute(
                "SELECT * FROM vocabulary WHERE shard BETWEEN ? AND ? AND position IS NOT NULL"
                " ORDER BY source",
                (low, high),
            )
        ]

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a ``SELECT`` and return its rows. Record a read of each whole table that it uses."""
        for name in self._named_in(statement):
            self._note((part_of(name), FIRST, LAST))
        return self._connection.execute(statement, values).fetchall()

    def exported(
        self, tables: Mapping[str, tuple[str, str]], values: Mapping[str, object], version: int
    ) -> bytes:
        """Return a new SQLite database as the bytes of its file.

        ``tables`` gives, for each table, its column definitions and the ``SELECT`` that fills it,
        with ``values`` as named parameters; ``version`` is its ``user_version``. Record a read of
        each whole table that a ``SELECT`` uses. Equal rows give equal bytes.
        """
        path = self._connection.execute("PRAGMA database_list").fetchone()[2]
        with closing(
            sqlite3.connect(f"{Path(path).as_uri()}?mode=ro", uri=True, isolation_level=None)
        ) as connection:
            connection.execute("ATTACH ':memory:' AS export")
            connection.execute(f"PRAGMA export.user_version={version}")
            for name, (columns, statement) in tables.items():
                for table in self._named_in(statement, values):
                    self._note((part_of(table), FIRST, LAST))
                connection.execute(f"CREATE TABLE export.{name} ({columns})")
                connection.execute(f"INSERT INTO export.{name} {statement}", values)
            return connection.serialize(name="export")

    def _named_in(
        self, statement: str, values: Mapping[str, object] | None = None
    ) -> tuple[str, ...]:
        """Return the names of the tables that SQLite opens to run a statement.

        ``EXPLAIN`` is used because SQLite's authorizer does not report the columns of ``JOIN …
        USING``.
        """
        if statement not in self._tables_of:
            run = self._connection.execute
            tables = dict(run("SELECT rootpage, tbl_name FROM sqlite_master"))
            given = values or (None,) * statement.count("?")
            found = {
                tables[root]
                for _, code, _, root, place, *_ in run(f"EXPLAIN {statement}", given)
                if code == "OpenRead" and not place
            }
            self._tables_of[statement] = tuple(sorted(found))
        return self._tables_of[statement]

    def _found(
        self,
        table: type[R],
        column: str,
        value: object,
        newer: str,
        older: str,
        oldest_first: bool,
        limit: int,
        equal: dict[str, object],
    ) -> list[R]:
        where, values = [], []
        for name, wanted in (*(((column, value),) if column else ()), *equal.items()):
            where.append(f'"{name}"=?')
            values.append(wanted)
        fields = fields_of(table)
        order = _own_order(table)
        if "position" in fields:
            if newer:
                where.append('"position">=?')
                values.append(newer)
            if older:
                where.append('"position"<=?')
                values.append(older)
            if not newer and not older:  # a bound excludes NULL already
                where.append('"position" IS NOT NULL')
            if column != "source":
                ties = order.removeprefix(" ORDER BY ")
                order = f' ORDER BY "position"{" DESC" if oldest_first else ""}, {ties}'
        statement = f"SELECT * FROM {name_of(table)}"
        if where:
            statement += f" WHERE {' AND '.join(where)}"
        statement += order
        if limit:
            statement += f" LIMIT {limit}"
        return [table(*row) for row in self._connection.execute(statement, values)]


def _bounds(newer: str, older: str, oldest_first: bool, last: str) -> tuple[int, int]:
    """Return the lowest and highest day at which another row would change the result.

    All arguments are positions, or empty; ``last`` is the position of the last row if a limit may
    have cut the result.
    """
    low = day_of(newer) if newer else FIRST
    high = day_of(older) if older else LAST
    if last:
        low, high = (day_of(last), high) if oldest_first else (low, day_of(last))
    return low, high


def _keep(kept: dict[Any, Any], key: object, value: object, most: int) -> None:
    """Add a value to a cache of at most ``most`` values; drop the oldest one if it is full."""
    if len(kept) >= most:
        del kept[next(iter(kept))]
    kept[key] = value


_ORDERS: dict[Any, str] = {}


def _own_order(table: Any) -> str:
    """Return the ``ORDER BY`` clause of a table.

    Without one, SQLite would return rows in the order they were written, which depends on past
    builds.
    """
    if table not in _ORDERS:
        fields = fields_of(table)
        columns = [column for column in _ORDER if column in fields] or fields[:3]
        _ORDERS[table] = " ORDER BY " + ", ".join(f'"{column}"' for column in columns)
    return _ORDERS[table]
