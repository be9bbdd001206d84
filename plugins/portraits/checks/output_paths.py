"""Check that paths stay inside the site and are distinct on every file system.

Addresses are checked where they are written (:mod:`portraits.reader.front_matter.reading`,
:mod:`portraits.checks.series`), with file and line. This is the last check, which also covers other
people's plugins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from portraits.support.messages import msg

_LONGEST = 255
"""Maximum length of a file name in bytes (POSIX ``NAME_MAX`` of common file systems)."""
_BAD = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|[\\\x00-\x1f\x7f]")
_LONG = re.compile(rf"[^/]{{{_LONGEST // 4},}}")
_OWN = ".portraits-release"


def misplaced(paths: Collection[str], twice: Iterable[str] = ()) -> list[str]:
    """Return what is wrong with the ``paths`` of the site's files, in sentences.

    ``twice`` are paths that two different pages use.
    """
    faults: list[str] = [msg("output.twice", path=path) for path in sorted(set(twice))]
    folded: dict[str, str] = {}
    for path in paths:
        if _BAD.search(path) or path.startswith(_OWN) or _too_long(path):
            faults.append(msg("output.outside", path=repr(path)))
        other = folded.setdefault(as_stored(path), path)
        if other is not path:
            faults.append(msg("output.alike", path=path, other=other))
    folders = {path.rpartition("/")[0] for path in folded}
    while folders:
        faults += [
            msg("output.folder", path=folded[folder]) for folder in sorted(folders & folded.keys())
        ]
        folders = {folder.rpartition("/")[0] for folder in folders} - {""}
    return faults


def as_stored(path: str) -> str:
    """Return ``path`` as seen by file systems that ignore case and normalise Unicode."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def _too_long(path: str) -> bool:
    return bool(_LONG.search(path)) and any(
        len(part.encode("utf-8", "surrogatepass")) > _LONGEST for part in path.split("/")
    )
