"""Asking the tables, with a record of what was asked.

A *read* is a part of a table: the rows with one value in one column, between two days. A row
that comes, goes or changes is a *change* at one day of every part that it belongs to:

    read    = part low high
    change  = part day                     concerns a read of the same part where low <= day <= high
    part    = hash of table, column, value     or of the table alone

So whoever asks for the twenty newest portraits with a tag is concerned by a change of one of
them, or by a newer one, and not by the older ones that were not looked at. (What databases
call predicate locks.) Nobody writes down what a page depends on: asking is what records it.
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

from portraits.series.tables import (
    OF_PORTRAITS,
    VocabularyRow,
    day_of,
    fields_of,
    name_of,
)

R = TypeVar("R")
T = TypeVar("T")
Read = tuple[int, int, int]
"""Part, lowest day, highest day."""
FIRST, LAST = 0, 9_999_999
_ORDER = ("number", "follow_up", "rank", "shard")
"""Columns that order the rows of one owner."""
_KEPT = 4_000
"""Answers to repeated questions that one process keeps."""


@lru_cache(maxsize=1 << 16)
def part_of(table: str, column: str = "", value: object = "") -> int:
    """The number of a part of a table: 63 bits of a hash. Two parts of one number would cause
    something to be made once too often."""
    named = f"{table}\0{column}\0{value}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(named, digest_size=8).digest()) >> 1


def portrait_part(source: str) -> int:
    """The part that stands for everything that one portrait's file says."""
    return part_of("portraits", "source", source)


class Series:
    """The tables of one database, to be asked by views and pages."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._reads: set[Read] | None = None
        self._known: dict[tuple[Any, ...], tuple[Any, Read]] = {}
        self._values: defaultdict[str, dict[object, tuple[Any, tuple[Read, ...]]]] = (
            defaultdict(dict))
        self._tables_of: dict[str, tuple[str, ...]] = {}

    @contextmanager
    def recorded(self) -> Iterator[set[Read]]:
        """What is asked in this block."""
        before, self._reads = self._reads, set()
        try:
            yield self._reads
        finally:
            self._reads = before

    def forget(self) -> None:
        """Forget answers that were kept: the tables have changed."""
        self._known.clear()
        self._values.clear()

    def _note(self, *reads: Read) -> None:
        if self._reads is not None:
            self._reads.update(reads)

    def remembered(self, kind: str, key: object, make: Callable[[], T], *, most: int = 400) -> T:
        """What ``make`` gives, made once for many who ask for it: each of them has asked all
        that was asked to make it. ``most`` values of a ``kind`` are kept."""
        kept = self._values[kind]
        if key not in kept:
            with self.recorded() as reads:
                value = make()
            _keep(kept, key, (value, tuple(reads)), most)
        self._note(*kept[key][1])
        made: T = kept[key][0]
        return made

    def rows(
        self, table: type[R], column: str = "", value: object = "", *, newer: str = "",
        older: str = "", oldest_first: bool = False, limit: int = 0, **equal: object,
    ) -> list[R]:
        """The rows of ``table`` that have ``value`` in ``column``; all of them without a column.

        Where rows have a position, only those of portraits that the site shows are found,
        newest first unless ``oldest_first``, at most ``limit`` of them, between ``newer`` and
        ``older``: both are positions, and belong to what is asked for. ``equal`` are more
        columns and their values; they narrow what is found and not what is recorded.
        """
        asked = (table, column, value, newer, older, oldest_first, limit, *equal.items())
        known = self._known.get(asked)
        if known is None:
            found = self._found(table, column, value, newer, older, oldest_first, limit, equal)
            more = limit and len(found) == limit
            low, high = _bounds(newer, older, oldest_first,
                                getattr(found[-1], "position", "") if more else "")
            known = found, (part_of(name_of(table), column, value), low, high)
            _keep(self._known, asked, known, _KEPT)
        self._note(known[1])
        rows: list[R] = known[0]
        return rows

    def each(self, table: type[R], column: str, values: Sequence[object]) -> list[list[R]]:
        """For each of ``values``, the rows of ``table``, which has no positions, that have it in
        ``column``: what :meth:`rows` finds for it, asked in one go."""
        at = fields_of(table).index(column)
        found: dict[object, list[R]] = {value: [] for value in values}
        for row in self._connection.execute(
                f'SELECT * FROM {name_of(table)} WHERE "{column}" IN'
                f" ({','.join('?' * len(found))}){_own_order(table)}", list(found)):
            found[row[at]].append(table(*row))
        name = name_of(table)
        self._note(*((part_of(name, column, value), FIRST, LAST) for value in found))
        return [found[value] for value in values]

    def one(self, table: type[R], column: str, value: object) -> R | None:
        """The row with ``value`` in ``column``, or None."""
        asked = table, column, value
        known = self._known.get(asked)
        if known is None:
            found = self._found(table, column, value, "", "", False, 1, {})
            known = (found[0] if found else None,
                     (part_of(name_of(table), column, value), FIRST, LAST))
            _keep(self._known, asked, known, _KEPT)
        self._note(known[1])
        row: R | None = known[0]
        return row

    def places(
        self, table: type, column: str, value: object, *, lang: str, newer: str = "",
        older: str = "", oldest_first: bool = False, limit: int = 0,
    ) -> list[tuple[str, str]]:
        """Source and position of the rows that :meth:`rows` finds, for who needs no more."""
        name = name_of(table)
        where, values = f'"{column}"=? AND lang=?', [value, lang]
        for bound, sign in ((newer, ">="), (older, "<=")):
            if bound:
                where += f' AND "position"{sign}?'
                values.append(bound)
        statement = (
            f"SELECT source, position FROM {name} WHERE {where}"
            f" AND position IS NOT NULL ORDER BY position{' DESC' if oldest_first else ''}"
            + (f" LIMIT {limit}" if limit else ""))
        found = self._connection.execute(statement, values).fetchall()
        last = found[-1][1] if limit and len(found) == limit else ""
        self._note((part_of(name, column, value), *_bounds(newer, older, oldest_first, last)))
        return found

    def grouped(
        self, table: type, column: str, value: object, by: str, **equal: object
    ) -> list[tuple[Any, ...]]:
        """For the shown rows with ``value`` in ``column``, each combination of the columns ``by``
        (SQL, comma-separated) and how many rows have it: most first, then newest first."""
        return self._part(
            table, column, value,
            f"SELECT {by}, count(*) AS times FROM {{}} GROUP BY {by}"
            f" ORDER BY times DESC, min(position), {by}", equal)

    def counted(
        self, table: type, column: str, value: object, **equal: object
    ) -> tuple[int, int]:
        """How many shown rows have ``value`` in ``column``, and of how many portraits."""
        [(rows, portraits)] = self._part(
            table, column, value, "SELECT count(*), count(DISTINCT source) FROM {}", equal)
        return rows, portraits

    def columns(
        self, table: type, column: str, value: object, names: str, **equal: object
    ) -> list[tuple[Any, ...]]:
        """The columns ``names`` (SQL, comma-separated) of the shown rows with ``value`` in
        ``column``, in the order of the series."""
        return self._part(
            table, column, value, f"SELECT {names} FROM {{}} ORDER BY position, {names}",
            equal)

    def _part(
        self, table: type, column: str, value: object, statement: str, equal: dict[str, object]
    ) -> list[tuple[Any, ...]]:
        """What a statement says of one part of a table, which is read from end to end."""
        wanted = {column: value, **equal} if column else equal
        where = " AND ".join(f'"{name}"=?' for name in wanted)
        name = name_of(table)
        self._note((part_of(name, column, value), FIRST, LAST))
        shown = f"{name} WHERE {where}{' AND' if where else ''} position IS NOT NULL"
        return self._connection.execute(
            statement.format(shown), tuple(wanted.values())).fetchall()

    def rows_of(self, table: type[R], source: str) -> list[R]:
        """The rows that the file of one portrait gave a table, for who reads all of them: what is
        recorded is a read of the whole file. Shown or not, in their order."""
        assert table in OF_PORTRAITS  # noqa: S101
        self._note((portrait_part(source), FIRST, LAST))
        cursor = self._connection.execute(
            f'SELECT * FROM {name_of(table)} WHERE "source"=?'
            f"{_own_order(table)}", (source,))
        return [table(*row) for row in cursor]

    def in_shard(self, low: int, high: int) -> list[VocabularyRow]:
        """The words of the portraits whose hash is between ``low`` and ``high``, both included."""
        self._note((part_of("vocabulary"), low, high))
        return [VocabularyRow(*row) for row in self._connection.execute(
            "SELECT * FROM vocabulary WHERE shard BETWEEN ? AND ? AND position IS NOT NULL"
            " ORDER BY source", (low, high))]

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that a ``SELECT`` gives. Every table that it names is read whole."""
        for name in self._named_in(statement):
            self._note((part_of(name), FIRST, LAST))
        return self._connection.execute(statement, values).fetchall()

    def exported(
        self, tables: Mapping[str, tuple[str, str]], values: Mapping[str, object], version: int,
    ) -> bytes:
        """A database of its own, as the bytes of a file: for each table its definition and the
        ``SELECT`` that fills it, which may name ``values``. Every table that a ``SELECT`` names is
        read whole. Equal rows give equal bytes."""
        path = self._connection.execute("PRAGMA database_list").fetchone()[2]
        with closing(sqlite3.connect(f"{Path(path).as_uri()}?mode=ro", uri=True,
                                     isolation_level=None)) as connection:
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
        """The tables of a statement: those that SQLite opens to carry it out. (Its authorizer does
        not name a column that ``JOIN … USING`` compares.)"""
        if statement not in self._tables_of:
            run = self._connection.execute
            tables = dict(run("SELECT rootpage, tbl_name FROM sqlite_master"))
            given = values or (None,) * statement.count("?")
            found = {tables[root] for _, code, _, root, place, *_ in run(
                f"EXPLAIN {statement}", given) if code == "OpenRead" and not place}
            self._tables_of[statement] = tuple(sorted(found))
        return self._tables_of[statement]

    def _found(
        self, table: type[R], column: str, value: object, newer: str, older: str,
        oldest_first: bool, limit: int, equal: dict[str, object],
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
            if not newer and not older:
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
    """The days between which another row would be another answer. All arguments are positions, or
    empty; ``last`` is that of the last row, where there may be more."""
    low = day_of(newer) if newer else FIRST
    high = day_of(older) if older else LAST
    if last:
        low, high = (day_of(last), high) if oldest_first else (low, day_of(last))
    return low, high


def _keep(kept: dict[Any, Any], key: object, value: object, most: int) -> None:
    """Keep a value, and of the others the latest that are fewer than ``most``."""
    if len(kept) >= most:
        del kept[next(iter(kept))]
    kept[key] = value


_ORDERS: dict[Any, str] = {}


def _own_order(table: Any) -> str:
    """Rows never come in the order in which they were written: that is the past of a database."""
    if table not in _ORDERS:
        fields = fields_of(table)
        columns = [column for column in _ORDER if column in fields] or fields[:3]
        _ORDERS[table] = " ORDER BY " + ", ".join(f'"{column}"' for column in columns)
    return _ORDERS[table]
