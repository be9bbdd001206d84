"""Read the file of a photo or a sound, and define its errors and metadata."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 20_000_000
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
"""Media type of each accepted format, by Pillow's name."""


class ImageError(Exception):
    """A photo or a sound that cannot be published; the message is in French.

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


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file should be, for messages in French."""

    code: str
    """First word of the codes of problems."""
    name: str
    kind: str
    most: int
    """Most bytes."""
    lighter: str
    """How to make a smaller one, after « exportez- »."""


PHOTO = Expected("image", "la photo", "une photo", MAX_BYTES, "la en JPEG, à 4000 pixels de large")
SOUND = Expected("sound", "l’enregistrement", "un son", 30_000_000, "le en MP3, à 96 kb/s")


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
            "ce fichier n’existe pas",
            f"vérifiez le nom, majuscules et accents compris, et ajoutez {expected.name} au dépôt",
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ImageError(
            path,
            f"{expected.code}-unreadable",
            "ce fichier ne se laisse pas lire",
            "vérifiez le nom et les droits du fichier",
        ) from error
    if not content:
        raise ImageError(
            path,
            f"{expected.code}-empty",
            "ce fichier est vide",
            f"copiez {expected.name} de nouveau : le transfert a échoué",
        )
    if len(content) > expected.most:
        raise ImageError(
            path,
            f"{expected.code}-too-heavy",
            f"{expected.name} pèse plus de {expected.most // 1_000_000} Mo",
            f"exportez-{expected.lighter}",
        )
    return content


def _check_regular(path: Path, status: os.stat_result, expected: Expected) -> None:
    if stat.S_ISREG(status.st_mode):
        return
    if stat.S_ISLNK(status.st_mode):
        raise ImageError(
            path,
            f"{expected.code}-symlink",
            f"c’est un lien symbolique, pas {expected.kind}",
            "mettez le son lui-même à cet endroit"
            if expected is SOUND
            else "mettez la photo elle-même à cet endroit",
        )
    raise ImageError(
        path,
        f"{expected.code}-not-a-file",
        "ce n’est pas un fichier ordinaire",
        "indiquez le nom d’une photo JPEG, PNG, WebP ou GIF"
        if expected is PHOTO
        else "indiquez le nom d’un son MP3, M4A ou Ogg",
    )
