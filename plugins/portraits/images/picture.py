"""Plan the files to encode for a photo, without touching pixels.

The plan is a pure function of the photo's digest and size, its use and its focus point, so
pages can be rendered before the files are encoded. A file's name contains a hash of everything
that determines its bytes: the same name always means the same bytes, which may be cached for
ever.
"""

import functools
import hashlib
from dataclasses import dataclass

import PIL

from portraits.images.source import ImageFile

CODE_VERSION = 1
"""Increment whenever a change in this package changes the pixels or their encoding."""

AVIF_QUALITY = 65
AVIF_SPEED = 8
JPEG_QUALITY = 80

_NEAR = 1.15
"""The photo's own width is added only if at least 15 % above the largest regular width."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place in the layout that shows photos."""

    name: str
    """Lower-case letters; prefix of the file names."""
    widths: tuple[int, ...]
    """Pixels, ascending. An AVIF is made for each width that the photo can fill."""
    fallback_widths: tuple[int, ...]
    """The subset of ``widths`` for which a JPEG is made too."""
    narrowest: float | None = None
    """Minimum ratio of width to height; narrower photos are cropped. ``None``: no limit."""
    widest: float | None = None
    """Maximum ratio of width to height; wider photos are cropped. ``None``: no limit."""


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
    """The files of one ``<picture>`` element."""

    key: str
    """Use and hash: two pictures with equal keys have the same files."""
    avif: tuple[PictureFile, ...]
    """By ascending width, never empty."""
    jpeg: tuple[PictureFile, ...]
    """By ascending width, never empty. The last one is the ``src`` of the ``<img>``."""
    width: int
    """Pixels, of the largest file; with ``height`` it reserves space in the layout."""
    height: int
    crop: tuple[int, int, int, int]
    """Left, top, right, bottom in pixels of the upright photo."""


def plan(image: ImageFile, use: Use, focus: tuple[float, float] = (0.5, 0.5)) -> Picture:
    """Plan the files of this photo for ``use``. Reads and writes no file.

    ``focus`` (0 to 1 from the top left) is the point that a crop must keep: it is centred as
    far as the edges allow. No file is larger than the photo.
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
    """Return the largest crop with a ratio that ``use`` allows, centred on the focus.

    The result is left, top, right, bottom, in pixels.
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
    """Return a text that changes with the encoder: code version, Pillow, codecs, settings."""
    from PIL import features  # a build without photos need not import Pillow

    return (
        f"{CODE_VERSION} {PIL.__version__} {features.version('avif')} {features.version('jpg')} "
        f"{AVIF_QUALITY} {AVIF_SPEED} {JPEG_QUALITY}"
    )


def _widths(available: int, wanted: tuple[int, ...]) -> tuple[int, ...]:
    """Return the ``wanted`` widths up to ``available``, the photo's own width.

    The photo's own width is added if it is smaller than the largest wanted one and
    sufficiently larger than the others (_NEAR).
    """
    widths = tuple(width for width in wanted if width <= available)
    if len(widths) < len(wanted) and (not widths or available >= widths[-1] * _NEAR):
        widths += (available,)
    return widths
