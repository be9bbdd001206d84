"""A file of the site before it is made.

    key = hash of everything that the file shows

Equal keys mean equal bytes, so a file whose key is that of the published one is neither
rendered nor written. A page's ``make`` may look only at what its key covers.

Files that show the same portraits are a *group*: one process derives what is around these
portraits and makes what is to be made. A group has a key of its own, which covers all its files,
so that the groups that show what they showed are not taken apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from portraits.values import dataclass

WHOLE_SERIES = "series"
"""The ``near`` of files that show something of every portrait."""


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
    """What it has in common with other files: WHOLE_SERIES, or that of feeds, which share entries.
    They are made one after the other, by one process: what a process looks at becomes its own
    copy, and what it renders it renders once."""
    verified: bool = False
    """``make`` gives nothing that is not well formed: it has looked at the parts."""


@dataclass(frozen=True, slots=True)
class Group:
    """Files that are looked at by one process."""

    name: str
    """Under which its key is kept with the published site."""
    paths: tuple[str, ...]
    """Where its files are to stand, from the site's root."""
    look: Callable[[], Look]


@dataclass(frozen=True, slots=True)
class Look:
    """What a group's files show."""

    key: bytes
    """Hash of all of it."""
    specs: Callable[[], Iterable[PageSpec]]
    kept: Callable[[], Iterable[tuple[str, bytes]]]
    """Names and values of what is to be kept with the published site."""
