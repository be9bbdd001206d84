"""Load typefaces, and reduce a text to the characters that a typeface can draw.

A letter missing from the face is replaced by its base letter without accent; emoji and
invisible characters are dropped; U+202F is kept if Raqm is available to synthesise it, else
replaced by U+00A0.
"""

import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont, features
from PIL.ImageFont import FreeTypeFont, Layout

from portraits.images.latin import bare

FINE = 4
"""Steps of the drawing grid per pixel."""

_NO_BREAK = "\u00a0"
_NARROW_NO_BREAK = "\u202f"
_SPACES = re.compile(r"[ \t\r\n\u2028\u2029]+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_TESTED_AT = 8
"""Size at which glyphs are compared with that of a missing character."""


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface of one weight."""

    path: Path


def raqm() -> bool:
    """Return whether Pillow can shape text (kerning, ligatures, synthesised spaces)."""
    return bool(features.check("raqm"))


def drawable(text: str, face: Face) -> str:
    """Return the text without characters that the face cannot draw, spaces collapsed."""
    kept = "".join(
        _drawable_character(character, face)
        for character in _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    )
    return _SPACES.sub(" ", kept).strip()


def _drawable_character(character: str, face: Face) -> str:
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return ""
    if character == _NARROW_NO_BREAK:
        return character if raqm() else _NO_BREAK
    if category == "Zs":
        return character if _has_glyph(character, face) else " "
    for candidate in (character, bare(character), unicodedata.normalize("NFKC", character)):
        if all(_has_glyph(part, face) for part in candidate):
            return candidate
    return ""


@functools.lru_cache(maxsize=4096)
def _has_glyph(character: str, face: Face) -> bool:
    """Return whether the face has the character.

    Pillow does not tell; a missing character is drawn like U+10FFFF, which no face has.
    """
    font = font_of(face, _TESTED_AT, Layout.BASIC)
    drawn, missing = font.getmask(character), font.getmask("\U0010ffff")
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)


@functools.lru_cache(maxsize=128)
def font_of(face: Face, size: int, layout: Layout | None = None) -> FreeTypeFont:
    """Return the font at ``size`` pixels on the finer grid: its metrics are in 1/``FINE`` pixels.

    Cached: loading a font is slow.
    """
    if layout is None:
        layout = Layout.RAQM if raqm() else Layout.BASIC
    return ImageFont.truetype(face.path, size * FINE, layout_engine=layout)
