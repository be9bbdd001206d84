"""Define the options of one build: sources, destination, moment."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import portraits
from portraits.model.dates import DateRefused, in_zone, read_moment
from portraits.model.withdrawn import NOBODY, Withdrawn, read_withdrawn
from portraits.settings import Settings, settings_from
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused
from portraits.support.workers import processes_for

FOLDERS = ("PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH")
"""Settings that are paths relative to the settings file's folder."""
GUEST = "portraits"
"""Folder of the templates of portraits among those of a blog's theme."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """The options of one build. All paths are absolute."""

    root: Path
    """Folder that paths in problems are relative to; usually the working directory."""
    content: Path
    output: Path
    theme: Path
    """The folder of a theme of portraits: that of the settings, or in a blog, ours."""
    cache: Path
    settings: Settings
    now: dt.datetime
    """The moment to build for, in the time zone of the series: what is dated later is not
    published."""
    withdrawn: Withdrawn = NOBODY
    """The people who are off the site."""
    drafts: bool = False
    """A preview of everything, which search engines must not index."""
    processes: int = 1
    proof: str = ""
    """Source of the one portrait that is shown though it is not published; all others keep to
    their standing, so that a proof tells nothing of them."""
    durable: bool = True
    """Wait until files are on disk before they are served. Off for previews."""
    guest: bool = False
    """The series is a part of a blog that has a theme of its own."""
    overrides: tuple[Path, ...] = ()
    """Folders of templates that come before those of the theme, first ones first."""

    @property
    def today(self) -> dt.date:
        """The day to build for."""
        return self.now.date()

    @property
    def label(self) -> str:
        """The name of the content folder in problems."""
        return relative(self.content, self.root)


def relative(path: Path, root: Path) -> str:
    """Return ``path`` relative to ``root`` if it is inside, else unchanged; POSIX separators."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _check_paths(settings: dict[str, Any]) -> None:
    """Raise SourceRefused for each of FOLDERS that no folder can be called."""
    problems = [
        Problem(
            "pelicanconf.py",
            0,
            "bad-setting",
            msg("settings.value", name=name, value=repr(settings[name])),
            msg("settings.expected_folder_path"),
            name,
        )
        for name in FOLDERS
        if not isinstance(settings[name], str)
        or not settings[name].isprintable()
        or not settings[name].strip()
    ]
    if problems:
        raise SourceRefused(problems)


def check_folders(content: Path, output: Path, theme: Path) -> None:
    """Raise SourceRefused if the content folder is missing or a build would overwrite its
    sources."""
    problems = []
    if not content.is_dir():
        problems.append(
            Problem(
                str(content),
                0,
                "no-content",
                msg("settings.no_folder"),
                msg("settings.no_folder_hint"),
            )
        )
    real_output = Path(os.path.realpath(output))
    for source in (content, theme):
        real = Path(os.path.realpath(source))
        if (
            real_output == real
            or real_output.is_relative_to(real)
            or (real.is_relative_to(real_output))
        ):
            problems.append(
                Problem(
                    str(output),
                    0,
                    "output-over-source",
                    msg("settings.output_over_source", source=source),
                    msg("settings.output_over_source_hint"),
                )
            )
    if problems:
        raise SourceRefused(problems)


def options_from(
    settings: dict[str, Any],
    *,
    content: Path | None = None,
    output: Path | None = None,
    now: str = "",
    drafts: bool = False,
    processes: int = 0,
    durable: bool = True,
) -> BuildOptions:
    """Return the options of a build: arguments first, then the settings.

    Raise SourceRefused for an invalid date or time zone, and for folders that overlap.
    """
    _check_paths(settings)
    content = (content or Path(settings["PATH"])).resolve()
    output = Path(os.path.abspath(output or Path(settings["OUTPUT_PATH"])))  # noqa: PTH100 - keeps a link
    theme = Path(settings["THEME"]).resolve()
    check_folders(content, output, theme)
    guest = not is_theme_of_portraits(theme)
    overrides = tuple(
        Path(folder).resolve() for folder in settings.get("THEME_TEMPLATES_OVERRIDES") or ()
    )
    if guest:
        overrides = tuple(folder / GUEST for folder in (*overrides, theme / "templates"))
        theme = Path(portraits.theme())
        overrides = (*overrides, theme / GUEST)
    overrides = tuple(folder for folder in overrides if folder.is_dir())
    own = settings_from(settings)
    return BuildOptions(
        root=Path.cwd(),
        content=content,
        output=output,
        theme=theme,
        cache=Path(settings["CACHE_PATH"]).absolute(),
        settings=own,
        now=_moment(now, own.time_zone),
        withdrawn=read_withdrawn(content, relative(content, Path.cwd())),
        drafts=drafts,
        processes=processes_for(processes),
        durable=durable,
        guest=guest,
        overrides=overrides,
    )


def is_theme_of_portraits(theme: Path) -> bool:
    """Return whether a theme makes the whole site of a series; any other is that of a blog."""
    return (theme / "components.toml").is_file()


def _moment(now: str, time_zone: str) -> dt.datetime:
    """Return what ``now`` says, a day its first minute; by default the present minute."""
    zone = ZoneInfo(time_zone)
    if not now:
        return dt.datetime.now(tz=zone).replace(second=0, microsecond=0)
    try:
        day, hour = read_moment(now, "fr")
        if hour:
            return in_zone(day, hour, time_zone)
    except DateRefused as error:
        raise SourceRefused([Problem("--now", 0, "date", error.message, error.hint)]) from error
    return dt.datetime.combine(day, dt.time(), zone)
