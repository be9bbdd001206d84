"""Worker processes that end with their work or their parent, and leave Ctrl-C to it.

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
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:  # imported where it is needed: most builds make a few files in one process
    from concurrent.futures import Future

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


def spread(
    processes: int, do: Callable[[T], R], tasks: Iterable[T], *, batch: int = _BATCH
) -> Iterator[R]:
    """What ``do``, a function of a module, gives for each task, in order, from as many copies of
    this process. ``batch`` tasks at a time are handed to one of them: few, where each is long.

    What is not done when the caller has had enough, or when a task raises, is dropped at once.
    Raises ChildProcessError (French) when the system ends a copy.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children, get_context

    # What the copies share is left alone; what they make themselves is collected again.
    gc.freeze()
    left = iter(tasks)
    waiting: deque[Future[list[R]]] = deque()
    with ProcessPoolExecutor(processes, get_context("fork"), _begin) as pool:
        try:
            while some := list(islice(left, batch)):
                with deaf_to_interrupts():  # the first task starts the copies
                    waiting.append(pool.submit(_each, do, some))
                if len(waiting) >= _AHEAD * processes:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BaseException as error:
            for child in active_children():
                child.terminate()
            if isinstance(error, BrokenProcessPool):
                raise ChildProcessError(
                    "un des processus s’est arrêté net, sans doute faute de mémoire — relancez "
                    "la commande avec moins de processus") from None
            raise


def _each(do: Callable[[T], R], some: Iterable[T]) -> list[R]:
    return [do(task) for task in some]


def _begin() -> None:
    """Make ready a copy that has just been started."""
    from multiprocessing import parent_process

    # Little of what a worker makes is garbage that only the collector finds.
    gc.enable()
    gc.set_threshold(50_000)
    if parent := parent_process():
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process when its parent does: one that is killed leaves its copies behind, and they
    hold its locks."""
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)
