"""Whether anything that a build depends on is other than it was: known without Pelican.

    inputs = frame content
    frame  = settings' values, theme, this plugin's code, installed packages, the day, and what
             the command line asked for
    content = (path facts)*          size, time stamp and inode of each file of the content folder

Facts of files are compared, as make and git do. That a file was touched costs a build that
finds nothing to do; what the build then compares is content. The published site is looked at
as well (:mod:`portraits.inspection`): a file that was deleted or edited there is no match.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portraits.digests import digest
from portraits.inspection import Inspection
from portraits.releases import PublishingError, is_ours, opened
from portraits.values import dataclass

FACT = "last-build"
_BETWEEN = "\0"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build depends on."""

    frame: str
    """Hash of everything but the content."""
    content: str
    """Path and facts of each file of the content folder in turn, _BETWEEN between them."""


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build was made from, and what it said."""

    inputs: Inputs
    lines: tuple[str, ...]
    """Warnings and announcements, to be said again."""
    portraits: int
    files: int
    release: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for; None and empty values come from the settings."""

    settings: Path
    content: Path | None
    output: Path | None
    now: str
    """The day to build for; empty for today."""
    drafts: bool

    def settled(self) -> Settled | None:
        """What the settings make of it; None when the settings cannot be executed by
        themselves: then Pelican says why."""
        import runpy

        try:
            values = runpy.run_path(str(self.settings))
        except (Exception, SystemExit):  # noqa: BLE001 - any mistake in a settings file
            return None
        beside = self.settings.resolve().parent
        plain = {name: value for name, value in values.items() if name.isupper()}
        for name in FOLDERS:
            if not isinstance(plain.get(name), str):
                return None
            plain[name] = str(beside / plain[name])
        content = self.content or Path(plain["PATH"])
        output = self.output or Path(plain["OUTPUT_PATH"])
        return Settled(plain, content.resolve(), Path(os.path.abspath(output)))  # noqa: PTH100


FOLDERS = ("PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH")
"""Settings that are paths from the settings file's folder."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A settings file's values and the folders of one build."""

    values: dict[str, Any]
    """Pelican's settings as the file gives them, FOLDERS absolute."""
    content: Path
    output: Path

    def __repr__(self) -> str:
        """All that the settings say, in an order that is always the same."""
        return repr((sorted(self.values.items(), key=lambda item: item[0]), self.content))


def is_alone(settings: Mapping[str, Any]) -> bool:
    """Whether nobody else's plugin takes part, and pages stand where ours look for them."""
    return (settings.get("PLUGINS"), settings.get("PAGE_PATHS")) == (["portraits"], ["pages"])


def inputs_of(asked: Asked, settled: Settled) -> Inputs | None:
    """What a build depends on now; None when there is no telling the day."""
    try:
        day = asked.now or _today(str(settled.values.get("TIMEZONE", "UTC")))
    except (ValueError, OSError, LookupError):
        return None
    frame = digest(
        sys.version, repr(settled), str(settled.output), day, str(asked.drafts),
        str(_packages().stat().st_mtime_ns), _listing(settled.values["THEME"]),
        _listing(os.path.dirname(__file__)))  # noqa: PTH120
    return Inputs(frame.hex(), _listing(str(settled.content)))


def _packages() -> Path:
    """The folder that installing and removing packages changes."""
    from importlib.util import find_spec

    found = find_spec("pelican")
    assert found and found.origin  # noqa: S101 - nothing of this runs without it
    return Path(found.origin).parent.parent


def _today(zone: str) -> str:
    import datetime as dt
    from zoneinfo import ZoneInfo

    return dt.datetime.now(tz=ZoneInfo(zone)).date().isoformat()


def _listing(root: str) -> str:
    return _BETWEEN.join([part for file in sorted(_files(root)) for part in file])


def _files(root: str) -> Iterator[tuple[str, str]]:
    """Path from ``root`` and facts of each file there, and of what cannot be listed."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            entries = os.scandir(f"{root}/{folder}")
        except OSError as error:
            yield folder, str(error.errno)
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir(follow_symlinks=False):
                    if name != "__pycache__":
                        pending.append(f"{folder}{name}/")
                elif not _left_by_an_editor(name):
                    try:
                        facts = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue
                    yield f"{folder}{name}", f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"


def _left_by_an_editor(name: str) -> bool:
    """Whether text editors put a file of this name beside what they edit, for a while. No text,
    picture or template is called so (:mod:`portraits.content_folder`)."""
    return name.endswith("~") or name.startswith(".#") or (
        name.startswith(".") and name.endswith((".swp", ".swo", ".swx")))


def last_build(output: Path) -> LastBuild | None:
    """The build that made what stands in ``output``; None where that is not known."""
    if not is_ours(output):  # looking must not leave a working folder anywhere
        return None
    try:
        with opened(output) as releases:
            stored, number = releases.fact(FACT) or b"", releases.number
        head, _, content = stored.decode("utf-8", "surrogateescape").partition("\n")
        frame, lines, portraits, files, release = json.loads(head)
        last = LastBuild(Inputs(frame, content), tuple(lines), portraits, files, release)
    except (PublishingError, OSError, ValueError, TypeError):
        return None
    return last if release == number else None


def remember(last: LastBuild, output: Path) -> None:
    """Note what a build was made from, with the release that it published."""
    head = json.dumps((last.inputs.frame, last.lines, last.portraits, last.files, last.release))
    with opened(output) as releases:
        if releases.number == last.release:
            releases.remember(
                FACT, f"{head}\n{last.inputs.content}".encode("utf-8", "surrogateescape"))


def stands_untouched(last: LastBuild, inspection: Inspection) -> bool:
    """Whether every file that the last build published stands as it left it."""
    import sqlite3

    try:
        return inspection.release == last.release and not inspection.touched()
    except sqlite3.Error:
        return False


def edited_files(before: Inputs, now: Inputs) -> tuple[str, ...] | None:
    """The content files that were edited: none where nothing has changed at all. Paths from the
    content folder, POSIX separators.

    None when anything else is other than it was.
    """
    if before == now:
        return ()
    old, new = before.content.split(_BETWEEN), now.content.split(_BETWEEN)
    if before.frame != now.frame or old[::2] != new[::2]:
        return None
    return tuple(path for path, was, facts in zip(new[::2], old[1::2], new[1::2], strict=True)
                 if was != facts)
