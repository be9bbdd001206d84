"""Long lists cut into pages that stay what they are.

Pages are counted from the oldest portrait: page 1 is full and never changes when a
portrait is added at the other end. The newest page has no number; it stands at the list's
own address and holds between one and two pages' worth.

    30 portraits, 12 a page:   /list/ (18 newest)   /list/page/1/ (12 oldest)
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
    """The pages of a list (newest first), newest page first. A list without anything has
    one page."""
    full = max(0, length // size - 1)
    first = length - full * size
    numbered = (
        Slice(number, length - number * size, length - (number - 1) * size)
        for number in range(full, 0, -1))
    return (Slice(None, 0, first), *numbered)
