"""Edit and rebuild a series: a content folder, a theme and settings.

    workspace = Workspace(folder, small_series)      workspace.build()
    workspace.edit("ana", "Oui.", "Non.")       workspace.build().written
    workspace.grown() == workspace.fresh()           incremental and clean builds are equal

The edits of editors over the years are in :mod:`tests.site.work`.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from portraits.build.site import BuildReport
from portraits.host.running import build, plain_settings
from portraits.options import BuildOptions, options_from

from benchmarks.generate import write_series
from tests.conftest import DAY, OWN_SETTINGS, ROOT
from tests.fixtures.templates import share_templates
from tests.site.test_builds import tree

Tree = dict[str, str]
"""Path of each file of a site -> hash of its content."""


class MadePage(NamedTuple):
    """A page made by a build."""

    kind: str
    key: str
    written: tuple[str, ...]
    """Paths of its files that are not what they were."""


def small_series(content: Path) -> None:
    """Write three portraits that link to each other."""
    shutil.copytree(ROOT / "tests/cases/small-site", content)


def generated_series(content: Path) -> None:
    """Write fifteen long portraits, so that every list has several pages."""
    write_series(content, 15)


@dataclass
class Workspace:
    """One series and the site built from it, in the output ``grown``."""

    folder: Path
    series: Callable[[Path], None] = small_series
    settings: dict[str, Any] = field(default_factory=dict)
    """What ``PORTRAITS`` says besides the settings of the tests; no pictures unless it says so."""
    today: dt.date = field(default_factory=lambda: dt.date.fromisoformat(DAY))
    own_theme: bool = False
    """The theme is a copy, to be changed."""
    more_settings: str = ""
    """More lines of the settings file."""

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.content, self.theme = self.folder / "content", ROOT / "theme"
        self.series(self.content)
        self.settings = {"pictures": False, **self.settings}
        if self.own_theme:
            self.theme = self.folder / "theme"
            shutil.copytree(ROOT / "theme", self.theme)

    # -- files

    def portrait(self, name: str) -> Path:
        """Return the path of a portrait."""
        return self.content / "portraits" / f"{name}.md"

    @property
    def output(self) -> Path:
        return self.folder / "grown"

    def page(self, address: str) -> str:
        """Return a page of the site."""
        return (self.output / address / "index.html").read_text(encoding="utf-8")

    def shows(self, address: str, text: str) -> bool:
        """Return whether a page contains a text, ignoring differences in spaces."""
        return _spaced(text) in _spaced(html.unescape(self.page(address)))

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text in a portrait's file, once."""
        change(self.portrait(name), old, new)

    def write(self, name: str, text: str) -> None:
        self.portrait(name).write_text(text, encoding="utf-8")

    def set(self, name: str, /, **keys: object) -> None:
        """Set keys of a portrait's front matter; None removes one."""
        front, body = front_and_body(self.portrait(name))
        front.update(keys)
        self.write(
            name, joined({key: value for key, value in front.items() if value is not None}, body)
        )

    # -- building

    def options(self, output: str = "grown", cache: str = "cache", **more: Any) -> BuildOptions:
        share_templates(self.folder / cache)
        settings = self.folder / "conf.py"
        settings.write_text(
            f"{OWN_SETTINGS}PORTRAITS = {{**PORTRAITS, **{self.settings!r}}}\n"
            f"PATH = {str(self.content)!r}\nTHEME = {str(self.theme)!r}\n"
            f"CACHE_PATH = {str(self.folder / cache)!r}\n"
            f"OUTPUT_PATH = {str(self.folder / output)!r}\n{self.more_settings}",
            encoding="utf-8",
        )
        values = plain_settings(settings)
        assert values is not None
        self.values = values
        return options_from(
            values, **{"now": self.today.isoformat(), "processes": 1, "durable": False, **more}
        )

    def build(self, **more: Any) -> BuildReport:
        """Build as ``portraits build`` does; ``more`` are further options."""
        options = self.options(**more)
        return build(self.values, options)

    def grown(self) -> Tree:
        """Return the site built incrementally."""
        return tree(self.output)

    def fresh(self, **more: Any) -> Tree:
        """Return the site of a clean build."""
        output, cache = self.folder / "fresh", self.folder / "fresh-cache"
        try:
            self.build(output=output.name, cache=cache.name, **more)
            return tree(output)
        finally:
            for folder in (output, cache, self.folder / ".fresh.portraits"):
                shutil.rmtree(folder, ignore_errors=True)


def _spaced(text: str) -> str:
    return "".join(re.sub("<[^>]*>", " ", text).split())


def change(path: Path, old: str, new: str) -> None:
    """Replace a text that occurs exactly once."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def front_and_body(path: Path) -> tuple[dict[str, Any], str]:
    """Split a portrait's file into front matter and body."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def joined(front: dict[str, Any], body: str) -> str:
    """Join front matter and body to a portrait's file."""
    return f"---\n{yaml.safe_dump(front, sort_keys=False, allow_unicode=True)}---\n{body}"


def differences(one: Tree, other: Tree) -> list[str]:
    """Return the paths of files that differ between two sites."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
