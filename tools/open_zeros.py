"""Open the zeros of the interface's face: replace the slashed counter by a plain one.

    python -m tools.open_zeros

Atkinson Hyperlegible Next has slashed zeros only, which make dates look like program listings. The
new counter is the outline of the zero itself, reversed and scaled into the room of the two old
ones, at the regular and at the bold weight. The licence allows changes, and reserves no name.
Run it once after the face is replaced; it changes nothing that is open already.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

FACE = Path(__file__).parent.parent / "theme/static/fonts/atkinson-hyperlegible-next.woff2"
_ZERO = "zero"
_PHANTOMS = 4
"""Points at the end of a glyph's variation that stand for its metrics."""

Point = tuple[float, float]


def open_zero(font: TTFont) -> bool:
    """Replace the counters of the zero; return False if it is open already.

    Raise ValueError if the face is not built as expected: one outline, two counters, one axis.
    """
    glyph = font["glyf"][_ZERO]
    [variation] = font["gvar"].variations[_ZERO]
    if glyph.numberOfContours == 2:
        return False
    if glyph.numberOfContours != 3:
        raise ValueError(f"the zero has {glyph.numberOfContours} contours")
    points, ends, flags = glyph.getCoordinates(font["glyf"])
    deltas = variation.coordinates
    bold = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(points, deltas, strict=False)]
    outer = ends[0] + 1
    regular_counter, bold_counter = _counter(list(points), outer), _counter(bold, outer)
    glyph.coordinates = GlyphCoordinates([*points[:outer], *regular_counter])
    glyph.flags = bytearray([*flags[:outer], *flags[:1], *flags[outer - 1 : 0 : -1]])
    glyph.endPtsOfContours = [outer - 1, 2 * outer - 1]
    glyph.numberOfContours = 2
    variation.coordinates = [
        *deltas[:outer],
        *(
            (round(after[0] - before[0]), round(after[1] - before[1]))
            for before, after in zip(regular_counter, bold_counter, strict=True)
        ),
        *deltas[-_PHANTOMS:],
    ]
    return True


def _counter(points: list[Point], outer: int) -> list[Point]:
    """Return the outline, which has ``outer`` points, scaled into the box of the other points and
    reversed, beginning with the same point."""
    outline, room = points[:outer], points[outer:]
    scaled = [
        tuple(round(_scaled(point[axis], outline, room, axis)) for axis in (0, 1))
        for point in outline
    ]
    return [scaled[0], *scaled[:0:-1]]  # type: ignore[return-value]


def _scaled(value: float, outline: list[Point], room: list[Point], axis: int) -> float:
    low, high = min(p[axis] for p in outline), max(p[axis] for p in outline)
    first, last = min(p[axis] for p in room), max(p[axis] for p in room)
    return first + (value - low) * (last - first) / (high - low)


def main() -> None:
    """Open the zeros of the face of the theme, in place."""
    font = TTFont(FACE, recalcTimestamp=False)
    if open_zero(font):
        font.save(FACE)


if __name__ == "__main__":
    main()
