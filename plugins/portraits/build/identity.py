"""Which database a build works with.

    identity = code, versions of installed packages, settings, content folder, preview or not

What a database holds was made by one code under one set of settings; others have another database.
So neither code nor settings are among the things that a page can be out of date about.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from portraits.options import BuildOptions
from portraits.support.digests import digest

_CODE = (".py", ".toml", ".json", ".html", ".js", ".css")


@cache
def code_digest() -> bytes:
    """Hash of this plugin's code and of the names and versions of all installed packages."""
    root = str(Path(__file__).parent.parent)
    parts: list[bytes | str] = [sys.version]
    pending = [root]
    while pending:
        folder = pending.pop()
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.is_dir():
                pending.append(entry.path)
            elif entry.name.endswith(_CODE):
                with open(entry.path, "rb") as file:  # noqa: PTH123 - hot
                    parts += [entry.path.removeprefix(root), file.read()]
    return digest(*parts, *_installed())


def _installed() -> list[str]:
    """``name-version`` of each package beside Jinja2, as installers name their folders."""
    from importlib.util import find_spec

    found = find_spec("jinja2")
    assert found and found.origin  # noqa: S101 - nothing of this runs without it
    beside = Path(found.origin).parent.parent
    return sorted(name for name in os.listdir(beside) if name.endswith(".dist-info"))  # noqa: PTH208


def identity_of(options: BuildOptions) -> bytes:
    """The identity of the database for a build."""
    return digest(code_digest(), repr(options.settings), str(options.content), options.label,
                  str(options.drafts))


def database_path(options: BuildOptions) -> Path:
    """Where the database for an output folder is kept."""
    name = digest(str(options.output)).hex()[:8]
    return options.cache / f"{options.output.name}-{name}.sqlite"
