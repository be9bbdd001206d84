"""Draw in the style of a print, on top of Pillow: shapes, flat inks, grainy shading, light.

Coordinates are pixels of the final picture; everything is drawn on a sheet twice as large that is
reduced at the end. The grain is a fixed pattern, so that a drawing is identical, bit for bit, each
time it is made with the same version of Pillow.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Point = tuple[float, float]
Colour = str

SHEET = 2
"""Scale of the sheet relative to the final picture."""


def curve(points: Sequence[Point], closed: bool = True, steps: int = 14) -> list[Point]:
    """Return a smooth line through ``points`` (Catmull-Rom), closed or not."""
    n = len(points)
    smooth: list[Point] = []
    for i in range(n if closed else n - 1):
        if closed:
            p0, p1, p2, p3 = (points[(i + k) % n] for k in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(max(i + k, 0), n - 1)] for k in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            smooth.append(
                (
                    _catmull_rom(p0[0], p1[0], p2[0], p3[0], t),
                    _catmull_rom(p0[1], p1[1], p2[1], p3[1], t),
                )
            )
    if not closed:
        smooth.append(points[-1])
    return smooth


def _catmull_rom(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def oval(cx: float, cy: float, rx: float, ry: float, turn: float = 0.0) -> list[Point]:
    """Return an ellipse as a polygon, rotated by ``turn`` degrees."""
    return place(
        [(rx * math.cos(a * math.pi / 60), ry * math.sin(a * math.pi / 60)) for a in range(120)],
        cx,
        cy,
        1,
        turn,
    )


def box(x: float, y: float, width: float, height: float) -> list[Point]:
    """Return a rectangle from its upper left corner."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def place(
    points: Sequence[Point],
    x: float,
    y: float,
    size: float = 1,
    turn: float = 0,
    flip: bool = False,
) -> list[Point]:
    """Return ``points`` scaled by ``size``, rotated by ``turn`` degrees, moved to (x, y)."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    side = -1 if flip else 1
    return [
        (x + size * (side * px * cos - py * sin), y + size * (side * px * sin + py * cos))
        for px, py in points
    ]


def taper(points: Sequence[Point], start: float, end: float, middle: float = 0) -> list[Point]:
    """Return the outline of a brush stroke along ``points`` whose width goes from start to end.

    ``middle`` is added to the width halfway.
    """
    line = curve(points, closed=False)
    left: list[Point] = []
    right: list[Point] = []
    for i, (x, y) in enumerate(line):
        before, after = line[max(i - 1, 0)], line[min(i + 1, len(line) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1
        t = i / max(len(line) - 1, 1)
        half = (start + (end - start) * t + middle * math.sin(math.pi * t)) / 2
        left.append((x - dy / length * half, y + dx / length * half))
        right.append((x + dy / length * half, y - dx / length * half))
    return left + right[::-1]


def chance(*key: object) -> float:
    """Return a number in [0, 1) derived from a key: variety that is the same in every run."""
    digest = hashlib.sha256(repr(key).encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


class Print:
    """A picture being drawn."""

    def __init__(self, width: int, height: int, paper: Colour) -> None:
        self.size = (width, height)
        self._full = (width * SHEET, height * SHEET)
        self._image = Image.new("RGB", self._full, paper)
        self._draw = ImageDraw.Draw(self._image)
        pattern = hashlib.shake_256(b"grain").digest(width * height)
        # One grain is one pixel of the final picture: a finer one would vanish in the reduction.
        self._grain = Image.frombytes("L", self.size, pattern).resize(
            self._full, Image.Resampling.NEAREST
        )

    # -- masks, as large as the sheet

    def mask(self, *shapes: Sequence[Point], blur: float = 0) -> Image.Image:
        """Return a mask, white inside the shapes; ``blur`` is in pixels of the final picture."""
        mask = Image.new("L", self._full, 0)
        draw = ImageDraw.Draw(mask)
        for shape in shapes:
            draw.polygon(_scaled(shape), fill=255)
        return mask.filter(ImageFilter.GaussianBlur(blur * SHEET)) if blur else mask

    def ramp(self, start: Point, end: Point) -> Image.Image:
        """Return a linear gradient from black at ``start`` to white at ``end``."""
        dx, dy = end[0] - start[0], end[1] - start[1]
        square = dx * dx + dy * dy
        coarse = 8
        small = Image.new("L", (self.size[0] // coarse, self.size[1] // coarse))
        small.putdata(
            [
                round(
                    255
                    * min(
                        max(
                            ((x * coarse - start[0]) * dx + (y * coarse - start[1]) * dy) / square,
                            0,
                        ),
                        1,
                    )
                )
                for y in range(small.height)
                for x in range(small.width)
            ]
        )
        return small.resize(self._full, Image.Resampling.BICUBIC)

    # -- inks

    def flat(self, colour: Colour, *shapes: Sequence[Point]) -> None:
        """Fill shapes with an even ink."""
        for shape in shapes:
            self._draw.polygon(_scaled(shape), fill=colour)

    def stroke(
        self,
        colour: Colour,
        points: Sequence[Point],
        start: float,
        end: float | None = None,
        middle: float = 0,
    ) -> None:
        """Draw a brush stroke; widths are in pixels of the final picture."""
        self.flat(colour, taper(points, start, start if end is None else end, middle))

    def blend(
        self, top: Colour, bottom: Colour, start: Point, end: Point, *shapes: Sequence[Point]
    ) -> None:
        """Draw a gradient from one ink to another, inside the shapes or everywhere."""
        ramp = self.ramp(start, end)
        mixed = Image.composite(
            Image.new("RGB", self._full, bottom), Image.new("RGB", self._full, top), ramp
        )
        self._image.paste(mixed, mask=self.mask(*shapes) if shapes else None)

    def shade(
        self,
        colour: Colour,
        start: Point,
        end: Point,
        *shapes: Sequence[Point],
        strength: float = 1.0,
    ) -> None:
        """Draw grainy shading inside the shapes: from nothing at ``start`` to full at ``end``."""
        ramp = self.ramp(start, end).point(lambda v: round(v * strength))
        self._stipple(colour, ramp, self.mask(*shapes))

    def soft(
        self,
        colour: Colour,
        blur: float,
        *shapes: Sequence[Point],
        strength: float = 1.0,
        inside: Sequence[Sequence[Point]] = (),
    ) -> None:
        """Draw a grainy cloud of ink with soft edges, clipped to ``inside``."""
        cloud = self.mask(*shapes, blur=blur).point(lambda v: round(v * strength))
        self._stipple(colour, cloud, self.mask(*inside) if inside else None)

    def light(
        self,
        colour: Colour,
        blur: float,
        *shapes: Sequence[Point],
        strength: float = 1.0,
        fade: tuple[Point, Point] | None = None,
    ) -> None:
        """Add light to the existing picture; ``fade`` is where it starts and where it ends."""
        glow = self.mask(*shapes, blur=blur).point(lambda v: round(v * strength))
        if fade:
            glow = ImageChops.multiply(glow, ImageChops.invert(self.ramp(*fade)))
        cast = Image.composite(
            Image.new("RGB", self._full, colour), Image.new("RGB", self._full, "#000000"), glow
        )
        self._replace(ImageChops.screen(self._image, cast))

    def _stipple(self, colour: Colour, amount: Image.Image, within: Image.Image | None) -> None:
        # Mix dots and an even tone: dots alone make a large file, a tone alone looks like plastic.
        where = within.getbbox() if within else (0, 0, *self._full)
        if where is None:
            return
        amount = amount.crop(where)
        dots = ImageChops.subtract(amount, self._grain.crop(where)).point(lambda v: 255 if v else 0)
        wet = Image.blend(amount, dots, 0.22)
        if within:
            wet = ImageChops.multiply(wet, within.crop(where))
        self._image.paste(ImageColor.getrgb(colour), where, wet)

    def _replace(self, image: Image.Image) -> None:
        self._image = image
        self._draw = ImageDraw.Draw(image)

    def finished(self) -> Image.Image:
        """Return the picture, reduced, with a paper texture."""
        picture = self._image.resize(self.size, Image.Resampling.LANCZOS)
        tooth = Image.frombytes(
            "L", self.size, hashlib.shake_256(b"tooth").digest(self.size[0] * self.size[1])
        )
        tooth = tooth.filter(ImageFilter.GaussianBlur(0.6)).point(lambda v: 123 + round(v * 0.04))
        return ImageChops.soft_light(picture, Image.merge("RGB", (tooth, tooth, tooth)))


def _scaled(shape: Sequence[Point]) -> list[Point]:
    return [(x * SHEET, y * SHEET) for x, y in shape]
