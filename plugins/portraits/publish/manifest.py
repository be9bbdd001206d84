"""Read and write the list that a publication leaves at its target: the files that are ours there.

    {"version": 1, "files": {"index.html": "", ...}}

Only listed files are ever replaced or deleted. Each file has a mark, whose meaning depends on the
kind of target, and which is empty where it has none. A list that cannot be read counts as empty:
then nothing at the target is ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

_VERSION = 1


def written(marks: Mapping[str, str]) -> bytes:
    """Return the list as bytes, the same for the same files."""
    content = {"version": _VERSION, "files": dict(marks)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=0).encode() + b"\n"


def read(content: bytes | None) -> dict[str, str]:
    """Return the mark of each path. Paths that lead out of the target are dropped: a list can be
    forged."""
    try:
        files = json.loads(content or b"")["files"]
        return {path: str(mark) for path, mark in files.items() if _stays_inside(path)}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _stays_inside(path: str) -> bool:
    return path.isprintable() and not any(part in ("", ".", "..") for part in path.split("/"))
