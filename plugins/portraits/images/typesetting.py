"""Text on a picture: what the face can draw, in lines of even length, in its box.

A text is first reduced to what its face has: a letter it lacks becomes the letter
beneath its accent, emoji go, U+202F stays narrow where Raqm is there to synthesise it
and becomes U+00A0 elsewhere. It is then set at the largest size at which it fits,
lines balanced; at the smallest size it ends with an ellipsis.
"""

import functools
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features
from PIL.ImageFont import FreeTypeFont, Layout

from portraits.images.latin import bare

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

_SPACES = re.compile(r"[ \t\r\n\u2028\u2029]+")
_WORDS = re.compile(r"[^ ]+")
_WORDS_AND_HYPHENS = re.compile(r"[^ -]*-+|[^ -]+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BEFORE_ELLIPSIS = " \u00a0\u202f,;:.!?…«“(—–-"
_TESTED_AT = 8
_FINE = 4
"""Steps of the drawing grid to a pixel."""
_MAX_CHARACTERS = 1000
"""More than a card can hold at any size."""


@dataclass(frozen=True, slots=True)
class Face:
    """A variable typeface at one weight."""

    path: Path
    weight: int


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text at one size."""

    lines: tuple[str, ...]
    face: Face
    size: int
    """Pixels per em."""
    leading: float
    """From one baseline to the next, in ems."""

    @property
    def height(self) -> int:
        """Pixels from the top of the first line to the foot of the last."""
        return round(len(self.lines) * self.size * self.leading)


def raqm() -> bool:
    """Say whether Pillow can shape text (kerning, ligatures, synthesised spaces)."""
    return bool(features.check("raqm"))


def fit(
    text: str,
    face: Face,
    sizes: Iterable[int],
    box: tuple[int, int],
    *,
    leading: float,
    max_lines: int,
    closing: str = "",
) -> Block:
    """Set a text at the largest of the falling ``sizes`` that fits the box (width, height).

    ``closing`` (a quotation mark) stays at the end even where the text is cut. A text of
    which the face can draw nothing gives a block without lines.
    """
    text = drawable(text, face)
    if not text:
        return Block((), face, 0, leading)
    width, height = box
    sizes = tuple(sizes)

    def room(size: int) -> int:
        return max(1, min(max_lines, int(height / (size * leading))))

    if len(text) <= _MAX_CHARACTERS:
        whole = drawable(text + closing, face)
        for pattern in (_WORDS, _WORDS_AND_HYPHENS):
            pieces = _pieces(whole, pattern)
            for size in sizes:
                lines = _lines(pieces, _font(face, size), width * _FINE, room(size))
                if lines:
                    return Block(lines, face, size, leading)
    size = sizes[-1]
    cut = _cut(text[:_MAX_CHARACTERS], closing, _font(face, size), width * _FINE, room(size))
    return Block(cut, face, size, leading)


def draw(canvas: Image.Image, left: float, top: float, block: Block, fill: str) -> None:
    """Draw a block with its top left corner there (pixels)."""
    if not block.lines:
        return
    ascent, descent = (part / _FINE for part in _font(block.face, block.size).getmetrics())
    baseline = top + (block.leading * block.size + ascent - descent) / 2
    for line in block.lines:
        _draw_line(canvas, left, baseline, line, block.face, block.size, fill)
        baseline += block.leading * block.size


def draw_centred(
    canvas: Image.Image,
    centre: tuple[float, float],
    text: str,
    face: Face,
    size: int,
    fill: str,
) -> None:
    """Draw one line whose ink is centred there (pixels)."""
    left, top, right, bottom = _font(face, size).getbbox(text, anchor="ls")
    start = centre[0] - (left + right) / 2 / _FINE
    _draw_line(canvas, start, centre[1] - (top + bottom) / 2 / _FINE, text, face, size, fill)


def width_of(text: str, face: Face, size: int) -> float:
    """Return the advance width of one line, in pixels."""
    return _font(face, size).getlength(text) / _FINE


def drawable(text: str, face: Face) -> str:
    """Return the text without what the face cannot draw, spaces collapsed."""
    kept = "".join(
        _drawable_character(character, face)
        for character in _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    )
    return _SPACES.sub(" ", kept).strip()


def _draw_line(
    canvas: Image.Image, left: float, baseline: float, text: str, face: Face, size: int, fill: str
) -> None:
    """Draw on a finer grid and reduce: hinting would space small letters unevenly."""
    font = _font(face, size)
    ink = font.getbbox(text, anchor="ls")
    if ink[0] >= ink[2] or ink[1] >= ink[3]:
        return
    x, y = math.floor(left + ink[0] / _FINE), math.floor(baseline + ink[1] / _FINE)
    width, height = (-(-(ink[i + 2] - ink[i]) // _FINE) + 2 for i in (0, 1))
    mask = Image.new("L", (int(width) * _FINE, int(height) * _FINE))
    place = ((left - x) * _FINE, (baseline - y) * _FINE)
    ImageDraw.Draw(mask).text(place, text, fill=255, font=font, anchor="ls")
    ImageDraw.Draw(canvas).bitmap((x, y), mask.reduce(_FINE), fill=fill)


def _drawable_character(character: str, face: Face) -> str:
    category = unicodedata.category(character)
    if category in _INVISIBLE:
        return ""
    if character == NARROW_NO_BREAK:
        return character if raqm() else NO_BREAK
    if category == "Zs":
        return character if _has_glyph(character, face) else " "
    for candidate in (character, bare(character), unicodedata.normalize("NFKC", character)):
        if all(_has_glyph(part, face) for part in candidate):
            return candidate
    return ""


@functools.lru_cache(maxsize=4096)
def _has_glyph(character: str, face: Face) -> bool:
    """Say whether the face has the character: what it lacks is drawn as an empty box."""
    font = _font(face, _TESTED_AT, Layout.BASIC)
    drawn, missing = font.getmask(character), font.getmask("\U0010ffff")
    return drawn.size != missing.size or bytes(drawn) != bytes(missing)


@functools.lru_cache(maxsize=128)
def _font(face: Face, size: int, layout: Layout | None = None) -> FreeTypeFont:
    """Return the face on the finer grid: its measures are ``_FINE`` times the pixels."""
    if layout is None:
        layout = Layout.RAQM if raqm() else Layout.BASIC
    font = ImageFont.truetype(face.path, size * _FINE, layout_engine=layout)
    font.set_variation_by_axes([face.weight])
    return font


def _pieces(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Cut a text where a line may end; each piece keeps the space that follows it."""
    starts = [match.start() for match in pattern.finditer(text)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


def _lines(pieces: Sequence[str], font: FreeTypeFont, width: int, room: int) -> tuple[str, ...]:
    """Break in as few lines as the width allows, in the narrowest column that takes no more.

    Returns no line where that is more than ``room`` lines, or where a piece is too wide.
    """
    count = len(_greedy(pieces, font, width))
    if count > room or any(font.getlength(piece.rstrip(" ")) > width for piece in pieces):
        return ()
    low, high = width // count, width
    while low < high:
        middle = (low + high) // 2
        if len(_greedy(pieces, font, middle)) <= count:
            high = middle
        else:
            low = middle + 1
    return _greedy(pieces, font, high)


def _greedy(pieces: Sequence[str], font: FreeTypeFont, width: int) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and font.getlength((line + piece).rstrip(" ")) > width:
            lines.append(line.rstrip(" "))
            line = ""
        line += piece
    return (*lines, line.rstrip(" "))


def _cut(text: str, closing: str, font: FreeTypeFont, width: int, room: int) -> tuple[str, ...]:
    """Return at most ``room`` full lines, of which the last ends with an ellipsis."""
    lines = _greedy(_pieces(text, _WORDS_AND_HYPHENS), font, width)
    whole: list[str] = []
    for line in lines[: room - 1]:
        if font.getlength(line) > width:
            break
        whole.append(line)
    ending = "…" + closing
    last = " ".join(lines[len(whole) :])

    def too_wide() -> bool:
        return font.getlength(last.rstrip(_BEFORE_ELLIPSIS) + ending) > width

    while " " in last and too_wide():
        last = last.rpartition(" ")[0]
    while len(last) > 1 and too_wide():
        last = last[:-1]
    return (*whole, last.rstrip(_BEFORE_ELLIPSIS) + ending)
