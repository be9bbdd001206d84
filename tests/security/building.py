"""Builds in processes that can be killed, limited or started at the same moment."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from tests.processes import CONTEXT, write_to


@dataclass(frozen=True)
class Builder:
    """Builds with one settings file, on one day."""

    settings: Path
    log: Path
    """What the builds say, one after the other."""

    def start(
        self,
        content: Path,
        output: Path,
        *,
        umask: int = 0o022,
        file_limit: int = 0,
        now: str = "2026-01-15",
        drafts: bool = False,
    ) -> ForkServerProcess:
        """A build that is under way."""
        process = CONTEXT.Process(
            target=_build,
            args=(self.settings, self.log, content, output, umask, file_limit, now, drafts),
        )
        process.start()
        return process

    def build(self, content: Path, output: Path, **more: Any) -> int:
        """Exit status of a build that is waited for."""
        process = self.start(content, output, **more)
        process.join(120)
        assert process.exitcode is not None, "the build does not end"
        return process.exitcode

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8") if self.log.exists() else ""


def _build(
    settings: Path,
    log: Path,
    content: Path,
    output: Path,
    umask: int,
    file_limit: int,
    now: str,
    drafts: bool,
) -> None:
    os.setsid()
    os.umask(umask)
    write_to(log, 1)
    write_to(log, 2)
    if file_limit:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
    from portraits import commands

    sys.exit(
        commands.build(str(settings), str(content), str(output), now, drafts=drafts, processes=2)
    )
