"""What changed in the series since the published release, and how far it can be seen.

    series = base portrait*          base: code, templates, settings, pages, photos
    portrait = source relations digest

Where the base is the same, the same portraits stand in the same order, and those that were
edited are related to the others as before (:attr:`Outline.relations`), an edit is seen in
few places: the portrait's own files, the pages and feeds that carry its answers, the numbers,
the search. No key of any other file can have changed, and none is computed.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass

from portraits.library import Library

FACT = "series"
MOST = 50
"""Edits at once that are followed one by one."""


@dataclass(frozen=True, slots=True)
class SeriesState:
    """A published series, as far as the next build must know it."""

    release: int
    base: bytes
    portraits: tuple[tuple[str, str, str], ...]
    """(source, relations, digest) of each published portrait, in the library's order."""

    def packed(self) -> bytes:
        """For the releases to remember."""
        return pickle.dumps((self.release, self.base, self.portraits), protocol=5)


def unpacked(packed: bytes | None) -> SeriesState | None:
    """The state that was packed; None when there is none or it cannot be read."""
    if not packed:
        return None
    try:
        return SeriesState(*pickle.loads(packed))  # noqa: S301 - our own file, beside the site
    except (pickle.UnpicklingError, TypeError, ValueError, EOFError):
        return None


def state_of(library: Library, base: bytes, release: int) -> SeriesState:
    """The state of a library that is published as ``release``."""
    return SeriesState(release, base, tuple(
        (outline.source, outline.relations, outline.digest) for outline in library.portraits))


def edited(before: SeriesState | None, now: SeriesState) -> frozenset[str] | None:
    """Sources of the portraits whose text alone was edited; None when more than that
    happened, so that every file must be looked at."""
    if before is None or before.release != now.release or before.base != now.base:
        return None
    if len(before.portraits) != len(now.portraits):
        return None
    changed = [new for old, new in zip(before.portraits, now.portraits, strict=True) if old != new]
    if len(changed) > MOST:
        return None
    related = {source: relations for source, relations, _ in before.portraits}
    order_is_kept = all(
        old[0] == new[0] for old, new in zip(before.portraits, now.portraits, strict=True))
    if not order_is_kept or any(related[new[0]] != new[1] for new in changed):
        return None
    return frozenset(source for source, _, _ in changed)
