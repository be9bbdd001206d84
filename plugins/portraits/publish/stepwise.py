"""Publish where files change one by one: a server, a bucket, a folder that cannot be swapped.

The list at the target names a file before it is sent, and until it is deleted. So after an
interruption, the next publication knows all files that are ours and continues.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from typing import Protocol

from portraits.build.releases import PublishingError
from portraits.publish.changes import Changes, TargetState, deleted_in_order, sent_in_order
from portraits.publish.site import BuiltSite
from portraits.support.messages import msg
from portraits.support.workers import Progress


class SendingStopped(PublishingError):
    """A publication failed midway: the target holds a part of the new site."""


class Steps(Protocol):
    """The steps that a target supports. Each raises PublishingError or OSError."""

    def send(self, paths: Sequence[str]) -> None:
        """Send files of the site; return when all are there."""

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files, and the folders that they leave empty."""

    def record(self, paths: Iterable[str]) -> None:
        """Write the list of the files that are ours at the target."""


def carry_out(
    steps: Steps,
    site: BuiltSite,
    standing: TargetState,
    changes: Changes,
    progress: Progress | None,
) -> None:
    """Make ``changes``, in an order in which readers never find a dead link.

    Raise SendingStopped if a step fails.
    """
    done = 0
    try:
        steps.record(standing.ours.union(site.paths))
        for act, groups in (
            (steps.send, sent_in_order(changes)),
            (steps.delete, deleted_in_order(changes)),
        ):
            for group in groups:
                act(group)
                done += len(group)
                if progress:
                    progress(msg("publish.progress"), done, changes.count)
        steps.record(site.paths)
    except PublishingError as error:
        raise SendingStopped(str(error)) from error
    except OSError as error:
        place = error.filename or site.folder
        raise SendingStopped(msg("problem.at", place=place, message=reason(error))) from error


def reason(error: OSError) -> str:
    """Return why an operation failed, in the editor's language for common errors."""
    if key := _REASONS.get(error.errno or 0):
        return msg(key)
    return error.strerror or str(error)


_REASONS = {
    errno.ENOSPC: "publish.disk_full",
    errno.EDQUOT: "publish.quota_reached",
    errno.EACCES: "publish.access_denied",
    errno.EPERM: "publish.access_denied",
    errno.EROFS: "publish.read_only",
    errno.EISDIR: "publish.folder_named_as_file",
    errno.ENOTDIR: "publish.file_named_as_folder",
    errno.EEXIST: "publish.file_named_as_folder",
}
