"""Write ``theme/static/css/accents.css``: one class per hue, readable in both schemes.

    PYTHONPATH=plugins python -m tools.write_accents

Thirty-six hues of OKLCH, ten degrees apart. For each, the lightness is moved away from that of the
page until text in the accent reaches 4.5 : 1 (WCAG 2.2, 1.4.3) on every background where the theme
uses it: the paper, and the paper tinted with the accent itself. A colour that is readable on the
tint is also readable on the paper, and paper-coloured text is readable on it.
"""

from __future__ import annotations

from pathlib import Path

from portraits.images.accent import MIN_CONTRAST, PAGE, Accent
from portraits.images.oklch import contrast, hex_of, rgb_of

TARGET = Path(__file__).parent.parent / "theme" / "static" / "css" / "accents.css"
HUES = tuple(range(0, 360, 10))
TINT = 0.12
"""Share of the accent in the strongest tint of the theme (``--tint`` in tokens.css)."""
_CHROMA_LIGHT, _CHROMA_DARK = 0.14, 0.115


def tinted(accent: str, paper: str) -> str:
    """Return the background that ``--tint`` makes: the accent mixed into the paper, in sRGB."""
    parts = zip(rgb_of(accent), rgb_of(paper), strict=True)
    return "#" + "".join(f"{round(a * TINT + p * (1 - TINT)):02x}" for a, p in parts)


def accent_of_hue(hue: int) -> Accent:
    """Return the accent of a hue in degrees. Raise ValueError if no lightness is readable."""
    return Accent(
        light=_readable(range(50, 0, -1), _CHROMA_LIGHT, hue, PAGE.light),
        dark=_readable(range(74, 100), _CHROMA_DARK, hue, PAGE.dark),
    )


def _readable(percents: range, chroma: float, hue: int, paper: str) -> str:
    for percent in percents:
        colour = hex_of(percent / 100, chroma, hue)
        if contrast(colour, tinted(colour, paper)) >= MIN_CONTRAST:
            return colour
    raise ValueError(f"no readable accent of hue {hue} on {paper}")


def stylesheet() -> str:
    """Return the text of accents.css."""
    rules = []
    for number, hue in enumerate(HUES):
        accent = accent_of_hue(hue)
        rules.append(
            f"  .accent-{number} {{ --accent-light: {accent.light}; "
            f"--accent-dark: {accent.dark}; }}"
        )
    head = "/* Written by tools/write_accents.py: one accent every ten degrees of OKLCH. */\n"
    return head + "@layer tokens {\n" + "\n".join(rules) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(stylesheet(), encoding="utf-8")
