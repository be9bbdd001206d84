"""Detect changed build inputs, and changed published files, without reading them.

    glance = (path size mtime inode)* of the content and of the theme

The moment of a build matters only when a portrait became due since the last one, or is no longer.
Like make and git, this compares file metadata. A file touched without a change costs a build that
finds nothing to do, because the build itself compares content. The published site is checked as
well: a file that was deleted or edited there is made again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

from portraits.model.portrait import Status
from portraits.options import BuildOptions
from portraits.series.database import Database, connect
from portraits.series.tables import DUE, shown_by
from portraits.support.content_folder import is_left_behind
from portraits.support.digests import digest
from portraits.support.workers import spread

_WORTH_FORKING = 20_000
"""Number of files from which worker processes are faster than one process."""


def glance_of(options: BuildOptions) -> bytes:
    """Return a hash of the metadata of all source files."""
    listed = (
        f"{path}\0{facts}"
        for root in (options.content, options.theme, *options.overrides)
        for path, facts in sorted(_files(str(root)))
    )
    return digest("\0".join(listed).encode("utf-8", "surrogateescape"))


def _files(root: str) -> Iterator[tuple[str, str]]:
    """Yield the path relative to ``root`` and the metadata of each file; the errno of unreadable
    folders."""
    pending = [""]
    while pending:
        folder = pending.pop()
        try:
            entries = os.scandir(f"{root}/{folder}")
        except OSError as error:
            yield folder, str(error.errno)
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir(follow_symlinks=False):
                    if name != "__pycache__":
                        pending.append(f"{folder}{name}/")
                elif not is_left_behind(name):
                    try:
                        facts = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue
                    yield f"{folder}{name}", f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"


def due(options: BuildOptions, database: Database) -> set[str]:
    """Return the translation keys of the portraits that this moment shows or hides, unlike that of
    the last build."""
    if options.drafts:  # a preview shows everything
        return set()
    found = database.connection.execute(
        f"SELECT translation FROM portrait WHERE status=? AND ({DUE}<=?)<>(position IS NOT NULL)",
        (Status.PUBLISHED.value, shown_by(options.now)),
    )
    return {translation for (translation,) in found}


def touched(database: Database, output: Path, processes: int = 1) -> set[int]:
    """Return the nodes with a file that was removed from ``output`` or changed there since
    publication."""
    last = database.connection.execute("SELECT max(rowid) FROM file").fetchone()[0] or 0
    if processes < 2 or last < _WORTH_FORKING:
        return set(_touched(database.path, output, (0, last)))
    ends = [last * part // processes for part in range(processes + 1)]
    found = spread(processes, partial(_touched, database.path, output), pairwise(ends), batch=1)
    return {node for nodes in found for node in nodes}


def _touched(path: Path, output: Path, between: tuple[int, int]) -> list[int]:
    """Do the same for the rows whose rowid is above the first bound and not above the second."""
    connection = connect(path, writing=False)
    rows = connection.execute(
        "SELECT node, path, size, mtime FROM file WHERE rowid>? AND rowid<=?", between
    )
    folder, lstat, found = f"{output}/", os.lstat, []
    for node, name, size, mtime in rows:
        try:
            facts = lstat(folder + name)
        except OSError:
            found.append(node)
        else:
            if facts.st_size != size or facts.st_mtime_ns != mtime:
                found.append(node)
    connection.close()
    return found
