"""List the files to publish: every regular file of a built site, except our own bookkeeping.

The build's stamp (:data:`~portraits.build.releases.STAMP`) is not published: it counts the builds
of one machine. The list of a publication (:data:`MANIFEST`) is written separately at each target.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portraits.build.releases import PublishingError
from portraits.build.trees import STAMP
from portraits.support.messages import msg

MANIFEST = ".portraits-publication.json"
"""File at a target that lists what was published there."""
_SITEMAP = "Sitemap: "
OURS_ALONE = frozenset({STAMP, MANIFEST})
"""Names at the root that never belong to a site."""


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A built site in a folder."""

    folder: Path
    paths: tuple[str, ...]
    """Its files, sorted; relative paths with POSIX separators."""

    def file(self, path: str) -> Path:
        return self.folder / path

    def digest(self, path: str) -> str:
        """Return the SHA-256 of a file's bytes, in hexadecimal."""
        return file_digest(self.file(path))


def read_site(folder: Path) -> BuiltSite:
    """Return the site in ``folder``.

    Raise PublishingError if there is none, or if it contains something that is not a regular file
    or whose name cannot be part of a web address.
    """
    if not (folder / "index.html").is_file():
        raise PublishingError(msg("publish.no_site", folder=folder))
    paths = []
    for path, entry in entries_in(folder):
        if path in OURS_ALONE:
            continue
        if entry.is_symlink() or not entry.is_file():
            raise PublishingError(msg("publish.not_a_file", path=folder / path))
        if not path.isprintable():
            raise PublishingError(msg("publish.unpublishable_name", path=repr(path)))
        paths.append(path)
    return BuiltSite(folder, tuple(sorted(paths)))


def address_of(folder: Path) -> str | None:
    """Return the address for which the site in ``folder`` was built; empty for a preview.

    None if its ``robots.txt`` is somebody else's, or absent, as in a blog.
    """
    try:
        lines = (folder / "robots.txt").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    if "Disallow: /" in lines:
        return ""
    return next((line.removeprefix(_SITEMAP) for line in lines if line.startswith(_SITEMAP)), None)


def entries_in(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield everything under ``folder`` except folders, with its relative path; do not follow
    links."""
    waiting = [""]
    while waiting:
        under = waiting.pop()
        with os.scandir(folder / under) as found:
            for entry in found:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{under}{entry.name}/")
                else:
                    yield f"{under}{entry.name}", entry


def file_digest(file: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
