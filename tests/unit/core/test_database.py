"""The database: what it keeps, whom a change concerns, and what is done where it is damaged, in
use or not to be written."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from portraits.series import database as module
from portraits.series.database import Database, opened, restored, stored
from portraits.series.reads import part_of, portrait_part
from portraits.series.tables import LinkRow, PhotoRow, TermRow
from portraits.support.locks import Locked

from tests.unit.core.made_up import IDENTITY, concerned, day_number, place, reader, tagged, write


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "series.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with opened(path, IDENTITY) as database:
        yield database


def tags(database: Database) -> list[str]:
    return [row.source for row in database.series.rows(TermRow, "term", "tag/musique")]


def kept(path: Path) -> None:
    """Keep one row."""
    with opened(path, IDENTITY) as database:
        write(database, "ana", tagged("ana"))


# -- what is kept, and for whom


def test_what_was_kept_is_found_by_the_next_build(path: Path) -> None:
    kept(path)
    with opened(path, IDENTITY) as database:
        assert tags(database) == ["ana"]
        assert database.notices == []


def test_facts_are_remembered(path: Path) -> None:
    with opened(path, IDENTITY) as database:
        database.remember("release", b"3")
        database.remember("release", b"4")
        database.remember("report", stored({"portraits": (1, "a")}))
    with opened(path, IDENTITY) as database:
        assert database.fact("release") == b"4"
        assert restored(database.fact("report")) == {"portraits": (1, "a")}
        assert database.fact("none") is None is restored(None)


def test_another_identity_makes_it_anew(path: Path) -> None:
    kept(path)
    with opened(path, b"other settings") as database:
        assert tags(database) == []
    with opened(path, IDENTITY) as database:
        assert tags(database) == [], "what the first one kept is gone for good"
        assert database.notices == []


def test_another_version_of_the_schema_makes_it_anew(path: Path) -> None:
    kept(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=999")
    connection.close()
    with opened(path, IDENTITY) as database:
        assert tags(database) == []


# -- damaged


@pytest.mark.parametrize(
    "garbage", [b"no database at all" * 50, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_damaged_file_is_told_and_made_anew(path: Path, garbage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(garbage)
    with opened(path, IDENTITY) as database:
        assert [str(path) in notice and "illisible" in notice for notice in database.notices] == [
            True
        ]
        write(database, "ana", tagged("ana"))
    with opened(path, IDENTITY) as database:
        assert tags(database) == ["ana"]
        assert database.notices == []


def test_an_empty_file_is_a_new_database(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"")
    kept(path)
    with opened(path, IDENTITY) as database:
        assert tags(database) == ["ana"]


def test_a_journal_that_belongs_to_no_database_does_no_harm(path: Path) -> None:
    path.parent.mkdir()
    Path(f"{path}-wal").write_bytes(os.urandom(1000))
    kept(path)
    with opened(path, IDENTITY) as database:
        assert tags(database) == ["ana"]


# -- not to be written


def test_where_no_folder_can_be_made_a_temporary_one_serves_and_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    path = tmp_path / "file" / "cache" / "series.sqlite"
    kept(path)
    with opened(path, IDENTITY) as database:
        assert tags(database) == []
        assert [
            str(path.parent) in notice and "impossible d’y écrire" in notice
            for notice in database.notices
        ] == [True]
        assert not database.path.is_relative_to(tmp_path)
        temporary = database.path
    assert not temporary.exists()


def test_a_file_where_the_folder_should_be_is_as_good_as_a_folder_that_is_closed(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("not a folder")
    with opened(tmp_path / "file" / "series.sqlite", IDENTITY) as database:
        assert "impossible d’y écrire" in database.notices[0]


@pytest.mark.parametrize("closed", ["", "series.sqlite", "series.sqlite.lock"])
def test_in_a_folder_that_may_only_be_read_a_temporary_one_serves(
    path: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    kept(path)
    access = os.access

    def as_somebody_else(file: Path, mode: int) -> bool:  # nothing is closed for root
        return access(file, mode) and not (mode & os.W_OK and file == path.parent / closed)

    monkeypatch.setattr(os, "access", as_somebody_else)
    with opened(path, IDENTITY) as database:
        write(database, "sam", tagged("sam"))
        assert tags(database) == ["sam"]
        assert len(database.notices) == 1
    monkeypatch.undo()
    with opened(path, IDENTITY) as database:
        assert tags(database) == ["ana"]


# -- in use


def test_a_second_build_waits_its_turn(path: Path) -> None:
    found: list[list[str]] = []

    def second() -> None:
        with opened(path, IDENTITY) as database:
            found.append(tags(database))

    waiting = threading.Thread(target=second)
    with opened(path, IDENTITY) as database:
        waiting.start()
        write(database, "ana", tagged("ana"))
        assert found == []
    waiting.join()
    assert found == [["ana"]]


def test_who_waits_for_too_long_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WAIT_SECONDS", 0.05)
    with opened(path, IDENTITY), pytest.raises(Locked, match="en cours"), opened(path, IDENTITY):
        pass


@pytest.mark.parametrize(("durable", "synchronous"), [(True, 1), (False, 0)])
def test_a_preview_waits_for_no_disk(path: Path, durable: bool, synchronous: int) -> None:
    with opened(path, IDENTITY, durable=durable) as database:
        found = database.connection.execute("PRAGMA synchronous").fetchone()
    assert found == (synchronous,)


# -- rows


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    write(database, "ana", tagged("ana"))
    database.publish()
    assert tags(database) == ["ana"]
    with pytest.raises(ZeroDivisionError), database.transaction():
        database.replace("ana", (), (TermRow,))
        database.replace("sam", (tagged("sam"),), (TermRow,))
        database.settle()
        assert tags(database) == ["sam"]
        _ = 1 / 0
    assert tags(database) == ["ana"]


def test_an_owner_has_the_rows_that_it_was_last_given(database: Database) -> None:
    write(database, "ana", tagged("ana", "musique"), tagged("ana", "danse", number=1))
    write(database, "sam", tagged("sam", "musique"))
    write(database, "ana", tagged("ana", "danse"))
    assert database.series.rows_of(TermRow, "ana") == [tagged("ana", "danse")]
    assert database.series.rows_of(TermRow, "sam") == [tagged("sam", "musique")]


def test_rows_of_other_tables_are_left_alone(database: Database) -> None:
    link = LinkRow("ana", None, 0, "portraits/sam.md", "")
    with database.transaction():
        database.replace("ana", (tagged("ana"), link), (TermRow, LinkRow))
        database.replace("ana", (), (TermRow,))
    assert database.series.rows_of(LinkRow, "ana") == [link]
    assert database.series.rows_of(TermRow, "ana") == []


def test_what_is_asked_after_rows_have_changed_is_answered_by_them(database: Database) -> None:
    assert tags(database) == []
    with database.transaction():
        database.replace("ana", (tagged("ana"),), (TermRow,))
        database.settle()
    assert tags(database) == ["ana"], "an answer of before was remembered"


# -- changes


def changes(database: Database) -> set[tuple[int, int]]:
    """What is pending, which is forgotten."""
    with database.transaction():
        database.settle()
        found = set(database.connection.execute("SELECT part, day FROM pending"))
        database.publish()
    return found


def of_term(row: TermRow, day: int) -> set[tuple[int, int]]:
    """The changes that a row of a day brings to the parts of its table."""
    at = day_number(day)
    return {
        (part_of("term"), at),
        (part_of("term", "source", row.source), at),
        (part_of("term", "term", row.term), at),
    }


@pytest.fixture
def watched(database: Database) -> Database:
    """A database of which something was made: with a portrait that has two tags, and one that the
    site does not show."""
    write(database, "ana", tagged("ana", "musique", day=5), tagged("ana", "danse", day=5, number=1))
    write(database, "leo", tagged("leo", "musique", shown=False))
    database.publish()
    return database


def test_rows_that_are_as_they_were_change_nothing(watched: Database) -> None:
    write(watched, "ana", tagged("ana", "danse", day=5, number=1), tagged("ana", "musique", day=5))
    assert changes(watched) == set()


def test_the_row_that_changes_is_what_changes(watched: Database) -> None:
    write(watched, "ana", tagged("ana", "musique", day=5), tagged("ana", "chant", day=5, number=1))
    assert changes(watched) == {
        (portrait_part("ana"), 0),
        *of_term(tagged("ana", "danse"), 5),
        *of_term(tagged("ana", "chant"), 5),
    }


def test_a_row_that_comes_changes_the_parts_that_it_belongs_to(watched: Database) -> None:
    write(watched, "sam", tagged("sam", "chant", day=9))
    assert changes(watched) == {(portrait_part("sam"), 0), *of_term(tagged("sam", "chant"), 9)}


def test_a_row_that_goes_changes_the_parts_that_it_belonged_to(watched: Database) -> None:
    write(watched, "ana", tagged("ana", "musique", day=5))
    assert changes(watched) == {(portrait_part("ana"), 0), *of_term(tagged("ana", "danse"), 5)}


def test_a_portrait_that_gets_another_date_changes_both_days(watched: Database) -> None:
    write(watched, "ana", tagged("ana", "musique", day=9), tagged("ana", "danse", day=5, number=1))
    row = tagged("ana", "musique")
    assert changes(watched) == {(portrait_part("ana"), 0), *of_term(row, 5), *of_term(row, 9)}


def test_what_the_site_does_not_show_changes_the_portrait_itself_and_nothing_else(
    watched: Database,
) -> None:
    write(watched, "leo", tagged("leo", "chant", shown=False))
    assert changes(watched) == {(portrait_part("leo"), 0)}


def test_a_portrait_that_appears_changes_the_day_on_which_it_does(watched: Database) -> None:
    write(watched, "leo", tagged("leo", "musique", day=7))
    assert changes(watched) == {(portrait_part("leo"), 0), *of_term(tagged("leo", "musique"), 7)}


def test_a_row_that_has_no_day_changes_its_parts_whatever_was_asked(watched: Database) -> None:
    photo = PhotoRow("ana.jpg", "abc", 10, 20, "image/jpeg", "")
    with watched.transaction():
        watched.replace("ana.jpg", (photo,), (PhotoRow,))
    assert changes(watched) == {(part_of("photo"), 0), (part_of("photo", "file", "ana.jpg"), 0)}


def test_before_anything_was_made_nothing_is_noted(database: Database) -> None:
    write(database, "ana", tagged("ana"))
    assert changes(database) == set()


# -- whom they concern


def test_who_asked_is_concerned_once_and_others_are_not(watched: Database) -> None:
    reader(watched, "music", lambda series: series.rows(TermRow, "term", "tag/musique"))
    reader(watched, "dance", lambda series: series.rows(TermRow, "term", "tag/danse"))
    write(watched, "sam", tagged("sam", "musique"))
    assert concerned(watched) == {"music"}
    assert concerned(watched) == set()


def test_unpublished_rows_concern_nobody(watched: Database) -> None:
    reader(watched, "music", lambda series: series.rows(TermRow, "term", "tag/musique"))
    reader(watched, "all", lambda series: series.rows(TermRow))
    write(watched, "leo", tagged("leo", "musique", shown=False, label="MUSIQUE"))
    write(watched, "new", tagged("new", "musique", shown=False))
    assert concerned(watched) == set()


def test_a_portrait_that_is_withdrawn_concerns_who_showed_it(watched: Database) -> None:
    reader(watched, "music", lambda series: series.rows(TermRow, "term", "tag/musique"))
    write(watched, "ana", tagged("ana", "musique", shown=False))
    assert concerned(watched) == {"music"}


def test_who_asks_for_something_else_is_concerned_by_that(watched: Database) -> None:
    reader(watched, "page", lambda series: series.rows(TermRow, "term", "tag/musique"))
    reader(watched, "page", lambda series: series.rows(TermRow, "term", "tag/danse"))
    write(watched, "sam", tagged("sam", "musique"))
    assert concerned(watched) == set()
    write(watched, "sam", tagged("sam", "danse"))
    assert concerned(watched) == {"page"}


def test_what_was_dropped_is_not_concerned_any_more(watched: Database) -> None:
    node = reader(watched, "page", lambda series: series.rows(TermRow, "term", "tag/musique"))
    with watched.transaction():
        watched.drop_node(node)
    write(watched, "sam", tagged("sam", "musique"))
    assert concerned(watched) == set()
    assert watched.nodes("page") == {}


def test_pending_changes_survive_until_a_release_shows_them(path: Path) -> None:
    with opened(path, IDENTITY) as database:
        node = reader(database, "page", lambda series: series.rows(TermRow, "term", "tag/musique"))
        database.publish()
        write(database, "sam", tagged("sam", "musique"))
        assert concerned(database) == {"page"}
        assert database.left_over() == {node}
    with opened(path, IDENTITY) as database:  # the build before was killed: nothing was published
        assert database.left_over() == {node}
        write(database, "sam", tagged("sam", "musique"))
        assert concerned(database) == set()
        assert database.left_over() == {node}
        database.publish()
        assert database.left_over() == set()
    with opened(path, IDENTITY) as database:
        assert database.left_over() == set()


def test_positions_order_portraits_from_the_newest() -> None:
    found = sorted([place("b", 2), place("a", 1), place("a", 2)])
    assert found == [place("a", 2), place("b", 2), place("a", 1)]


@pytest.mark.parametrize("damage", [lambda raw: raw[:-3], lambda raw: b"?" + raw])
def test_a_damaged_value_is_damage_to_the_database(damage: Callable[[bytes], bytes]) -> None:
    whole = stored(("un texte", 1))
    assert restored(whole) == ("un texte", 1)
    with pytest.raises(sqlite3.DatabaseError):
        restored(damage(whole))
