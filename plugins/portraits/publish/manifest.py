"""The list that a publication leaves at its target: the files that are ours there.

    {"version": 1, "files": {"index.html": "", ...}}

Only what it lists is ever replaced or deleted. Each file has a mark, which means something
to the kind of target that wrote it, and is empty elsewhere. A list that cannot be read
lists nothing: then nothing at the target counts as ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

_VERSION = 1


def written(marks: Mapping[str, str]) -> bytes:
    """The list as it is kept, the same bytes for the same files."""
    content = {"version": _VERSION, "files": dict(marks)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=0).encode() + b"\n"


def read(content: bytes | None) -> dict[str, str]:
    """Path -> mark. Paths that lead out of the target are left out: a list can be forged."""
    try:
        files = json.loads(content or b"")["files"]
        return {path: str(mark) for path, mark in files.items() if _stays_inside(path)}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _stays_inside(path: str) -> bool:
    return path.isprintable() and not any(part in ("", ".", "..") for part in path.split("/"))
