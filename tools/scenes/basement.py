"""A co-operative's basement, once the meeting is over."""

from __future__ import annotations

import math

from ink import Point, Print, box, chance, curve, oval, place
from PIL import Image


def basement() -> Image.Image:
    """Draw the scene."""
    w, h = 1600, 1000
    p = Print(w, h, "#d9c7a2")
    p.blend("#e2d2ae", "#b99a6c", (0, 0), (0, 800))
    for x in range(0, w, 100):
        p.stroke("#c9b186", [(x, 0), (x, 760)], 3)
    p.flat("#6e5040", box(0, 760, w, 240))
    p.shade("#3b2a2c", (0, 780), (0, 1000), box(0, 760, w, 240))
    p.flat("#8d6a4f", box(0, 744, w, 18))
    # The whiteboard: seven rules kept, the others struck out.
    p.soft("#5a4030", 26, box(340, 130, 940, 580), strength=0.6)
    p.flat("#8f9aa0", box(322, 92, 956, 600))
    sheet = box(340, 110, 920, 564)
    p.flat("#fbfaf3", sheet)
    p.shade("#cfd6d2", (700, 200), (1260, 700), sheet, strength=0.6)
    for column in range(2):
        for row in range(9):
            x, y = 384 + column * 440, 160 + row * 56
            long = 210 + 130 * chance("rule", column, row)
            keep = (column, row) in {(0, 1), (0, 4), (0, 8), (1, 0), (1, 3), (1, 5), (1, 8)}
            ink = "#1f5560" if keep else "#b3b6ae"
            wave = [
                (
                    x + 34 + step * long / 16,
                    y + 7 * math.sin(step * 2.1 + row) * (1 if step % 3 else 0.2),
                )
                for step in range(17)
            ]
            p.stroke(ink, wave, 5, 4, 2)
            if keep:
                p.stroke("#d8452f", [(x - 6, y - 2), (x + 5, y + 12), (x + 24, y - 18)], 5, 8)
            else:
                p.stroke("#d98a6f", [(x + 18, y + 7), (x + 40 + long, y - 7)], 4, 6)
    p.flat("#8f9aa0", box(560, 686, 470, 22))
    for x, ink in ((600, "#d8452f"), (690, "#1f5560"), (860, "#3f7d4a")):
        p.stroke(ink, [(x, 680), (x + 66, 680)], 14)
        p.stroke("#fbfaf3", [(x + 44, 680), (x + 66, 680)], 14)
    # Three sheets of the earlier rounds, taped to the wall.
    for x, y, turn, ink in (
        (170, 260, -5, "#f6dc86"),
        (190, 480, 4, "#a9d3c3"),
        (1420, 240, 5, "#f2b8a0"),
    ):
        p.soft("#5a4030", 10, place(box(-80, -92, 168, 192), x, y + 6, 1, turn), strength=0.5)
        p.flat(ink, place(box(-84, -96, 168, 192), x, y, 1, turn))
        for line in range(5):
            p.stroke(
                "#7d6a55",
                place(
                    [(-58, -52 + line * 30), (20 + 34 * chance("n", x, line), -54 + line * 30)],
                    x,
                    y,
                    1,
                    turn,
                ),
                4,
            )
        p.flat("#f7efdc", place(box(-28, -108, 56, 24), x, y, 1, turn))
    # The urn and the cups, on a folding table.
    p.flat("#f1e4c8", [(1290, 690), (1610, 690), (1610, 722), (1290, 722)])
    p.stroke("#59606c", [(1340, 722), (1310, 960)], 12)
    p.stroke("#59606c", [(1560, 722), (1590, 960)], 12)
    urn = box(1400, 470, 130, 196)
    p.flat("#aeb8bf", urn)
    p.shade("#4d5a66", (1440, 0), (1540, 0), urn)
    p.flat("#dfe6e8", box(1418, 480, 10, 170))
    p.flat("#2c2b3a", box(1388, 664, 154, 28), box(1392, 454, 146, 20), box(1450, 430, 30, 26))
    p.stroke("#2c2b3a", [(1400, 620), (1372, 620), (1372, 640)], 12)
    for x, ink in ((1316, "#d8452f"), (1352, "#e6a13a"), (1566, "#2f7d77")):
        p.flat(ink, [(x - 18, 648), (x + 18, 648), (x + 14, 692), (x - 14, 692)])
    # Folding chairs, left as they were.
    for x, turn, ink in (
        (170, -7, "#c8553d"),
        (430, 4, "#2f7d77"),
        (690, -3, "#d9a441"),
        (960, 6, "#2f7d77"),
        (1210, -5, "#c8553d"),
    ):

        def at(*points: Point, x: float = x, turn: float = turn) -> list[Point]:
            return place(points, x, 850, 1, turn)

        p.soft("#2b1d20", 16, oval(x, 1000, 130, 26), strength=0.7)
        for side in (-1, 1):
            p.stroke("#3d3a4a", at((side * 82, -100), (side * 84, 40), (side * 92, 190)), 12)
        p.flat(
            ink,
            curve(at((-88, -120), (0, -134), (88, -120), (86, -40), (0, -30), (-86, -40)), steps=8),
        )
        p.shade(
            "#3b1f2a",
            (x, 740),
            (x + 90, 840),
            curve(at((-88, -120), (0, -134), (88, -120), (86, -40), (0, -30), (-86, -40)), steps=8),
            strength=0.6,
        )
        p.flat(ink, at((-88, 44), (88, 44), (110, 96), (-110, 96)))
        p.flat("#3d3a4a", at((-110, 96), (110, 96), (110, 108), (-110, 108)))
    p.light("#fff0c8", 120, oval(800, 60, 620, 140), strength=0.3)
    return p.finished()
