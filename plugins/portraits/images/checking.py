"""Check whether a photo is accepted, and read its size and type.

A photo is a regular file (not a link or a device) of at most 20 MB that contains a JPEG, PNG,
WebP or GIF of at most 40 megapixels, with a matching extension. Anything else raises
:class:`ImageError`, with a hint.
"""

import hashlib
from pathlib import Path

from portraits.images.source import MEDIA_TYPES, ImageError, ImageFile, read_bytes
from portraits.support.messages import msg

MAX_PIXELS = 40_000_000
MIN_SIDE = 16
MAX_JPEG_SCANS = 100
"""A progressive JPEG has about ten scans; a file with thousands takes hours to decode."""

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


def read_image(path: Path) -> ImageFile:
    """Check the file, its size and its header, without decoding pixels.

    A truncated photo passes; only :func:`verify_image` detects it. The result depends on the
    content alone and may be cached by digest. Raises :class:`ImageError`.
    """
    from portraits.images.decode import oriented_size  # imports Pillow: only with photos

    content = read_bytes(path)
    kind = _kind(path, content)
    _check_suffix(path, kind)
    if kind == "JPEG" and content.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ImageError(
            path, "image-too-complex", msg("images.too_complex"), msg("images.export_hint")
        )
    width, height = oriented_size(path, content, kind)
    if width * height > MAX_PIXELS:
        raise ImageError(
            path,
            "image-too-large",
            msg(
                "images.too_large",
                width=width,
                height=height,
                megapixels=width * height // 1_000_000,
                most=MAX_PIXELS // 1_000_000,
            ),
            msg("images.too_large_hint"),
        )
    if min(width, height) < MIN_SIDE:
        raise ImageError(
            path,
            "image-too-small",
            msg("images.too_small", width=width, height=height),
            msg("images.too_small_hint", least=MIN_SIDE),
        )
    digest = hashlib.sha256(content).hexdigest()
    return ImageFile(path, digest, width, height, MEDIA_TYPES[kind])


def verify_image(path: Path) -> ImageFile:
    """Check as :func:`read_image` does, then decode every pixel.

    Takes a tenth of a second for a typical photo. The result depends on the content
    alone and may be cached by digest. Raises :class:`ImageError`.
    """
    from portraits.images.decode import decode

    image = read_image(path)
    decode(image)
    return image


def _kind(path: Path, content: bytes) -> str:
    """Detect the format from the first bytes; return Pillow's name for it."""
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
            raise ImageError(path, "image-heic", msg("images.heic"), msg("images.heic_hint"))
        raise _unsupported(path, msg("images.unsupported_avif"))
    for magic, name in _FOREIGN:
        if content.startswith(magic):
            raise _unsupported(path, msg("images.unsupported", name=name))
    if b"<svg" in content[:4096].lower():
        raise ImageError(path, "image-svg", msg("images.svg"), msg("images.svg_hint"))
    raise ImageError(path, "image-unknown", msg("images.unknown"), msg("images.unknown_hint"))


def _unsupported(path: Path, message: str) -> ImageError:
    return ImageError(path, "image-unsupported", message, msg("images.export_hint"))


def _check_suffix(path: Path, kind: str) -> None:
    if path.suffix.lower() not in SUFFIXES[kind]:
        name = path.with_suffix(SUFFIXES[kind][0]).name
        raise ImageError(
            path,
            "image-mislabelled",
            msg("images.mislabelled", suffix=path.suffix, kind=kind),
            msg("images.mislabelled_hint", name=name),
        )
