"""Read the file of a photo, and define its errors and metadata."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 20_000_000
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
"""Media type of each accepted format, by Pillow's name."""


class ImageError(Exception):
    """A photo that cannot be published; the message is in French.

    ``code`` is a stable identifier for programs; ``message`` says what is wrong and
    ``hint`` how to fix it.
    """

    def __init__(self, path: Path, code: str, message: str, hint: str) -> None:
        super().__init__(path, code, message, hint)
        self.path = path
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.path} : {self.message} — {self.hint}"


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


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file of at most 20 MB (:data:`MAX_BYTES`).

    Links, folders, pipes and devices are refused before they are opened. Raises
    :class:`ImageError`.
    """
    try:
        _check_regular(path, path.lstat())
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as stream:
            _check_regular(path, os.fstat(stream.fileno()))
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise ImageError(
            path,
            "image-missing",
            "ce fichier n’existe pas",
            "vérifiez le nom, majuscules et accents compris, et ajoutez la photo au dépôt",
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ImageError(
            path,
            "image-unreadable",
            "ce fichier ne se laisse pas lire",
            "vérifiez le nom et les droits du fichier",
        ) from error
    if not content:
        raise ImageError(
            path,
            "image-empty",
            "ce fichier est vide",
            "copiez la photo de nouveau : le transfert a échoué",
        )
    if len(content) > MAX_BYTES:
        raise ImageError(
            path,
            "image-too-heavy",
            f"la photo pèse plus de {MAX_BYTES // 1_000_000} Mo",
            "exportez-la en JPEG, à 4000 pixels de large",
        )
    return content


def _check_regular(path: Path, status: os.stat_result) -> None:
    if stat.S_ISREG(status.st_mode):
        return
    if stat.S_ISLNK(status.st_mode):
        raise ImageError(
            path,
            "image-symlink",
            "c’est un lien symbolique, pas une photo",
            "mettez la photo elle-même à cet endroit",
        )
    raise ImageError(
        path,
        "image-not-a-file",
        "ce n’est pas un fichier ordinaire",
        "indiquez le nom d’une photo JPEG, PNG, WebP ou GIF",
    )
