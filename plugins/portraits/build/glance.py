"""Whether anything that a build reads may be other than it was: known by a glance at its files.

    glance = day, (path size time-stamp inode)* of the content and of the theme

As make and git do, facts of files are compared. That a file was touched costs a build that finds
nothing to do; what the build then compares is content. The published site is looked at as well: a
file that was deleted or edited there is made again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

from portraits.options import BuildOptions
from portraits.series.database import Database, connect
from portraits.support.digests import digest
from portraits.support.workers import spread

_WORTH_FORKING = 20_000
"""Files from which processes look at them sooner than this one alone."""


def glance_of(options: BuildOptions) -> bytes:
    """All that tells one state of the sources of a build from another."""
    listed = (f"{path}\0{facts}" for root in (options.content, options.theme)
              for path, facts in sorted(_files(str(root))))
    return digest(options.today.isoformat(), "\0".join(listed).encode("utf-8", "surrogateescape"))


def _files(root: str) -> Iterator[tuple[str, str]]:
    """Path from ``root`` and facts of each file there, and of what cannot be listed."""
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
                elif not _left_by_an_editor(name):
                    try:
                        facts = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue
                    yield f"{folder}{name}", f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"


def _left_by_an_editor(name: str) -> bool:
    """Whether text editors put a file of this name beside what they edit, for a while. No text,
    picture or template is called so (:mod:`portraits.support.content_folder`)."""
    return name.endswith("~") or name.startswith(".#") or (
        name.startswith(".") and name.endswith((".swp", ".swo", ".swx")))


def touched(database: Database, output: Path, processes: int = 1) -> set[int]:
    """The nodes of which a file is gone from ``output``, or was changed there since it was
    published."""
    last = database.connection.execute("SELECT max(rowid) FROM file").fetchone()[0] or 0
    if processes < 2 or last < _WORTH_FORKING:
        return set(_touched(database.path, output, (0, last)))
    ends = [last * part // processes for part in range(processes + 1)]
    found = spread(
        processes, partial(_touched, database.path, output), pairwise(ends), batch=1)
    return {node for nodes in found for node in nodes}


def _touched(path: Path, output: Path, between: tuple[int, int]) -> list[int]:
    """The same among the rows after one and up to another."""
    connection = connect(path, writing=False)
    rows = connection.execute(
        "SELECT node, path, size, mtime FROM file WHERE rowid>? AND rowid<=?", between)
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
