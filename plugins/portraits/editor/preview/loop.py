"""Rebuild the site whenever a source is saved, until interrupted.

    watch -> (settings: read) -> build -> good: browsers show it
                                       -> refused: browsers show why, above the last good page

Builds run one after the other in the main thread; the server's threads answer browsers with the
last good site. Watching starts before the first build, so that files saved during it are built
next.
"""

from __future__ import annotations

import errno
import gc
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from portraits.build.releases import PublishingError
from portraits.editor.preview.server import Server
from portraits.editor.preview.state import State
from portraits.host.running import build, read_settings
from portraits.options import BuildOptions, options_from
from portraits.output.hosting.rules import rules_of
from portraits.support.catalogue import catalogue
from portraits.support.messages import msg, spoken
from portraits.support.problems import Problem, SourceRefused
from portraits.support.workers import Progress, forget_interrupt

_WAKE_MILLISECONDS = 200
"""Interval at which the loop checks the settings files when no other file is saved."""


_Glance = tuple[tuple[str, int, int, int], ...]


def _glance(files: Iterable[Path]) -> _Glance:
    """Return the metadata of files, to detect changes; missing files are left out."""
    found = []
    for path in files:
        with suppress(FileNotFoundError):
            facts = path.stat()
            found.append((str(path), facts.st_ino, facts.st_size, facts.st_mtime_ns))
    return tuple(found)


class PortTaken(Exception):
    """Another program listens on the port."""


class NotOurAddress(Exception):
    """This machine does not have the address."""


def address_of(host: str, port: int) -> str:
    """Return the address to open in a browser: ``localhost`` for any address of this machine."""
    if host in ("", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::"):  # noqa: S104 - compared
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@dataclass
class Preview:
    """One run of ``portraits serve``."""

    settings_file: Path
    content: Path | None
    host: str
    port: int
    drafts: bool
    say: Callable[[str], None]
    show: Callable[[Sequence[Problem]], None]
    progress: Callable[[], Progress]
    """Creates the progress display of a build."""
    _state: State = field(default_factory=State)
    _trusting: bool = False
    """True once a build of this preview has checked the published files."""

    def run(self) -> None:
        """Serve until interrupted.

        Raise PortTaken, NotOurAddress, or SourceRefused for bad settings.
        """
        self._read()
        options = self._options
        rules = rules_of(options.settings, preview=True)
        try:
            server = Server(options.output, self.host, self.port, self._state, rules, options.cache)
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise NotOurAddress(error.strerror or str(error)) from error
            raise PortTaken(error.strerror or str(error)) from error
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"{address_of(self.host, self.port)}{options.settings.base_path}"
        self.say(msg("preview.serving", address=address))
        try:
            for settings_saved in self._saved(options):
                self._attempt(partial(self._catch_up, settings_saved))
        except KeyboardInterrupt:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # ignore a second Ctrl-C while stopping
            forget_interrupt()
            self.say(msg("preview.stopped"))
        finally:
            self._state.close()
            server.shutdown()
            server.server_close()

    def _saved(self, options: BuildOptions) -> Iterator[bool]:
        """Yield once at the start, then after each save; True if a settings file changed."""
        from watchfiles import watch

        settings: _Glance | None = None
        for changes in watch(
            options.content,
            options.theme,
            *options.overrides,
            debounce=60,
            step=10,
            raise_interrupt=True,
            rust_timeout=_WAKE_MILLISECONDS,
            yield_on_timeout=True,
        ):
            # Settings files are polled: a watch on a file ends when an editor replaces the
            # file, and a watch on their folder would report every other file in it.
            before, settings = settings, _glance(self._settings_files())
            if changes or before != settings:
                yield before not in (None, settings)

    def _settings_files(self) -> list[Path]:
        """Return the settings file and those next to it that it may import."""
        return sorted(self.settings_file.resolve().parent.glob("*conf.py"))

    def _read(self) -> None:
        values = read_settings(self.settings_file)
        values["SITEURL"] = address_of(self.host, self.port)
        self._values: dict[str, Any] = values
        self._renew()

    def _renew(self) -> None:
        """Take the options of this moment: others may be due, or off the site."""
        self._options = options_from(
            self._values,
            content=self.content,
            output=Path(self._values["CACHE_PATH"]) / "preview",
            drafts=self.drafts,
            durable=False,
        )

    def _catch_up(self, settings_saved: bool) -> None:
        """Build what was saved."""
        if settings_saved:
            self._forget_settings()
            self._read()
        else:
            self._renew()
        self._build()

    def _forget_settings(self) -> None:
        files = {str(path) for path in self._settings_files()}
        for name, module in list(sys.modules.items()):
            if getattr(module, "__file__", None) in files:
                del sys.modules[name]  # the settings file imports it: import it again

    def _attempt(self, build: Callable[[], None]) -> None:
        """Run a build; report any failure here and in the browser, and carry on."""
        try:
            build()
        except SourceRefused as refused:
            self._refused(refused.problems)
        except PublishingError as error:
            self._refused([Problem("site", 0, "publishing", str(error))])
        except OSError as error:  # a file deleted while it was read, a full disk
            self._refused(
                [
                    Problem(
                        str(error.filename or "site"), 0, "unreadable", error.strerror or str(error)
                    )
                ]
            )

    def _refused(self, problems: Sequence[Problem]) -> None:
        self._state.refused(problems)
        self.show(problems)
        self.say(msg("preview.last_good_shown"))

    def _build(self) -> None:
        began = time.perf_counter()
        report = build(self._values, self._options, self.progress(), trusting=self._trusting)
        self._trusting = True
        self._state.built(changed=bool(report.written or report.removed))
        seconds = f"{time.perf_counter() - began:.2f}"
        self.say(
            msg(
                "preview.built",
                written=msg("preview.written", count=len(report.written)),
                removed=msg("preview.removed", count=len(report.removed)),
                seconds=seconds.replace(".", catalogue(spoken()).writing.decimal),
            )
        )
        # Import the parser now, while nobody waits, so that the next edit does not have to.
        import_module("portraits.reader.source")
        gc.collect()
        gc.freeze()  # later collections skip all that is loaded now
