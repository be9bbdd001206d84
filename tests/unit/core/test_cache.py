"""The cache is never trusted blindly: what is damaged is dropped, said, and made again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from portraits.cache import KEPT, Cache
from portraits.digests import digest


def test_what_was_stored_is_found_by_the_next_build(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite") as cache:
        cache.put(b"key", ("value", 1), "a")
    with Cache(tmp_path / "c.sqlite") as cache:
        assert cache.get(b"key") == ("value", 1)
        assert not cache.notices


def test_an_unknown_key_is_nothing(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite") as cache:
        assert cache.get(b"other") is None


def test_a_value_that_was_altered_is_dropped_and_said(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        cache.put(b"key", "value", "a")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE entry SET value = ?", (b"\x80\x05X\x05\x00\x00\x00wrong.",))
    connection.commit()
    connection.close()
    with Cache(path) as cache:
        assert cache.get(b"key") is None
        assert "abîmée" in cache.notices[0]


@pytest.mark.parametrize("garbage", [b"no database", b"SQLite format 3\x00" + b"\xff" * 5000, b""])
def test_a_file_that_is_no_cache_is_begun_anew(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(garbage)
    with Cache(path) as cache:
        cache.put(b"key", "value", "a")
    with Cache(path) as cache:
        assert cache.get(b"key") == "value"


def test_a_cache_cut_short_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        for number in range(500):
            cache.put(digest(str(number)), "x" * 500, str(number))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with Cache(path) as cache:
        found = [cache.get(digest(str(number))) for number in range(500)]
        assert set(found) <= {None, "x" * 500}
        assert None in found
        assert cache.notices


def test_a_cache_of_another_version_is_begun_anew_and_said(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        cache.put(b"key", "value", "a")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=999")
    connection.close()
    with Cache(path) as cache:
        assert cache.get(b"key") is None
        assert "autre version" in cache.notices[0]


def test_where_nothing_can_be_written_it_lives_in_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with Cache(blocked / "c.sqlite") as cache:
        cache.put(b"key", "value", "a")
        assert cache.get(b"key") == "value"
        assert "en mémoire" in cache.notices[0]


def test_a_cache_deleted_in_mid_build_costs_nothing_but_itself(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        cache.put(b"key", "value", "a")
        for file in list(tmp_path.iterdir()):
            file.unlink()
        cache.put(b"other", "more", "b")
        assert cache.get(b"other") == "more"
    with Cache(path) as cache:
        assert cache.get(b"key") in (None, "value")


def test_two_builds_may_use_it_at_once(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite") as one:
        one.put(b"a", 1, "a")
        one.commit()
        with Cache(tmp_path / "c.sqlite") as other:
            other.put(b"b", 2, "b")
            assert other.get(b"a") == 1
        assert one.get(b"a") == 1
    with Cache(tmp_path / "c.sqlite") as cache:
        assert (cache.get(b"a"), cache.get(b"b")) == (1, 2)


def test_a_digest_tells_parts_from_their_concatenation() -> None:
    assert digest("ab", "c") != digest("a", "bc")


def test_of_each_place_the_last_versions_are_kept(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache.sqlite") as cache:
        cache.put(b"elsewhere", 0, "b")
        for number in range(20):
            cache.put(digest(str(number)), number, "a")
        cache.put(digest("15"), 15, "a")  # what is stored again is new again
        kept = [number for number in range(20) if cache.get(digest(str(number))) is not None]
        assert kept == [15, 16, 17, 18, 19] and KEPT == 6
        assert cache.get(b"elsewhere") == 0
