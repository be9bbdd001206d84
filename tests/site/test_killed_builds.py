"""Test builds killed before each of their steps.

The site is then the old one or the new one, and the next build is correct, whether it continues or
the edit was undone.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from portraits.series import database

from tests.site.workspace import Workspace, differences

pytestmark = pytest.mark.site

_STEPS = frozenset(
    {
        "os.rename",
        "os.link",
        "os.remove",
        "os.mkdir",
        "os.rmdir",
        "os.symlink",
        "os.chmod",
        "shutil.rmtree",
    }
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_OF_THE_BUILD = ("grown", "cache", ".grown.portraits")


def steps_of(workspace: Workspace, last: int = -1) -> list[str]:
    """Return the operations of a build on files and its database, run in a separate process, which
    is killed before the step ``last``."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        _die_before(last, writer)
        try:
            workspace.build()
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as told:
        steps = told.read().splitlines()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) == (last >= 0), steps[-3:]
    return steps


def _die_before(last: int, writer: int) -> None:
    numbers = count()

    def step(what: str) -> None:
        os.write(writer, f"{what}\n".encode())
        if next(numbers) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def audited(event: str, arguments: tuple[object, ...]) -> None:
        if event in _STEPS:
            step(f"{event} {arguments[0]!r}")
        elif event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
            step(f"open {arguments[0]!r}")

    connect = database.connect

    def traced(*given: object, **more: object) -> sqlite3.Connection:
        connection = connect(*given, **more)  # type: ignore[arg-type]
        connection.set_trace_callback(
            lambda said: step(said) if said.startswith(("BEGIN", "COMMIT")) else None
        )
        return connection

    database.connect = traced  # type: ignore[assignment]
    sys.addaudithook(audited)


class Kept:
    """Sites of earlier builds, stored to be restored."""

    def __init__(self, workspace: Workspace, keep: Path) -> None:
        self.workspace, self.keep = workspace, keep
        for name in _OF_THE_BUILD:
            if (workspace.folder / name).exists():
                shutil.copytree(workspace.folder / name, keep / name, symlinks=True)

    def put_back(self) -> None:
        for name in _OF_THE_BUILD:
            shutil.rmtree(self.workspace.folder / name, ignore_errors=True)
            if (self.keep / name).exists():
                shutil.copytree(self.keep / name, self.workspace.folder / name, symlinks=True)


def moments(steps: list[str], others: int = 4) -> list[int]:
    """Return the steps before which to kill a build: those after a commit, those that put the site
    in place, and ``others`` of the rest, evenly spaced."""
    committed = [number for number, step in enumerate(steps) if step.startswith("COMMIT")]
    placed = [
        number
        for number, step in enumerate(steps)
        if step.startswith("os.rename") and "staging" not in step
    ][-3:]
    telling = {*(number + 1 for number in (*committed, *placed)), *placed, committed[-1]}
    every = range(0, len(steps), max(1, len(steps) // others))
    return sorted(number for number in {*telling, *every} if number < len(steps))


def edit(workspace: Workspace) -> None:
    workspace.edit("ana", "Oui.", "Oui, encore.")
    workspace.set("sam", tags=["radio"], role="Animatrice")


def take_back(workspace: Workspace) -> None:
    workspace.edit("ana", "Oui, encore.", "Oui.")
    workspace.set("sam", tags=["musique"], role="Animateur")


def new_portrait(workspace: Workspace) -> None:
    workspace.write(
        "zoe",
        "---\nname: Zoé Roy\ndate: 2014-01-01\ntags: [radio]\n---\n\n"
        "## Quel conseil donnes-tu ?\n\nDormir.\n",
    )


CHANGES: dict[str, tuple[Callable[[Workspace], None], Callable[[Workspace], None]]] = {
    "an edit": (edit, take_back),
    "a new portrait": (new_portrait, lambda workspace: workspace.portrait("zoe").unlink()),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_build_that_is_killed_is_made_up_for_by_the_next_one(what: str, tmp_path: Path) -> None:
    change, undo = CHANGES[what]
    workspace = Workspace(tmp_path / "workspace")
    workspace.build()
    workspace.set("sam", role="Animateur")  # as it is written from now on
    workspace.set("sam", organization="Radio")
    workspace.build()
    old = workspace.grown()
    kept = Kept(workspace, tmp_path / "kept")
    change(workspace)
    new = workspace.fresh()
    steps = steps_of(workspace)
    assert workspace.grown() == new
    assert any(step.startswith("COMMIT") for step in steps)
    for number, moment in enumerate(moments(steps)):
        kept.put_back()
        steps_of(workspace, moment)
        assert workspace.grown() in (old, new), steps[moment]
        if number % 2:
            undo(workspace)
        workspace.build()
        wanted = old if number % 2 else new
        assert differences(workspace.grown(), wanted) == [], steps[moment]
        if number % 2:
            change(workspace)


def test_a_first_build_that_is_killed_is_made_up_for_by_the_next_one(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "workspace")
    nothing = Kept(workspace, tmp_path / "kept")
    wanted = workspace.fresh()
    steps = steps_of(workspace)
    for moment in moments(steps):
        nothing.put_back()
        steps_of(workspace, moment)
        assert not workspace.output.exists() or workspace.grown() == wanted, steps[moment]
        workspace.build()
        assert differences(workspace.grown(), wanted) == [], steps[moment]
