"""Draw initials in the accent's colours, for a portrait without a photo.

Initials are those of the first and the last word that counts. Particles (de, du, van …)
count only at the start of a name, and never before an apostrophe (d’Amours: A); a hyphenated
first name counts once (Jean-François Côté: JC), unless it is the whole name (Marie-Ève: ME). A
letter missing from the typeface is replaced by its base letter. A name in another script is written
in it, with a typeface of the reader's; one without any letter gets an opening quotation mark.
"""

import functools
import json
from pathlib import Path
from xml.etree import ElementTree

from portraits.images.accent import Accent
from portraits.images.latin import bare
from portraits.images.oklch import hex_of, oklch_of, rgb_of
from portraits.support.svg import serialised
from portraits.support.writing.names import counted_words, first_letter, own_initials

_NO_LETTER = "«"

WIDTH, HEIGHT = 800, 1000
_INK = "#fbfaf7"
_CAP_HEIGHT = 0.67
"""Height of capitals in the typeface, in ems."""
_MAX_WIDTH = 580
"""Maximum width of the initials, in pixels, so that they survive a round crop."""
_TIGHT = -0.015
"""Letter spacing, in ems: the face is spaced for smaller sizes."""


def initials(name: str) -> str:
    """Return the one or two initials of a name, or « if it has no drawable letter."""
    counted = [word for word in counted_words(name) if _first_letter(word)]
    if len(counted) == 1:
        counted = [part for part in counted[0].split("-") if _first_letter(part)]
    if not counted:
        return _NO_LETTER
    ends = counted if len(counted) == 1 else (counted[0], counted[-1])
    return "".join(_first_letter(word) for word in ends)


def monogram(name: str, accent: Accent) -> bytes:
    """Return an SVG document of 800 by 1000 pixels that may be cropped to a square.

    It has its own background, so it looks the same on light and dark pages; Latin letters are
    outlines, so it needs no font. The page must provide the alternative text.
    """
    letters = initials(name)
    foreign = own_initials(name) if letters == _NO_LETTER else ""
    lightness, chroma, hue = oklch_of(rgb_of(accent.light))
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {HEIGHT}",
            "width": str(WIDTH),
            "height": str(HEIGHT),
            "preserveAspectRatio": "xMidYMid slice",
        },
    )
    ElementTree.SubElement(svg, "path", {"fill": accent.light, "d": f"M0 0H{WIDTH}V{HEIGHT}H0Z"})
    # One oversized letter in a darker shade adds texture to the background.
    shade = hex_of(lightness - 0.045, chroma, hue)
    if foreign:
        _write(svg, foreign[-1], size=1400, centre=560, baseline=1130, fill=shade)
        tall = 440 if len(foreign) == 1 else 360
        _write(svg, foreign, size=tall, centre=400, baseline=500 + tall * 0.35, fill=_INK)
        return serialised(svg).encode() + b"\n"
    _set(svg, letters[-1], size=1750, centre=560, baseline=1130, fill=shade)
    size = min(520 if len(letters) == 1 else 400, _MAX_WIDTH / _advance(letters))
    baseline = HEIGHT / 2 + size * _CAP_HEIGHT / 2
    _set(svg, letters, size=size, centre=WIDTH / 2, baseline=baseline, fill=_INK)
    return serialised(svg).encode() + b"\n"


def _set(
    svg: ElementTree.Element,
    letters: str,
    *,
    size: float,
    centre: float,
    baseline: float,
    fill: str,
) -> None:
    left = centre - _advance(letters) * size / 2
    for letter in letters:
        advance, outline = _letterforms()[letter]
        place = f"translate({left:.1f} {baseline:.1f}) scale({size / 1000:g})"
        ElementTree.SubElement(svg, "path", {"fill": fill, "transform": place, "d": outline})
        left += (advance + _TIGHT) * size


def _write(
    svg: ElementTree.Element, text: str, *, size: float, centre: float, baseline: float, fill: str
) -> None:
    """Add letters that the typeface lacks as text, in a serif of the reader's."""
    place = {"x": f"{centre:g}", "y": f"{baseline:g}", "text-anchor": "middle"}
    look = {"font-family": "Georgia, serif", "font-size": f"{size:g}", "fill": fill}
    ElementTree.SubElement(svg, "text", place | look).text = text


def _advance(letters: str) -> float:
    """Return the width of a line of letters, in ems."""
    return sum(_letterforms()[letter][0] for letter in letters) + _TIGHT * (len(letters) - 1)


@functools.cache
def _letterforms() -> dict[str, tuple[float, str]]:
    """Return the advance width (in ems) and the outline (in thousandths) of each letter."""
    drawn = json.loads(Path(__file__).with_name("monogram_letters.json").read_bytes())
    return {letter: (form[0] / 1000, form[1]) for letter, form in drawn.items() if letter}


def _first_letter(word: str) -> str:
    """Return the initial of a word as a drawable capital, or an empty string."""
    return _drawable(first_letter(word))


def _drawable(capital: str) -> str:
    if not capital or capital in _letterforms():
        return capital
    plain = bare(capital)
    return plain if plain in _letterforms() else ""
