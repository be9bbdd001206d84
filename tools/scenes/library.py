"""A librarian who reads standing up, by the light of one lamp."""

from __future__ import annotations

from ink import Print, box, chance, curve, oval, place, taper
from PIL import Image

from scenes.face import Skin, head


def library() -> Image.Image:
    """Draw the scene."""
    w, h = 1200, 1500
    p = Print(w, h, "#143330")
    p.blend("#1d4a42", "#0d2426", (600, 0), (600, h))
    spines = (
        "#c8553d",
        "#e0a84c",
        "#2f7f79",
        "#8c2f39",
        "#d9c9a3",
        "#456b4f",
        "#b5763a",
        "#1f5a66",
    )
    for row in range(5):
        floor = 268 + row * 290
        p.flat("#0e2a2b", box(0, floor - 252, w, 252))
        x, i = -12.0, 0
        while x < w:
            thick = 24 + 36 * chance("thick", row, i)
            tall = 160 + 72 * chance("tall", row, i)
            ink = spines[int(chance("ink", row, i) * len(spines))]
            gap = chance("gap", row, i)
            lean = 9 if gap > 0.86 else 0
            spine = [
                (x, floor),
                (x + thick, floor),
                (x + thick + lean, floor - tall),
                (x + lean, floor - tall),
            ]
            p.flat(ink, spine)
            for band in (0.16, 0.22, 0.8):
                if chance("band", row, i, band) > 0.45:
                    p.flat(
                        "#0e2a2b" if ink == "#d9c9a3" else "#ecd9ae",
                        box(x + lean * band, floor - tall * (1 - band), thick, 4),
                    )
            p.shade("#0e2a2b", (x + thick * 0.3, 0), (x + thick * 1.3, 0), spine, strength=0.6)
            x += thick + (3 if gap < 0.9 else 30)
            i += 1
        p.flat("#5d3a24", box(0, floor, w, 30))
        p.flat("#7d5230", box(0, floor, w, 8))
        p.flat("#0a1f21", box(0, floor + 30, w, 10))
    # Far from the lamp, the shelves sink into the dark.
    p.shade("#081a1f", (330, 420), (1250, 1150), box(0, 0, w, h), strength=0.93)
    p.shade("#081a1f", (300, 900), (0, 1500), box(0, 0, w, h), strength=0.8)
    p.light("#ffcf7a", 120, oval(250, 470, 300, 330), strength=0.42)
    # The lamp.
    p.stroke("#d69c3f", [(196, -10), (196, 210)], 7)
    shade = [(150, 206), (242, 206), (330, 350), (62, 350)]
    p.flat("#2e8a70", shade)
    p.shade("#145246", (110, 300), (330, 330), shade)
    p.flat("#fff0c2", oval(196, 352, 132, 20))
    p.light("#ffdf9e", 34, oval(196, 372, 150, 40), strength=0.75)
    p.light(
        "#ffd88c",
        60,
        [(70, 360), (322, 360), (780, 1500), (-200, 1500)],
        strength=0.3,
        fade=((196, 360), (300, 1400)),
    )

    skin = Skin("#eebc96", "#cf8a6c", "#e07a5f", "#3b1f22", "#b5483f")
    # Cardigan and blouse.
    body = curve(
        [
            (130, 1560),
            (156, 1190),
            (246, 1010),
            (420, 914),
            (540, 872),
            (660, 872),
            (790, 914),
            (960, 1010),
            (1050, 1190),
            (1080, 1560),
        ]
    )
    p.flat("#dc9a33", body)
    p.shade("#8e4a25", (560, 960), (1120, 1220), body, strength=0.95)
    head(p, skin, 606, 600, 158, turn=-4)
    blouse = [(506, 850), (604, 950), (706, 846), (748, 910), (650, 1560), (566, 1560), (470, 910)]
    p.flat("#f3e6cf", blouse)
    p.shade("#c9a98c", (590, 910), (700, 940), blouse)
    p.flat("#fff6e3", [(496, 850), (528, 824), (610, 950), (560, 1016), (478, 912)])
    p.flat("#e6cfae", [(716, 846), (688, 820), (610, 950), (656, 1016), (738, 906)])
    for y in (1040, 1120):
        p.flat("#8c2f39", oval(608, y, 8, 8))
    # Short hair, parted on the side.
    hair = curve(
        [
            (452, 640),
            (436, 540),
            (446, 448),
            (500, 382),
            (590, 352),
            (684, 366),
            (752, 424),
            (778, 510),
            (768, 610),
            (752, 650),
            (744, 580),
            (728, 500),
            (690, 462),
            (640, 470),
            (566, 500),
            (500, 512),
            (474, 560),
            (466, 640),
        ]
    )
    p.flat("#542420", hair)
    p.shade("#2a1118", (540, 400), (780, 560), hair, strength=0.95)
    for k in range(6):
        p.stroke(
            "#8d4630",
            [
                (668 - k * 4, 368 + k * 4),
                (590 - k * 12, 388 + k * 14),
                (500 - k * 4, 444 + k * 10),
                (462 + k * 3, 520 + k * 14),
            ],
            1,
            1,
            5,
        )
    p.stroke("#d98d4e", [(452, 470), (500, 396), (580, 360)], 2, 2, 6)
    # Round glasses.
    for cx in (538, 670):
        ring = place(oval(0, 0, 60, 60), cx, 606 - (cx - 604) * 0.07, 1)
        p.stroke("#2a1118", [*ring, ring[0]], 8)
    p.stroke("#2a1118", [(598, 604), (606, 594), (612, 600)], 8)
    p.stroke("#2a1118", [(480, 600), (452, 592)], 7)
    p.stroke("#2a1118", [(729, 594), (758, 582)], 7)
    p.light("#fff3d6", 3, [(506, 580), (526, 566), (516, 632), (502, 622)], strength=0.5)
    # The book, and the hands that hold it.
    cover = [(300, 1190), (596, 1262), (900, 1184), (930, 1470), (604, 1548), (270, 1478)]
    p.flat("#7c2230", cover)
    p.flat(
        "#f8ecd2",
        [
            *curve([(320, 1184), (420, 1168), (520, 1192), (596, 1244)], closed=False),
            (602, 1520),
            *curve([(520, 1474), (420, 1448), (296, 1462)], closed=False),
        ],
    )
    p.flat(
        "#e9d2a8",
        curve([(596, 1244), (680, 1190), (780, 1164), (880, 1178)], closed=False)
        + curve([(904, 1456), (790, 1444), (690, 1470), (602, 1520)], closed=False),
    )
    p.shade(
        "#a8794f", (700, 1300), (590, 1300), [(596, 1244), (760, 1168), (780, 1446), (602, 1520)]
    )
    for line in range(6):
        y = 1226 + line * 38
        p.stroke("#b59a78", [(352 - line * 3, y - 4), (430, y - 14), (556, y + 34)], 4)
        if line != 2:
            p.stroke("#a58a68", [(636, y + 32), (760, y - 18), (846 + line * 2, y - 10)], 4)
    for side in (-1, 1):
        x = 600 + side * 306
        ink = skin.light if side < 0 else skin.shadow
        p.flat(
            "#c9842a" if side < 0 else "#8e4a25",
            taper(
                [(600 + side * 452, 1580), (600 + side * 410, 1480), (x + side * 40, 1400)],
                190,
                120,
            ),
        )
        p.flat(
            ink,
            curve(
                [
                    (x + side * 76, 1440),
                    (x + side * 60, 1330),
                    (x + side * 20, 1290),
                    (x - side * 18, 1300),
                    (x - side * 20, 1400),
                    (x + side * 20, 1462),
                ]
            ),
        )
        for finger in range(4):
            y = 1310 + finger * 36
            reach = (50, 62, 60, 46)[finger]
            p.flat(ink, oval(x - side * 6, y, reach, 19, side * 6))
    p.light("#ffdf9e", 70, oval(450, 1270, 170, 70), strength=0.3)
    return p.finished()
