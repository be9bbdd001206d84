"""Draw the letters of the monograms from the site's serif.

``python tests/unit/images/letterforms.py`` writes ``monogram_letters.json`` anew, which is
to be done when the typeface changes. A monogram is shown as an image, where a page's
fonts do not reach: its letters have to be outlines. fontTools reads them, and is needed
by no one who only builds the site.
"""

import json
import unicodedata
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[3]
FONT = ROOT / "theme/fonts/newsreader-480.woff2"
LETTERS = ROOT / "plugins/portraits/images/monogram_letters.json"


def letterforms() -> dict[str, list[object]]:
    """Return advance width and SVG path (y downwards, units per em 1000) by letter."""
    font = TTFont(FONT)
    scale = 1000 / font["head"].unitsPerEm
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    forms: dict[str, list[object]] = {}
    for codepoint in sorted(names):
        letter = chr(codepoint)
        if unicodedata.category(letter) not in ("Lu", "Nd") and letter not in "«»":
            continue
        glyph = glyphs[names[codepoint]]
        pen = SVGPathPen(glyphs, ntos=lambda number: str(round(number)))
        glyph.draw(TransformPen(pen, Transform(scale, 0, 0, -scale, 0, 0)))
        forms[letter] = [round(glyph.width * scale), pen.getCommands()]
    return forms


def serialised() -> str:
    """Return what the file holds: one letter a line, under the notice of the licence."""
    notice = {"": "Outlines of Newsreader, SIL Open Font License 1.1, see newsreader-OFL.txt"}
    return json.dumps(notice | letterforms(), ensure_ascii=False, indent=0) + "\n"


if __name__ == "__main__":
    LETTERS.write_text(serialised(), encoding="utf-8")
