"""Run the project in processes that start in milliseconds, as if each were a command of its own.

They come from a fork server that has imported everything once. A command that depends on how Python
starts (hash seed, compiled files, signals of the terminal) needs a Python of its own.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path

from portraits import cli

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(
    [
        "tests.processes",
        "portraits.host.plugin",
        "portraits.host.running",
        "portraits.commands",
        "portraits.build.engine",
        "portraits.editor.cli",
        "portraits.editor.figures",
        "portraits.importer.cli",
        "portraits.pages",
        "pelican",
        "pytest",
    ]
)
SECONDS = 300


def command(
    arguments: tuple[str, ...], cwd: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run ``portraits`` with these arguments, in a folder and an environment."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "stdout", Path(folder) / "stderr"
        process = CONTEXT.Process(
            target=_command, args=(arguments, cwd, dict(environment), written)
        )
        process.start()
        process.join(SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
        out, err = (path.read_text(encoding="utf-8") for path in written)
    assert process.exitcode is not None
    return subprocess.CompletedProcess(arguments, process.exitcode, out, err)


def _command(
    arguments: tuple[str, ...],
    cwd: Path,
    environment: Mapping[str, str],
    written: tuple[Path, Path],
) -> None:
    for stream, path in zip((sys.stdout, sys.stderr), written, strict=True):
        write_to(path, stream.fileno())
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(cwd)
    sys.argv = ["portraits", *arguments]
    cli.main()


def write_to(path: Path, handle: int) -> None:
    """Let what is written to a file descriptor of this process be appended to a file."""
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(opened, handle)
    os.close(opened)


def free_port() -> int:
    """Return a port of this machine's loopback on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
