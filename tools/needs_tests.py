"""Tell whether the changes since a commit require the tests to run.

    python tools/needs_tests.py COMMIT      prints tests=true or tests=false, as GitHub reads it

The tests check the tool, not the series: a change of a portrait, a page or a setting does not
affect them. If the changes cannot be determined, the tests must run.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOL = (
    ".github",
    ".pre-commit-config.yaml",
    "Makefile",
    "benchmarks",
    "namespace",
    "plugins",
    "pyproject.toml",
    "tasks.py",
    "tests",
    "theme",
    "tools",
    "uv.lock",
)
"""Paths that the tests depend on: the code, the theme, the tests, and what they run with."""


def needed(since: str, folder: Path) -> bool:
    """Return whether any of TOOL changed between the commit ``since`` and HEAD."""
    if not since or since.startswith("-"):
        return True
    return (
        subprocess.run(  # noqa: S603 - a commit and our own names
            ["git", "diff", "--quiet", since, "HEAD", "--", *TOOL],  # noqa: S607 - whichever git
            cwd=folder,
            check=False,
            stderr=subprocess.DEVNULL,
        ).returncode
        != 0
    )


if __name__ == "__main__":
    print(f"tests={str(needed(''.join(sys.argv[1:2]), Path.cwd())).lower()}")
