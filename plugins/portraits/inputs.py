"""Whether anything that a build depends on is other than it was: known without Pelican.

    inputs = settings' values, content, theme, this plugin's code, installed packages,
             the day, and what the command line asked for

Of files, path, size, time stamp and inode are compared, as make and git do. That a file
was touched costs a build that finds nothing to do; what the build then compares is content.
The published site is looked at as well: a file that was deleted or edited there is no match.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import runpy
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portraits.digests import digest
from portraits.releases import PublishingError, is_ours, opened

FACT = "last-build"


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build was made from, and what it said."""

    inputs: str
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


def fingerprint(asked: Asked, settled: Settled) -> str | None:
    """Hash of everything that a build depends on; None when there is no telling the day."""
    packages = Path(sysconfig.get_paths()["purelib"])
    try:
        day = asked.now or _today(str(settled.values.get("TIMEZONE", "UTC")))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    parts: list[bytes | str] = [
        sys.version, repr(settled), str(settled.output), day, str(asked.drafts),
        str(packages.stat().st_mtime_ns)]
    for folder in (settled.content, Path(settled.values["THEME"]), Path(__file__).parent):
        parts += _listing(str(folder))
    return digest(*parts).hex()


def _today(zone: str) -> str:
    return dt.datetime.now(tz=ZoneInfo(zone)).date().isoformat()


def _listing(folder: str) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield f"{folder} {error.errno}"
        return
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _listing(entry.path)
        else:
            facts = entry.stat(follow_symlinks=False)
            yield f"{entry.path}\0{facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"


def unchanged(inputs: str, output: Path) -> LastBuild | None:
    """The last build, when it was made from these inputs and its site stands untouched."""
    if not is_ours(output):  # looking must not leave a working folder anywhere
        return None
    try:
        with opened(output) as releases:
            stored = releases.fact(FACT)
            if not stored:
                return None
            last = LastBuild(**json.loads(stored))
            if last.inputs != inputs or last.release != releases.number:
                return None
            return last if releases.files().keys() == releases.recorded() else None
    except (PublishingError, OSError, ValueError, TypeError):
        return None


def remember(last: LastBuild, output: Path) -> None:
    """Note what a build was made from, with the release that it published."""
    with opened(output) as releases:
        if releases.number == last.release:
            releases.remember(FACT, json.dumps(asdict(last)).encode())
