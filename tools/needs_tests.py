"""Whether the tests have anything to say about what changed since a commit.

    python tools/needs_tests.py COMMIT      prints tests=true or tests=false, as GitHub reads it

The tests hold the tool, not the series: a portrait, a page or a setting changes nothing for them.
Where it cannot be known what changed, they are needed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOL = (".github", "Makefile", "benchmarks", "plugins", "pyproject.toml", "tasks.py", "tests",
        "theme", "tools", "uv.lock")
"""What the tests hold: the code, the theme, the tests, and what they run with."""


def needed(since: str, folder: Path) -> bool:
    """Whether something of the tool changed between a commit and what is checked out."""
    if not since or since.startswith("-"):
        return True
    return subprocess.run(  # noqa: S603 - a commit and our own names
        ["git", "diff", "--quiet", since, "HEAD", "--", *TOOL],  # noqa: S607 - whichever git
        cwd=folder, check=False, stderr=subprocess.DEVNULL).returncode != 0


if __name__ == "__main__":
    print(f"tests={str(needed(''.join(sys.argv[1:2]), Path.cwd())).lower()}")
