"""Draw small JPEGs in place of photos: a few hundred, all different, reused over the series.

A picture is a sky, a ground, a shoulder and a head, in colours and positions from a seeded
generator; 720 by 900 pixels, so that several widths are encoded from each.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from benchmarks.words import below

PICTURES = 300
_WIDTH, _HEIGHT = 720, 900


def draw_photographs(content: Path) -> tuple[str, ...]:
    """Draw all pictures into ``content/images``; return their paths relative to ``content``."""
    (content / "images").mkdir(parents=True, exist_ok=True)
    names = tuple(f"images/visage-{number:03}.jpg" for number in range(PICTURES))
    for number, name in enumerate(names):
        picture(number).save(content / name, quality=85)
    return names


def picture(number: int) -> Image.Image:
    """Return picture ``number`` of the collection."""
    random = Random(f"photo {number}")  # noqa: S311 - repeatable on purpose

    def colour(least: int, most: int) -> tuple[int, int, int]:
        red, green, blue = (least + below(most - least, random) for _ in range(3))
        return red, green, blue

    image = Image.new("RGB", (_WIDTH, _HEIGHT), colour(90, 240))
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        left, top = below(_WIDTH, random), below(_HEIGHT, random)
        draw.rectangle(
            (left, top, left + 60 + below(240, random), top + 40 + below(300, random)),
            fill=colour(60, 255),
        )
    image = image.filter(ImageFilter.GaussianBlur(14))
    draw = ImageDraw.Draw(image)
    middle, radius = 300 + below(120, random), 120 + below(40, random)
    draw.ellipse((middle - 260, 600, middle + 260, 1300), fill=colour(20, 160))
    draw.ellipse(
        (middle - radius, 330, middle + radius, 330 + 2 * radius + 60), fill=colour(110, 230)
    )
    return image
