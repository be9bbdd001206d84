"""Worker processes that end with their work, and leave Ctrl-C to their parent.

A terminal sends the interrupt to every process of a command. Workers are started with it
blocked, so that none of them dies in the middle with a traceback; the parent drops what was
not begun and waits for what was.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:  # imported where they are needed: most builds make a few files in one process
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.pool import AsyncResult, Pool

T = TypeVar("T")
R = TypeVar("R")
_BATCH = 16
_AHEAD = 4
"""Batches for each process that are done or waited for before their results are taken: results
that nobody takes fill the memory."""


def available_processes() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Processes and threads that are started in this block never see an interrupt."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def forget_interrupt() -> None:
    """After a KeyboardInterrupt was caught, let the program end with its own status.

    CPython remembers an interrupt that crossed an ``exec`` of text, such as the making of a
    dataclass, and ends a program run by ``python -m`` with the signal's status, whoever caught it.
    The next ``exec`` of text forgets it (``run_eval_code_obj`` in ``Python/pythonrun.c``).
    """
    exec("")  # noqa: S102 - nothing is carried out


@contextmanager
def forked(processes: int) -> Iterator[Pool]:
    """A pool of copies of this process; what they still do at the end of the block is dropped."""
    from multiprocessing import get_context

    # What the copies share is left alone; what they make themselves is collected again.
    gc.freeze()
    with deaf_to_interrupts():
        pool = get_context("fork").Pool(processes, initializer=_collect_seldom)
    with pool:
        yield pool


def spread(processes: int, do: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
    """What ``do``, a function of a module, gives for each task, in order, from as many copies of
    this process."""
    with forked(processes) as pool:
        waiting: deque[AsyncResult[list[R]]] = deque()
        left = iter(tasks)
        while batch := list(islice(left, _BATCH)):
            waiting.append(pool.apply_async(_each, (do, batch)))
            if len(waiting) >= _AHEAD * processes:
                yield from waiting.popleft().get()
        while waiting:
            yield from waiting.popleft().get()


def _each(do: Callable[[T], R], batch: Iterable[T]) -> list[R]:
    return [do(task) for task in batch]


def _collect_seldom() -> None:
    """Little of what a worker makes is garbage that only the collector finds."""
    gc.enable()
    gc.set_threshold(50_000)


@contextmanager
def executor(processes: int, start: str) -> Iterator[ProcessPoolExecutor]:
    """An executor whose processes are started by ``fork`` or ``spawn`` as work is submitted:
    submit it :func:`deaf_to_interrupts`."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(processes, mp_context=get_context(start))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
