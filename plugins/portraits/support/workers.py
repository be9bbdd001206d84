"""Run tasks in worker processes that end with their parent and leave Ctrl-C to it.

A terminal sends SIGINT to every process of a command. Workers start with it blocked, so that
none of them dies halfway with a traceback; the parent handles it and terminates them.
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

from portraits.support.messages import msg

if TYPE_CHECKING:  # imported lazily: most builds need one process only
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[str, int, int], None]
"""Reports on long work: called with a label, the number of steps done and their total."""
_BATCH = 16
"""Tasks handed to a worker at a time."""
_AHEAD = 4
"""Batches per worker that may be pending before results are consumed: unread results fill the
memory."""


def processes_for(asked: int) -> int:
    """Return how many processes a build uses: ``asked``, or one for each core if that is 0.

    Where processes cannot be forked (Windows) it is one: workers inherit what the parent has read.
    """
    return (asked or _cores()) if hasattr(os, "fork") else 1


def _cores() -> int:
    """Return the number of CPU cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """Block SIGINT in the processes and threads started in this block, where signals can be."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def forget_interrupt() -> None:
    """Make CPython forget a KeyboardInterrupt that was caught, so that the exit status is ours.

    CPython records an interrupt that propagates through ``exec`` of source text (creating a
    dataclass, for example), and then ends a program run by ``python -m`` with the signal's status
    even if the exception was caught. The next ``exec`` of text clears the record
    (``run_eval_code_obj`` in ``Python/pythonrun.c``).
    """
    exec("")  # noqa: S102 - runs no code


def spread(
    processes: int, do: Callable[[T], R], tasks: Iterable[T], *, batch: int = _BATCH
) -> Iterator[R]:
    """Map ``do`` over ``tasks`` in ``processes`` forked workers; yield the results in order.

    ``do`` is a module-level function. Workers get ``batch`` tasks at a time: few if each takes
    long. When a task raises or the caller stops iterating, workers are terminated at once. Raises
    ChildProcessError, in the editor's language, when the system kills a worker.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children, get_context

    # Keep the garbage collector off the objects that exist now: collecting them in a worker would
    # copy the memory pages that it shares with the parent.
    gc.freeze()
    left = iter(tasks)
    waiting: deque[Future[list[R]]] = deque()
    with ProcessPoolExecutor(processes, get_context("fork"), _begin) as pool:
        try:
            while some := list(islice(left, batch)):
                with deaf_to_interrupts():  # the first submit starts the workers
                    waiting.append(pool.submit(_each, do, some))
                if len(waiting) >= _AHEAD * processes:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BaseException as error:
            for child in active_children():
                child.terminate()
            if isinstance(error, BrokenProcessPool):
                raise ChildProcessError(msg("machine.worker_killed")) from None
            raise


def _each(do: Callable[[T], R], some: Iterable[T]) -> list[R]:
    return [do(task) for task in some]


def _begin() -> None:
    """Initialise a worker."""
    from multiprocessing import parent_process

    # A worker creates few reference cycles: collect less often than the default.
    gc.enable()
    gc.set_threshold(50_000)
    if parent := parent_process():
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """Exit when the parent process does: workers of a killed parent would keep its locks."""
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)
