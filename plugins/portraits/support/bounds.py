"""Limit the CPU time and the memory that parsing one file may use.

A pathological text is reported and ends the build instead of hanging it. CPU time is limited
with ``ITIMER_VIRTUAL`` (Python's regular expressions check for its signal while they match),
memory with ``RLIMIT_DATA``, counted from current use. Both need the main thread, and a system that
has them; elsewhere only the parser's structural limits (:mod:`portraits.support.limits`) apply.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from portraits.support.messages import msg

_AGAIN = 1.0
"""Seconds of CPU time between two signals."""


class OutOfBounds(Exception):
    """The work exceeded a limit; the message says which one, in the editor's language."""


@contextmanager
def bounded(seconds: float, megabytes: int) -> Iterator[None]:
    """Run the body within ``seconds`` of CPU time and ``megabytes`` (MiB) of additional memory.

    Raises OutOfBounds when either limit, or Python's recursion limit, is exceeded. Does nothing
    outside the main thread, which is the only one that receives signals.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    # Made now: at the limit there is no time, no memory or no stack left to make them.
    too_long = msg("machine.too_long", seconds=seconds)
    too_much_memory = msg("machine.too_much_memory", megabytes=megabytes)
    too_deep = msg("machine.too_deep")

    def expired(number: int, frame: FrameType | None) -> None:
        raise OutOfBounds(too_long)

    timed = hasattr(signal, "setitimer")  # Windows has no timers
    before = signal.signal(signal.SIGVTALRM, expired) if timed else None
    restore = _limit_memory(megabytes)
    # Again and again: an exception that is raised in a finalizer or in a callback of the garbage
    # collector is lost.
    if timed:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    except MemoryError:
        raise OutOfBounds(too_much_memory) from None
    except RecursionError:
        raise OutOfBounds(too_deep) from None
    finally:
        if timed:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, before)
        _restore_memory(restore)


def _limit_memory(megabytes: int) -> tuple[int, int] | None:
    """Lower RLIMIT_DATA; return the limits to restore, or None where use cannot be measured."""
    try:
        import resource

        with open("/proc/self/statm", "rb", buffering=0) as statm:  # noqa: PTH123 - a kernel file
            # Field 6 of statm is the size of data and stack, in pages (proc(5)).
            in_use = int(statm.read().split()[5]) * resource.getpagesize()
    except (ImportError, OSError, IndexError, ValueError):
        return None
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (in_use + megabytes * 2**20, before[1]))
    return before


def _restore_memory(before: tuple[int, int] | None) -> None:
    if before is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, before)
