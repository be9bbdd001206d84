"""Decode a photo to upright sRGB pixels without metadata.

The steps, in order: take the first frame, flatten alpha on white, reduce 16 bits to 8,
convert from the ICC profile to sRGB, apply the EXIF orientation (JEITA CP-3451, tag 0x0112),
drop all other metadata.
"""

import hashlib
import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import ExifTags, Image, ImageCms

from portraits.images.source import MEDIA_TYPES, ImageError, ImageFile, read_bytes
from portraits.support.messages import msg

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset({5, 6, 7, 8})
_KINDS = {media_type: kind for kind, media_type in MEDIA_TYPES.items()}
_DEPTH_16 = frozenset({"I", "I;16", "I;16L", "I;16B", "I;16N"})

# Exceptions that Pillow's decoders raise on damaged files.
_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    OverflowError,
    EOFError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


def oriented_size(path: Path, content: bytes, kind: str) -> tuple[int, int]:
    """Return width and height, in pixels, after the EXIF orientation is applied.

    Reads the header only. Raises :class:`ImageError`.
    """
    with _reading(path):
        image = _open(content, kind)
        if _orientation(image) in _SIDEWAYS:
            return image.height, image.width
        return image.width, image.height


def decode(image: ImageFile, divisor: int = 1) -> Image.Image:
    """Return the photo upright, in sRGB (mode ``RGB``), with an empty ``info``.

    ``divisor`` (1, 2, 4 or 8) requests that fraction of the size, rounded up, which is much
    faster for a JPEG; other formats are decoded at full size. Raises :class:`ImageError`, also
    if the file has changed since it was checked.
    """
    content = read_bytes(image.path)
    if hashlib.sha256(content).hexdigest() != image.digest:
        raise ImageError(
            image.path, "image-changed", msg("images.changed"), msg("images.changed_hint")
        )
    kind = _KINDS[image.media_type]
    with _reading(image.path):
        opened = _open(content, kind)
        orientation = _orientation(opened)
        if kind == "PNG":  # load() does not verify the checksums of the pixel data
            _open(content, kind).verify()
        if divisor > 1:
            opened.draft(None, (opened.width // divisor, opened.height // divisor))
        opened.load()
        pixels = _srgb(opened)
        if orientation in _UPRIGHT:
            pixels = pixels.transpose(_UPRIGHT[orientation])
    pixels.info = {}
    return pixels


def _open(content: bytes, kind: str) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=(kind,))


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Convert Pillow's exceptions to :class:`ImageError`, and silence its warnings.

    They are about metadata, which is dropped, and about size, which has a lower limit here.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _DAMAGE as error:
        raise _damaged(path, error) from error


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8. A PNG with EXIF after the pixels counts as upright.

    Calls the method of the base class, because that of the PNG class decodes the whole
    file to look for such an EXIF block.
    """
    try:
        found = Image.Image.getexif(image).get(ExifTags.Base.Orientation, 1)
    except _DAMAGE:
        return 1  # the pixels are fine, and EXIF is dropped anyway
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def _srgb(image: Image.Image) -> Image.Image:
    flat = _flattened(image)
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                flat, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, *_DAMAGE):
            converted = None  # ignore an invalid profile, as browsers do
        if converted is not None:
            return converted
    return flat.convert("RGB")


def _flattened(image: Image.Image) -> Image.Image:
    """Return the image as 8-bit ``L``, ``RGB`` or ``CMYK``, alpha flattened on white."""
    if image.mode in _DEPTH_16:
        return image.convert("I").point(lambda level: level / 256).convert("L")
    if image.mode == "LA":
        paper = Image.new("L", image.size, 255)
        paper.paste(image.getchannel("L"), mask=image.getchannel("A"))
        return paper
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper = Image.new("RGB", image.size, (255, 255, 255))
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _damaged(path: Path, error: BaseException) -> ImageError:
    if isinstance(error, Image.DecompressionBombError):
        return ImageError(
            path, "image-too-large", msg("images.far_too_large"), msg("images.too_large_hint")
        )
    return ImageError(path, "image-damaged", msg("images.damaged"), msg("images.damaged_hint"))
