"""Choose the accent colour of a portrait, from its photo or else from the name.

Only the hue (and the chroma, from a photo) is taken. Lightness is then moved away from the
page's until the contrast reaches 4.5 : 1, as required for text (WCAG 2.2, 1.4.3 level AA),
once for the light scheme and once for the dark one. The accent therefore also works as a
background for text in the page's colour.
"""

import functools
import hashlib
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from portraits.images.oklch import Rgb, contrast, hex_of, oklch_of
from portraits.images.source import ImageFile

MIN_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Backgrounds:
    """The page's background colour in both schemes, as ``#rrggbb``."""

    light: str = "#fbfaf7"
    dark: str = "#16151a"


@dataclass(frozen=True, slots=True)
class Accent:
    """One accent, as ``#rrggbb`` for each scheme."""

    light: str
    """For the light page: a dark colour."""
    dark: str
    """For the dark page: a light colour."""


PAGE = Backgrounds()

# Hues (degrees of OKLCH) that look good when darkened for text: no yellows and
# yellow-greens, which turn muddy.
_HUES = (12, 28, 44, 62, 142, 158, 176, 196, 218, 240, 258, 276, 296, 318, 340)
_NAME_CHROMA = 0.135
_MIN_CHROMA, _MAX_CHROMA = 0.07, 0.15

_BINS = 36
_COLOURLESS = 0.025
"""Chroma below which a pixel counts as grey."""
_COLOURED_SHARE = 0.02
"""Share of coloured pixels below which a photo counts as black and white."""
# Skin counts for little, since every photo here shows a person.
_SKIN_HUES = (25.0, 80.0)
_SKIN_CHROMA = 0.115
_SKIN_WEIGHT = 0.06
_SAMPLE = 64


@functools.lru_cache(maxsize=16384)
def accent_of_name(name: str, backgrounds: Backgrounds = PAGE) -> Accent:
    """Return the accent of a name; it does not depend on case or Unicode normalisation."""
    folded = unicodedata.normalize("NFC", name.strip()).casefold()
    number = int.from_bytes(hashlib.sha256(folded.encode()).digest()[:8])
    return readable(_HUES[number % len(_HUES)], _NAME_CHROMA, backgrounds)


def accent_of_photo(image: ImageFile, backgrounds: Backgrounds = PAGE) -> Accent | None:
    """Return the accent of a photo, or ``None`` if it is black and white.

    The hue is that of the most vivid colours other than skin. Raises :class:`ImageError`.
    """
    from PIL.Image import Resampling

    from portraits.images.decode import decode

    divisor = max(d for d in (1, 2, 4, 8) if d == 1 or min(image.width, image.height) >= d * 200)
    pixels = decode(image, divisor).resize((_SAMPLE, _SAMPLE), Resampling.BOX)
    content = pixels.tobytes()
    found = main_colour(zip(content[::3], content[1::3], content[2::3], strict=True))
    return None if found is None else readable(*found, backgrounds)


def main_colour(pixels: Iterable[Rgb]) -> tuple[float, float] | None:
    """Return hue (degrees) and chroma of the most vivid colours, or ``None`` for greys.

    Pixels are summed in bins of hue, weighted by chroma; the heaviest bin and its two
    neighbours decide.
    """
    total = coloured = 0
    bins = [[0.0, 0.0, 0.0, 0.0] for _ in range(_BINS)]  # weight, cos, sin, chroma
    for rgb in pixels:
        total += 1
        lightness, chroma, hue = oklch_of(rgb)
        if chroma < _COLOURLESS or not 0.12 < lightness < 0.97:
            continue
        coloured += 1
        skin = _SKIN_HUES[0] <= hue <= _SKIN_HUES[1] and chroma < _SKIN_CHROMA
        weight = chroma**1.5 * (_SKIN_WEIGHT if skin else 1.0)
        angle = math.radians(hue)
        sums = bins[int(hue / 360 * _BINS) % _BINS]
        sums[0] += weight
        sums[1] += weight * math.cos(angle)
        sums[2] += weight * math.sin(angle)
        sums[3] += weight * chroma
    if coloured < total * _COLOURED_SHARE or coloured == 0:
        return None

    def around(index: int) -> list[list[float]]:
        return [bins[(index + step) % _BINS] for step in (-1, 0, 1)]

    best = max(range(_BINS), key=lambda index: (sum(sums[0] for sums in around(index)), -index))
    weight, cosine, sine, chroma = (sum(column) for column in zip(*around(best), strict=True))
    hue = math.degrees(math.atan2(sine, cosine)) % 360
    return round(hue, 1), round(chroma / weight, 3)


@functools.lru_cache(maxsize=1024)
def readable(hue: float, chroma: float, backgrounds: Backgrounds = PAGE) -> Accent:
    """Return the accent of this hue (degrees) and chroma with sufficient contrast.

    Chroma is limited to _MIN_CHROMA and _MAX_CHROMA. Raises ``ValueError`` for a background on
    which no lightness reaches the contrast.
    """
    chroma = min(max(chroma, _MIN_CHROMA), _MAX_CHROMA)
    return Accent(
        light=_first_readable(range(50, -1, -1), chroma, hue, backgrounds.light),
        dark=_first_readable(range(76, 101), chroma * 0.85, hue, backgrounds.dark),
    )


def _first_readable(percents: range, chroma: float, hue: float, background: str) -> str:
    for percent in percents:
        colour = hex_of(percent / 100, chroma, hue)
        if contrast(colour, background) >= MIN_CONTRAST:
            return colour
    raise ValueError(f"no readable accent on {background}")
