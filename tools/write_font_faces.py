"""Write ``theme/static/css/fonts.css``: the font faces, and fallbacks with the same metrics.

    python -m tools.write_font_faces

While a face loads, the text is shown in a system font. That font is scaled so that its average
letter is as wide as ours (``size-adjust``), and gets our ascent, descent and line gap, so that
lines break in the same places and nothing moves when ours arrives. The average is weighted by the
letter frequencies of French and English prose.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont

from tools.extend_faces import LATIN_EXT, VIETNAMESE

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "theme" / "static" / "css" / "fonts.css"
FONTS = ROOT / "theme" / "static" / "fonts"

# Frequency of each letter per thousand in ordinary prose, French and English mixed.
FREQUENCIES = {
    " ": 165,
    "e": 125,
    "a": 65,
    "i": 60,
    "s": 60,
    "n": 58,
    "t": 62,
    "r": 53,
    "o": 52,
    "l": 42,
    "u": 41,
    "d": 32,
    "c": 26,
    "m": 24,
    "p": 21,
    "v": 12,
    "h": 22,
    "g": 12,
    "f": 13,
    "b": 10,
    "q": 6,
    "y": 9,
    "é": 12,
    "à": 3,
    "’": 7,
    ",": 10,
    ".": 11,
    "j": 4,
    "x": 3,
    "è": 2,
}
# Advance widths, in thousandths of an em, of the two designs that every system has under some
# name (Times New Roman, Liberation Serif…; Arial, Helvetica, Liberation Sans…).
TIMES = {
    " ": 250,
    "e": 444,
    "a": 444,
    "i": 278,
    "s": 389,
    "n": 500,
    "t": 278,
    "r": 333,
    "o": 500,
    "l": 278,
    "u": 500,
    "d": 500,
    "c": 444,
    "m": 778,
    "p": 500,
    "v": 500,
    "h": 500,
    "g": 500,
    "f": 333,
    "b": 500,
    "q": 500,
    "y": 500,
    "é": 444,
    "à": 444,
    "’": 333,
    ",": 250,
    ".": 250,
    "j": 278,
    "x": 500,
    "è": 444,
}
ARIAL = {
    " ": 278,
    "e": 556,
    "a": 556,
    "i": 222,
    "s": 500,
    "n": 556,
    "t": 278,
    "r": 333,
    "o": 556,
    "l": 222,
    "u": 556,
    "d": 556,
    "c": 500,
    "m": 833,
    "p": 556,
    "v": 500,
    "h": 556,
    "g": 556,
    "f": 278,
    "b": 556,
    "q": 556,
    "y": 500,
    "é": 556,
    "à": 556,
    "’": 222,
    ",": 278,
    ".": 278,
    "j": 222,
    "x": 500,
    "è": 556,
}


@dataclass(frozen=True, slots=True)
class Face:
    """One family: its files, and its fallback font."""

    family: str
    files: tuple[tuple[str, str, str], ...]
    """(style, weights, file name)."""
    fallback: tuple[str, ...]
    fallback_widths: dict[str, int]


FACES = (
    Face(
        "Newsreader",
        (("normal", "400 600", "newsreader.woff2"), ("italic", "400", "newsreader-italic.woff2")),
        ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman"),
        TIMES,
    ),
    Face(
        "Atkinson Hyperlegible Next",
        (("normal", "400 700", "atkinson-hyperlegible-next.woff2"),),
        ("Arial", "Liberation Sans", "Arimo", "Helvetica"),
        ARIAL,
    ),
)


SUBSETS: dict[str, tuple[int, ...]] = {"": (), "-latin-ext": LATIN_EXT, "-vietnamese": VIETNAMESE}
"""End of a file's name -> the letters for which a browser loads it; none for the basic one."""


def ranges(letters: tuple[int, ...], basic: Container[int]) -> str:
    """Return code points as the descriptor ``unicode-range`` writes them, but those in ``basic``:
    « œ » must not load another file."""
    runs: list[list[int]] = []
    for letter in sorted(set(letters)):
        if letter in basic:
            continue
        if runs and letter == runs[-1][1] + 1:
            runs[-1][1] = letter
        else:
            runs.append([letter, letter])
    return ", ".join(
        f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs
    )


def average_width(widths: dict[str, float]) -> float:
    """Return the average width of a letter of prose, in the unit of ``widths``."""
    return sum(widths[letter] * n for letter, n in FREQUENCIES.items()) / sum(FREQUENCIES.values())


def stylesheet() -> str:
    """Return the text of fonts.css."""
    blocks = ["/* Written by tools/write_font_faces.py from the metrics of the faces. */"]
    for face in FACES:
        for style, weights, name in face.files:
            basic = TTFont(FONTS / name).getBestCmap()
            for subset, letters in SUBSETS.items():
                file = name.replace(".woff2", f"{subset}.woff2")
                if not (FONTS / file).is_file():
                    continue
                blocks.append(
                    f'@font-face {{\n  font-family: "{face.family}";\n'
                    f'  src: url("../fonts/{file}") format("woff2");\n  font-style: {style};\n'
                    f"  font-weight: {weights};\n  font-display: swap;\n"
                    + (f"  unicode-range: {ranges(letters, basic)};\n" if letters else "")
                    + "}"
                )
        font = TTFont(FONTS / face.files[0][2])
        unit, names = font["head"].unitsPerEm, font.getBestCmap()
        ours = {letter: font["hmtx"][names[ord(letter)]][0] / unit for letter in FREQUENCIES}
        theirs = {letter: width / 1000 for letter, width in face.fallback_widths.items()}
        scale = average_width(ours) / average_width(theirs)
        metrics = font["hhea"]
        local = ", ".join(f'local("{name}")' for name in face.fallback)
        blocks.append(
            f'@font-face {{\n  font-family: "{face.family} fallback";\n  src: {local};\n'
            f"  size-adjust: {scale:.2%};\n"
            f"  ascent-override: {metrics.ascent / unit / scale:.2%};\n"
            f"  descent-override: {-metrics.descent / unit / scale:.2%};\n"
            f"  line-gap-override: {metrics.lineGap / unit / scale:.2%};\n}}"
        )
    return "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    TARGET.write_text(stylesheet(), encoding="utf-8")
