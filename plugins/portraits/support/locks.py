"""Lock a file between processes of one machine, so that two builds of a site take turns."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from portraits.support.messages import msg


class Locked(Exception):
    """Another process held the lock past the timeout; the message says so to the editor."""


@contextmanager
def alone(path: Path, what: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold an exclusive lock on the file ``path`` (created if missing) while the block runs.

    Raises OSError when the file cannot be written, and Locked, which names ``what``, when another
    process still holds the lock after ``wait_seconds``.
    """
    with path.open("a") as lock:
        deadline = time.monotonic() + wait_seconds
        while not _taken(lock):
            if time.monotonic() > deadline:
                raise Locked(msg("machine.locked", path=what))
            time.sleep(0.02)
        yield


def _taken(lock: IO[Any]) -> bool:
    """Lock an open file until it is closed; return False if another process holds it."""
    try:
        import fcntl
    except ModuleNotFoundError:
        return _taken_on_windows(lock)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _taken_on_windows(lock: IO[Any]) -> bool:
    msvcrt: Any = import_module("msvcrt")  # typed for Windows only
    lock.seek(0)  # the lock is on a byte, which need not exist
    try:
        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
