"""Refuse to write through symbolic links: a file would land in a folder that nobody named.

    root "/" part "/" … part        every part below ``root`` is looked at, the last one included

``root`` itself may be reached through links: whoever named it chose where it leads.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from portraits.support.messages import msg


class LinkRefused(OSError):
    """A symbolic link stands on the way to a file; ``filename`` is the link, ``strerror`` the
    message in the editor's language."""

    def __init__(self, link: str) -> None:
        super().__init__(errno.ELOOP, msg("machine.symbolic_link"), link)

    def __str__(self) -> str:
        return msg("problem.at", place=self.filename, message=self.strerror)


def link_on_the_way(root: Path | str, path: str) -> str:
    """Return the first part of ``path`` that is a symbolic link (``a/b`` of ``a/b/c``), or "".

    ``path`` is relative to ``root``, with POSIX separators. The search ends at the first part that
    does not exist.
    """
    end = 0
    while 0 <= end < len(path):
        end = path.find("/", end + 1)
        part = path[:end] if end > 0 else path
        try:
            os.readlink(f"{root}/{part}")  # noqa: PTH115 - hot
        except FileNotFoundError:
            return ""
        except OSError:  # not a link
            continue
        return part
    return ""


def open_itself(path: str, flags: int, mode: int = 0o777) -> int:
    """Open a file as ``os.open`` does, in binary, but no file to which a link leads.

    Raise OSError if ``path`` is a symbolic link. Where the system cannot refuse it (Windows), it is
    looked at first.
    """
    refusing = getattr(os, "O_NOFOLLOW", 0)
    if not refusing and os.path.islink(path):  # noqa: PTH114 - hot
        raise LinkRefused(path)
    return os.open(path, flags | refusing | getattr(os, "O_BINARY", 0), mode)


def refuse_links(root: Path | str, path: str) -> None:
    """Raise LinkRefused if a part of ``path`` below ``root`` is a symbolic link."""
    if link := link_on_the_way(root, path):
        raise LinkRefused(f"{root}/{link}")
