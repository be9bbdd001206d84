"""Describe a publication, in the editor's language.

+ new file        ~ replaced file        - deleted file
"""

from __future__ import annotations

from collections.abc import Sequence

from portraits.publish.changes import Changes
from portraits.support.messages import msg

_SHOWN = 20
"""Maximum number of names of each kind."""


def described(changes: Changes, target: str) -> str:
    """Return what will change at ``target``: the numbers, then the names."""
    unchanged = msg("publish.files", count=changes.unchanged)
    if not changes.count:
        return msg("publish.nothing_to_change", target=target, unchanged=unchanged)
    counts = ", ".join(
        msg(key, count=len(paths))
        for paths, key in (
            (changes.added, "publish.added"),
            (changes.changed, "publish.changed"),
            (changes.removed, "publish.removed"),
        )
        if paths
    )
    return "\n".join(
        (
            msg("publish.changes_of_some", target=target, changes=counts, unchanged=unchanged)
            if changes.unchanged
            else msg("publish.changes", target=target, changes=counts),
            *_listed("+", changes.added),
            *_listed("~", changes.changed),
            *_listed("-", changes.removed),
        )
    )


def in_the_way(changes: Changes, target: str) -> str:
    """Return why a publication refuses to replace files that somebody else put there."""
    return "\n".join(
        (
            msg("publish.in_the_way", target=target, count=len(changes.in_the_way)),
            *_listed("~", changes.in_the_way),
        )
    )


def _listed(sign: str, paths: Sequence[str]) -> list[str]:
    """Return a line for each file, pages first."""
    pages_first = sorted(paths, key=lambda path: (not path.endswith(".html"), path))
    lines = [f"  {sign} {path}" for path in pages_first[:_SHOWN]]
    if len(paths) > _SHOWN:
        lines.append(f"  {sign} {msg('publish.more', count=len(paths) - _SHOWN)}")
    return lines
