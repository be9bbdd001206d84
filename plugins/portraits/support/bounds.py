"""A bound on the processor time and the memory that parsing one file may take.

A pathological text is named and the build ends, instead of hanging. Time is counted by
``ITIMER_VIRTUAL`` (processor time of this process; Python's regular expressions notice its
signal while they match), memory by ``RLIMIT_DATA`` above what is in use already. Both exist on Unix
and in a process's main thread; elsewhere the structural limits of the parser stand alone.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfBounds(Exception):
    """The work took more than it may; the message says of what (French)."""


@contextmanager
def bounded(seconds: float, megabytes: int) -> Iterator[None]:
    """Run the body within ``seconds`` of processor time and ``megabytes`` (MiB) more memory.

    Raises OutOfBounds when either runs out.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def expired(number: int, frame: FrameType | None) -> None:
        raise OutOfBounds(f"plus de {seconds:g} secondes")

    before = signal.signal(signal.SIGVTALRM, expired)
    restore = _limit_memory(megabytes)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except MemoryError:
        raise OutOfBounds(f"plus de {megabytes} Mo de mémoire") from None
    except RecursionError:
        raise OutOfBounds("un emboîtement trop profond") from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        _restore_memory(restore)


def _limit_memory(megabytes: int) -> tuple[int, int] | None:
    import resource
    try:
        with open("/proc/self/statm", "rb", buffering=0) as statm:  # noqa: PTH123 - a kernel file
            in_use = int(statm.read().split()[5]) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return None
    before = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (in_use + megabytes * 2**20, before[1]))
    return before


def _restore_memory(before: tuple[int, int] | None) -> None:
    if before is not None:
        import resource
        resource.setrlimit(resource.RLIMIT_DATA, before)
