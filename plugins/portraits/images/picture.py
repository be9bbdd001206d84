"""Which files a photo becomes, known before any of them exists.

The plan of a picture is a pure function of the photo's digest and size, of its use
and of its focus point: pages can be rendered from it while the files are still to be
encoded. A file's name carries a hash of everything that decides its bytes, so that
the same name always means the same bytes and may be cached for ever.
"""

import functools
import hashlib
from dataclasses import dataclass

import PIL

from portraits.images.source import ImageFile

CODE_VERSION = 1
"""Raised whenever a change in this package changes the pixels or their encoding."""

AVIF_QUALITY = 65
AVIF_SPEED = 8
JPEG_QUALITY = 80

_NEAR = 1.15
"""A last width less than 15 % above the one before is not worth a file."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place of the layout that shows photos."""

    name: str
    """Lower-case letters; begins the names of the files."""
    widths: tuple[int, ...]
    """Pixels, rising. AVIF is made at each of them that the photo can fill."""
    fallback_widths: tuple[int, ...]
    """Those of ``widths`` at which there is a JPEG too."""
    narrowest: float | None = None
    """Width over height below which the photo is cropped; ``None``: never."""
    widest: float | None = None
    """Width over height above which the photo is cropped; ``None``: never."""


# A phone is 360 to 430 px wide at 2 to 3 device pixels; text columns are about 640 px.
PORTRAIT = Use("portrait", (480, 800, 1200, 1600), (800, 1200), 4 / 5, 16 / 9)
CARD = Use("card", (320, 480, 720, 960), (480, 720), 4 / 5, 4 / 5)
SQUARE = Use("square", (96, 192, 288), (96, 192), 1.0, 1.0)
INLINE = Use("inline", (480, 800, 1280), (800, 1280))


@dataclass(frozen=True, slots=True)
class PictureFile:
    """One file: its name in the store and on the site, and its size in pixels."""

    name: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What a ``<picture>`` element shows."""

    key: str
    """Use and hash: two pictures of equal key are the same files."""
    avif: tuple[PictureFile, ...]
    """By rising width, never empty."""
    jpeg: tuple[PictureFile, ...]
    """By rising width, never empty. The last one is the ``src`` of the ``<img>``."""
    width: int
    """Of the largest file, in pixels; width and height give the ratio to the layout."""
    height: int
    crop: tuple[int, int, int, int]
    """Left, top, right, bottom in pixels of the upright photo."""


def plan(image: ImageFile, use: Use, focus: tuple[float, float] = (0.5, 0.5)) -> Picture:
    """Return the files that ``use`` needs of this photo. Touches no file.

    ``focus`` (0 to 1 from the top left) is what a crop must keep: it is put in the
    middle, or as near to it as the edges allow. No file is larger than the photo.
    """
    left, top, right, bottom = crop = crop_box(image.width, image.height, use, focus)
    widths = _widths(right - left, use.widths)
    recipe = f"{image.digest} {crop} {widths} {use.fallback_widths} {encoder_version()}"
    key = f"{use.name}-{hashlib.sha256(recipe.encode()).hexdigest()[:20]}"

    def variant(width: int, suffix: str, media_type: str) -> PictureFile:
        height = max(1, round(width * (bottom - top) / (right - left)))
        return PictureFile(f"{key}-{width}.{suffix}", media_type, width, height)

    avif = tuple(variant(width, "avif", "image/avif") for width in widths)
    fallback = [width for width in widths if width in use.fallback_widths] or widths[-1:]
    jpeg = tuple(variant(width, "jpg", "image/jpeg") for width in fallback)
    return Picture(key, avif, jpeg, avif[-1].width, avif[-1].height, crop)


def crop_box(
    width: int, height: int, use: Use, focus: tuple[float, float]
) -> tuple[int, int, int, int]:
    """Return the largest box of the ratio that ``use`` allows, around the focus.

    Left, top, right, bottom, in pixels.
    """
    ratio = width / height
    if use.narrowest is not None:
        ratio = max(ratio, use.narrowest)
    if use.widest is not None:
        ratio = min(ratio, use.widest)
    across = min(width, max(1, round(height * ratio)))
    down = min(height, max(1, round(width / ratio)))
    left = min(max(round(focus[0] * width - across / 2), 0), width - across)
    top = min(max(round(focus[1] * height - down / 2), 0), height - down)
    return left, top, left + across, top + down


@functools.cache
def encoder_version() -> str:
    """Return what besides the photo decides the bytes: this code, Pillow, its encoders."""
    from PIL import features  # a build without photos need not import Pillow

    return (
        f"{CODE_VERSION} {PIL.__version__} {features.version('avif')} {features.version('jpg')} "
        f"{AVIF_QUALITY} {AVIF_SPEED} {JPEG_QUALITY}"
    )


def _widths(available: int, wanted: tuple[int, ...]) -> tuple[int, ...]:
    """Return the wanted widths that need no enlarging, and the photo's own at the end.

    The photo's own width is added where it falls short of the largest wanted one and
    is worth a file.
    """
    widths = tuple(width for width in wanted if width <= available)
    if len(widths) < len(wanted) and (not widths or available >= widths[-1] * _NEAR):
        widths += (available,)
    return widths
