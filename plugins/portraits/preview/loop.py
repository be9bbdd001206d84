"""Builds as sources are saved, for as long as it is let.

The builds run in the main thread, one after the other, in one process that keeps what it
has read; browsers are answered by the server's threads from the last good site.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portraits.build import options_from, read_settings, run_pelican
from portraits.hosting.rules import rules_of
from portraits.options import BuildOptions
from portraits.preview.server import Server
from portraits.preview.state import State
from portraits.problems import Problem, SourceRefused
from portraits.reading import Memory
from portraits.releases import PublishingError
from portraits.site_build import Report, SiteBuild


class PortTaken(Exception):
    """Another program listens there."""


def serve(
    settings_file: Path, content: Path | None, port: int, *, drafts: bool,
    say: Callable[[str], None], show: Callable[[tuple[Problem, ...]], None],
) -> None:
    """Serve until interrupted. Raises PortTaken, and SourceRefused for bad settings."""
    values, options = _read(settings_file, content, port, drafts)
    state = State()
    try:
        server = Server(options.output, port, state, rules_of(options.settings, preview=True))
    except OSError as error:
        raise PortTaken(str(port)) from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    memory = Memory()
    try:
        _build(values, options, state, memory, say, show)
        say(f"http://localhost:{port}{options.settings.base_path} — "
            "enregistrez un fichier et la page se met à jour; Ctrl-C pour arrêter.")
        _watch(settings_file, content, port, drafts, options, state, memory, say, show)
    except KeyboardInterrupt:
        say("Arrêté.")
    finally:
        state.close()
        server.shutdown()
        server.server_close()


def _read(
    settings_file: Path, content: Path | None, port: int, drafts: bool
) -> tuple[dict[str, Any], BuildOptions]:
    values = read_settings(settings_file)
    values["SITEURL"] = f"http://localhost:{port}"
    preview = Path(values["CACHE_PATH"]) / "preview"
    options = options_from(values, content=content, output=preview, drafts=drafts, durable=False)
    return values, options


def _watch(
    settings_file: Path, content: Path | None, port: int, drafts: bool, options: BuildOptions,
    state: State, memory: Memory, say: Callable[[str], None],
    show: Callable[[tuple[Problem, ...]], None],
) -> None:
    from watchfiles import watch

    watched = (options.content, options.theme, *settings_file.resolve().parent.glob("*conf.py"))
    for _ in watch(*watched, debounce=60, step=20, raise_interrupt=True):
        try:
            values, options = _read(settings_file, content, port, drafts)
        except SourceRefused as refused:
            state.refused(refused.problems)
            show(refused.problems)
            continue
        _build(values, options, state, memory, say, show)


def _build(
    values: dict[str, Any], options: BuildOptions, state: State, memory: Memory,
    say: Callable[[str], None], show: Callable[[tuple[Problem, ...]], None],
) -> None:
    began = time.perf_counter()
    site_build = SiteBuild(options, memory=memory)
    try:
        report: Report = run_pelican(values, site_build)
    except SourceRefused as refused:
        state.refused(refused.problems)
        show(refused.problems)
        say("La dernière bonne version reste affichée.")
        return
    except PublishingError as error:
        problem = Problem(str(options.output), 0, "publishing", str(error))
        state.refused((problem,))
        show((problem,))
        return
    finally:
        site_build.close()
    changed = bool(report.written or report.removed)
    state.built(report.warnings, changed=changed)
    seconds = time.perf_counter() - began
    say(f"{len(report.written)} fichiers écrits, {len(report.removed)} retirés "
        f"({seconds:.2f} s)")
