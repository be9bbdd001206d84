"""What each part does where the system lacks what it would use (operations.md, « Systems »)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from portraits.build import trees
from portraits.build.releases import opened
from portraits.build.trees import Tree, sync
from portraits.support.bounds import OutOfBounds, bounded
from portraits.support.locks import Locked, alone
from portraits.support.symlinks import LinkRefused, open_itself
from portraits.support.workers import deaf_to_interrupts, processes_for


def test_without_fork_there_is_one_process_whatever_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert processes_for(4) == 4
    monkeypatch.delattr(os, "fork")
    assert (processes_for(4), processes_for(0)) == (1, 1)


def test_without_timers_and_limits_deep_nesting_is_still_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("setitimer", "SIGVTALRM", "ITIMER_VIRTUAL", "pthread_sigmask"):
        monkeypatch.delattr(signal, name)
    monkeypatch.setitem(sys.modules, "resource", None)
    with pytest.raises(OutOfBounds, match="emboîtement"), bounded(1, 100):
        raise RecursionError
    with deaf_to_interrupts(), bounded(1, 100):
        pass


@pytest.mark.parametrize("missing", [False, True])
def test_a_link_is_not_opened(
    missing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing:
        monkeypatch.delattr(os, "O_NOFOLLOW")
    (tmp_path / "secret").write_text("a")
    (tmp_path / "link").symlink_to("secret")
    with pytest.raises(LinkRefused if missing else OSError):
        open_itself(str(tmp_path / "link"), os.O_RDONLY)
    os.close(open_itself(str(tmp_path / "secret"), os.O_RDONLY))


def test_the_lock_of_windows_makes_builds_take_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []

    def locking(handle: int, mode: int, size: int) -> None:
        if held:
            raise PermissionError(13, "Permission denied")
        held.append(handle)

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(LK_NBLCK=2, locking=locking))
    with (
        alone(tmp_path / "lock", tmp_path, wait_seconds=0),
        pytest.raises(Locked, match="une autre construction est en cours"),
        alone(tmp_path / "lock", tmp_path, wait_seconds=0),
    ):
        pass


def test_where_folders_cannot_be_flushed_or_have_no_modes_files_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "sync")
    monkeypatch.delattr(os, "fchmod")
    monkeypatch.setattr(trees, "_HAS_MODES", False)
    Tree(tmp_path).write("a.html", b"a\n")
    sync(tmp_path)
    assert (tmp_path / "a.html").read_bytes() == b"a\n"


def test_a_site_that_cannot_take_its_place_leaves_the_old_one_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to move a folder in which another program has a file open."""
    output = tmp_path / "output"
    with opened(output) as releases:
        for text in ("old", "new"):
            tree = tmp_path / text
            tree.mkdir()
            (tree / trees.STAMP).write_text("1\n")
            (tree / "index.html").write_text(text)
        releases.exchange(tmp_path / "old")
        monkeypatch.setattr("portraits.build.releases.exchanged", lambda first, second: False)
        rename = os.rename

        def refused(source: Path, target: Path) -> None:
            if source == tmp_path / "new":
                raise PermissionError(13, "Access is denied")
            rename(source, target)

        monkeypatch.setattr(os, "rename", refused)
        with pytest.raises(PermissionError):
            releases.exchange(tmp_path / "new")
    assert (output / "index.html").read_text() == "old"


def test_letters_that_the_encoding_of_a_pipe_lacks_are_no_traceback() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from portraits import cli\ncli.program = lambda **_: print('\u6751')\ncli.main()",
        ],
        cwd=Path(trees.__file__).parents[2],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )
    assert (done.returncode, done.stdout.strip()) == (0, b"\\u6751"), done.stderr
