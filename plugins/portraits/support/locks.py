"""Lock a file between processes of one machine, so that two builds of a site take turns."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Locked(Exception):
    """Another process held the lock past the timeout; the message says so in French."""


@contextmanager
def alone(path: Path, what: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold an exclusive lock on the file ``path`` (created if missing) while the block runs.

    Raises OSError when the file cannot be written, and Locked, which names ``what``, when another
    process still holds the lock after ``wait_seconds``.
    """
    with path.open("a") as lock:
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Locked(
                        f"{what} : une autre construction est en cours — attendez qu’elle finisse"
                    ) from None
                time.sleep(0.02)
        yield
