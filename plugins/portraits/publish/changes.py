"""Compute what a publication changes, and in which order.

    added    in the site, not at the target         changed   at the target, with other bytes
    removed  at the target because of us, no longer in the site

Readers visit the site while its files change one by one. So a file is sent before the pages that
link to it, and deleted after them:

    pictures, styles, scripts  ->  pages  ->  feeds and site maps  ->  deletions

and in each of these groups, new files are sent before replaced ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from portraits.model import addresses
from portraits.output.media_types import BY_NAME
from portraits.publish.site import OURS_ALONE, entries_in, file_digest

_ANNOUNCE = frozenset({*BY_NAME, addresses.SITEMAP, "robots.txt"})


@dataclass(frozen=True, slots=True)
class TargetState:
    """The state of a target."""

    same: frozenset[str] = frozenset()
    """Files of the site that are already there with the same bytes."""
    different: frozenset[str] = frozenset()
    """Files of the site whose name exists there with other bytes."""
    ours: frozenset[str] = frozenset()
    """Files that earlier publications put there."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes to make at a target. Each tuple is sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    in_the_way: tuple[str, ...]
    """Those of ``changed`` that somebody else put there."""
    unlisted: bool
    """True if the list at the target differs from the site's."""

    @property
    def count(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)

    @property
    def nothing(self) -> bool:
        """True if the target is up to date."""
        return not self.count and not self.unlisted


def compare(paths: Collection[str], standing: TargetState) -> Changes:
    """Return the changes that make ``paths`` the only files of ours at a target."""
    site = frozenset(paths)
    return Changes(
        added=tuple(sorted(site - standing.same - standing.different)),
        changed=tuple(sorted(standing.different)),
        removed=tuple(sorted(standing.ours - site)),
        unchanged=len(standing.same),
        in_the_way=tuple(sorted(standing.different - standing.ours)),
        unlisted=standing.ours != site,
    )


def between(before: Path, after: Path) -> Changes:
    """Return the changes from the site in one folder to that in another, for people to read."""
    old, new = (
        frozenset(path for path, _ in entries_in(folder)) - OURS_ALONE for folder in (before, after)
    )
    different = {path for path in old & new if not _is_same(before / path, after / path)}
    return compare(new, TargetState((old & new) - different, frozenset(different), old))


def _is_same(one: Path, other: Path) -> bool:
    if one.samefile(other):  # releases share files
        return True
    sizes = {path.stat().st_size for path in (one, other)}
    return len(sizes) == 1 and file_digest(one) == file_digest(other)


def sent_in_order(changes: Changes) -> tuple[tuple[str, ...], ...]:
    """Return the files to send, in groups; each group must be complete before the next is begun."""
    ranks = (0, 1, 2)
    return tuple(
        group
        for rank in ranks
        for paths in (changes.added, changes.changed)
        if (group := _of_rank(rank, paths))
    )


def deleted_in_order(changes: Changes) -> tuple[tuple[str, ...], ...]:
    """Return the files to delete, in groups: pages before the files they link to."""
    return tuple(group for rank in (2, 1, 0) if (group := _of_rank(rank, changes.removed)))


def _of_rank(rank: int, paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if _rank(path) == rank)


def _rank(path: str) -> int:
    name = path.rpartition("/")[2]
    if name in _ANNOUNCE or (name.startswith("sitemap") and name.endswith(".xml")):
        return 2
    return 1 if name.endswith(".html") else 0
