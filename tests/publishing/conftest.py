"""Real servers on loopback: each on a port of its own, each stopped when its test ends."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools.servers import ensure_servers

Running = Callable[..., None]
_SECONDS_TO_START = 20


@pytest.fixture(scope="session")
def servers() -> dict[str, str]:
    """Path of each server's program."""
    return ensure_servers()


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """A server process that answers on ``port`` before the block begins and is gone after it."""
    with log.open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=written)
    try:
        _wait_for(process, port, log)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"{process.args!r} does not start:\n{log.read_text(errors='replace')}")
