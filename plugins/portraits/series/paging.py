"""Cut long lists into pages whose content stays the same when portraits are added.

Pages are numbered from the oldest portrait: page 1 is full and never changes when a portrait is
added at the other end. The newest page has no number; it is served at the list's own address and
holds between one and two pages' worth of portraits.

    30 portraits, 12 per page:   /list/ (18 newest)   /list/page/1/ (12 oldest)
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slice:
    """The portion of a list that one page shows."""

    number: int | None
    """None for the newest page."""
    start: int
    stop: int


def slices(length: int, size: int) -> tuple[Slice, ...]:
    """Return the pages of a list of ``length`` items (newest first), ``size`` per page.

    The newest page comes first. An empty list has one page.
    """
    full = max(0, length // size - 1)
    first = length - full * size
    numbered = (
        Slice(number, length - number * size, length - (number - 1) * size)
        for number in range(full, 0, -1)
    )
    return (Slice(None, 0, first), *numbered)
