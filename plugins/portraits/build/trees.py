"""Write the folders that hold a release. Files are added and replaced, never modified in place.

Folders are real folders: nothing is written, replaced or removed through a symbolic link.

Releases share unchanged files as hard links. Writing into a file would change the earlier release
that shares it, so a changed file replaces the link.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from portraits.support.symlinks import open_itself, refuse_links

STAMP = ".portraits-release"
"""File in each finished release that contains its number; also the output folder's marker."""
MODE = 0o644
"""Permissions of every file, whatever the umask, where files have such."""
_HAS_MODES = os.name == "posix"
_NO_LINKS = (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP, errno.EINVAL)
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class Tree:
    """A folder of files. Paths are relative, with POSIX separators.

    Every method raises LinkRefused if a folder of its path is a symbolic link.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folders = {""}

    def write(self, path: str, content: bytes) -> tuple[int, int]:
        """Write ``content`` to ``path``, which must not exist; return its size and its mtime in
        ns."""
        handle = open_itself(self._place(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(handle, view) :]
            facts = os.fstat(handle)
            if not has_our_mode(facts):  # the umask cleared some bits
                os.fchmod(handle, MODE)
        finally:
            os.close(handle)
        return facts.st_size, facts.st_mtime_ns

    def take(self, path: str, source: Path) -> None:
        """Move the file ``source`` to ``path``."""
        os.replace(source, self._place(path))  # noqa: PTH105 - like os.link

    def link(self, path: str, source: str) -> None:
        """Make ``path`` a hard link to ``source``, or a copy if the file system has no hard
        links."""
        target = self._place(path)
        with suppress(FileNotFoundError):
            os.unlink(target)  # noqa: PTH108 - hot
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            shutil.copy2(source, target)

    def remove(self, path: str) -> None:
        """Remove a file and the folders that it leaves empty."""
        refuse_links(self.root, path.rpartition("/")[0])
        with suppress(FileNotFoundError, NotADirectoryError):
            (self.root / path).unlink()
        while path := path.rpartition("/")[0]:
            try:
                (self.root / path).rmdir()
            except OSError:
                break
            self._folders.discard(path)

    def link_all(self, published: Path, paths: Iterable[str]) -> None:
        """Link ``paths`` of ``published``; skip those that are not files there."""
        for path in paths:
            with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                self.link(path, f"{published}/{path}")

    def _place(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            self._make(folder)
        return f"{self.root}/{path}"

    def _make(self, folder: str) -> None:
        above = folder.rpartition("/")[0]
        if above not in self._folders:
            self._make(above)
        try:
            os.mkdir(f"{self.root}/{folder}", 0o755)  # noqa: PTH102 - hot
        except FileExistsError:
            refuse_links(self.root, folder)
        self._folders.add(folder)


def has_our_mode(facts: os.stat_result) -> bool:
    """Return whether a file has the permissions of a published one, where files have such."""
    return not _HAS_MODES or facts.st_mode & 0o777 == MODE


def stamp_of(folder: Path) -> int:
    """Return the number of the release in ``folder``; 0 if there is none of ours."""
    try:
        return int((folder / STAMP).read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def stamp_text(number: int, marks: Iterable[str] = ()) -> bytes:
    """Return the content of the stamp of a release, with the marks of the withdrawals that it
    respects (:attr:`portraits.model.withdrawn.Withdrawal.mark`)."""
    return "".join(f"{line}\n" for line in (number, *sorted(marks))).encode()


def marks_of(folder: Path) -> frozenset[str]:
    """Return the marks of the withdrawals that the release in ``folder`` respects."""
    try:
        return frozenset((folder / STAMP).read_text().split()[1:])
    except (OSError, ValueError):
        return frozenset()


def exchanged(first: Path, second: Path) -> bool:
    """Swap two folders atomically. Return False if the system cannot."""
    import ctypes

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # TypeError: Windows has no library of that name
        return False
    outcome = renameat2(
        _AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE
    )
    return bool(outcome == 0)


def sync(root: Path) -> None:
    """Flush everything under ``root`` to disk. Raise OSError if that fails.

    Does nothing on Windows, which cannot flush a folder.
    """
    if not hasattr(os, "sync"):
        return
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
