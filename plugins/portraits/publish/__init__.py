"""Run ``portraits publish``: copy a built site to the place that serves it.

    BuiltSite  --look-->  TargetState  --compare-->  Changes  --carry_out-->  the same site there

A publication first examines the target, so that it can report what it will change; it sends only
what differs, and replaces and deletes only files that an earlier publication put there. Publishing
twice changes nothing the second time. docs/publishing.md is the user's guide,
docs/decisions/009-publishing.md explains the design.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from portraits.build.releases import PublishingError
from portraits.publish.changes import Changes, TargetState, compare
from portraits.publish.site import BuiltSite, read_site
from portraits.publish.stepwise import SendingStopped, reason
from portraits.publish.targets import (
    FolderTarget,
    GitTarget,
    RsyncTarget,
    S3Target,
    Target,
    check_address,
    check_address_of,
    check_installed,
    chosen,
    targets_from,
)
from portraits.publish.wording import described, in_the_way
from portraits.support.messages import msg
from portraits.support.workers import Progress


class Place(Protocol):
    """A target, with the site to publish to it."""

    def look(self) -> TargetState:
        """Return what is there now, without changing anything. Raise PublishingError."""

    def carry_out(self, changes: Changes) -> None:
        """Make the changes found by the last look.

        Raise PublishingError if readers still get the old site, SendingStopped if the site is
        partly changed.
        """


def publish(
    folder: Path,
    target: Target,
    *,
    root: Path,
    say: Callable[[str], None],
    dry_run: bool = False,
    adopt: bool = False,
    forget: bool = False,
    progress: Progress | None = None,
) -> Changes:
    """Publish the site in ``folder``; return the changes, made or (with ``dry_run``) not.

    ``root`` is the project's folder, where relative folders and the git repository are. ``say``
    gets the description of the changes before they are made. With ``dry_run`` nothing is sent; with
    ``adopt`` files of the same names that others put there are replaced. With ``forget`` a branch
    keeps no earlier publication.

    Raise PublishingError, or SendingStopped if the target was left with a part of the site.
    """
    site = read_site(folder)
    if forget and not isinstance(target, GitTarget):
        raise PublishingError(msg("withdrawal.forget", target=target, kept=target.keeps))
    place = place_of(target, site, root, progress, forget=forget)
    changes = compare(site.paths, place.look())
    say(described(changes, str(target)))
    if changes.in_the_way and not adopt:
        raise PublishingError(in_the_way(changes, str(target)))
    if not dry_run and (forget or not changes.nothing):
        try:
            place.carry_out(changes)
        except OSError as error:
            where = error.filename or target
            raise PublishingError(msg("problem.at", place=where, message=reason(error))) from error
    return changes


def place_of(
    target: Target, site: BuiltSite, root: Path, progress: Progress | None, *, forget: bool = False
) -> Place:
    """Return the object that publishes ``site`` to ``target``."""
    match target:
        case GitTarget():
            from portraits.publish.git_branch import GitBranch

            return GitBranch(target, site, root, forget=forget)
        case RsyncTarget():
            from portraits.publish.rsync import RsyncServer

            return RsyncServer(target, site, root, progress)
        case S3Target():
            from portraits.publish.bucket import Bucket

            return Bucket(target, site, progress)
        case FolderTarget():
            from portraits.publish.folder import Folder

            return Folder(root / target.path, site, progress)


__all__ = [
    "Changes",
    "SendingStopped",
    "Target",
    "check_address",
    "check_address_of",
    "check_installed",
    "chosen",
    "publish",
    "targets_from",
]
