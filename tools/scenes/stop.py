"""A tram stop on a winter evening."""

from __future__ import annotations

import math

from ink import Print, box, chance, curve, oval, place, taper
from PIL import Image

from scenes.face import Skin, head


def stop() -> Image.Image:
    """Draw the scene."""
    w, h = 1200, 1500
    x: float
    y: float
    p = Print(w, h, "#2a2352")
    p.blend("#1c1b46", "#7a5388", (0, 0), (0, 900))
    # The town on its hill.
    for layer, (ink, base, seed) in enumerate((("#44386f", 560, "far"), ("#332a5c", 660, "near"))):
        x, i = -20.0, 0
        while x < w:
            wide = 70 + 80 * chance(seed, i)
            top = base - 60 - 190 * chance(seed, i, "top") + 0.09 * abs(x - 800)
            p.flat(ink, box(x, top, wide, 500))
            if chance(seed, i, "roof") > 0.5:
                p.flat(ink, [(x - 6, top), (x + wide / 2, top - 50), (x + wide + 6, top)])
            for row in range(5):
                for column in range(int(wide // 26)):
                    if chance(seed, i, row, column) > 0.72:
                        p.flat(
                            "#f4bd6a" if layer else "#c98f6f",
                            box(x + 10 + column * 25, top + 22 + row * 36, 11, 16),
                        )
            x += wide + 4
            i += 1
    # Overhead wires.
    for y in (196, 252):
        p.stroke("#17143a", [(-10, y), (500, y + 26), (1210, y - 40)], 3)
    # The tram, coming out of the right.
    side_wall = [
        (560, 1120),
        *curve([(556, 700), (564, 540), (592, 450), (660, 410)], closed=False),
        (1210, 404),
        (1210, 1120),
    ]
    p.flat("#d8452f", side_wall)
    p.flat("#f3e3c8", [(556, 800), (1210, 800), (1210, 846), (556, 846)])
    p.shade("#6d1c33", (900, 600), (560, 1100), side_wall, strength=0.7)
    p.flat("#1f1a40", box(620, 380, 590, 30))
    p.stroke("#17143a", [(830, 380), (900, 300), (820, 232)], 7)
    p.stroke("#17143a", [(770, 232), (880, 226)], 7)
    for x, wide in ((596, 150), (774, 170), (972, 170), (1170, 170)):
        glass = curve(
            [
                (x, 500),
                (x + wide * 0.5, 494),
                (x + wide, 500),
                (x + wide + 3, 640),
                (x + wide, 772),
                (x + wide * 0.5, 778),
                (x, 772),
                (x - 3, 640),
            ],
            steps=8,
        )
        p.flat("#ffd27a", glass)
        p.shade("#f0913f", (x, 560), (x, 800), glass, strength=0.8)
    for x, y, r in ((840, 716, 34), (912, 722, 32), (1062, 708, 36)):
        p.flat(
            "#7d3a3f",
            oval(x, y - r * 1.2, r * 0.66, r * 0.8),
            [
                (x - r * 1.3, 775),
                (x - r, y - r * 0.1),
                (x, y - r * 0.5),
                (x + r, y - r * 0.1),
                (x + r * 1.3, 775),
            ],
        )
    p.light("#ffce7a", 60, box(590, 490, 640, 290), strength=0.35)
    p.flat("#fff0c4", oval(604, 930, 32, 32))
    p.light("#ffe2a0", 44, oval(604, 930, 70, 70), strength=0.8)
    p.flat("#251f4b", box(556, 1030, 660, 100))
    # The platform under snow, with the light of the windows on it.
    p.flat("#b9b4da", [(-10, 1100), (1210, 1080), (1210, 1510), (-10, 1510)])
    p.shade(
        "#5d5590", (700, 1100), (0, 1500), [(-10, 1100), (1210, 1080), (1210, 1510), (-10, 1510)]
    )
    p.light("#ffb45e", 40, [(620, 1120), (1200, 1110), (1200, 1300), (700, 1300)], strength=0.55)
    # The shelter's lamp post, left.
    p.stroke("#17143a", [(120, 1130), (120, 300)], 18, 12)
    p.stroke("#17143a", [(120, 306), (150, 250), (230, 240)], 12)
    p.flat("#17143a", [(196, 236), (272, 236), (258, 262), (210, 262)])
    p.flat("#fff0c4", oval(234, 266, 26, 9))
    p.light(
        "#ffdc96",
        46,
        [(210, 266), (258, 266), (440, 1000), (20, 1000)],
        strength=0.42,
        fade=((234, 266), (234, 1000)),
    )

    skin = Skin("#d9a07a", "#a4685a", "#d8614f", "#2a1424", "#a23c40")
    coat = curve(
        [
            (70, 1580),
            (110, 1270),
            (206, 1100),
            (380, 1010),
            (500, 970),
            (600, 970),
            (730, 1010),
            (900, 1096),
            (984, 1270),
            (1020, 1580),
        ]
    )
    p.flat("#1f5560", coat)
    p.shade("#0c2440", (720, 1060), (160, 1360), coat, strength=0.95)
    p.stroke("#f0a35e", [(740, 1016), (900, 1100), (980, 1268), (1008, 1480)], 2, 5, 7)
    p.stroke("#0c2440", [(560, 1080), (566, 1560)], 5)
    # Long hair under the hat, behind the face.
    p.flat(
        "#33182a",
        curve(
            [
                (396, 600),
                (362, 760),
                (384, 900),
                (340, 1010),
                (430, 1040),
                (470, 940),
                (640, 940),
                (690, 1040),
                (770, 1000),
                (734, 890),
                (752, 760),
                (716, 600),
            ]
        ),
    )
    head(p, skin, 556, 690, 156, turn=4, lit_from_left=False)
    for side in (-1, 1):
        lock = curve(
            [
                (556 + side * 150, 600),
                (556 + side * 172, 720),
                (556 + side * 158, 850),
                (556 + side * 196, 980),
                (556 + side * 140, 1000),
                (556 + side * 118, 880),
                (556 + side * 140, 760),
                (556 + side * 128, 640),
            ]
        )
        p.flat("#33182a", lock)
        for k in range(3):
            x = 556 + side * (140 + k * 10)
            p.stroke(
                "#7a3f47" if side > 0 else "#54293a",
                [(x, 660), (x + side * 10, 760), (x - side * 4, 860), (x + side * 18, 960)],
                1,
                1,
                4,
            )
    # Scarf.
    scarf = curve(
        [
            (360, 950),
            (430, 900),
            (556, 940),
            (690, 896),
            (752, 946),
            (744, 1036),
            (640, 1086),
            (500, 1090),
            (380, 1044),
        ]
    )
    p.flat("#e6a13a", scarf)
    p.shade("#9c4f2c", (660, 940), (380, 1070), scarf, strength=0.95)
    tail = taper([(470, 1040), (440, 1180), (462, 1360)], 110, 124)
    p.flat("#e6a13a", tail)
    p.shade("#9c4f2c", (500, 1060), (400, 1300), tail, strength=0.9)
    for k in range(3):
        p.stroke("#f7d48c", [(412 - k * 3, 1236 + k * 34), (520, 1226 + k * 34)], 7)
    for k in range(8):
        p.stroke("#e6a13a", [(408 + k * 16, 1350), (404 + k * 17, 1402)], 6, 4)
    for k in range(3):
        p.stroke(
            "#b9692f",
            [
                (386 + k * 12, 980 + k * 28),
                (500, 1010 + k * 24),
                (640, 1000 + k * 22),
                (736 - k * 16, 960 + k * 26),
            ],
            1,
            1,
            5,
        )
    # Knitted hat.
    hat = curve(
        [
            (386, 610),
            (392, 510),
            (450, 420),
            (560, 380),
            (668, 424),
            (728, 516),
            (734, 620),
            (560, 560),
        ]
    )
    p.flat("#c93f4b", hat)
    p.shade("#6d1c3d", (640, 430), (400, 580), hat, strength=0.95)
    for k in range(-4, 5):
        p.stroke(
            "#8f2744",
            [(562 + k * 9, 390 + abs(k) * 3), (560 + k * 30, 470), (560 + k * 38, 570)],
            1,
            3,
        )
    brim = curve(
        [
            (372, 640),
            (374, 566),
            (460, 530),
            (560, 520),
            (664, 534),
            (746, 574),
            (742, 650),
            (660, 606),
            (560, 592),
            (456, 604),
        ]
    )
    p.flat("#e8d9cf", brim)
    p.shade("#9a7f9a", (660, 560), (380, 620), brim, strength=0.9)
    for k in range(15):
        x = 396 + k * 24
        y = 640 - 46 * math.sin((k + 0.6) / 15 * math.pi)
        p.stroke("#b59fae", [(x, y - 50), (x + (560 - x) * 0.02, y - 10)], 2, 3)
    p.flat(
        "#e8d9cf",
        *(
            oval(560 + 42 * math.cos(a), 352 + 36 * math.sin(a), 30, 28)
            for a in (0, 0.9, 1.8, 2.7, 3.6, 4.5, 5.4)
        ),
        oval(560, 352, 52, 46),
    )
    p.soft("#9a7f9a", 12, oval(536, 380, 40, 28), strength=0.55, inside=(oval(560, 352, 58, 54),))
    # Telephone and mitten: its light on her chin.
    sleeve = taper([(900, 1560), (860, 1380), (730, 1266)], 220, 130)
    p.flat("#26626c", sleeve)
    p.shade("#0c2440", (860, 1300), (740, 1520), sleeve, strength=0.9)
    p.flat("#12102c", place(box(-52, -98, 104, 196), 646, 1150, 1, -14))
    p.flat("#2f2c58", place(oval(0, 0, 11, 11), 630, 1086, 1))
    p.stroke("#bfe7ff", place([(-48, -96), (50, -96)], 646, 1150, 1, -14), 5)
    mitten = curve(
        [
            (786, 1330),
            (706, 1316),
            (644, 1286),
            (604, 1246),
            (612, 1210),
            (650, 1200),
            (664, 1178),
            (700, 1156),
            (744, 1180),
            (784, 1236),
            (830, 1280),
        ]
    )
    p.flat("#c93f4b", mitten)
    p.shade("#6d1c3d", (690, 1190), (760, 1330), mitten)
    p.stroke("#8f2744", [(614, 1240), (660, 1232), (700, 1240)], 2, 2, 3)
    p.flat("#e8d9cf", taper([(840, 1262), (764, 1350)], 46, 46))
    p.light("#bfe4ff", 46, oval(600, 1030, 110, 70), strength=0.4)
    p.light("#bfe4ff", 34, oval(572, 860, 90, 60), strength=0.32)
    # Snow.
    for i in range(230):
        x, y = chance("nx", i) * w, chance("ny", i) * h
        near = chance("nr", i) ** 3
        p.flat("#f5f0ff" if near > 0.2 else "#cfc8ea", oval(x, y, 1.6 + 6 * near, 1.6 + 6 * near))
    return p.finished()
