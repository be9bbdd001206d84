"""Folders that hold a release: files are put into them, never changed in them.

Releases share unchanged files as hard links; what stands in the way is replaced by another file,
because an earlier release may share it.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

STAMP = ".portraits-release"
"""File in each finished release that says its number; also the output folder's marker."""
MODE = 0o644
"""Of every file, whatever the umask."""
_NO_LINKS = (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP)
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class Tree:
    """A folder of files. Paths are relative, POSIX separators."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folders = {""}

    def write(self, path: str, content: bytes) -> tuple[int, int]:
        """Put ``content`` at ``path``, where nothing stands; returns its size and mtime in ns."""
        handle = os.open(self._place(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, MODE)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(handle, view):]
            facts = os.fstat(handle)
            if facts.st_mode & 0o777 != MODE:  # the umask took something away
                os.fchmod(handle, MODE)
        finally:
            os.close(handle)
        return facts.st_size, facts.st_mtime_ns

    def take(self, path: str, source: Path) -> None:
        """Move the file ``source`` to ``path``."""
        os.replace(source, self._place(path))  # noqa: PTH105 - beside os.link

    def link(self, path: str, source: str) -> None:
        """Put a hard link to ``source`` at ``path``; a copy where links are not to be had."""
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
        with suppress(FileNotFoundError, NotADirectoryError):
            (self.root / path).unlink()
        while path := path.rpartition("/")[0]:
            try:
                (self.root / path).rmdir()
            except OSError:
                break
            self._folders.discard(path)

    def link_all(self, published: Path, paths: Iterable[str]) -> None:
        """Share ``paths`` of ``published``; one that is no file there is left out."""
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
        with suppress(FileExistsError):
            os.mkdir(f"{self.root}/{folder}", 0o755)  # noqa: PTH102 - hot
        self._folders.add(folder)


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
