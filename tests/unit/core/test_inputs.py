"""What was edited since the last build is told from everything else that may have changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from portraits.inputs import (
    Asked,
    Inputs,
    LastBuild,
    edited_files,
    inputs_of,
    last_build,
    remember,
)
from portraits.releases import opened

CONF = "PATH = 'content'\nOUTPUT_PATH = 'output'\nTHEME = 'theme'\nCACHE_PATH = 'cache'\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "conf.py").write_text(CONF)
    for name in ("content/portraits/ana.md", "content/portraits/béa.md", "content/pages/a.md",
                 "theme/base.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")
    return tmp_path


def inputs(site: Path, now: str = "2011-08-01", drafts: bool = False) -> Inputs:
    asked = Asked(site / "conf.py", None, None, now, drafts)
    settled = asked.settled()
    assert settled
    found = inputs_of(asked, settled)
    assert found
    return found


def edit(path: Path) -> None:
    path.write_text(f"{path.read_text()}, and more")


def test_nothing_is_edited_where_nothing_was_touched(site: Path) -> None:
    assert edited_files(inputs(site), inputs(site)) == ()


def test_edited_files_are_named_from_the_content_folder(site: Path) -> None:
    before = inputs(site)
    edit(site / "content/portraits/béa.md")
    edit(site / "content/pages/a.md")
    assert edited_files(before, inputs(site)) == ("pages/a.md", "portraits/béa.md")


def test_an_editor_that_saves_by_renaming_edits(site: Path) -> None:
    before = inputs(site)
    (site / "new").write_text("text")
    (site / "new").replace(site / "content/portraits/ana.md")
    assert edited_files(before, inputs(site)) == ("portraits/ana.md",)


@pytest.mark.parametrize("change", [
    lambda site: (site / "content/portraits/new.md").write_text("text"),
    lambda site: (site / "content/portraits/ana.md").unlink(),
    lambda site: (site / "content/portraits/ana.md").rename(site / "content/portraits/anna.md"),
    lambda site: edit(site / "theme/base.html"),
    lambda site: (site / "theme/new.html").write_text("text"),
    lambda site: (site / "conf.py").write_text(f"{CONF}SITENAME = 'Autre'\n"),
], ids=["a new file", "a file less", "a new name", "the theme", "more theme", "the settings"])
def test_whatever_else_changes_is_no_edit(site: Path, change: Callable[[Path], object]) -> None:
    before = inputs(site)
    edit(site / "content/portraits/béa.md")
    change(site)
    assert edited_files(before, inputs(site)) is None


def test_another_day_and_other_questions_are_no_edit(site: Path) -> None:
    assert edited_files(inputs(site), inputs(site, now="2011-08-02")) is None
    assert edited_files(inputs(site), inputs(site, drafts=True)) is None


def test_what_editors_leave_beside_a_text_is_no_change(site: Path) -> None:
    before = inputs(site)
    for name in (".ana.md.swp", "ana.md~", ".#ana.md"):
        (site / "content/portraits" / name).write_text("text")
    assert edited_files(before, inputs(site)) == ()


def test_a_folder_that_cannot_be_listed_is_a_change(site: Path) -> None:
    before = inputs(site)
    (site / "theme/base.html").unlink()
    (site / "theme").rmdir()
    assert edited_files(before, inputs(site)) is None


def test_the_last_build_is_remembered_with_its_release(site: Path) -> None:
    output = site / "output"
    with opened(output) as releases:
        releases.publish(releases.begin(), {}, (), durable=False)
    made = LastBuild(inputs(site), ("une ligne\nen deux",), 2, 10, 1)
    remember(made, output)
    assert last_build(output) == made
    with opened(output) as releases:
        releases.publish(releases.begin(), {}, (), durable=False)
    assert last_build(output) is None


def test_a_build_whose_release_was_replaced_meanwhile_is_not_remembered(site: Path) -> None:
    output = site / "output"
    with opened(output) as releases:
        releases.publish(releases.begin(), {}, (), durable=False)
    remember(LastBuild(inputs(site), (), 2, 10, 2), output)
    assert last_build(output) is None


@pytest.mark.parametrize("stored", [b"", b"nonsense", b"[1, 2]\n", b"\xff{}", b'["a", 1, 2, 3, 1]'])
def test_what_cannot_be_read_is_no_last_build(site: Path, stored: bytes) -> None:
    with opened(site / "output") as releases:
        releases.publish(releases.begin(), {}, (), durable=False)
        releases.remember("last-build", stored)
    assert last_build(site / "output") is None


def test_looking_for_the_last_build_leaves_nothing_behind(site: Path) -> None:
    before = sorted(site.iterdir())
    assert last_build(site / "output") is None
    assert sorted(site.iterdir()) == before
