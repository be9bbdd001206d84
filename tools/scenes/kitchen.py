"""A small restaurant's kitchen, in the morning sun."""

from __future__ import annotations

from ink import Print, box, chance, curve, oval, place, taper
from PIL import Image

from scenes.face import Skin, head


def kitchen() -> Image.Image:
    """Draw the scene."""
    w, h = 1200, 1500
    x: float
    y: float
    p = Print(w, h, "#f4d9a4")
    p.blend("#f8e3b4", "#eec48c", (0, 0), (w, 1100))
    # Tiles half-way up the wall.
    for row in range(8):
        for column in range(-1, 11):
            x, y = column * 124 + (62 if row % 2 else 0), 640 + row * 66
            ink = ("#7fb6a8", "#76ad9f", "#8abfae")[int(3 * chance("tile", row, column))]
            p.flat(ink, box(x + 3, y + 3, 118, 60))
            p.flat("#a9d3c3", box(x + 3, y + 3, 118, 5))
    # The window, and the masts in the harbour.
    p.flat("#fdf6e4", box(660, 110, 470, 590))
    view = box(694, 144, 402, 522)
    p.blend("#fff3cf", "#f9c98f", (0, 144), (0, 500), view)
    p.flat("#fffbe8", oval(960, 288, 64, 64))
    p.flat("#86b8b6", box(694, 500, 402, 166))
    for i in range(20):
        x, y = 700 + 340 * chance("hx", i), 512 + 140 * chance("hy", i)
        p.stroke("#d9ecdf", [(x, y), (x + 46, y)], 1, 1, 4)
    p.flat(
        "#4e8b8f",
        [
            (694, 504),
            *curve([(694, 462), (800, 440), (920, 470), (1020, 448), (1096, 462)], closed=False),
            (1096, 504),
        ],
    )
    for x, top, sail in ((764, 270, 74), (1022, 330, 54)):
        p.stroke("#7d4a36", [(x, top), (x, 530)], 5)
        p.flat("#fdf6e4", [(x + 7, top + 12), (x + 7 + sail, 500), (x + 7, 500)])
        p.flat("#e7d3ad", [(x - 7, top + 40), (x - 7, 500), (x - 7 - sail * 0.5, 500)])
        p.flat("#b5482f", curve([(x - 60, 520), (x + 70, 520), (x + 48, 554), (x - 42, 554)]))
    p.flat("#fdf6e4", box(886, 144, 18, 522), box(694, 392, 402, 16))
    p.flat("#e2c695", box(640, 690, 510, 26))
    p.light("#fff0c0", 70, view, strength=0.34)
    p.light(
        "#fff0c0",
        26,
        [(694, 190), (694, 640), (-60, 1180), (-60, 560)],
        strength=0.26,
        fade=((694, 400), (0, 900)),
    )
    # Copper pans on a rail.
    p.stroke("#5b4038", [(-10, 112), (620, 112)], 12)
    p.stroke("#8d6a58", [(-10, 108), (620, 108)], 3)
    for x, r, drop in ((96, 78, 150), (282, 100, 176), (478, 66, 130)):
        p.stroke("#5b4038", [(x, 112), (x + 6, 128), (x - 4, 142)], 7)
        p.stroke("#8d5a3a", [(x, 136), (x, 112 + drop)], 17, 24)
        pan = oval(x, 112 + drop + r * 0.86, r, r)
        p.flat("#d97b43", pan)
        p.shade(
            "#8c3d22", (x + r * 0.3, 112 + drop), (x - r, 112 + drop + 2 * r), pan, strength=0.95
        )
        p.stroke(
            "#ffc48a",
            [
                (x + r * 0.2, 118 + drop),
                (x + r * 0.72, 112 + drop + r * 0.5),
                (x + r * 0.82, 112 + drop + r),
            ],
            1,
            1,
            9,
        )

    skin = Skin("#f0c08f", "#d18f62", "#e37a55", "#3a1d1e", "#b8453d")
    # Jacket, sleeves rolled, and the apron over it.
    body = curve(
        [
            (206, 1560),
            (214, 1250),
            (270, 1050),
            (410, 950),
            (520, 908),
            (640, 908),
            (750, 950),
            (888, 1050),
            (944, 1250),
            (952, 1560),
        ]
    )
    p.flat("#fbf3e2", body)
    p.shade("#cfae87", (640, 980), (200, 1200), body, strength=0.95)
    head(p, skin, 578, 620, 158, turn=5, gaze="right", lit_from_left=False)
    p.flat("#fffaf0", [(470, 888), (500, 854), (580, 966), (540, 1060), (440, 950)])
    p.flat("#fffaf0", [(690, 884), (662, 848), (580, 966), (640, 1060), (724, 946)])
    p.shade(
        "#cfae87",
        (560, 900),
        (440, 1000),
        [(470, 888), (500, 854), (580, 966), (540, 1060), (440, 950)],
    )
    apron = [(420, 1130), (750, 1130), (830, 1300), (850, 1560), (310, 1560), (330, 1300)]
    p.flat("#2f6f73", apron)
    p.shade("#123f4c", (700, 1120), (330, 1480), apron, strength=0.9)
    for x, foot in ((440, 500), (730, 664)):
        p.stroke("#2f6f73", [(x, 1140), (foot + (x - foot) * 0.4, 1040), (foot, 930)], 36, 30)
    p.stroke("#7fb6a8", [(430, 1146), (740, 1146)], 4)
    # Hair: pulled back, with a bun, and one strand that got away.
    bun = oval(548, 372, 92, 84, -10)
    p.flat("#2b1a22", bun)
    p.shade("#120a14", (600, 330), (470, 440), bun)
    for k in range(4):
        p.stroke(
            "#5e3a38",
            place(
                [(-60, 20), (-20, -30 - k * 9), (36, -24 - k * 6), (66, 14)],
                548,
                380 - k * 3,
                1 - k * 0.16,
                -10,
            ),
            1,
            1,
            5,
        )
    p.stroke("#d9a441", [(636, 330), (470, 424)], 9, 5)
    hair = curve(
        [
            (432, 680),
            (412, 600),
            (416, 516),
            (456, 446),
            (528, 404),
            (610, 400),
            (684, 430),
            (736, 500),
            (752, 590),
            (738, 690),
            (722, 650),
            (716, 580),
            (690, 520),
            (640, 486),
            (590, 474),
            (530, 494),
            (478, 536),
            (450, 600),
            (444, 660),
        ]
    )
    p.flat("#2b1a22", hair)
    for k in range(6):
        p.stroke(
            "#5e3a38",
            [
                (560 + k * 4, 420),
                (500 - k * 2 + k * k, 450 + k * 3),
                (452 + k * 5, 520 + k * 4),
                (430 + k * 3, 600),
            ],
            1,
            1,
            4,
        )
        p.stroke(
            "#5e3a38",
            [(600 + k * 6, 420 + k), (664 + k * 5, 456 + k * 4), (712 + k * 3, 530 + k * 6)],
            1,
            1,
            4,
        )
    p.stroke("#e8a468", [(650, 414), (704, 452), (742, 520), (750, 600)], 1, 1, 6)
    p.stroke("#2b1a22", [(450, 640), (428, 730), (452, 800), (438, 850)], 9, 1)
    for side in (-1, 1):
        p.flat("#d9a441", oval(578 + side * 162, 688 - side * -8, 11, 15))
    # Freckles.
    for i in range(14):
        x = 500 + 150 * chance("fx", i)
        p.flat("#c77f55", oval(x, 664 + 34 * chance("fy", i) + (x - 578) * 0.09, 2.4, 2.4))
    # The counter.
    p.flat("#a3623c", [(-10, 1330), (1210, 1310), (1210, 1510), (-10, 1510)])
    p.stroke("#d99a66", [(-10, 1332), (1210, 1312)], 10)
    for k in range(7):
        y = 1362 + k * 24
        p.stroke("#8c4f30", [(-10, y), (300, y + 6), (700, y - 8), (1210, y - 12)], 1, 1, 3)
    board = [(330, 1350), (840, 1340), (892, 1440), (290, 1452)]
    p.flat("#ecc48e", board)
    p.flat("#c8935b", [(290, 1452), (892, 1440), (892, 1462), (290, 1476)])
    # Arms: one holds the herbs, the other the knife.
    for side in (-1, 1):
        ink = skin.shadow if side < 0 else skin.light
        p.flat(
            "#e4cda6" if side < 0 else "#fbf3e2",
            taper(
                [(580 + side * 226, 1090), (580 + side * 330, 1150), (580 + side * 322, 1300)],
                110,
                128,
                40,
            ),
        )
        p.stroke("#cfae87", [(580 + side * 382, 1310), (580 + side * 262, 1284)], 12)
        p.flat(
            ink,
            taper(
                [(580 + side * 326, 1296), (580 + side * 250, 1356), (580 + side * 150, 1384)],
                96,
                62,
            ),
        )
        x = 580 + side * 128
        p.flat(ink, oval(x, 1384, 46, 36, side * 10))
        for finger in range(4):
            p.flat(
                ink,
                oval(
                    x - side * (24 + finger * 5),
                    1366 + finger * 14,
                    27,
                    10,
                    side * (14 - finger * 6),
                ),
            )
    p.flat("#dfe6e2", curve([(660, 1372), (540, 1384), (486, 1424), (560, 1426), (664, 1400)]))
    p.stroke("#9fb0ae", [(486, 1424), (560, 1420), (664, 1394)], 3)
    p.flat("#3a2320", taper([(648, 1388), (760, 1376)], 26, 24))
    for finger in range(4):
        p.flat(skin.light, oval(690 + finger * 22, 1384 - finger * 3, 14, 25, 8))
    for i in range(30):
        x, y = 352 + 130 * chance("lx", i), 1352 + 66 * chance("ly", i)
        p.flat(("#3f7d4a", "#5d9a52", "#2c5f3f")[i % 3], oval(x, y, 19, 7, 180 * chance("la", i)))
    # Lemons.
    for x, y, r in (
        (122, 1390, 66),
        (226, 1416, 58),
        (1010, 1368, 70),
        (1112, 1404, 62),
        (930, 1420, 52),
    ):
        lemon = curve(
            [
                (x - r * 1.25, y + 4),
                (x - r * 0.9, y - r * 0.5),
                (x, y - r * 0.84),
                (x + r * 0.9, y - r * 0.5),
                (x + r * 1.25, y - 4),
                (x + r * 0.9, y + r * 0.54),
                (x, y + r * 0.84),
                (x - r * 0.9, y + r * 0.54),
            ]
        )
        p.soft("#5f3320", 8, oval(x - 10, y + r * 0.74, r, r * 0.28), strength=0.8)
        p.flat("#f2c230", lemon)
        p.shade("#c97b1d", (x + r * 0.2, y - r * 0.3), (x - r * 0.7, y + r), lemon, strength=0.95)
        p.stroke(
            "#fff0a8",
            [(x + r * 0.1, y - r * 0.62), (x + r * 0.6, y - r * 0.44), (x + r * 0.86, y - r * 0.1)],
            1,
            1,
            7,
        )
    return p.finished()
