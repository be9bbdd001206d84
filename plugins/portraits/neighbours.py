"""The portraits before and after one in time, in its language.

In time means in the library's order: newest first, ties by slug.
"""

from __future__ import annotations

from collections.abc import Mapping

from portraits.library import Library
from portraits.outline import Outline
from portraits.values import dataclass


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The portraits next to one; None at either end of the series."""

    previous: Outline | None
    """The one before: older."""
    next: Outline | None
    """The one after: newer."""


def neighbours(library: Library) -> Mapping[tuple[str, str], Neighbours]:
    """(language, slug) -> the portraits before and after that one, for all of ``library``."""
    found: dict[tuple[str, str], Neighbours] = {}
    for outlines in library.by_lang.values():
        newer: tuple[Outline | None, ...] = (None, *outlines)
        older: tuple[Outline | None, ...] = (*outlines[1:], None)
        for after, outline, before in zip(newer, outlines, older, strict=False):
            found[outline.lang, outline.slug] = Neighbours(before, after)
    return found
