"""A radio studio at night, above the river."""

from __future__ import annotations

import math

from ink import Print, box, chance, curve, oval, place
from PIL import Image

from scenes.face import Skin, head


def studio() -> Image.Image:
    """Draw the scene."""
    w, h = 1200, 1500
    x: float
    y: float
    p = Print(w, h, "#18233f")
    p.blend("#24345c", "#141a33", (0, 0), (0, h))
    # Acoustic panels on the wall.
    for row in range(6):
        for column in range(4):
            x, y = 636 + column * 150, -40 + row * 190
            p.flat("#2d4070", box(x, y, 138, 178))
            for wedge in range(4):
                cut = (
                    [
                        (x, y + 44.5 * wedge),
                        (x + 138, y + 44.5 * wedge),
                        (x, y + 44.5 * (wedge + 1)),
                    ]
                    if (row + column) % 2
                    else [
                        (x + 34.5 * wedge, y),
                        (x + 34.5 * wedge, y + 178),
                        (x + 34.5 * (wedge + 1), y + 178),
                    ]
                )
                p.flat("#203056", cut)
    p.shade("#10162c", (620, 200), (1250, 1100), box(600, 0, 600, h), strength=0.85)
    # The window: night, the far shore, the lighthouse.
    pane = box(64, 96, 520, 690)
    p.flat("#0d1226", box(36, 68, 576, 746))
    p.blend("#0b1a3d", "#3b6a8f", (0, 96), (0, 600), pane)
    for i in range(44):
        p.flat(
            "#e9eede",
            oval(
                70 + 508 * chance("s", i),
                104 + 330 * chance("t", i) ** 1.3,
                1 + 1.6 * chance("u", i),
                1 + 1.6 * chance("u", i),
            ),
        )
    p.flat(
        "#f6ecc9",
        curve(
            [
                (470, 160),
                (434, 186),
                (428, 236),
                (460, 272),
                (506, 272),
                (534, 246),
                (492, 250),
                (460, 226),
                (456, 190),
            ]
        ),
    )
    p.flat(
        "#16304f",
        [
            (64, 600),
            *curve([(64, 566), (180, 540), (300, 570), (430, 546), (584, 566)], closed=False),
            (584, 600),
        ],
    )
    p.blend("#2f5d80", "#102746", (0, 590), (0, 786), box(64, 590, 520, 196))
    for i in range(34):
        x, y = 64 + 470 * chance("wx", i), 604 + 176 * chance("wy", i)
        p.stroke("#6fa3b5", [(x, y), (x + 20 + 34 * chance("wl", i), y)], 1, 1, 2.4)
    p.light(
        "#fff2c0",
        5,
        [(182, 472), (584, 372), (584, 476), (182, 482)],
        strength=0.75,
        fade=((182, 476), (600, 425)),
    )
    p.light(
        "#fff2c0",
        5,
        [(172, 472), (64, 452), (64, 492), (172, 482)],
        strength=0.6,
        fade=((172, 476), (20, 470)),
    )
    p.flat("#0e1c38", curve([(90, 606), (116, 576), (172, 560), (240, 574), (286, 606)]))
    p.flat("#e9e2d2", [(160, 570), (194, 570), (187, 494), (167, 494)])
    p.flat("#c8553d", [(162, 550), (192, 550), (190, 528), (164, 528)])
    p.flat("#0d1226", box(162, 488, 30, 7), [(164, 466), (190, 466), (177, 448)])
    p.flat("#fff6d0", box(168, 466, 18, 22))
    p.flat("#0d1226", box(316, 96, 14, 690))
    p.shade("#060a18", (200, 300), (64, 900), pane, strength=0.35)
    p.flat("#3a2a3a", box(20, 800, 608, 26))
    # The « on air » lamp, which says so without a word.
    p.flat("#10162c", box(800, 96, 250, 96))
    p.flat("#ff5a3c", box(814, 110, 222, 68))
    for k in range(3):
        p.stroke(
            "#ffd9b8",
            curve(
                [
                    (925 + 14 + 22 * k, 144 - 12 - 8 * k),
                    (925 + 24 + 24 * k, 144),
                    (925 + 14 + 22 * k, 144 + 12 + 8 * k),
                ],
                closed=False,
                steps=3,
            ),
            5,
        )
        p.stroke(
            "#ffd9b8",
            curve(
                [
                    (925 - 14 - 22 * k, 144 - 12 - 8 * k),
                    (925 - 24 - 24 * k, 144),
                    (925 - 14 - 22 * k, 144 + 12 + 8 * k),
                ],
                closed=False,
                steps=3,
            ),
            5,
        )
    p.flat("#ffd9b8", oval(925, 144, 9, 9))
    p.light("#ff5a3c", 60, box(790, 90, 270, 110), strength=0.5)

    skin = Skin("#c98a5e", "#96573f", "#c4573d", "#2a1418", "#8a3f35")
    body = curve(
        [
            (100, 1580),
            (136, 1270),
            (232, 1120),
            (400, 1032),
            (520, 990),
            (640, 990),
            (770, 1030),
            (944, 1116),
            (1046, 1270),
            (1080, 1580),
        ]
    )
    p.flat("#2f7d77", body)
    p.shade("#123c4a", (700, 1040), (140, 1340), body, strength=0.95)
    head(p, skin, 580, 700, 168, turn=5, gaze="right", lit_from_left=False)
    # Roll-neck, with its ribs.
    roll = curve(
        [
            (470, 990),
            (478, 922),
            (560, 944),
            (650, 930),
            (690, 912),
            (704, 990),
            (724, 1084),
            (586, 1128),
            (440, 1082),
        ]
    )
    p.flat("#37918a", roll)
    p.shade("#123c4a", (660, 960), (460, 1020), roll, strength=0.9)
    for k in range(9):
        x = 478 + k * 27
        p.stroke("#1f5f60", [(x, 940 + 12 * math.sin(k / 8 * 3.1)), (x - 4, 1078)], 2, 3)
    # Beard, cut round the mouth.
    beard = curve(
        [
            (420, 702),
            (424, 790),
            (452, 870),
            (506, 930),
            (564, 954),
            (624, 936),
            (684, 882),
            (722, 806),
            (742, 728),
            (718, 756),
            (690, 792),
            (648, 806),
            (600, 788),
            (570, 782),
            (538, 788),
            (494, 798),
            (456, 774),
            (436, 732),
        ]
    )
    p.flat("#221019", beard)
    p.flat(
        skin.lips,
        curve(
            [
                (524, 838),
                (552, 828),
                (566, 832),
                (582, 829),
                (614, 840),
                (586, 858),
                (566, 860),
                (546, 856),
            ]
        ),
    )
    p.stroke("#221019", [(518, 838), (548, 838), (568, 840), (590, 840), (620, 840)], 2, 2, 5)
    for k in range(11):
        x = 470 + k * 22
        p.stroke(
            "#4a2a2a",
            [(x, 876 - abs(k - 5) * 7), (x + (568 - x) * 0.12, 916 - abs(k - 5) * 8)],
            1,
            1,
            3,
        )
    # Hair, in tight waves.
    hair = [
        oval(x, y, r, r * 0.92)
        for x, y, r in (
            (436, 560, 50),
            (452, 492, 60),
            (506, 440, 66),
            (576, 416, 70),
            (650, 420, 68),
            (714, 458, 64),
            (748, 522, 54),
            (756, 588, 40),
            (580, 480, 90),
            (660, 490, 70),
            (510, 496, 60),
            (424, 620, 30),
        )
    ]
    p.flat("#221019", *hair)
    for i in range(46):
        a, r = chance("curl", i) * math.pi, 40 + 120 * chance("curl-r", i)
        x, y = 600 + r * math.cos(a) * 1.05, 520 - r * math.sin(a) * 0.92
        p.stroke("#4f2d2e", [(x - 13, y + 3), (x, y - 7), (x + 13, y + 3)], 1, 1, 4)
    # Headphones.
    p.stroke(
        "#e8dcc4",
        [(392, 650), (398, 500), (478, 384), (600, 352), (722, 396), (786, 520), (780, 660)],
        26,
        26,
        8,
    )
    p.stroke("#b9a98d", [(402, 640), (410, 508), (486, 398), (600, 368), (712, 408), (772, 524)], 4)
    for x, y, turn, ink in ((402, 690, 6, "#8f3a2c"), (766, 716, 6, "#e0563a")):
        p.flat("#181226", oval(x, y, 50, 84, turn))
        p.flat(ink, oval(x + (-14 if x < 600 else 14), y, 42, 74, turn))
        p.flat(
            "#f2a07c" if x > 600 else "#b4543f",
            oval(x + (-22 if x < 600 else 22), y - 6, 17, 38, turn),
        )
    p.stroke("#181226", [(396, 770), (372, 900), (420, 1060), (392, 1260), (420, 1540)], 8)
    # The microphone on its arm.
    p.stroke("#8f9bb5", [(1230, 700), (1104, 868)], 18)
    p.stroke("#8f9bb5", [(1104, 868), (934, 912)], 18)
    p.stroke("#c5cede", [(1226, 694), (1100, 862)], 4)
    p.stroke("#c5cede", [(1100, 862), (934, 906)], 4)
    p.flat("#5d6988", oval(1104, 868, 24, 24))
    p.flat("#c5cede", oval(1104, 868, 9, 9))
    ring = place(oval(0, 0, 98, 104), 850, 944, 1, -8)
    p.stroke("#5d6988", [*ring, ring[0]], 12)
    for x, y, tx, ty in (
        (776, 884, 812, 908),
        (930, 900, 896, 918),
        (778, 1010, 808, 984),
        (924, 1008, 892, 986),
    ):
        p.stroke("#c5cede", [(x, y), (tx, ty)], 4)
    capsule = curve(
        place(
            [(-46, -84), (0, -100), (46, -84), (56, 0), (56, 96), (0, 112), (-56, 96), (-56, 0)],
            850,
            944,
            1,
            -8,
        )
    )
    p.flat("#1b2036", capsule)
    grille = curve(
        place(
            [(-40, -76), (0, -90), (40, -76), (48, 0), (46, 30), (0, 38), (-46, 30), (-48, 0)],
            850,
            944,
            1,
            -8,
        )
    )
    p.flat("#aab4c9", grille)
    for k in range(8):
        p.stroke(
            "#5d6988",
            place([(-44, -66 + k * 13), (0, -60 + k * 13), (44, -66 + k * 13)], 850, 944, 1, -8),
            5,
        )
    p.shade("#1b2036", (880, 900), (780, 1000), grille, strength=0.8)
    p.stroke("#ff8a5c", place([(50, -70), (57, 0), (57, 84)], 850, 944, 1, -8), 4)
    p.flat("#ff5a3c", oval(846, 1020, 8, 8))
    # The desk, faders and a mug.
    p.flat("#101529", [(-10, 1360), (1210, 1330), (1210, 1510), (-10, 1510)])
    p.stroke("#37456f", [(-10, 1360), (1210, 1330)], 6)
    for k in range(12):
        x = 300 + k * 62
        y = 1404 + 60 * chance("fader", k)
        p.flat("#05070f", box(x - 4, 1384, 8, 106))
        p.flat("#e8dcc4" if k % 4 else "#ff5a3c", box(x - 17, y, 34, 18))
    p.flat("#d9a441", box(96, 1236, 124, 160))
    p.stroke("#d9a441", [(216, 1266), (268, 1280), (264, 1346), (214, 1360)], 18)
    p.shade("#7c5322", (180, 1240), (80, 1400), box(96, 1236, 124, 160))
    p.flat("#5a331d", oval(158, 1238, 62, 14))
    for k in range(2):
        p.stroke(
            "#7f8db3",
            [
                (136 + k * 44, 1216),
                (122 + k * 44, 1176),
                (150 + k * 44, 1140),
                (134 + k * 44, 1096),
            ],
            2,
            1,
            7,
        )
    p.light("#ff7a4a", 110, oval(980, 760, 160, 330), strength=0.16)
    return p.finished()
