"""A face seen from the front, split by light: what the invented people have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ink import Colour, Point, Print, curve, oval, place


@dataclass(frozen=True, slots=True)
class Skin:
    """The inks of a face."""

    light: Colour
    shadow: Colour
    blush: Colour
    line: Colour
    lips: Colour


def head(
    p: Print,
    skin: Skin,
    x: float,
    y: float,
    size: float,
    turn: float = 0,
    gaze: str = "down",
    lit_from_left: bool = True,
) -> None:
    """A face seen from the front, half of it in shadow; ``size`` is half its width.

    The neck comes first, so that a collar can be drawn over its foot.
    """

    def at(points: Sequence[Point]) -> list[Point]:
        return place(points, x, y, size, turn, flip=not lit_from_left)

    neck = at([(-0.44, 0.6), (0.44, 0.6), (0.5, 1.7), (0.5, 2.3), (-0.5, 2.3), (-0.5, 1.7)])
    p.flat(skin.shadow, neck)
    p.flat(skin.light, at([(-0.44, 1.3), (-0.1, 1.52), (-0.04, 2.3), (-0.5, 2.3), (-0.5, 1.7)]))
    for side in (-1, 1):
        p.flat(
            skin.light if side < 0 else skin.shadow,
            at(oval(side * 0.97, 0.1, 0.15, 0.27, side * -8)),
        )
        p.stroke(
            skin.line,
            at([(side * 1.0, -0.03), (side * 1.04, 0.1), (side * 0.98, 0.22)]),
            size * 0.02,
        )
    outline = curve(
        at(
            [
                (0, -1.32),
                (0.5, -1.22),
                (0.86, -0.8),
                (0.96, -0.2),
                (0.93, 0.3),
                (0.74, 0.86),
                (0.36, 1.26),
                (0, 1.36),
                (-0.36, 1.26),
                (-0.74, 0.86),
                (-0.93, 0.3),
                (-0.96, -0.2),
                (-0.86, -0.8),
                (-0.5, -1.22),
            ]
        )
    )
    p.flat(skin.light, outline)
    # The side turned away from the light begins at the ridge of the nose.
    p.flat(
        skin.shadow,
        at(
            [
                *curve(
                    [
                        (0.46, -1.23),
                        (0.3, -0.7),
                        (0.26, -0.36),
                        (0.1, -0.2),
                        (0.12, 0.06),
                        (0.23, 0.36),
                        (0.19, 0.47),
                    ],
                    closed=False,
                ),
                *curve(
                    [(0.02, 0.52), (0.1, 0.64), (0.1, 0.8), (0.2, 0.96), (0.14, 1.34)], closed=False
                ),
                *curve(
                    [
                        (0.36, 1.26),
                        (0.74, 0.86),
                        (0.93, 0.3),
                        (0.96, -0.2),
                        (0.86, -0.8),
                        (0.5, -1.22),
                    ],
                    closed=False,
                ),
            ]
        ),
    )
    p.soft(
        skin.blush, size * 0.12, at(oval(-0.56, 0.42, 0.24, 0.17)), strength=0.75, inside=(outline,)
    )
    p.soft(
        skin.blush, size * 0.12, at(oval(0.6, 0.42, 0.22, 0.16)), strength=0.6, inside=(outline,)
    )
    p.stroke(
        skin.line,
        at([(-0.13, 0.45), (-0.03, 0.53), (0.1, 0.52), (0.2, 0.45)]),
        size * 0.02,
        size * 0.02,
        size * 0.025,
    )
    for side in (-1, 1):
        _eye(p, skin, at, side, size, gaze)
    p.flat(
        skin.lips,
        curve(
            at(
                [
                    (-0.26, 0.79),
                    (-0.08, 0.74),
                    (0, 0.77),
                    (0.08, 0.74),
                    (0.27, 0.78),
                    (0.12, 0.9),
                    (0, 0.92),
                    (-0.12, 0.9),
                ]
            )
        ),
    )
    p.stroke(
        skin.line,
        at([(-0.3, 0.77), (-0.1, 0.81), (0, 0.8), (0.1, 0.81), (0.32, 0.75)]),
        size * 0.012,
        size * 0.012,
        size * 0.025,
    )


def _eye(
    p: Print,
    skin: Skin,
    at: Callable[[Sequence[Point]], list[Point]],
    side: int,
    size: float,
    gaze: str,
) -> None:
    def of(*points: Point) -> list[Point]:
        return at([(side * px, py) for px, py in points])

    p.stroke(skin.line, of((0.2, -0.36), (0.44, -0.45), (0.74, -0.33)), size * 0.075, size * 0.02)
    if gaze == "down":
        p.stroke(
            skin.line,
            of((0.22, -0.02), (0.32, 0.07), (0.48, 0.1), (0.66, 0.03)),
            size * 0.02,
            size * 0.05,
            size * 0.03,
        )
        p.stroke(
            skin.line,
            of((0.26, -0.13), (0.46, -0.17), (0.66, -0.09)),
            size * 0.012,
            size * 0.012,
            size * 0.015,
        )
        return
    p.flat(
        "#f7efe6",
        curve(of((0.23, 0), (0.34, -0.09), (0.5, -0.1), (0.66, -0.01), (0.5, 0.07), (0.34, 0.07))),
    )
    drift = {"left": -0.09, "right": 0.09}[gaze]
    p.flat(skin.line, at(oval(side * 0.45 + drift, -0.015, 0.095, 0.1)))
    p.flat("#f7efe6", at(oval(side * 0.45 + drift - 0.03, -0.05, 0.022, 0.022)))
    p.stroke(
        skin.line,
        of((0.2, 0.01), (0.32, -0.09), (0.5, -0.115), (0.7, -0.02)),
        size * 0.02,
        size * 0.045,
        size * 0.035,
    )
