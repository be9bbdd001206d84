"""Work that is spread over copies of this process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from multiprocessing import active_children
from pathlib import Path

import pytest
from portraits.support.workers import spread

PLUGINS = Path(__file__).parents[3] / "plugins"


def halved(number: int) -> int:
    if number == 20:
        os.kill(os.getpid(), signal.SIGKILL)
    return number // (number != 13) // 2


def slow(done: Path, number: int) -> int:
    if number:
        time.sleep(30)
        done.touch()
    return number


def test_results_come_in_the_order_of_the_tasks() -> None:
    assert list(spread(2, abs, range(-100, 0), batch=3)) == [*range(100, 0, -1)]
    assert list(spread(2, abs, [])) == []


def test_a_process_that_the_system_ends_is_told_and_not_waited_for() -> None:
    with pytest.raises(ChildProcessError, match="arrêté net"):
        list(spread(2, halved, range(16, 100), batch=1))
    assert active_children() == []


def test_what_goes_wrong_in_a_task_comes_out() -> None:
    with pytest.raises(ZeroDivisionError):
        list(spread(2, halved, range(10, 16)))
    assert active_children() == []


def test_who_has_had_enough_does_not_wait_for_the_rest(tmp_path: Path) -> None:
    results = spread(2, partial(slow, tmp_path / "done"), range(8), batch=1)
    assert next(results) == 0
    results.close()
    assert active_children() == []
    assert not (tmp_path / "done").exists()


SPREADING = """
import os, time
from portraits.support.workers import spread
def waits(number):
    os.write(1, b"begun\\n")  # at once: a print is two writes, between which others write theirs
    time.sleep(600)
list(spread(3, waits, range(9), batch=1))
"""


def test_copies_end_when_their_parent_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SPREADING], stdout=subprocess.PIPE, cwd=PLUGINS
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == b"begun\n"
        parent.kill()
        # The copies hold the other end of the pipe: it is closed when the last of them has ended.
        parent.communicate(timeout=30)
