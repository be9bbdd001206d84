"""Source pictures: each that the site shows is decoded once, and what cannot be shown is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from portraits.build.photos import update_photos
from portraits.images import checking
from portraits.options import BuildOptions
from portraits.series.database import Database, opened
from portraits.series.tables import ImageRow, PhotoRow
from portraits.settings import Settings

from tests.unit.core.made_up import IDENTITY, place
from tests.unit.images.photos import four_corners, saved


@pytest.fixture
def options(tmp_path: Path) -> BuildOptions:
    """A content folder with three pictures."""
    (tmp_path / "content").mkdir()
    for name, size in (("a", 120), ("b", 140), ("c", 160)):
        (tmp_path / "content" / f"{name}.jpg").write_bytes(saved(four_corners(size), "JPEG"))
    return BuildOptions(
        root=tmp_path,
        content=tmp_path / "content",
        output=tmp_path / "output",
        theme=tmp_path / "theme",
        cache=tmp_path / "cache",
        settings=Settings(),
        now=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "series.sqlite", IDENTITY) as database:
        yield database


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which pictures are decoded whole."""
    names: list[str] = []
    verify = checking.verify_image

    def noted(path: Path) -> None:
        names.append(path.name)
        verify(path)

    monkeypatch.setattr(checking, "verify_image", noted)
    return names


def show(database: Database, *files: str, shown: bool = True) -> None:
    """Let a portrait show these pictures, and no others."""
    position = place("ana", 1) if shown else None
    with database.transaction():
        database.replace(
            "ana",
            [
                ImageRow("ana", position, number, file, "", "", "")
                for number, file in enumerate(files)
            ],
            (ImageRow,),
        )


def update(options: BuildOptions, database: Database) -> dict[str, str]:
    """The pictures that cannot be shown: file -> code."""
    with database.transaction():
        found = update_photos(options, database)
        database.settle()
    database.series.forget()
    return {file: refusal.code for file, refusal in found.items()}


def photos(database: Database) -> dict[str, tuple[int, int, str]]:
    return {
        row.file: (row.width, row.height, row.media_type) for row in database.series.rows(PhotoRow)
    }


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_shown_is_known_and_nothing_else(
    options: BuildOptions, database: Database, processes: int
) -> None:
    show(database, "a.jpg", "b.jpg", "c.jpg", "a.jpg")
    assert update(replace(options, processes=processes), database) == {}
    assert photos(database) == {
        "a.jpg": (120, 80, "image/jpeg"),
        "b.jpg": (140, 80, "image/jpeg"),
        "c.jpg": (160, 80, "image/jpeg"),
    }
    show(database, "b.jpg")
    update(options, database)
    assert photos(database).keys() == {"b.jpg"}


def test_a_picture_is_decoded_once(
    options: BuildOptions, database: Database, decoded: list[str]
) -> None:
    show(database, "a.jpg", "b.jpg")
    for _ in range(2):
        update(options, database)
    assert decoded == ["a.jpg", "b.jpg"]


def test_not_even_a_database_made_anew_decodes_it_again(
    options: BuildOptions, database: Database, decoded: list[str]
) -> None:
    show(database, "a.jpg")
    update(options, database)
    before = database.series.rows(PhotoRow)
    with opened(options.root / "other.sqlite", IDENTITY) as other:
        show(other, "a.jpg")
        update(options, other)
        assert other.series.rows(PhotoRow) == before
    assert decoded == ["a.jpg"]


def test_a_picture_that_is_another_is_looked_at_again(
    options: BuildOptions, database: Database, decoded: list[str]
) -> None:
    show(database, "a.jpg", "b.jpg")
    update(options, database)
    (options.content / "a.jpg").write_bytes(saved(four_corners(200), "JPEG"))
    (options.content / "b.jpg").touch()
    update(options, database)
    assert photos(database)["a.jpg"] == (200, 80, "image/jpeg")
    assert decoded == ["a.jpg", "b.jpg", "a.jpg"], "b is the same picture"


def test_what_cannot_be_shown_is_told_every_time_and_forgotten(
    options: BuildOptions, database: Database
) -> None:
    show(database, "a.jpg", "b.jpg", "c.jpg", "none.jpg")
    assert update(options, database) == {"none.jpg": "image-missing"}
    whole = (options.content / "a.jpg").read_bytes()
    (options.content / "a.jpg").write_bytes(whole[:-200])
    (options.content / "b.jpg").write_bytes(b"no picture")
    for _ in range(2):
        assert update(options, database) == {
            "a.jpg": "image-damaged",
            "b.jpg": "image-unknown",
            "none.jpg": "image-missing",
        }
        assert photos(database).keys() == {"c.jpg"}
    (options.content / "a.jpg").write_bytes(whole)
    assert update(options, database) == {"b.jpg": "image-unknown", "none.jpg": "image-missing"}
    assert photos(database).keys() == {"a.jpg", "c.jpg"}


def test_a_link_that_leads_out_is_not_followed(
    options: BuildOptions, database: Database, decoded: list[str]
) -> None:
    (options.root / "secret.jpg").write_bytes(saved(four_corners(), "JPEG"))
    (options.content / "a.jpg").unlink()
    (options.content / "a.jpg").symlink_to(options.root / "secret.jpg")
    show(database, "a.jpg")
    assert update(options, database) == {"a.jpg": "image-symlink"}
    assert photos(database) == {}
    assert decoded == []


def test_what_the_site_does_not_show_is_not_looked_at(
    options: BuildOptions, database: Database, decoded: list[str]
) -> None:
    show(database, "a.jpg", "none.jpg", shown=False)
    assert update(options, database) == {}
    assert decoded == []


def test_a_site_without_pictures_looks_at_none(
    options: BuildOptions, database: Database, decoded: list[str]
) -> None:
    show(database, "none.jpg")
    without = replace(options, settings=replace(options.settings, pictures=False))
    assert update(without, database) == {}
    assert decoded == []


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(
    options: BuildOptions, database: Database
) -> None:
    options.cache.write_text("not a folder")
    show(database, "a.jpg")
    assert update(options, database) == {}
    assert photos(database).keys() == {"a.jpg"}


@pytest.mark.parametrize(
    "damage", [b"", b"[", b"\xff\xfe", b"{}", b'["#123456"]', b'["x", "y"]', b"3"]
)
def test_a_damaged_record_in_the_cache_is_made_again(
    options: BuildOptions, database: Database, decoded: list[str], damage: bytes
) -> None:
    show(database, "a.jpg")
    update(options, database)
    before = database.series.rows(PhotoRow)
    (record,) = (options.cache / "images").iterdir()
    whole = record.read_bytes()
    record.write_bytes(damage)
    with opened(options.root / "other.sqlite", IDENTITY) as other:
        show(other, "a.jpg")
        update(options, other)
        assert other.series.rows(PhotoRow) == before
    assert record.read_bytes() == whole
    assert decoded == ["a.jpg", "a.jpg"]


COMPOSED, DECOMPOSED = "é/été.jpg", "e\u0301/e\u0301te\u0301.jpg"


def paths(options: BuildOptions, database: Database) -> list[str]:
    """Where the pictures that can be shown are on the disk."""
    assert update(options, database) == {}
    return [row.path or row.file for row in database.series.rows(PhotoRow)]


def test_a_picture_is_found_however_the_disk_spells_its_name(
    options: BuildOptions, database: Database
) -> None:
    show(database, COMPOSED)
    (options.content / DECOMPOSED).parent.mkdir()
    (options.content / "a.jpg").rename(options.content / DECOMPOSED)
    assert paths(options, database) == [DECOMPOSED]
    (options.content / COMPOSED).parent.mkdir(exist_ok=True)
    (options.content / DECOMPOSED).rename(options.content / COMPOSED)
    assert paths(options, database) == [COMPOSED], "the same file under another name"
    (options.content / COMPOSED).rename(options.content / "é" / "été\u200b.jpg")
    assert paths(options, database) == ["é/été\u200b.jpg"]


def test_two_pictures_whose_names_read_the_same_are_told(
    options: BuildOptions, database: Database
) -> None:
    show(database, "été.jpg")
    (options.content / "a.jpg").rename(options.content / "été.jpg")
    assert paths(options, database) == ["été.jpg"]
    try:
        (options.content / "e\u0301te\u0301.jpg").touch(exist_ok=False)
    except FileExistsError:
        pytest.skip("this file system takes both names for one")
    assert update(options, database) == {"été.jpg": "image-twice"}
    assert photos(database) == {}
