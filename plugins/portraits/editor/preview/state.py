"""What the preview knows at a moment: the last good build, and what is wrong now.

Written by the thread that builds, read by those that answer browsers.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from portraits.support.problems import Problem


@dataclass
class State:
    """Shared between threads; every change wakes those who wait."""

    version: int = field(default_factory=lambda: int(time.time()))
    """Rises with each good build that changed something, and from one preview to the next: a
    page that was left open shows itself anew."""
    problems: tuple[Problem, ...] = ()
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _closed: bool = False

    def built(self, *, changed: bool) -> None:
        """A build succeeded."""
        with self._changed:
            self.problems = ()
            self.version += changed
            self._changed.notify_all()

    def refused(self, problems: Sequence[Problem]) -> None:
        """A build was refused; what was published last stays."""
        with self._changed:
            self.problems = tuple(problems)
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody who waits go home."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def message(self) -> str:
        """What browsers are told, as JSON."""
        return json.dumps({
            "version": self.version,
            "problems": [
                {"place": f"{p.path}:{p.line}" if p.line else p.path, "message": p.message,
                 "hint": p.hint} for p in self.problems if p.is_error],
        }, ensure_ascii=False)

    def wait(self, known: str, seconds: float) -> str | None:
        """The message once it differs from ``known``; ``known`` again after ``seconds``
        without change; None when the preview ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self.message() != known, seconds)
            return None if self._closed else self.message()
