"""Choose the database that a build works with.

    identity = code, versions of installed packages, settings, content folder, preview or not,
               the people who are off the site

A database holds what one version of the code made under one set of settings; another version gets
another database. So pages never need to depend on the code or on the settings, and
nothing that was kept of a person outlives their withdrawal: the whole database goes.
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
    """Return a hash of this plugin's code and of the names and versions of all installed
    packages."""
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
    """Return ``name-version.dist-info`` of each package installed in the same folder as Jinja2."""
    from importlib.util import find_spec

    found = find_spec("jinja2")
    assert found and found.origin  # noqa: S101 - nothing of this runs without it
    beside = Path(found.origin).parent.parent
    return sorted(name for name in os.listdir(beside) if name.endswith(".dist-info"))  # noqa: PTH208


def identity_of(options: BuildOptions) -> bytes:
    """Return the identity of the database for a build."""
    return digest(
        code_digest(),
        repr(options.settings),
        str(options.content),
        options.label,
        str(options.drafts),
        str(options.guest),
        repr(options.withdrawn),
    )


def database_path(options: BuildOptions) -> Path:
    """Return the path of the database for an output folder.

    The hash in its name keeps apart output folders of the same name.
    """
    name = digest(str(options.output)).hex()[:8]
    return options.cache / f"{options.output.name}-{name}.sqlite"
