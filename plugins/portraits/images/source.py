"""Which photos are taken, and what is known of one without decoding it.

A photo is a regular file (no link, no device) of at most 20 MB that holds a JPEG, a
PNG, a WebP or a GIF of at most 40 megapixels, and whose extension says so. Anything
else is an :class:`ImageError`, in French, with its remedy.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 20_000_000
MAX_PIXELS = 40_000_000
MIN_SIDE = 16
MAX_JPEG_SCANS = 100
"""A progressive JPEG has about ten scans; thousands of them take hours to decode."""

MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
SUFFIXES = {
    "JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "GIF": (".gif",),
}
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_FOREIGN = (
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"%PDF", "PDF"),
    (b"8BPS", "Photoshop"),
)
_EXPORT = "exporte la photo en JPEG et recommence"


class ImageError(Exception):
    """A photo that cannot be published, said in French.

    ``code`` is stable and meant for programs; ``message`` says what was found and
    ``hint`` what to do about it.
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
    """A photo that passed the checks of this module."""

    path: Path
    digest: str
    """SHA-256 of the file, 64 hexadecimal digits."""
    width: int
    """Pixels, once the EXIF orientation is applied."""
    height: int
    media_type: str
    """What the file holds, read from its first bytes."""


def read_image(path: Path) -> ImageFile:
    """Check the file, its size and its header; decode no pixel.

    A photo cut short passes: only :func:`portraits.images.decode.verify_image` sees
    that. The result holds for as long as the content does and may be kept by digest.
    Raises :class:`ImageError`.
    """
    from portraits.images import decode

    content = read_bytes(path)
    kind = _kind(path, content)
    _check_suffix(path, kind)
    if kind == "JPEG" and content.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ImageError(
            path,
            "image-too-complex",
            "ce JPEG est fait de trop de passes pour être une vraie photo",
            _EXPORT,
        )
    width, height = decode.oriented_size(path, content, kind)
    if width * height > MAX_PIXELS:
        raise ImageError(
            path,
            "image-too-large",
            f"l’image fait {width} × {height} pixels ({width * height // 1_000_000} mégapixels) ; "
            f"la limite est de {MAX_PIXELS // 1_000_000}",
            "réduis-la à 4000 pixels de large : c’est déjà plus qu’il n’en faut",
        )
    if min(width, height) < MIN_SIDE:
        raise ImageError(
            path,
            "image-too-small",
            f"l’image ne fait que {width} × {height} pixels",
            f"il en faut au moins {MIN_SIDE} de côté, et 1600 de large pour une belle page",
        )
    digest = hashlib.sha256(content).hexdigest()
    return ImageFile(path, digest, width, height, MEDIA_TYPES[kind])


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file of at most 20 MB.

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
            "vérifie le nom, majuscules et accents compris, et ajoute la photo au dépôt",
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise ImageError(
            path,
            "image-unreadable",
            "ce fichier ne se laisse pas lire",
            "vérifie le nom et les droits du fichier",
        ) from error
    if not content:
        raise ImageError(
            path,
            "image-empty",
            "ce fichier est vide",
            "copie la photo de nouveau : le transfert a échoué",
        )
    if len(content) > MAX_BYTES:
        raise ImageError(
            path,
            "image-too-heavy",
            f"la photo pèse plus de {MAX_BYTES // 1_000_000} Mo",
            "exporte-la en JPEG, à 4000 pixels de large",
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
            "mets la photo elle-même à cet endroit",
        )
    raise ImageError(
        path,
        "image-not-a-file",
        "ce n’est pas un fichier ordinaire",
        "indique le nom d’une photo JPEG, PNG, WebP ou GIF",
    )


def _kind(path: Path, content: bytes) -> str:
    """Return the Pillow name of the format that the first bytes announce."""
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp":
        if content[8:12] in _HEIF_BRANDS:
            raise ImageError(
                path,
                "image-heic",
                "c’est une photo HEIC (iPhone), que la plupart des navigateurs n’affichent pas",
                "exporte-la en JPEG ; sur l’iPhone : Réglages, Appareil photo, Formats, "
                "« Le plus compatible »",
            )
        raise _unsupported(path, "AVIF ou vidéo")
    for magic, name in _FOREIGN:
        if content.startswith(magic):
            raise _unsupported(path, name)
    if b"<svg" in content[:4096].lower():
        raise ImageError(
            path,
            "image-svg",
            "c’est un dessin SVG, qui peut contenir du code",
            "exporte-le en PNG",
        )
    raise ImageError(
        path,
        "image-unknown",
        "ce fichier ne contient pas d’image reconnue",
        "il faut une photo JPEG, PNG, WebP ou GIF",
    )


def _unsupported(path: Path, name: str) -> ImageError:
    return ImageError(
        path,
        "image-unsupported",
        f"le format {name} n’est pas accepté ; il faut du JPEG, du PNG, du WebP ou du GIF",
        _EXPORT,
    )


def _check_suffix(path: Path, kind: str) -> None:
    if path.suffix.lower() not in SUFFIXES[kind]:
        name = path.with_suffix(SUFFIXES[kind][0]).name
        raise ImageError(
            path,
            "image-mislabelled",
            f"le nom finit par « {path.suffix} », mais le fichier contient du {kind}",
            f"renomme-le « {name} », ici et dans le portrait",
        )
