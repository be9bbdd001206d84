"""Convert colours between sRGB and OKLCH, and compute the contrast ratio of WCAG.

OKLab and its polar form are Björn Ottosson's (https://bottosson.github.io/posts/oklab/,
also CSS Color 4, section 9.3); contrast is WCAG 2.2, success criterion 1.4.3. Colours
outside sRGB lose chroma, never lightness or hue.
"""

import math

Rgb = tuple[int, int, int]
"""Red, green, blue, 0 to 255, sRGB."""


def rgb_of(colour: str) -> Rgb:
    """Parse ``#rrggbb``. Raises ``ValueError`` for anything else."""
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"not a colour of the form #rrggbb: {colour!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def hex_of(lightness: float, chroma: float, hue: float) -> str:
    """Return the ``#rrggbb`` of an OKLCH colour, with chroma reduced to fit into sRGB.

    ``lightness`` from 0 to 1, ``chroma`` from 0 to about 0.3, ``hue`` in degrees.
    """
    linear = _linear_rgb(lightness, chroma, hue)
    if not _displayable(linear):
        low, high = 0.0, chroma
        for _ in range(20):
            middle = (low + high) / 2
            if _displayable(_linear_rgb(lightness, middle, hue)):
                low = middle
            else:
                high = middle
        linear = _linear_rgb(lightness, low, hue)
    return "#" + "".join(f"{round(255 * _companded(part)):02x}" for part in linear)


def oklch_of(rgb: Rgb) -> tuple[float, float, float]:
    """Return lightness (0 to 1), chroma and hue (0 to 360 degrees) of a colour."""
    red, green, blue = (_LINEAR[part] for part in rgb)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _displayable(linear: tuple[float, float, float]) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in linear)


def _companded(linear: float) -> float:
    linear = min(max(linear, 0.0), 1.0)
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _expanded(part: int) -> float:
    value = part / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


_LINEAR = tuple(_expanded(part) for part in range(256))


def _luminance(colour: str) -> float:
    red, green, blue = (_LINEAR[part] for part in rgb_of(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
