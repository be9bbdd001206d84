"""Builds in processes that can be killed, limited or started at the same moment.

The processes come from a fork server that has imported everything: one starts in
milliseconds, so that many moments of a build can be tried.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

_CONTEXT = get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [
        "tests.security.building",
        "portraits.host.plugin",
        "portraits.host.running",
        "portraits.commands",
        "portraits.build.engine",
        "portraits.pages",
        "pelican",
    ]
)


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
        process = _CONTEXT.Process(
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
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    if file_limit:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))
    from portraits import commands

    sys.exit(
        commands.build(str(settings), str(content), str(output), now, drafts=drafts, processes=2)
    )
