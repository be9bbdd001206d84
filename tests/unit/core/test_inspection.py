"""Files of the published site that somebody changed are found, by however many processes."""

from __future__ import annotations

import os
import signal
import sqlite3
from pathlib import Path

import pytest
from portraits import inspection as module
from portraits.inspection import Inspection
from portraits.releases import FileRecord, opened, working_folder

FILES = {f"{number % 3}/{number}.html": f"{number}" for number in range(10)}


def publish(output: Path, files: dict[str, str]) -> None:
    with opened(output) as releases:
        tree = releases.begin()
        written = {}
        for path, text in files.items():
            size, mtime_ns = tree.write(path, text.encode())
            written[path] = FileRecord(b"key", text.encode(), size, mtime_ns)
        releases.publish(tree, written, (), durable=False)


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "_WORTH_FORKING", 0)
    publish(tmp_path / "output", FILES)
    return tmp_path / "output"


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were forked."""
    forked: list[int] = []
    fork = os.fork

    def noted() -> int:
        process = fork()
        forked.append(process)
        return process

    monkeypatch.setattr(os, "fork", noted)
    return forked


def are_over(children: list[int]) -> bool:
    for process in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)
    return True


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("touched", [(), ("0/0.html",), ("1/4.html", "2/8.html"), tuple(FILES)])
def test_what_was_edited_or_deleted_by_hand_is_found(
    output: Path, children: list[int], processes: int, touched: tuple[str, ...]
) -> None:
    for number, path in enumerate(touched):
        if number % 2:
            (output / path).unlink()
        else:
            (output / path).write_text("theirs, longer")
    with Inspection.begin(output, processes) as inspection:
        assert inspection.release == 1
        assert inspection.touched() == frozenset(touched)
    assert len(children) == (processes if processes > 1 else 0)
    assert are_over(children)


@pytest.mark.parametrize("processes", [1, 2])
def test_where_nothing_was_published_nothing_is_touched(tmp_path: Path, processes: int) -> None:
    with Inspection.begin(tmp_path / "output", processes) as inspection:
        assert inspection.release == 0
        assert inspection.touched() == frozenset()
    assert list(tmp_path.iterdir()) == [], "looking left something behind"


def test_a_look_that_nobody_waits_for_ends_with_the_build(
    output: Path, children: list[int]
) -> None:
    with pytest.raises(KeyboardInterrupt), Inspection.begin(output, 2):
        raise KeyboardInterrupt
    assert are_over(children)


def test_a_process_that_is_killed_is_stood_in_for(
    output: Path, children: list[int]
) -> None:
    (output / "0/0.html").unlink()
    with Inspection.begin(output, 2) as inspection:
        for process in children:
            os.kill(process, signal.SIGKILL)
        assert inspection.touched() == {"0/0.html"}
    assert are_over(children)


def test_what_stops_a_process_is_raised_where_its_result_is_wanted(
    output: Path, children: list[int]
) -> None:
    (working_folder(output) / "state.sqlite").write_bytes(b"no database" * 1000)
    with Inspection.begin(output, 2) as inspection, pytest.raises(sqlite3.DatabaseError):
        inspection.touched()
    assert are_over(children)


def test_a_build_takes_over_what_was_found(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (output / "1/1.html").unlink()
    with Inspection.begin(output, 2) as inspection:
        assert inspection.touched() == {"1/1.html"}
        monkeypatch.setattr(os, "lstat", None)
        with opened(output, inspection=inspection) as releases:
            assert releases.files().keys() == FILES.keys() - {"1/1.html"}


def test_what_was_found_of_another_release_is_not_believed(output: Path) -> None:
    (output / "1/1.html").unlink()
    with Inspection.begin(output, 2) as inspection:
        assert inspection.touched() == {"1/1.html"}
        publish(output, {"1/1.html": "again"})
        with opened(output, inspection=inspection) as releases:
            assert releases.touched() == frozenset()
