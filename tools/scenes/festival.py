"""A festival at dusk, seen over the shoulder of somebody who works there."""

from __future__ import annotations

from ink import Point, Print, box, chance, curve, oval, place, taper
from PIL import Image


def festival() -> Image.Image:
    """Draw the scene."""
    w, h, mid = 1600, 1200, 970
    p = Print(w, h, "#1d1440")
    p.blend("#1b1547", "#b83a78", (0, 0), (0, 520))
    p.blend("#b83a78", "#ff9a5a", (0, 520), (0, 790), box(0, 520, w, 300))
    p.light("#ffd9a0", 90, oval(mid, 760, 620, 90), strength=0.55)
    for i in range(70):
        x, y = chance("star", i) * w, chance("star-y", i) ** 1.4 * 330
        p.flat("#f3d7e6", oval(x, y, 1 + 1.6 * chance("star-r", i), 1 + 1.6 * chance("star-r", i)))
    # The hill across the water.
    hill = curve(
        [
            (-40, 840),
            (-40, 742),
            (140, 700),
            (330, 744),
            (560, 716),
            (800, 752),
            (1240, 738),
            (1450, 690),
            (1640, 728),
            (1640, 840),
        ]
    )
    p.flat("#7d2f6c", hill)
    p.shade("#4a1f5e", (0, 690), (0, 850), hill)
    # The stage: roof, towers, backdrop.
    left, right = mid - 470, mid + 470
    p.flat("#150d33", [(left, 330), (mid, 232), (right, 330), (right, 372), (left, 372)])
    p.flat("#150d33", box(left + 18, 360, 46, 480), box(right - 64, 360, 46, 480))
    p.blend("#2b1a5c", "#7a2c7a", (0, 372), (0, 800), box(left + 64, 372, 812, 440))
    for side in (left + 25, right - 57):
        for y in range(380, 820, 44):
            p.stroke("#3a2468", [(side, y), (side + 32, y + 44)], 3)
            p.stroke("#3a2468", [(side + 32, y), (side, y + 44)], 3)
    for x in range(left + 10, right, 49):
        p.stroke("#3a2468", [(x, 368), (x + 24, 336)], 3)
        p.stroke("#3a2468", [(x + 24, 336), (x + 49, 368)], 3)
    p.light("#ff6f9c", 40, oval(mid, 770, 330, 70), strength=0.75)
    # Musicians, against the light.
    for x, height in ((mid - 170, 168), (mid + 20, 196), (mid + 215, 168)):
        top = 822 - height
        p.flat(
            "#1a0f38",
            oval(x, top, 19, 23),
            curve(
                [
                    (x - 12, top + 22),
                    (x + 12, top + 22),
                    (x + 36, top + 44),
                    (x + 30, top + 110),
                    (x + 32, 832),
                    (x + 8, 832),
                    (x, top + 140),
                    (x - 8, 832),
                    (x - 32, 832),
                    (x - 30, top + 110),
                    (x - 36, top + 44),
                ]
            ),
        )
    p.stroke("#1a0f38", [(mid - 250, 704), (mid - 130, 752)], 10, 24)
    p.stroke("#1a0f38", [(mid + 175, 752), (mid + 300, 700)], 24, 9)
    p.stroke("#1a0f38", [(mid + 44, 830), (mid + 46, 654)], 5)
    p.stroke("#1a0f38", [(mid + 46, 658), (mid + 34, 648)], 12)
    # Beams.
    for i, x in enumerate(range(mid - 372, mid + 373, 124)):
        lean = (x - mid) * 1.15 + (90 if i % 2 else -90)
        up = (x - mid) * 0.9
        colour = ("#ff5d8f", "#ffb454", "#58d5e0")[i % 3]
        p.light(
            colour,
            7,
            [(x - 6, 378), (x + 6, 378), (x + lean + 95, 900), (x + lean - 95, 900)],
            strength=0.62,
            fade=((x, 378), (x + lean, 900)),
        )
        p.light(
            colour,
            9,
            [(x - 5, 330), (x + 5, 330), (x + up + 80, -60), (x + up - 80, -60)],
            strength=0.42,
            fade=((x, 330), (x + up, -60)),
        )
        p.flat("#fff3d6", oval(x, 376, 9, 7))
        p.light(colour, 12, oval(x, 376, 20, 16), strength=0.9)
    # The crowd, in three layers.
    for layer, (base, colour, size, count) in enumerate(
        ((842, "#4a1f5e", 17, 64), (892, "#331650", 25, 46), (960, "#221040", 37, 32))
    ):
        for i in range(count):
            x = (i + 0.5 * chance("crowd", layer, i)) * w / (count - 1)
            y = base + 22 * chance("height", layer, i)
            p.flat(
                colour,
                oval(x, y, size * 0.72, size * 0.9),
                curve(
                    [
                        (x - size * 1.5, y + size * 3.2),
                        (x - size * 1.25, y + size * 1.3),
                        (x, y + size * 0.7),
                        (x + size * 1.25, y + size * 1.3),
                        (x + size * 1.5, y + size * 3.2),
                    ]
                ),
            )
            if chance("arm", layer, i) > 0.62:
                lean = (chance("lean", layer, i) - 0.5) * size * 1.6
                p.stroke(
                    colour,
                    [
                        (x + size, y + size * 2),
                        (x + size * 1.2, y - size * 0.6),
                        (x + size * 1.2 + lean, y - size * 2.6),
                    ],
                    size * 0.62,
                    size * 0.4,
                )
                p.flat(colour, oval(x + size * 1.2 + lean, y - size * 2.7, size * 0.3, size * 0.34))
        p.flat(colour, box(0, base + size * 1.3, w, h))
    p.light("#ff8a6a", 46, oval(mid, 880, 520, 40), strength=0.4)

    # The woman, from behind: drawn around (0, 0) at the nape.
    def at(*points: Point) -> list[Point]:
        return place(points, 520, 860, 1.08)

    coat = curve(
        at(
            (-330, 420),
            (-300, 250),
            (-236, 148),
            (-120, 94),
            (-56, 62),
            (0, 66),
            (56, 62),
            (120, 94),
            (236, 148),
            (300, 250),
            (330, 420),
        )
    )
    p.flat("#12505e", coat)
    p.shade("#07222f", (520, 960), (520, 1220), coat, strength=0.9)
    p.flat("#9c5348", at((-46, -60), (46, -60), (58, 84), (-58, 84)))
    hood = curve(
        at(
            (-104, 74),
            (-60, 118),
            (0, 134),
            (60, 118),
            (104, 74),
            (78, 40),
            (46, 62),
            (0, 76),
            (-46, 62),
            (-78, 40),
        )
    )
    p.flat("#0c3946", hood)
    p.shade("#07222f", (520, 920), (520, 1010), hood)
    p.stroke("#ff8f6b", at((-318, 360), (-294, 250), (-232, 152), (-120, 98), (-96, 84)), 2, 7)
    p.stroke("#ff8f6b", at((96, 84), (120, 98), (232, 152), (294, 250), (318, 360)), 7, 2)
    # Hair that the wind takes to the right.
    hair = curve(
        at(
            (0, -256),
            (62, -240),
            (104, -190),
            (118, -128),
            (124, -70),
            (150, -22),
            (206, -4),
            (262, -20),
            (226, 18),
            (268, 34),
            (206, 50),
            (232, 84),
            (160, 78),
            (96, 66),
            (40, 88),
            (-20, 72),
            (-70, 86),
            (-92, 52),
            (-124, 44),
            (-110, 0),
            (-116, -60),
            (-114, -130),
            (-102, -190),
            (-60, -240),
        )
    )
    p.flat("#3a1626", hair)
    p.shade("#1c0a1c", (500, 620), (560, 960), hair, strength=0.85)
    for k in range(-4, 5):
        wind = 34 + 9 * k
        p.stroke(
            "#6b2a35",
            at(
                (k * 9, -246 + k * k),
                (k * 22, -150),
                (k * 20 + 6, -60),
                (k * 18 + wind * 0.7, 20),
                (k * 17 + wind * 1.5, 54),
            ),
            1,
            1,
            3.5,
        )
    for y in (0, 22, 44):
        p.stroke("#6b2a35", at((96, -50 + y), (140, -2 + y), (196, 10 + y), (232, 4 + y)), 1, 1, 3)
    p.stroke(
        "#ff9d6e", at((-62, -238), (-102, -188), (-113, -130), (-115, -60), (-109, 0)), 1, 2, 7
    )
    p.stroke(
        "#ffb98a",
        at((64, -238), (104, -188), (117, -128), (123, -70), (150, -24), (206, -7), (254, -19)),
        1,
        1,
        8,
    )
    # The arm that holds up the phone.
    sleeve = taper(at((190, 430), (292, 250), (262, 20)), 190, 70)
    p.flat("#17606c", sleeve)
    p.shade("#07222f", (880, 900), (700, 1180), sleeve, strength=0.95)
    p.stroke("#ff8f6b", at((322, 200), (316, 130), (299, 30)), 3, 6)
    p.flat(
        "#c46f55",
        curve(at((232, 22), (226, -22), (236, -62), (262, -78), (294, -66), (304, -28), (296, 24))),
    )
    phone = place(box(-50, -92, 100, 184), 806, 752, 1, -5)
    screen = place(box(-42, -82, 84, 164), 806, 752, 1, -5)
    p.flat("#0d0a22", phone)
    p.blend("#5a2a82", "#ff8f6b", (800, 680), (806, 820), screen)
    p.flat("#150d33", place([(-34, 10), (0, -6), (34, 10), (34, 42), (-34, 42)], 806, 752, 1, -5))
    p.flat("#fff3d6", *(place(oval(x, 16, 3, 3), 806, 752, 1, -5) for x in (-18, 0, 18)))
    for i in range(4):
        p.flat("#d58064", oval(850 - i, 780 + i * 26, 19, 11, -8))
    p.flat("#d58064", oval(764, 800, 12, 34, 14))
    p.light("#ffb070", 34, oval(806, 752, 60, 90), strength=0.4)
    return p.finished()
