"""What is known by a glance: whether sources may have changed, and which published files somebody
touched."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from portraits.build import glance as module
from portraits.build.glance import glance_of, touched
from portraits.options import BuildOptions
from portraits.series.database import opened
from portraits.series.tables import FileRow
from portraits.settings import Settings

from tests.unit.core.made_up import IDENTITY


@pytest.fixture
def options(tmp_path: Path) -> BuildOptions:
    """A site's sources."""
    for name in (
        "content/portraits/ana.md",
        "content/portraits/béa.md",
        "content/pages/a.md",
        "theme/templates/base.html",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    return BuildOptions(
        root=tmp_path,
        content=tmp_path / "content",
        output=tmp_path / "output",
        theme=tmp_path / "theme",
        cache=tmp_path / "cache",
        settings=Settings(),
        now=dt.datetime(2011, 8, 1, tzinfo=dt.UTC),
    )


def edit(path: Path) -> None:
    path.write_text(f"{path.read_text()}, and more")


def saved_by_renaming(path: Path) -> None:
    """Put another file with the same text in the place of one, as some editors do."""
    beside = path.with_name("new")
    beside.write_text(path.read_text())
    beside.replace(path)


def test_where_nothing_was_touched_a_glance_is_the_same(options: BuildOptions) -> None:
    assert glance_of(options) == glance_of(options)


@pytest.mark.parametrize(
    "change",
    [
        lambda site: edit(site / "content/portraits/béa.md"),
        lambda site: edit(site / "content/pages/a.md"),
        lambda site: saved_by_renaming(site / "content/portraits/ana.md"),
        lambda site: (site / "content/portraits/new.md").write_text("text"),
        lambda site: (site / "content/portraits/ana.md").unlink(),
        lambda site: (site / "content/portraits/ana.md").rename(site / "content/portraits/anna.md"),
        lambda site: (site / "content/portraits").rename(site / "content/others"),
        lambda site: edit(site / "theme/templates/base.html"),
        lambda site: (site / "theme/new.html").write_text("text"),
    ],
    ids=[
        "an edit",
        "an edit of a page",
        "a file in the place of another",
        "a new file",
        "a file less",
        "a new name",
        "a folder's new name",
        "the theme",
        "more theme",
    ],
)
def test_whatever_changes_in_the_sources_is_seen(
    options: BuildOptions, change: Callable[[Path], object]
) -> None:
    before = glance_of(options)
    change(options.root)
    assert glance_of(options) != before


def test_what_editors_leave_beside_a_text_is_no_change(options: BuildOptions) -> None:
    before = glance_of(options)
    for name in (".ana.md.swp", "ana.md~", ".#ana.md"):
        (options.content / "portraits" / name).write_text("text")
    (options.theme / "__pycache__").mkdir()
    (options.theme / "__pycache__" / "x.pyc").write_text("code")
    assert glance_of(options) == before


def test_a_folder_that_cannot_be_listed_is_a_change(options: BuildOptions) -> None:
    (options.theme / "templates/base.html").unlink()
    (options.theme / "templates").rmdir()
    before = glance_of(options)
    options.theme.rmdir()
    assert glance_of(options) != before


def test_a_name_that_is_no_text_is_no_obstacle(options: BuildOptions) -> None:
    before = glance_of(options)
    try:
        Path(f"{options.content}/\udcff.md").write_text("text")
    except OSError:
        pytest.skip("this file system knows no such names")
    assert glance_of(options) != before


FILES = {f"{number % 3}/{number}.html": f"{number}" for number in range(10)}


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("edited", [(), ("0/0.html",), ("1/4.html", "2/8.html"), tuple(FILES)])
def test_what_was_edited_or_deleted_by_hand_is_found_by_however_many_processes(
    options: BuildOptions, monkeypatch: pytest.MonkeyPatch, processes: int, edited: tuple[str, ...]
) -> None:
    monkeypatch.setattr(module, "_WORTH_FORKING", 1)
    with opened(options.root / "series.sqlite", IDENTITY) as database:
        numbers = {}
        with database.transaction():
            for path, text in FILES.items():
                file = options.output / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
                facts, node = file.stat(), database.node("page", path)
                numbers[path] = node
                database.replace(
                    node,
                    [FileRow(node, path, path, facts.st_size, facts.st_mtime_ns, "", "")],
                    (FileRow,),
                )
        for number, path in enumerate(edited):
            if number % 2:
                (options.output / path).unlink()
            else:
                (options.output / path).write_text("theirs, longer")
        assert touched(database, options.output, processes) == {numbers[path] for path in edited}


def test_a_published_file_that_was_changed_to_the_same_size_is_found(options: BuildOptions) -> None:
    page = options.output / "index.html"
    page.parent.mkdir()
    page.write_text("ours")
    facts = page.stat()
    with opened(options.root / "series.sqlite", IDENTITY) as database:
        with database.transaction():
            node = database.node("page", "index.html")
            database.replace(
                node,
                [
                    FileRow(
                        node, "index.html", "index.html", facts.st_size, facts.st_mtime_ns, "", ""
                    )
                ],
                (FileRow,),
            )
        page.write_text("hers")
        os.utime(page, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))
        assert touched(database, options.output) == {node}


@pytest.mark.parametrize("processes", [1, 2])
def test_where_nothing_was_published_nothing_is_touched(
    options: BuildOptions, processes: int
) -> None:
    with opened(options.root / "series.sqlite", IDENTITY) as database:
        assert touched(database, options.output, processes) == set()
