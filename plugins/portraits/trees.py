"""One release under construction: a tree in which no file is ever written in place.

    tree = (file | hard link to the same file of another release)*

What stands in the way is unlinked and created anew, because earlier releases share it. A tree that
is made from nothing may have *twins*, which are given a link to each file as it is made: two
processes that draw pages link them in passing, where the next build would wait for it.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Set
from contextlib import suppress
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import TypeVar

from portraits.values import dataclass

STAMP = ".portraits-release"
"""File in each finished tree that says which release it is; also the output folder's marker."""
_MODE = 0o644
"""Of every file, whatever the umask."""
T = TypeVar("T")
_NO_LINKS = (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP)
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@dataclass(frozen=True, slots=True)
class Tree:
    """A release under construction. Paths are relative, POSIX separators."""

    root: Path
    twins: tuple[Path, ...] = ()
    """Trees that come to hold the same files."""
    _folders: set[str] = field(default_factory=lambda: {""})
    """Folders that are known to stand."""

    def write(self, path: str, content: bytes) -> tuple[int, int]:
        """Put ``content`` at ``path``; returns its size and mtime in ns."""
        target = self._place(path)
        handle = _replacing(target, _created)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(handle, view):]
            facts = os.fstat(handle)
            if facts.st_mode & 0o777 != _MODE:  # the umask took something away
                os.fchmod(handle, _MODE)
        finally:
            os.close(handle)
        self._share(path, target)
        return facts.st_size, facts.st_mtime_ns

    def copy(self, path: str, source: Path) -> tuple[int, int]:
        """Put a copy of the file ``source`` at ``path``; returns size and mtime in ns."""
        target = self._place(path)
        _replacing(target, partial(_copied, str(source)))
        os.chmod(target, _MODE)  # noqa: PTH101 - beside os.link and os.stat
        facts = os.stat(target)  # noqa: PTH116
        self._share(path, target)
        return facts.st_size, facts.st_mtime_ns

    def link(self, path: str, source: str) -> None:
        """Put a hard link to ``source`` at ``path``; a copy where links are not to be had."""
        target = self._place(path)
        _replacing(target, partial(_linked, source))
        self._share(path, target)

    def remove(self, path: str) -> None:
        """Remove a file and the folders that it leaves empty."""
        for root in (self.root, *self.twins):
            (root / path).unlink(missing_ok=True)
        while path := path.rpartition("/")[0]:
            try:
                for root in (self.root, *self.twins):
                    (root / path).rmdir()
            except OSError:
                break
            self._folders.discard(path)

    def hold(self, published: Path, paths: Set[str]) -> None:
        """Make this tree hold ``paths`` of ``published``, whatever stands in it so far.

        A path that is gone from ``published`` is left out.
        """
        standing = dict(_inodes(self.root))
        for path in standing.keys() - paths:
            self.remove(path)
        for path in sorted(paths):
            source = f"{published}/{path}"
            with suppress(FileNotFoundError):
                if os.lstat(source).st_ino != standing.get(path):
                    self.link(path, source)

    def _place(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._make(folder)
        return f"{self.root}/{path}"

    def _make(self, folder: str) -> None:
        above = folder.rpartition("/")[0]
        if above not in self._folders:
            self._make(above)
        for root in (self.root, *self.twins):
            with suppress(FileExistsError):
                os.mkdir(f"{root}/{folder}", 0o755)  # noqa: PTH102 - hot
        self._folders.add(folder)

    def _share(self, path: str, target: str) -> None:
        for twin in self.twins:
            _replacing(f"{twin}/{path}", partial(_linked, target))


def _replacing(target: str, make: Callable[[str], T]) -> T:
    """Make ``target``, which ``make`` refuses to do where something stands."""
    try:
        return make(target)
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108 - hot
        return make(target)


def _created(target: str) -> int:
    return os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)


def _copied(source: str, target: str) -> None:
    with Path(source).open("rb") as old, Path(target).open("xb") as new:
        shutil.copyfileobj(old, new)


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _copied(source, target)
        shutil.copystat(source, target)


def _inodes(root: Path) -> Iterator[tuple[str, int]]:
    """Path and inode of everything under ``root`` that is no folder."""
    pending = [""]
    while pending:
        folder = pending.pop()
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{folder}{entry.name}/")
                else:
                    yield f"{folder}{entry.name}", entry.inode()


def working_folder(output: Path) -> Path:
    """Where the releases of ``output`` are built: beside it, on the same disk."""
    return output.parent / f".{output.name}.portraits"


def stamp_of(folder: Path) -> int:
    """Number of the release that stands in ``folder``; 0 when there is none of ours."""
    try:
        return int((folder / STAMP).read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def exchanged(first: Path, second: Path) -> bool:
    """Let two folders change places in one step. False where the system cannot."""
    import ctypes

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    outcome = renameat2(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second),
                        _RENAME_EXCHANGE)
    return bool(outcome == 0)


def sync(root: Path) -> None:
    """Everything written under ``root`` is on its disk when this returns. Raises OSError."""
    import ctypes

    handle = os.open(root, os.O_RDONLY)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if hasattr(libc, "syncfs"):
            if libc.syncfs(handle) != 0:
                code = ctypes.get_errno()
                raise OSError(code, os.strerror(code))
        else:
            os.sync()
    finally:
        os.close(handle)
