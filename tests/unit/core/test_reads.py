"""Asking the tables: in which order rows come, and what is recorded of a question."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from portraits.series.database import Database, connect, opened
from portraits.series.reads import FIRST, LAST, Series, part_of, portrait_part
from portraits.series.tables import OF_PORTRAITS, PhotoRow, ReadingRow, TermRow, VocabularyRow

from tests.unit.core.made_up import IDENTITY, concerned, place, reader, tagged, write

Ask = Callable[[Series], Any]
MUSIC = "tag/musique"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Five portraits with one tag, of the 1st, 3rd, 5th, 7th and 9th of January; one more that
    the site does not show."""
    with opened(tmp_path / "series.sqlite", IDENTITY) as database:
        for day in (3, 9, 1, 7, 5):
            source = f"p{day}"
            write(database, source, tagged(source, day=day, lang="en" if day == 7 else "fr"))
        write(database, "hidden", tagged("hidden", day=4, shown=False))
        database.publish()
        yield database


def music(**limits: Any) -> Ask:
    return lambda series: [row.source for row in series.rows(TermRow, "term", MUSIC, **limits)]


# -- what is found


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ({}, ["p9", "p7", "p5", "p3", "p1"]),
        ({"oldest_first": True}, ["p1", "p3", "p5", "p7", "p9"]),
        ({"limit": 2}, ["p9", "p7"]),
        ({"limit": 2, "oldest_first": True}, ["p1", "p3"]),
        ({"limit": 9}, ["p9", "p7", "p5", "p3", "p1"]),
        ({"newer": place("p7", 7)}, ["p7", "p5", "p3", "p1"]),
        ({"older": place("p3", 3)}, ["p9", "p7", "p5", "p3"]),
        ({"newer": place("p7", 7), "older": place("p3", 3)}, ["p7", "p5", "p3"]),
        ({"newer": place("p7", 7), "limit": 2}, ["p7", "p5"]),
        ({"older": place("p5", 5), "limit": 2, "oldest_first": True}, ["p5", "p7"]),
        ({"lang": "fr"}, ["p9", "p5", "p3", "p1"]),
        ({"lang": "fr", "limit": 2}, ["p9", "p5"]),
        ({"person": 0}, []),
    ],
    ids=str,
)
def test_rows_come_newest_first_within_the_bounds_that_are_given(
    database: Database, limits: dict[str, Any], found: list[str]
) -> None:
    assert music(**limits)(database.series) == found


@pytest.mark.parametrize(
    "limits",
    [
        {},
        {"limit": 2},
        {"newer": place("p7", 7), "limit": 2},
        {"older": place("p5", 5)},
        {"older": place("p5", 5), "limit": 1, "oldest_first": True},
    ],
    ids=str,
)
def test_places_are_those_of_the_rows(database: Database, limits: dict[str, Any]) -> None:
    series = database.series
    with series.recorded() as of_rows:
        rows = series.rows(TermRow, "term", MUSIC, lang="fr", **limits)
    with series.recorded() as of_places:
        places = series.places(TermRow, "term", MUSIC, lang="fr", **limits)
    assert places == [(row.source, row.position) for row in rows]
    assert of_places == of_rows


def test_the_rows_of_one_portrait_keep_their_own_order_shown_or_not(database: Database) -> None:
    rows = [
        tagged("new", tag, shown=False, number=number)
        for number, tag in enumerate(("danse", "chant", "art"))
    ]
    write(database, "new", rows[2], rows[0], rows[1])
    assert database.series.rows_of(TermRow, "new") == rows


def test_rows_come_in_an_order_that_does_not_remember_how_they_were_written(
    database: Database,
) -> None:
    photos = [PhotoRow(file, "", 1, 1, "", "") for file in ("b.jpg", "a.jpg", "c.jpg")]
    with database.transaction():
        for photo in photos:
            database.replace(photo.file, (photo,), (PhotoRow,))
    assert [row.file for row in database.series.rows(PhotoRow)] == ["a.jpg", "b.jpg", "c.jpg"]


def test_one_row_or_none(database: Database) -> None:
    assert database.series.one(TermRow, "source", "p3") == tagged("p3", day=3)
    assert database.series.one(TermRow, "source", "nobody") is None


def test_a_shard_is_a_range_of_hashes(database: Database) -> None:
    def words(source: str, shard: int, *, shown: bool = True) -> VocabularyRow:
        return VocabularyRow(source, place(source, 1) if shown else None, shard, "fr", source, b"")

    with database.transaction():
        for row in (words("a", 10), words("b", 20), words("c", 21), words("d", 15, shown=False)):
            database.replace(row.source, (row,), (VocabularyRow,))
        database.settle()

    def shard(series: Series) -> list[str]:
        return [row.source for row in series.in_shard(10, 20)]

    assert shard(database.series) == ["a", "b"]
    reader(database, "shard", shard)
    for row, expected in (
        (words("e", 21), set()),
        (words("e", 20), {"shard"}),
        (words("d", 15, shown=False)._replace(words=b"x"), set()),
        (words("b", 30), {"shard"}),
    ):
        with database.transaction():
            database.replace(row.source, (row,), (VocabularyRow,))
        assert concerned(database) == expected


# -- whom a change concerns


@pytest.mark.parametrize(
    ("limits", "days"),
    [
        # which days of new rows concern who asked
        ({}, range(1, 12)),
        ({"limit": 2}, range(7, 12)),  # as new as the second, or newer: the 7th and later
        ({"limit": 9}, range(1, 12)),  # there were fewer: any would be another answer
        ({"limit": 2, "oldest_first": True}, range(1, 4)),
        ({"newer": place("p7", 7)}, range(1, 8)),
        ({"older": place("p3", 3)}, range(3, 12)),
        ({"newer": place("p7", 7), "limit": 2}, range(5, 8)),
        ({"older": place("p5", 5), "oldest_first": True, "limit": 2}, range(5, 8)),
        ({"newer": place("p7", 7), "older": place("p3", 3)}, range(3, 8)),
    ],
    ids=str,
)
def test_a_question_with_bounds_is_concerned_by_what_is_within_them(
    database: Database, limits: dict[str, Any], days: range
) -> None:
    reader(database, "page", music(**limits))
    for day in range(1, 12):
        write(database, f"new{day}", tagged(f"new{day}", day=day))
        assert concerned(database) == ({"page"} if day in days else set()), day
        write(database, f"new{day}")
        concerned(database)


def test_who_looked_at_the_newest_two_is_concerned_by_a_change_of_one_of_them(
    database: Database,
) -> None:
    reader(database, "page", music(limit=2))
    write(database, "p7", tagged("p7", day=7, label="Musiques"))
    assert concerned(database) == {"page"}
    write(database, "p5", tagged("p5", day=5, label="Musiques"))
    assert concerned(database) == set()


def test_who_was_given_nothing_is_concerned_by_the_first_row(database: Database) -> None:
    reader(database, "page", lambda series: series.rows(TermRow, "term", "tag/cirque"))
    write(database, "p3", tagged("p3", "danse", day=3))
    assert concerned(database) == set()
    write(database, "p3", tagged("p3", "cirque", day=3))
    assert concerned(database) == {"page"}


def test_who_reads_a_whole_portrait_is_concerned_by_every_table_of_its_file(
    database: Database,
) -> None:
    for table in OF_PORTRAITS:
        reader(database, "page", lambda series, table=table: series.rows_of(table, "p3"))
        with database.transaction():
            reading = ReadingRow("p3", 0, table.__name__, "https://a.example", "", "")
            database.replace("p3", (reading,), (ReadingRow,))
            database.replace("p5", (reading._replace(source="p5"),), (ReadingRow,))
        assert concerned(database) == {"page"}


def test_who_reads_a_whole_portrait_is_not_concerned_by_another(database: Database) -> None:
    reader(database, "page", lambda series: series.rows_of(TermRow, "p3"))
    write(database, "p5", tagged("p5", "danse", day=5))
    assert concerned(database) == set()


@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        (lambda series: series.counted(TermRow, "term", MUSIC), (5, 5)),
        (lambda series: series.counted(TermRow, "term", MUSIC, lang="en"), (1, 1)),
        (lambda series: series.grouped(TermRow, "term", MUSIC, "lang"), [("fr", 4), ("en", 1)]),
        (
            lambda series: series.columns(TermRow, "term", MUSIC, "source"),
            [("p9",), ("p7",), ("p5",), ("p3",), ("p1",)],
        ),
    ],
    ids=["counted", "counted in a language", "grouped", "columns"],
)
def test_who_counts_a_part_is_answered_for_it_and_concerned_by_it_alone(
    database: Database, ask: Ask, answer: Any
) -> None:
    write(database, "p2", tagged("p2", "danse", day=2))
    concerned(database)
    assert ask(database.series) == answer
    reader(database, "page", ask)
    write(database, "p2", tagged("p2", "cirque", day=2))
    assert concerned(database) == set()
    write(database, "p4", tagged("p4", day=4))
    assert concerned(database) == {"page"}


def test_who_counts_a_whole_table_is_answered_for_it_and_concerned_by_any_row(
    database: Database,
) -> None:
    write(database, "p2", tagged("p2", "danse", day=2))
    concerned(database)
    reader(database, "page", lambda series: series.counted(TermRow, "", ""))
    assert database.series.counted(TermRow, "", "") == (6, 6)
    write(database, "p4", tagged("p4", "cirque", day=4))
    assert concerned(database) == {"page"}


def asked_at_random(chance: random.Random) -> Ask:
    """A question, as any view or page may ask."""
    tag = f"tag/{chance.choice('abc')}"
    bounds = {
        name: place(f"p{chance.randrange(5)}", chance.randrange(1, 9))
        for name in ("newer", "older")
        if chance.random() < 0.4
    }
    limits: dict[str, Any] = {
        **bounds,
        "limit": chance.choice((0, 0, 1, 2, 4)),
        "oldest_first": chance.random() < 0.5,
        "lang": chance.choice(("fr", "en")),
    }
    source = f"p{chance.randrange(5)}"
    statement = chance.choice(
        (
            "SELECT term, count(*) FROM term WHERE position IS NOT NULL GROUP BY term ORDER BY term",  # noqa: E501
            "SELECT DISTINCT lang FROM term WHERE position IS NOT NULL AND person=1 ORDER BY lang",
        )
    )
    return chance.choice(
        (
            lambda series: series.rows(TermRow, "term", tag, **limits),
            lambda series: series.places(TermRow, "term", tag, **limits),
            lambda series: series.rows(TermRow, "source", source),
            lambda series: series.rows(TermRow, person=1, limit=2),
            lambda series: series.rows_of(TermRow, source),
            lambda series: series.sql(statement),
        )
    )


def rows_at_random(chance: random.Random, source: str) -> list[TermRow]:
    day, shown = chance.randrange(1, 9), chance.random() < 0.8
    lang = chance.choice(("fr", "en"))
    return [
        tagged(
            source, tag, day=day, shown=shown, number=number, lang=lang, label=chance.choice("xy")
        )
        for number, tag in enumerate(chance.sample("abc", chance.randrange(3)))
    ]


@pytest.mark.parametrize("seed", range(10))
def test_whoever_would_be_answered_otherwise_is_concerned(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with opened(tmp_path / "series.sqlite", IDENTITY, durable=False) as database:
        for number in range(5):
            write(database, f"p{number}", *rows_at_random(chance, f"p{number}"))
        asks = {str(number): asked_at_random(chance) for number in range(25)}
        for key, ask in asks.items():
            reader(database, key, ask)
        for _ in range(25):
            before = {key: repr(ask(database.series)) for key, ask in asks.items()}
            source = f"p{chance.randrange(5)}"
            write(database, source, *rows_at_random(chance, source))
            found = concerned(database)
            after = {key: repr(ask(database.series)) for key, ask in asks.items()}
            assert {key for key in asks if before[key] != after[key]} <= found
            for key in found:
                reader(database, key, asks[key])


# -- statements


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("SELECT source FROM portrait", ["portrait"]),
        ("SELECT count(*) FROM portrait", ["portrait"]),
        ("SELECT 1 FROM portrait LIMIT 1", ["portrait"]),
        (
            "SELECT p.name FROM portrait AS p JOIN term AS t ON t.source=p.source",
            ["portrait", "term"],
        ),
        ("SELECT name FROM portrait JOIN term USING (source)", ["portrait", "term"]),
        ("SELECT portrait.name FROM portrait, term", ["portrait", "term"]),
        ("SELECT portrait.name FROM portrait LEFT JOIN term USING (source)", ["portrait", "term"]),
        (
            "SELECT name FROM portrait WHERE source IN (SELECT source FROM term WHERE term=?)",
            ["portrait", "term"],
        ),
        ("SELECT name FROM portrait WHERE EXISTS (SELECT 1 FROM term)", ["portrait", "term"]),
        ("SELECT name, (SELECT count(*) FROM term) FROM portrait", ["portrait", "term"]),
        ("SELECT source FROM (SELECT source FROM term)", ["term"]),
        ("SELECT source FROM portrait UNION SELECT source FROM term", ["portrait", "term"]),
        (
            "SELECT source FROM portrait ORDER BY (SELECT max(number) FROM term)",
            ["portrait", "term"],
        ),
        (
            "SELECT source FROM portrait GROUP BY source HAVING (SELECT 1 FROM term)",
            ["portrait", "term"],
        ),
        (
            "WITH found AS (SELECT source FROM term) SELECT name FROM portrait JOIN found USING (source)",  # noqa: E501
            ["portrait", "term"],
        ),
        ("SELECT portrait.name FROM portrait NATURAL JOIN term", ["portrait", "term"]),
    ],
)
def test_a_statement_is_a_question_about_every_table_that_it_names(
    database: Database, statement: str, tables: list[str]
) -> None:
    series = database.series
    for asked in range(2):  # what a statement names is found out once
        with series.recorded() as reads:
            series.sql(statement, *([MUSIC] * statement.count("?")))
        assert reads >= {(part_of(table), FIRST, LAST) for table in tables}, asked
    with Series(database.connection).recorded() as reads:
        assert reads == set(), "another has asked nothing"


def test_what_a_statement_names_is_found_out_by_each_who_asks(database: Database) -> None:
    for series in (database.series, Series(database.connection), Series(database.connection)):
        with series.recorded() as reads:
            series.sql("SELECT count(*) FROM term")
        assert reads == {(part_of("term"), FIRST, LAST)}


def test_a_statement_that_names_a_table_is_concerned_by_any_row_of_it(database: Database) -> None:
    reader(
        database,
        "join",
        lambda series: series.sql(
            "SELECT name FROM portrait WHERE source IN (SELECT source FROM term)"
        ),
    )
    reader(database, "photos", lambda series: series.sql("SELECT file FROM photo"))
    write(database, "new", tagged("new", "cirque"))
    assert concerned(database) == {"join"}


# -- recording


def test_nothing_is_recorded_outside_of_a_record(database: Database) -> None:
    with database.series.recorded() as reads:
        pass
    music()(database.series)
    assert reads == set()


def test_a_record_inside_another_is_apart(database: Database) -> None:
    series = database.series
    with series.recorded() as outer:
        series.one(TermRow, "source", "p1")
        with series.recorded() as inner:
            series.one(TermRow, "source", "p3")
        series.one(TermRow, "source", "p5")
    parts = [part_of("term", "source", source) for source in ("p1", "p3", "p5")]
    assert [part for part, _, _ in inner] == parts[1:2]
    assert {part for part, _, _ in outer} == {parts[0], parts[2]}


def test_an_answer_that_is_known_already_is_asked_for_all_the_same(database: Database) -> None:
    series = database.series
    with series.recorded() as first:
        music(limit=2)(series)
    with series.recorded() as second:
        music(limit=2)(series)
    assert first == second != set()


def test_what_is_made_once_is_asked_for_by_everybody_who_uses_it(database: Database) -> None:
    series, made = database.series, []

    def make() -> str:
        made.append(1)
        series.one(TermRow, "source", "p1")
        return series.remembered("inner", "key", lambda: str(series.rows_of(TermRow, "p3")))

    records = []
    for _ in range(3):
        with series.recorded() as reads:
            assert series.remembered("outer", "key", make)
        records.append(set(reads))
    assert len(made) == 1
    assert (
        records
        == [{(part_of("term", "source", "p1"), FIRST, LAST), (portrait_part("p3"), FIRST, LAST)}]
        * 3
    )


def test_of_what_is_made_once_so_many_are_kept_and_the_rest_made_again(database: Database) -> None:
    made: list[int] = []

    def value(key: int) -> int:
        return database.series.remembered("kind", key, partial(make, key), most=2)

    def make(key: int) -> int:
        made.append(key)
        return key

    assert [value(key) for key in (1, 2, 2, 3, 3, 2, 1)] == [1, 2, 2, 3, 3, 2, 1]
    assert made == [1, 2, 3, 1]


def test_what_was_made_of_rows_that_have_changed_is_made_again(database: Database) -> None:
    def label() -> str:
        return database.series.remembered(
            "label", "p3", lambda: database.series.rows_of(TermRow, "p3")[0].label
        )

    assert label() == "Musique"
    write(database, "p3", tagged("p3", day=3, label="Musiques"))
    concerned(database)
    assert label() == "Musiques"


def test_another_connection_asks_the_same_tables(database: Database, tmp_path: Path) -> None:
    connection = connect(tmp_path / "series.sqlite", writing=False)
    assert music()(Series(connection)) == music()(database.series)
    connection.close()
