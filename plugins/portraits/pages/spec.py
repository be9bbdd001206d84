"""A file of the site before it is made.

    key = hash of everything that the file shows

Equal keys mean equal bytes, so a file whose key is that of the published one is neither
rendered nor written. A page's ``make`` may look only at what its key covers.
"""

from __future__ import annotations

from collections.abc import Callable

from portraits.values import dataclass


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One file to be."""

    address: str
    """From the site's root: ``portraits/x/`` or ``robots.txt``."""
    key: bytes
    make: Callable[[], bytes]
    heavy: bool = False
    """Takes tens of milliseconds: worth a process of its own."""
    indexed: bool = False
    """A page for the site map."""
    near: str = ""
    """What it has in common with other files: those of one portrait, which bear its source, or the
    feeds, which share entries. They are made one after the other, by one process, that reads and
    renders it once."""
