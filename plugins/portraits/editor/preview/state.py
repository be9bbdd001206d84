"""Hold the state of the preview: the version of the last good build, and the current problems.

The thread that builds writes it; the server's threads read it.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from portraits.support.messages import msg, spoken
from portraits.support.problems import Problem


@dataclass
class State:
    """State shared between threads; every change wakes the waiting threads."""

    version: int = field(default_factory=lambda: int(time.time()))
    """Increases with each build that changed something. It starts from the clock, so that a page
    left open from an earlier preview reloads."""
    problems: tuple[Problem, ...] = ()
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _closed: bool = False

    def built(self, *, changed: bool) -> None:
        """Record a successful build."""
        with self._changed:
            self.problems = ()
            self.version += changed
            self._changed.notify_all()

    def refused(self, problems: Sequence[Problem]) -> None:
        """Record a failed build; the last published site stays."""
        with self._changed:
            self.problems = tuple(problems)
            self._changed.notify_all()

    def close(self) -> None:
        """Wake all waiting threads so that they end."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def message(self) -> str:
        """Return the state sent to browsers, as JSON: the version, and what the panel says if
        something is wrong."""
        wrong = [problem for problem in self.problems if problem.is_error]
        panel = {
            "lang": spoken(),
            "heading": msg("preview.to_correct", count=len(wrong)),
            "problems": [
                {
                    "place": f"{p.path}:{p.line}" if p.line else p.path,
                    "message": p.message,
                    "hint": p.hint,
                }
                for p in wrong
            ],
            "foot": msg("preview.page_below"),
        }
        return json.dumps(
            {"version": self.version, "panel": panel if wrong else None}, ensure_ascii=False
        )

    def wait(self, known: str, seconds: float) -> str | None:
        """Wait until the message differs from ``known``, and return it.

        Return ``known`` again after ``seconds`` without change, None when the preview ends.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self.message() != known, seconds)
            return None if self._closed else self.message()
