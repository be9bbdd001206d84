"""Resolve the paths of pictures and sounds of a portrait to paths in the content folder.

    path = name                         beside the Markdown file
         | "images/" name               in content/images
         | ["{static}"] "/" path        from the content folder
         | ("{static}" | "{attach}") name   beside the Markdown file

Whether the file exists is checked later, for all portraits at once, however the disk spells it.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import unquote

from portraits.support.limits import visible
from portraits.support.messages import Names, msg

EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".gif")
"""Formats that are accepted. Pictures are decoded and re-encoded before they are published."""

SOUNDS = (".mp3", ".m4a", ".ogg", ".opus")
"""Formats of sounds that are accepted: those that are small and that browsers play."""
_OTHER_SOUNDS = (".wav", ".aif", ".aiff", ".flac", ".wma", ".amr")
_VIDEOS = (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".ogv", ".mpg", ".mpeg", ".3gp")

_PREFIX = re.compile(r"[{|](?:static|attach|filename)[}|]")
_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def plain_name(path: str) -> str:
    """Return ``path`` in the form in which names of files are compared.

    macOS and some archives write accents as characters of their own (Unicode NFD), and a name may
    hold characters that nobody sees.
    """
    return path if path.isascii() else unicodedata.normalize("NFC", visible(path))


class PathRefused(ValueError):
    """A path that is refused; message and hint in the editor's language."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def inside(path: str, folder: str) -> str:
    """Resolve ``path``, written in a file of ``folder``, relative to the content folder.

    A leading ``/`` means the content folder. Raises PathRefused for a path that leaves it.
    """
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    whole = posixpath.normpath(joined)
    if "\\" in path:
        raise PathRefused(
            msg("file_path.backslash", path=path),
            msg("file_path.backslash_hint", path=path.replace("\\", "/")),
        )
    if whole == ".." or whole.startswith("../") or "\0" in path:
        raise PathRefused(msg("file_path.outside", path=path), msg("file_path.outside_hint"))
    return whole


def is_sound(path: str) -> bool:
    """Return whether ``path`` is named like a sound or a video, not like a picture."""
    return path.lower().endswith((*SOUNDS, *_OTHER_SOUNDS, *_VIDEOS))


def video_hint() -> str:
    """Return a hint, in the editor's language, for a video in the place of a sound."""
    return msg("file_path.video_hint")


def sound_path(written: str, folder: str) -> str:
    """Return the path, relative to the content folder, of a sound path ``written`` in a file of
    ``folder``.

    Raises PathRefused for an address on the web, a video, an unknown format or a path outside the
    folder.
    """
    if _SCHEME.match(written):
        raise PathRefused(
            msg("file_path.sound_elsewhere", path=written[:80]),
            msg("file_path.sound_elsewhere_hint"),
        )
    path = plain_name(unquote(_PREFIX.sub("", written, count=1)))
    if path.lower().endswith(_VIDEOS):
        raise PathRefused(msg("file_path.video", path=written[:80]), video_hint())
    if not path.lower().endswith(SOUNDS):
        raise PathRefused(
            msg("file_path.sound_format", path=written[:80]),
            msg("file_path.sound_format_hint", formats=Names(SOUNDS)),
        )
    return _in_content(path, folder)


def picture_path(written: str, folder: str) -> str:
    """Return the path, relative to the content folder, of a picture path ``written`` in a file of
    ``folder``.

    Raises PathRefused for an address on the web, an unknown format or a path outside the folder.
    """
    if _SCHEME.match(written):
        raise PathRefused(
            msg("file_path.picture_elsewhere", path=written[:80]),
            msg("file_path.picture_elsewhere_hint"),
        )
    path = plain_name(unquote(_PREFIX.sub("", written, count=1)))
    if not path.lower().endswith(EXTENSIONS):
        raise PathRefused(
            msg("file_path.picture_format", path=written[:80]),
            msg("file_path.picture_format_hint", formats=Names(EXTENSIONS)),
        )
    return _in_content(path, folder)


def _in_content(path: str, folder: str) -> str:
    return inside(f"/{path}" if path.startswith("images/") else path, folder)
