"""Publishing is an exchange: what stands in the output is one whole release, always."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from portraits.build import releases as module
from portraits.build.releases import PublishingError, is_ours, opened, working_folder
from portraits.build.trees import STAMP, Tree, exchanged, stamp_of
from portraits.support.symlinks import LinkRefused


class Failed(Exception):
    """A build that stops."""


@dataclass
class Site:
    """What is published into a folder, with what a build remembers of it."""

    output: Path
    files: dict[str, str] = field(default_factory=dict)
    changed: Collection[str] | None = None
    """What the published release changed; None where nothing is remembered."""

    def publish(
        self,
        files: Mapping[str, str],
        gone: Collection[str] = (),
        *,
        stops: str = "",
        durable: bool = False,
    ) -> int:
        """Publish ``files`` on top of what stands there, without those that are ``gone``. ``stops``
        says where the build ends: ``made`` or ``put together``."""
        with opened(self.output) as releases:
            staging = releases.staging()
            put = {path: staging.put(path, text.encode()) for path, text in files.items()}
            made = {path for path, (_, _, written) in put.items() if written}
            if stops == "made":
                raise Failed
            after = {
                path: text for path, text in {**self.files, **files}.items() if path not in gone
            }
            number, tree = releases.put_together(made, gone, after, self.changed, durable=durable)
            if stops == "put together":
                raise Failed
            releases.exchange(tree)
        self.files, self.changed = after, {*made, *gone}
        return number

    def roll_back(self) -> int:
        """Publish the release before again: what was remembered is not of that one."""
        with opened(self.output) as releases:
            number = releases.roll_back()
        self.files, self.changed = contents(self.output), None
        return number


def contents(output: Path) -> dict[str, str]:
    return {
        path.relative_to(output).as_posix(): path.read_text()
        for path in output.rglob("*")
        if path.is_file() and path.name != STAMP
    }


def folders(output: Path) -> set[str]:
    return {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_dir()}


@pytest.fixture(params=["folder", "link"])
def output(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "link":
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "output").symlink_to("elsewhere")
    return tmp_path / "output"


@pytest.fixture
def site(output: Path) -> Site:
    return Site(output)


# -- what is published


def test_the_first_release_is_what_was_made(site: Site) -> None:
    assert site.publish({"index.html": "a", "x/index.html": "b"}, durable=True) == 1
    assert contents(site.output) == {"index.html": "a", "x/index.html": "b"}
    assert stamp_of(site.output) == 1


@pytest.mark.parametrize("durable", [True, False], ids=["a publication", "a preview"])
def test_a_release_is_whole_on_its_disk_before_it_takes_the_place_of_the_one_before(
    site: Site, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    site.publish({"index.html": "a", "x.html": "x"})
    seen: list[tuple[dict[str, str], int, int]] = []
    monkeypatch.setattr(
        module,
        "sync",
        lambda root: seen.append((contents(root), stamp_of(root), stamp_of(site.output))),
    )
    site.publish({"index.html": "b", "y.html": "y"}, gone=("x.html",), durable=durable)
    assert seen == ([({"index.html": "b", "y.html": "y"}, 2, 1)] if durable else [])


def test_where_the_disk_cannot_take_a_release_the_one_before_stays(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(root: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    site.publish({"index.html": "a"})
    monkeypatch.setattr(module, "sync", full)
    with pytest.raises(OSError, match="No space"):
        site.publish({"index.html": "b"}, durable=True)
    assert contents(site.output) == {"index.html": "a"}


def test_what_is_not_made_again_stays(site: Site) -> None:
    site.publish({"index.html": "a", "x.html": "b"})
    assert site.publish({"index.html": "c"}) == 2
    assert contents(site.output) == {"index.html": "c", "x.html": "b"}


def test_a_file_that_is_gone_takes_its_empty_folders_along_for_good(site: Site) -> None:
    site.publish({"index.html": "a", "x/y/index.html": "b", "z/index.html": "c"})
    site.publish({}, gone=("x/y/index.html",))
    for number in range(4):
        assert folders(site.output) == {"z"}, f"an empty folder came back in release {number + 2}"
        site.publish({"index.html": f"{number}"})
    assert contents(site.output) == {"index.html": "3", "z/index.html": "c"}


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(site: Site) -> None:
    site.publish({"index.html": "a", "x": "file", "y/z/index.html": "deep"})
    site.publish({"x/index.html": "folder", "y": "file"}, gone=("x", "y/z/index.html"))
    wanted = {"index.html": "a", "x/index.html": "folder", "y": "file"}
    for number in range(3):
        assert contents(site.output) == wanted
        site.publish({"index.html": f"{number}"})
        wanted["index.html"] = f"{number}"
    site.publish({"x": "file", "y/z/index.html": "deep"}, gone=("x/index.html", "y"))
    site.publish({"index.html": "a"})
    assert contents(site.output) == {"index.html": "a", "x": "file", "y/z/index.html": "deep"}


@pytest.mark.parametrize("seed", range(8))
def test_a_long_random_history_ends_in_the_right_tree(site: Site, seed: int) -> None:
    chance = random.Random(seed)
    history: list[dict[str, str]] = [{}]
    may_go_back = False
    for step in range(25):
        wanted = dict(history[-1])
        changed = {f"{chance.randrange(5)}/{chance.randrange(4)}.html": f"{step}" for _ in range(4)}
        gone = tuple(
            path for path in sorted(wanted) if path not in changed and chance.random() < 0.3
        )
        wanted |= changed
        for path in gone:
            del wanted[path]
        if chance.random() < 0.3:
            stops = chance.choice(("made", "put together"))
            may_go_back = may_go_back and stops == "made"
            with pytest.raises(Failed):
                site.publish(changed, gone, stops=stops)
        elif chance.random() < 0.3 and may_go_back:
            site.roll_back()
            history.pop()
            may_go_back = False
        else:
            site.publish(changed, gone)
            history.append(wanted)
            may_go_back = len(history) > 2
        assert contents(site.output) == history[-1]
        assert folders(site.output) == {path.partition("/")[0] for path in history[-1]}


def test_files_are_readable_by_everybody_whatever_the_umask(site: Site) -> None:
    before = os.umask(0o077)
    try:
        site.publish({"x/index.html": "a"})
    finally:
        os.umask(before)
    assert (site.output / "x/index.html").stat().st_mode & 0o777 == 0o644


def test_publishing_never_writes_into_an_earlier_release(site: Site) -> None:
    site.publish({"index.html": "first"})
    with (site.output / "index.html").open() as before:
        for text in ("second", "third", "fourth"):
            site.publish({"index.html": text})
        assert before.read() == "first"


# -- what is compared with what is published


@pytest.fixture
def published(site: Site) -> Site:
    """A site that stands there."""
    site.publish({"index.html": "a", "x/index.html": "x"})
    return site


def test_a_file_that_is_as_it_was_published_is_not_written(published: Site) -> None:
    facts = (published.output / "index.html").stat()
    with opened(published.output) as releases:
        staging = releases.staging()
        assert staging.put("index.html", b"a") == (1, facts.st_mtime_ns, False)
        assert not (staging.tree.root / "index.html").exists()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("index.html", b"b"),
        ("index.html", b"aa"),
        ("index.html", b""),
        ("new.html", b"a"),
        ("x", b"a folder stands there"),
        ("index.html/y.html", b"a file stands there"),
    ],
)
def test_a_file_that_is_otherwise_is_written(published: Site, path: str, content: bytes) -> None:
    with opened(published.output) as releases:
        staging = releases.staging()
        size, mtime, written = staging.put(path, content)
        facts = (staging.tree.root / path).stat()
    assert written
    assert (size, mtime) == (facts.st_size, facts.st_mtime_ns)


def test_a_published_file_that_was_tampered_with_is_written_anew(published: Site) -> None:
    (published.output / "index.html").chmod(0o666)
    (published.output / "x/index.html").unlink()
    (published.output / "other").write_text("x")
    (published.output / "x/index.html").symlink_to(published.output / "other")
    with opened(published.output) as releases:
        staging = releases.staging()
        assert staging.put("index.html", b"a")[2], "anybody may write it"
        assert staging.put("x/index.html", b"x")[2], "it is a link to another file"


def test_where_nothing_of_ours_is_published_nothing_is_compared(tmp_path: Path) -> None:
    with opened(tmp_path / "output") as releases:
        assert not releases.staging().compared
        assert releases.number == 0


def test_what_a_build_that_stopped_has_made_is_not_in_the_way_of_the_next(published: Site) -> None:
    with pytest.raises(Failed):
        published.publish({"y/index.html": "half", "z": "half"}, stops="made")
    published.publish({"y": "whole", "z/index.html": "whole"})
    assert contents(published.output) == {
        "index.html": "a",
        "x/index.html": "x",
        "y": "whole",
        "z/index.html": "whole",
    }


# -- at what cost


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


def test_the_second_release_links_all_files_and_those_after_it_what_has_changed(
    site: Site, links: list[str]
) -> None:
    site.publish(MANY)
    assert links == []
    site.publish({"index.html": "b"})
    assert len(links) == len(MANY)
    links.clear()
    for number in range(6):
        site.publish({"index.html": f"{number}"})
    assert len(links) == 6
    assert contents(site.output) == {**MANY, "index.html": "5"}


def test_where_it_is_not_known_what_changed_all_files_are_linked(
    site: Site, links: list[str]
) -> None:
    for text in "abc":
        site.publish({**MANY, "index.html": text})
    links.clear()
    site.changed = None
    site.publish({"index.html": "d"})
    assert len(links) == len(MANY) + 1
    assert contents(site.output) == {**MANY, "index.html": "d"}


def test_a_tree_that_a_killed_build_left_half_put_together_is_not_gone_on_with(
    site: Site, links: list[str]
) -> None:
    for text in "abc":
        site.publish({**MANY, "index.html": text})
    with pytest.raises(Failed):
        site.publish({"1.html": "half", "half.html": "half"}, ("2.html",), stops="put together")
    links.clear()
    site.publish({"index.html": "d"})
    assert contents(site.output) == {**MANY, "index.html": "d"}
    assert len(links) == len(MANY) + 1


def test_where_hard_links_are_not_to_be_had_files_are_copied(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source: str, target: str) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refused)
    site.publish({"index.html": "a", "x.html": "x"})
    site.publish({"index.html": "b"})
    site.publish({"index.html": "c"})
    assert contents(site.output) == {"index.html": "c", "x.html": "x"}


def test_a_published_file_that_somebody_deleted_stops_no_release(site: Site) -> None:
    site.publish({"index.html": "a", "x.html": "x", "y.html": "y"})
    site.publish({"x.html": "xx"})
    (site.output / "x.html").unlink()
    (site.output / "y.html").unlink()
    site.publish({"x.html": "xxx", "y.html": "y"})
    assert contents(site.output) == {"index.html": "a", "x.html": "xxx", "y.html": "y"}


# -- going back


def test_rolling_back_brings_the_release_before(site: Site) -> None:
    site.publish({"index.html": "first", "x.html": "x"})
    site.publish({"index.html": "second"}, gone=("x.html",))
    assert site.roll_back() == 1
    assert contents(site.output) == {"index.html": "first", "x.html": "x"}
    assert stamp_of(site.output) == 1


def test_there_is_nothing_to_go_back_to_at_first(site: Site) -> None:
    site.publish({"index.html": "first"})
    with pytest.raises(PublishingError, match="aucune version"):
        site.roll_back()
    assert contents(site.output) == {"index.html": "first"}


def test_the_release_before_is_kept_and_no_earlier_one(site: Site) -> None:
    for number in range(5):
        site.publish({"index.html": f"{number}"})
    site.roll_back()
    assert contents(site.output) == {"index.html": "3"}
    with pytest.raises(PublishingError, match="aucune version"):
        site.roll_back()
    assert contents(site.output) == {"index.html": "3"}


@pytest.mark.parametrize("releases", [2, 3, 6])
def test_builds_that_fail_before_they_publish_leave_the_release_before(
    site: Site, releases: int
) -> None:
    for number in range(releases):
        site.publish({"index.html": f"{number}"})
    for _ in range(3):
        with pytest.raises(Failed):
            site.publish({"index.html": "half"}, stops="made")
    site.roll_back()
    assert contents(site.output) == {"index.html": f"{releases - 2}"}


def test_after_rolling_back_and_building_anew_there_is_a_way_back_again(site: Site) -> None:
    for number in range(4):
        site.publish({"index.html": f"{number}"})
    site.roll_back()
    site.publish({"index.html": "anew"})
    assert contents(site.output) == {"index.html": "anew"}
    site.roll_back()
    assert contents(site.output) == {"index.html": "2"}


def test_a_release_after_a_roll_back_is_not_taken_for_the_one_taken_back(site: Site) -> None:
    site.publish({"index.html": "first"})
    site.publish({"index.html": "second"})
    site.roll_back()
    assert site.publish({"index.html": "third", "x.html": "x"}) == 2
    assert site.publish({"index.html": "fourth"}) == 3
    assert contents(site.output) == {"index.html": "fourth", "x.html": "x"}


# -- what is not ours


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "thesis.txt").write_text("years of work")
    with pytest.raises(PublishingError, match="rien n’y est touché"):
        Site(output).publish({"index.html": "a"})
    assert contents(output) == {"thesis.txt": "years of work"}


def test_a_folder_behind_a_link_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "thesis.txt").write_text("years of work")
    (tmp_path / "output").symlink_to("elsewhere")
    site = Site(tmp_path / "output")
    for text in "abc":
        site.publish({"index.html": text})
    assert contents(site.output) == {"index.html": "c"}
    assert site.output.is_symlink()
    assert contents(elsewhere) == {"thesis.txt": "years of work"}


def test_a_file_in_the_place_of_the_output_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("years of work")
    with pytest.raises(PublishingError, match="n’est pas un dossier"):
        Site(tmp_path / "output").publish({"index.html": "a"})
    assert (tmp_path / "output").read_text() == "years of work"


def test_a_working_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    work = working_folder(tmp_path / "output")
    work.mkdir()
    (work / "notes.txt").write_text("mine")
    with pytest.raises(PublishingError, match="n’est pas à nous"):
        Site(tmp_path / "output").publish({"index.html": "a"})
    assert (work / "notes.txt").read_text() == "mine"


def test_a_working_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(PublishingError, match="impossible d’y écrire"):
        Site(tmp_path / "file" / "output").publish({"index.html": "a"})


def test_an_empty_folder_may_be_published_into(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    Site(tmp_path / "output").publish({"index.html": "a"})
    assert contents(tmp_path / "output") == {"index.html": "a"}


def test_an_output_is_ours_once_something_was_published(output: Path) -> None:
    assert not is_ours(output)
    Site(output).publish({"index.html": "a"})
    assert is_ours(output)


@pytest.mark.parametrize("stamp", ["", "nonsense\n", "\xff"])
def test_a_stamp_that_cannot_be_read_is_none_of_ours(tmp_path: Path, stamp: str) -> None:
    (tmp_path / STAMP).write_bytes(stamp.encode("latin-1"))
    assert stamp_of(tmp_path) == 0
    assert stamp_of(tmp_path / "none") == 0


# -- how


def test_without_an_exchange_of_folders_two_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "exchanged", lambda first, second: False)
    site = Site(tmp_path / "output")
    for text in "abc":
        site.publish({"index.html": text})
        assert contents(site.output) == {"index.html": text}
    site.roll_back()
    assert contents(site.output) == {"index.html": "b"}


def without_system_calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the C library have neither renameat2 nor syncfs, as on macOS. Returns what was called."""
    called: list[str] = []
    monkeypatch.setattr("ctypes.CDLL", lambda *given, **more: SimpleNamespace())
    monkeypatch.setattr("os.sync", lambda: called.append("sync"))
    rename = os.rename

    def renamed(source: Path, target: Path) -> None:
        called.append("rename")
        rename(source, target)

    monkeypatch.setattr("os.rename", renamed)
    return called


def test_a_system_without_the_calls_of_linux_publishes_and_goes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = without_system_calls(monkeypatch)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    assert not exchanged(tmp_path / "one", tmp_path / "two")
    site = Site(tmp_path / "output")
    site.publish({"index.html": "a"}, durable=True)
    called.clear()
    site.publish({"index.html": "b"}, durable=True)
    assert called == ["sync", "rename", "rename"]
    assert contents(site.output) == {"index.html": "b"}
    site.roll_back()
    assert contents(site.output) == {"index.html": "a"}


def test_a_link_changes_in_one_rename_without_the_calls_of_linux(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = without_system_calls(monkeypatch)
    site = Site(tmp_path / "output")
    site.publish({"index.html": "a"})
    site.output.rename(tmp_path / "output.1")  # as docs/publishing.md says for macOS
    site.output.symlink_to("output.1")
    called.clear()
    for text in "bc":
        site.publish({"index.html": text})
        assert contents(site.output) == {"index.html": text}
    site.roll_back()
    assert contents(site.output) == {"index.html": "b"}
    assert called == []


def test_a_publication_that_stops_between_the_two_renames_is_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path / "output")
    site.publish({"index.html": "a", "x.html": "x"})
    with monkeypatch.context() as patched:
        without_system_calls(patched)
        rename = os.rename

        def stops(source: Path, target: Path) -> None:
            if target == site.output:
                raise Failed
            rename(source, target)

        patched.setattr("os.rename", stops)
        with pytest.raises(Failed):
            site.publish({"index.html": "b"})
    assert not site.output.exists()
    kept = [contents(tree) for tree in (working_folder(site.output) / "trees").iterdir()]
    assert {"index.html": "a", "x.html": "x"} in kept
    assert {"index.html": "b", "x.html": "x"} in kept
    site.files = site.changed = {}  # a build compares with what stands there: nothing
    site.publish({"index.html": "c", "x.html": "x"})
    assert contents(site.output) == {"index.html": "c", "x.html": "x"}


def test_a_build_waits_for_the_one_before_it_and_then_gives_up(output: Path) -> None:
    with (
        opened(output),
        pytest.raises(PublishingError, match="en cours"),
        opened(output, wait_seconds=0.05),
    ):
        pass


def test_a_file_of_a_tree_goes_with_the_folders_that_it_leaves_empty(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "tree")
    tree.root.mkdir()
    for path in ("a/b/c.html", "a/d.html"):
        tree.write(path, b"x")
    tree.remove("a/b/c.html")
    tree.remove("a/b/c.html")
    assert folders(tree.root) == {"a"}
    tree.write("a/b/e.html", b"x")
    assert contents(tree.root) == {"a/d.html": "x", "a/b/e.html": "x"}


def test_files_are_shared_and_what_is_gone_is_left_out(tmp_path: Path) -> None:
    before, after = Tree(tmp_path / "before"), Tree(tmp_path / "after")
    for tree in (before, after):
        tree.root.mkdir()
    before.write("a/b.html", b"x")
    after.link_all(before.root, ["a/b.html", "c.html"])
    assert contents(after.root) == {"a/b.html": "x"}
    assert (after.root / "a/b.html").samefile(before.root / "a/b.html")


# -- links


@pytest.mark.parametrize("touched", [True, False], ids=["noticed", "not noticed"])
def test_a_link_in_a_published_release_never_leads_a_later_one_outside(
    site: Site, tmp_path: Path, touched: bool
) -> None:
    site.publish({"index.html": "a", "x/index.html": "x"})
    site.publish({"index.html": "b"})
    stranger = tmp_path / "stranger"
    (site.output / "x").rename(stranger)
    (site.output / "x").symlink_to(stranger)
    site.publish({"index.html": "c", **({"x/index.html": "y"} if touched else {})})
    site.publish({"index.html": "d", "x/index.html": "z"})
    assert contents(site.output) == {"index.html": "d", "x/index.html": "z"}
    assert (stranger / "index.html").read_text() == "x"


def test_a_tree_neither_writes_nor_removes_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "stranger").mkdir()
    (tmp_path / "stranger/index.html").write_text("stranger")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/x").symlink_to(tmp_path / "stranger")
    tree = Tree(tmp_path / "tree")
    for act in (lambda: tree.write("x/new", b""), lambda: tree.remove("x/index.html")):
        with pytest.raises(LinkRefused, match="tree/x : c’est un lien symbolique"):
            act()
    assert [path.name for path in (tmp_path / "stranger").iterdir()] == ["index.html"]


@pytest.mark.parametrize("linked", [".output.portraits", ".output.portraits/trees"])
def test_releases_are_not_assembled_behind_a_link(tmp_path: Path, linked: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    site = Site(tmp_path / "output")
    if linked.endswith("trees"):
        site.publish({"index.html": "a"})
        (tmp_path / linked).rmdir()
    (tmp_path / linked).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishingError, match="c’est un lien symbolique"):
        site.publish({"index.html": "b"})
    assert list((tmp_path / "elsewhere").iterdir()) == []
