"""Measure one command: wall time, processor time and peak memory of all its processes.

Wall time is from start to exit. Processor time is what the kernel charged to the process and to the
children that it waited for (``wait4``). Peak memory is the greater of two values: the largest
resident set of any one process (``ru_maxrss``), and the highest sum of the proportional set sizes
of all processes, sampled from ``/proc/*/smaps_rollup``: pages shared by workers count once.
Sampling takes at most a twentieth of one core and delays processes that allocate memory, so only
one of several runs is sampled. Without ``/proc``, only the first value is available.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_LEAST_PAUSE = 0.01
_SHARE = 20


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one run."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, of all processes."""
    peak: int
    """Bytes."""


class Failed(RuntimeError):
    """A measured command failed."""


def cost_of(command: Sequence[str], folder: Path, log: Path, *, sampled: bool = True) -> Cost:
    """Run ``command`` in ``folder``, with its output in ``log``; return its cost.

    Unless ``sampled``, the peak is that of the largest process. Raise Failed with the end of the
    log if the command does not exit with 0.
    """
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }  # users' machines keep .pyc files
    os.sync()  # do not charge this run for the pending writes of earlier ones
    with log.open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        with _Sampling(process.pid if sampled else 0) as sampling:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        text = log.read_text(encoding="utf-8", errors="replace")
        raise Failed(f"{' '.join(command)} : code {process.returncode}\n{text[-2000:]}")
    return Cost(
        wall, usage.ru_utime + usage.ru_stime, max(usage.ru_maxrss * _RSS_UNIT, sampling.peak)
    )


class _Sampling:
    """Samples the memory of a process and its descendants until the context ends; does nothing for
    0."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> _Sampling:
        if self._pid:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._pid:
            self._thread.join()

    def _sample(self) -> None:
        pause = _LEAST_PAUSE
        while not self._over.wait(pause):
            before = time.thread_time()
            self.peak = max(self.peak, sum(map(_proportional_size, _family(self._pid))))
            pause = max(_LEAST_PAUSE, _SHARE * (time.thread_time() - before))


def _family(pid: int) -> Iterator[int]:
    """Yield the ids of a process and all its descendants."""
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return
    for thread in threads:
        try:
            children = (thread / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _proportional_size(pid: int) -> int:
    """Return the proportional set size in bytes; 0 for a process that has ended."""
    try:
        with Path(f"/proc/{pid}/smaps_rollup").open() as lines:
            for line in lines:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0
