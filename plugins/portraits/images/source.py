"""Read the file of a photo or a sound, and define its errors and metadata."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from portraits.support.messages import msg

MAX_BYTES = 20_000_000
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
"""Media type of each accepted format, by Pillow's name."""


class ImageError(Exception):
    """A photo or a sound that cannot be published.

    ``code`` is a stable identifier for programs; ``message`` says what is wrong and
    ``hint`` how to fix it, in the editor's language.
    """

    def __init__(self, path: Path, code: str, message: str, hint: str) -> None:
        super().__init__(path, code, message, hint)
        self.path = path
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        said = msg("problem.hint", message=self.message, hint=self.hint)
        return msg("problem.at", place=self.path, message=said)


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A photo that passed the checks of :mod:`portraits.images.checking`."""

    path: Path
    digest: str
    """SHA-256 of the file, 64 hexadecimal digits."""
    width: int
    """Pixels, after the EXIF orientation is applied."""
    height: int
    media_type: str
    """Detected from the first bytes of the file."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file should be."""

    code: str
    """First word of the codes of problems, and of the messages about this kind of file alone."""
    most: int
    """Most bytes."""


PHOTO = Expected("image", MAX_BYTES)
SOUND = Expected("sound", 30_000_000)


def read_bytes(path: Path, expected: Expected = PHOTO) -> bytes:
    """Return the bytes of a regular file of at most ``expected.most`` bytes.

    Links, folders, pipes and devices are refused before they are opened. Raises
    :class:`ImageError`.
    """
    try:
        _check_regular(path, path.lstat(), expected)
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as stream:
            _check_regular(path, os.fstat(stream.fileno()), expected)
            content = stream.read(expected.most + 1)
    except FileNotFoundError as error:
        raise ImageError(
            path,
            f"{expected.code}-missing",
            msg("images.missing"),
            msg(f"images.{expected.code}_missing_hint"),
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ImageError(
            path,
            f"{expected.code}-unreadable",
            msg("images.unreadable"),
            msg("images.unreadable_hint"),
        ) from error
    if not content:
        raise ImageError(
            path,
            f"{expected.code}-empty",
            msg("images.empty"),
            msg(f"images.{expected.code}_empty_hint"),
        )
    if len(content) > expected.most:
        raise ImageError(
            path,
            f"{expected.code}-too-heavy",
            msg(f"images.{expected.code}_too_heavy", megabytes=expected.most // 1_000_000),
            msg(f"images.{expected.code}_too_heavy_hint"),
        )
    return content


def _check_regular(path: Path, status: os.stat_result, expected: Expected) -> None:
    if stat.S_ISREG(status.st_mode):
        return
    if stat.S_ISLNK(status.st_mode):
        raise ImageError(
            path,
            f"{expected.code}-symlink",
            msg(f"images.{expected.code}_symlink"),
            msg(f"images.{expected.code}_symlink_hint"),
        )
    raise ImageError(
        path,
        f"{expected.code}-not-a-file",
        msg("images.not_a_file"),
        msg(f"images.{expected.code}_not_a_file_hint"),
    )
