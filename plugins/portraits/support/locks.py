"""Locks between the processes of one machine: two builds of one site take turns."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Locked(Exception):
    """Another process kept the lock for too long; the message says so (French)."""


@contextmanager
def alone(path: Path, what: Path, *, wait_seconds: float) -> Iterator[None]:
    """Hold the lock of the file ``path``, which is made if need be, while the block runs.

    Another process that holds it is waited for. Raises OSError where the file cannot be written;
    Locked, which names ``what``, after ``wait_seconds``.
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
