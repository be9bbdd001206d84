"""Publishing is an exchange: what stands in the output is one whole release, always."""

from __future__ import annotations

import errno
import os
import random
from pathlib import Path

import pytest
from portraits import releases as module
from portraits.releases import (
    STAMP,
    FileRecord,
    PublishingError,
    Releases,
    opened,
    working_folder,
)

KEY = b"key"


class Failed(Exception):
    """A build that stops."""


def release(output: Path, files: dict[str, str], removed: tuple[str, ...] = (),
            *, fails: bool = False, durable: bool = False) -> int:
    """Publish ``files`` on top of what stands there; or stop when all is prepared."""
    with opened(output) as releases:
        tree = releases.begin()
        written = {}
        for path, text in files.items():
            size, mtime_ns = tree.write(path, text.encode())
            written[path] = FileRecord(KEY, text.encode(), size, mtime_ns)
        for path in removed:
            tree.remove(path)
        if fails:
            raise Failed
        return releases.publish(tree, written, removed, durable=durable)


def contents(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): path.read_text()
        for path in output.rglob("*") if path.is_file() and path.name != STAMP
    }


@pytest.fixture(params=["folder", "link"])
def output(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "link":
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "output").symlink_to("elsewhere")
    return tmp_path / "output"


def test_the_first_release_is_what_was_written(output: Path) -> None:
    assert release(output, {"index.html": "a", "x/index.html": "b"}, durable=True) == 1
    assert contents(output) == {"index.html": "a", "x/index.html": "b"}


def test_what_is_not_written_again_stays(output: Path) -> None:
    release(output, {"index.html": "a", "x.html": "b"})
    release(output, {"index.html": "c"})
    assert contents(output) == {"index.html": "c", "x.html": "b"}


def test_a_removed_file_takes_its_empty_folders_along(output: Path) -> None:
    release(output, {"index.html": "a", "x/y/index.html": "b"})
    release(output, {}, removed=("x/y/index.html",))
    assert contents(output) == {"index.html": "a"}
    assert not (output / "x").exists()


@pytest.mark.parametrize("seed", range(8))
def test_a_long_random_history_ends_in_the_right_tree(output: Path, seed: int) -> None:
    chance = random.Random(seed)
    history: list[dict[str, str]] = [{}]
    for step in range(20):
        wanted = dict(history[-1])
        changed = {f"{chance.randrange(5)}/{chance.randrange(4)}.html": f"{step}"
                   for _ in range(4)}
        gone = tuple(path for path in sorted(wanted)
                     if path not in changed and chance.random() < 0.3)
        wanted |= changed
        for path in gone:
            del wanted[path]
        if chance.random() < 0.3:
            with pytest.raises(Failed):
                release(output, changed, gone, fails=True)
        elif chance.random() < 0.2 and len(history) > 2:
            history.pop()
            with opened(output) as releases:
                releases.roll_back()
            assert contents(output) == history[-1]
            release(output, history[-1])  # nothing is known: the next build makes every file
            history.append(history[-1])
        else:
            release(output, changed, gone)
            history.append(wanted)
        assert contents(output) == history[-1]


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hard links that are made."""
    made: list[str] = []
    link = os.link

    def noted(source: str, target: str) -> None:
        link(source, target)
        made.append(target)

    monkeypatch.setattr(os, "link", noted)
    return made


MANY = {f"{number}.html": "a" for number in range(50)}


def test_only_the_first_release_is_put_together_from_all_its_files(
    output: Path, links: list[str]
) -> None:
    release(output, MANY)
    links.clear()
    for number in range(6):
        release(output, {"index.html": str(number)})
    assert len(links) <= 6


def test_what_a_failed_build_began_is_used_by_the_next(output: Path, links: list[str]) -> None:
    release(output, MANY)
    links.clear()
    for number in range(6):
        with pytest.raises(Failed):
            release(output, {f"{number}/x.html": "x", "1.html": "b"}, ("2.html",), fails=True)
        release(output, {"index.html": str(number)})
    assert contents(output) == {**MANY, "index.html": "5"}
    assert len(links) <= 6 * 5


def test_publishing_never_writes_into_an_earlier_release(output: Path) -> None:
    release(output, {"index.html": "first"})
    before = (output / "index.html").open()
    release(output, {"index.html": "second"})
    assert before.read() == "first"


def test_rolling_back_brings_the_release_before(output: Path) -> None:
    release(output, {"index.html": "first", "x.html": "x"})
    release(output, {"index.html": "second"}, removed=("x.html",))
    with opened(output) as releases:
        assert releases.roll_back() == 1
    assert contents(output) == {"index.html": "first", "x.html": "x"}


def test_after_rolling_back_everything_is_made_again(output: Path) -> None:
    release(output, {"index.html": "first"})
    release(output, {"index.html": "second"})
    with opened(output) as releases:
        releases.roll_back()
    with opened(output) as releases:
        assert not releases.files()
        assert not releases.recorded()


def test_there_is_nothing_to_go_back_to_at_first(output: Path) -> None:
    release(output, {"index.html": "first"})
    with opened(output) as releases, pytest.raises(PublishingError, match="aucune version"):
        releases.roll_back()


def test_two_earlier_releases_are_kept_until_the_next_build_begins(output: Path) -> None:
    for number in range(8):
        release(output, {"index.html": str(number)})
    for expected in (6, 5):
        with opened(output) as releases:
            releases.roll_back()
        assert contents(output) == {"index.html": str(expected)}


@pytest.mark.parametrize("published", [2, 3, 6])
def test_builds_that_fail_leave_the_release_before(output: Path, published: int) -> None:
    for number in range(published):
        release(output, {"index.html": str(number)})
    for _ in range(3):
        with pytest.raises(Failed):
            release(output, {"index.html": "half"}, fails=True)
    with opened(output) as releases:
        releases.roll_back()
    assert contents(output) == {"index.html": str(published - 2)}


def test_after_rolling_back_and_building_anew_there_is_a_way_back_again(output: Path) -> None:
    for number in range(4):
        release(output, {"index.html": str(number)})
    with opened(output) as releases:
        releases.roll_back()
    release(output, {"index.html": "anew"})
    with opened(output) as releases:
        releases.roll_back()
    assert contents(output) == {"index.html": "2"}


def test_a_file_edited_by_hand_is_not_taken_for_ours(output: Path) -> None:
    release(output, {"index.html": "ours", "x.html": "x"})
    (output / "index.html").write_text("theirs, longer")
    with opened(output) as releases:
        assert set(releases.files()) == {"x.html"}
        assert releases.recorded() == {"index.html", "x.html"}


def test_single_files_can_be_asked_for(output: Path) -> None:
    release(output, {"index.html": "ours", "x.html": "x", "y.html": "y"})
    (output / "index.html").write_text("theirs, longer")
    (output / "y.html").unlink()
    with opened(output) as releases:
        found = releases.records(["index.html", "x.html", "y.html", "none.html"])
        assert found == {"x.html": releases.files()["x.html"]}
        assert releases.is_recorded("y.html")
        assert not releases.is_recorded("none.html")


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "thesis.txt").write_text("years of work")
    with pytest.raises(PublishingError, match="rien n’y est touché"):
        release(output, {"index.html": "a"})
    assert contents(output) == {"thesis.txt": "years of work"}


def test_a_working_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    work = working_folder(tmp_path / "output")
    work.mkdir()
    (work / "notes.txt").write_text("mine")
    with pytest.raises(PublishingError, match="n’est pas à nous"):
        release(tmp_path / "output", {"index.html": "a"})
    assert (work / "notes.txt").read_text() == "mine"


def test_an_empty_folder_may_be_published_into(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    release(tmp_path / "output", {"index.html": "a"})
    assert contents(tmp_path / "output") == {"index.html": "a"}


def test_files_are_readable_by_everybody_whatever_the_umask(output: Path) -> None:
    before = os.umask(0o077)
    try:
        release(output, {"x/index.html": "a"})
    finally:
        os.umask(before)
    assert (output / "x/index.html").stat().st_mode & 0o777 == 0o644


def test_without_an_exchange_of_folders_two_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "exchanged", lambda first, second: False)
    output = tmp_path / "output"
    release(output, {"index.html": "a"})
    release(output, {"index.html": "b"})
    assert contents(output) == {"index.html": "b"}
    with opened(output) as releases:
        releases.roll_back()
    assert contents(output) == {"index.html": "a"}


def test_where_hard_links_are_not_to_be_had_files_are_copied(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source: str, target: str) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refused)
    release(output, {"index.html": "a", "x.html": "x"})
    release(output, {"index.html": "b"})
    assert contents(output) == {"index.html": "b", "x.html": "x"}


def test_a_build_waits_for_the_one_before_it_and_then_gives_up(output: Path) -> None:
    with opened(output), pytest.raises(PublishingError, match="en cours"), \
            opened(output, wait_seconds=0.05):
        pass


@pytest.mark.parametrize(("durable", "synchronous"), [(True, 1), (False, 0)])
def test_a_preview_waits_for_no_disk(output: Path, durable: bool, synchronous: int) -> None:
    with opened(output, durable=durable) as releases:
        found = releases._state.execute("PRAGMA synchronous").fetchone()
    assert found == (synchronous,)


def test_a_kill_between_record_and_exchange_is_noticed(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(output, {"index.html": "old"})
    monkeypatch.setattr(Releases, "_exchange", lambda *_: (_ for _ in ()).throw(SystemExit(9)))
    with pytest.raises(SystemExit):
        release(output, {"index.html": "new"})
    monkeypatch.undo()
    assert contents(output) == {"index.html": "old"}
    with opened(output) as releases:
        assert not releases.recorded()
    release(output, {"index.html": "new"})
    assert contents(output) == {"index.html": "new"}


def test_a_state_file_that_is_no_database_is_begun_anew(output: Path) -> None:
    release(output, {"index.html": "old"})
    (working_folder(output) / "state.sqlite").write_bytes(b"not a database at all" * 100)
    release(output, {"index.html": "new"})
    assert contents(output) == {"index.html": "new"}


@pytest.mark.parametrize("first_page", [1, 10])
def test_a_state_file_that_is_damaged_inside_is_begun_anew(output: Path, first_page: int) -> None:
    release(output, {f"{number}.html": "old" for number in range(2000)})
    state = working_folder(output) / "state.sqlite"
    raw = bytearray(state.read_bytes())
    for page in range(first_page, len(raw) // 4096):
        raw[page * 4096:page * 4096 + 100] = os.urandom(100)
    state.write_bytes(raw)
    with opened(output) as releases:
        assert not releases.files()
        assert not releases.recorded()
    release(output, {"index.html": "new"})
    assert contents(output) == {"index.html": "new"}
