"""Long lists cut into pages that stay what they are.

Pages are counted from the oldest portrait: page 1 is full and never changes when a
portrait is added at the other end. The newest page has no number; it stands at the list's
own address and holds between one and two pages' worth.

    30 portraits, 12 a page:   /list/ (18 newest)   /list/page/1/ (12 oldest)
"""

from __future__ import annotations

from collections.abc import Sequence

from portraits import addresses
from portraits.settings import Settings
from portraits.values import dataclass
from portraits.views import Link, Pagination


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


def pagination(
    settings: Settings, address: str, pages: Sequence[Slice], current: Slice
) -> Pagination | None:
    """How to get from one page of a list to the others; None when there is only one.

    A numbered page shows its number and its two neighbours only: were it to say how many
    there are, each new page would rewrite all the others.
    """
    if len(pages) == 1:
        return None

    def path(page: Slice) -> str:
        return settings.path(addresses.numbered(address, page.number))

    newest = current.number is None
    position = len(pages) - (current.number or len(pages))
    return Pagination(
        current=current.number or 0, last=len(pages) if newest else 0,
        newer=path(pages[position - 1]) if position else "",
        older=path(pages[position + 1]) if position + 1 < len(pages) else "",
        pages=tuple(Link(str(page.number or ""), path(page)) for page in pages) if newest else (),
    )
