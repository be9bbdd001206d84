"""Set text on a picture: fit it into a box, in lines of similar length.

A text is set at the largest size that fits; if even the smallest does not, it is cut with an
ellipsis. Characters that the face cannot draw are removed first (see
:mod:`portraits.images.faces`).
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from portraits.images.faces import FINE, Face, drawable, font_of

_WORDS = re.compile(r"[^ ]+")
_WORDS_AND_HYPHENS = re.compile(r"[^ -]*-+|[^ -]+")
_BEFORE_ELLIPSIS = " \u00a0\u202f,;:.!?…«“(—–-"
_MAX_CHARACTERS = 1000
"""More characters than fit on a card at any size."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines of text at one size."""

    lines: tuple[str, ...]
    face: Face
    size: int
    """Pixels per em."""
    leading: float
    """Distance between baselines, in ems."""

    @property
    def height(self) -> int:
        """Height of all lines, in pixels."""
        return round(len(self.lines) * self.size * self.leading)


def fit(
    text: str,
    face: Face,
    sizes: Iterable[int],
    box: tuple[int, int],
    *,
    leading: float,
    max_lines: int,
    closing: str = "",
) -> TextBlock:
    """Set a text at the first of the descending ``sizes`` that fits the box (width, height).

    Sizes and the box are in pixels, ``leading`` in ems. ``closing`` (a quotation mark) is kept at
    the end even if the text is cut. A text without drawable characters gives a block without lines.
    """
    text = drawable(text, face)
    if not text:
        return TextBlock((), face, 0, leading)
    width, height = box
    sizes = tuple(sizes)

    def room(size: int) -> int:
        return max(1, min(max_lines, int(height / (size * leading))))

    if len(text) <= _MAX_CHARACTERS:
        whole = drawable(text + closing, face)
        for pattern in (_WORDS, _WORDS_AND_HYPHENS):
            pieces = _pieces(whole, pattern)
            for size in sizes:
                lines = _lines(pieces, font_of(face, size), width * FINE, room(size))
                if lines:
                    return TextBlock(lines, face, size, leading)
    size = sizes[-1]
    cut = _cut(text[:_MAX_CHARACTERS], closing, font_of(face, size), width * FINE, room(size))
    return TextBlock(cut, face, size, leading)


def draw(canvas: Image.Image, left: float, top: float, block: TextBlock, fill: str) -> None:
    """Draw a block with its top left corner at ``left``, ``top`` (pixels)."""
    if not block.lines:
        return
    ascent, descent = (part / FINE for part in font_of(block.face, block.size).getmetrics())
    baseline = top + (block.leading * block.size + ascent - descent) / 2
    for line in block.lines:
        _draw_line(canvas, left, baseline, line, block.face, block.size, fill)
        baseline += block.leading * block.size


def draw_centred(
    canvas: Image.Image, centre: tuple[float, float], text: str, face: Face, size: int, fill: str
) -> None:
    """Draw one line with its ink centred on ``centre`` (pixels)."""
    left, top, right, bottom = font_of(face, size).getbbox(text, anchor="ls")
    start = centre[0] - (left + right) / 2 / FINE
    _draw_line(canvas, start, centre[1] - (top + bottom) / 2 / FINE, text, face, size, fill)


def width_of(text: str, face: Face, size: int) -> float:
    """Return the advance width of one line, in pixels."""
    return font_of(face, size).getlength(text) / FINE


def _draw_line(
    canvas: Image.Image, left: float, baseline: float, text: str, face: Face, size: int, fill: str
) -> None:
    """Draw one line on a finer grid and scale down: hinting spaces small letters unevenly."""
    font = font_of(face, size)
    ink = font.getbbox(text, anchor="ls")
    if ink[0] >= ink[2] or ink[1] >= ink[3]:
        return
    x, y = math.floor(left + ink[0] / FINE), math.floor(baseline + ink[1] / FINE)
    width, height = (-(-(ink[i + 2] - ink[i]) // FINE) + 2 for i in (0, 1))
    mask = Image.new("L", (int(width) * FINE, int(height) * FINE))
    place = ((left - x) * FINE, (baseline - y) * FINE)
    ImageDraw.Draw(mask).text(place, text, fill=255, font=font, anchor="ls")
    ImageDraw.Draw(canvas).bitmap((x, y), mask.reduce(FINE), fill=fill)


def _pieces(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Split a text where a line may break; each piece keeps the space after it."""
    starts = [match.start() for match in pattern.finditer(text)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]


def _lines(pieces: Sequence[str], font: FreeTypeFont, width: int, room: int) -> tuple[str, ...]:
    """Break into the minimum number of lines, balanced by the narrowest width that allows it.

    Returns no lines if that is more than ``room`` lines, or if a piece is too wide.
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
    """Return at most ``room`` lines, the last one cut with an ellipsis."""
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
