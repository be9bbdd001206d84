"""Draw the pictures of the demonstration portraits, next to their Markdown files.

    python tools/draw_portraits.py [NAME …]

There are no photos because the people of the demonstration are invented, except one who is drawn
from behind. Each picture is a function in ``scenes``, drawn from back to front.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image
from scenes.basement import basement
from scenes.festival import festival
from scenes.kitchen import kitchen
from scenes.library import library
from scenes.stop import stop
from scenes.studio import studio

FOLDER = Path(__file__).resolve().parent.parent / "content" / "portraits"
LARGEST = 300_000
"""Maximum size of one picture, in bytes."""

PICTURES: dict[str, Callable[[], Image.Image]] = {
    "caroline-audet": festival,
    "maude-lavoie-tardif": library,
    "karim-bellefleur": studio,
    "florence-nguyen-caron": kitchen,
    "nadia-ferland-roy": stop,
    "etienne-gadbois-tableau": basement,
}


def main(names: Sequence[str]) -> None:
    """Draw the pictures called ``names``, or all of them."""
    for name in names or tuple(PICTURES):
        file = FOLDER / f"{name}.jpg"
        picture = PICTURES[name]()
        for quality in range(90, 60, -3):
            picture.save(file, quality=quality, optimize=True, progressive=True)
            if file.stat().st_size <= LARGEST:
                break
        print(f"{file.name}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
