"""What a publication changes, and in which order.

    added    in the site, not at the target         changed   at the target, with other bytes
    removed  at the target because of us, no longer in the site

Where files change one by one, readers are there meanwhile. So nothing is named before it is
there, and nothing goes before the pages that named it have changed:

    pictures, styles, scripts  ->  pages  ->  feeds and site maps  ->  deletions

and in each of these, what is new comes before what is replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from portraits.model import addresses

_ANNOUNCE = frozenset({*addresses.FEEDS, addresses.OPML, addresses.SITEMAP, "robots.txt"})


@dataclass(frozen=True, slots=True)
class TargetState:
    """What is at a target now."""

    same: frozenset[str] = frozenset()
    """Files of the site that are there already, byte for byte."""
    different: frozenset[str] = frozenset()
    """Files that are there under the name of one of the site's, with other bytes."""
    ours: frozenset[str] = frozenset()
    """Files that earlier publications put there."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be done at a target. Each tuple is sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    in_the_way: tuple[str, ...]
    """Those of ``changed`` that somebody else put there."""
    unlisted: bool
    """The list at the target is not that of the site."""

    @property
    def count(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)

    @property
    def nothing(self) -> bool:
        """Whether the target is as it should be."""
        return not self.count and not self.unlisted


def compare(paths: Collection[str], standing: TargetState) -> Changes:
    """The changes that make a target hold ``paths``, and nothing of ours besides."""
    site = frozenset(paths)
    return Changes(
        added=tuple(sorted(site - standing.same - standing.different)),
        changed=tuple(sorted(standing.different)),
        removed=tuple(sorted(standing.ours - site)),
        unchanged=len(standing.same),
        in_the_way=tuple(sorted(standing.different - standing.ours)),
        unlisted=standing.ours != site)


def sent_in_order(changes: Changes) -> tuple[tuple[str, ...], ...]:
    """The files to send, in groups; one group is there before the next is begun."""
    ranks = (0, 1, 2)
    return tuple(
        group for rank in ranks for paths in (changes.added, changes.changed)
        if (group := _of_rank(rank, paths)))


def deleted_in_order(changes: Changes) -> tuple[tuple[str, ...], ...]:
    """The files to delete, in groups: what names others goes before what is named."""
    return tuple(group for rank in (2, 1, 0) if (group := _of_rank(rank, changes.removed)))


def _of_rank(rank: int, paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if _rank(path) == rank)


def _rank(path: str) -> int:
    name = path.rpartition("/")[2]
    if name in _ANNOUNCE or (name.startswith("sitemap") and name.endswith(".xml")):
        return 2
    return 1 if name.endswith(".html") else 0
