"""Show what a proposed answer changes, word by word.

    difference = line*        of each paragraph that changes; "…" stands for the others
    line       = (word | "[-" words "-]" | "{+" words "+}")*

The marks are those of ``git diff --word-diff``: they are read in a letter and without colours too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

_PIECE = re.compile(r"\n|[^\S\n]*\S+|[^\S\n]+")
"""A line's end, or a word with the space before it."""
REMOVED, ADDED = ("[-", "-]"), ("{+", "+}")


def difference(before: str, after: str) -> list[str]:
    """Return the lines that show how ``after`` differs from ``before``."""
    lines = "".join(_marked(before, after)).split("\n")
    shown: list[str] = []
    for changes, group in groupby(lines, key=_has_marks):
        if changes:
            shown += group
        elif any(line.strip() for line in group):
            shown.append("…")
    return shown


def _has_marks(line: str) -> bool:
    return REMOVED[0] in line or ADDED[0] in line


def _marked(before: str, after: str) -> Iterator[str]:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    # What is frequent in a long text is no landmark: otherwise one word, repeated, would take
    # minutes.
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from old[a:b]
            continue
        yield from _each_line(old[a:b], REMOVED)
        yield from _each_line(new[c:d], ADDED)


def _each_line(pieces: list[str], marks: tuple[str, str]) -> Iterator[str]:
    """Yield words between marks, which begin and end on one line."""
    for is_end, group in groupby(pieces, key=lambda piece: piece == "\n"):
        text = "".join(group)
        if is_end and marks is ADDED:
            yield text
        elif is_end:
            yield f"{marks[0]}¶{marks[1]}"
        else:
            bare = text.lstrip()
            yield f"{text[: len(text) - len(bare)]}{marks[0]}{bare}{marks[1]}"
