"""Make the files with the letters of all Latin alphabets, from the packages of Fontsource.

    python -m tools.extend_faces FOLDER

FOLDER holds the unpacked npm packages ``@fontsource-variable/newsreader`` and
``@fontsource-variable/atkinson-hyperlegible-next``, version 5.3.0, in folders of their last names.
Two kinds of files come out:

    theme/static/fonts/*-latin-ext.woff2, *-vietnamese.woff2
        for the browser, which loads one when a page has such a letter (``unicode-range``); the
        weights are those of the theme
    theme/fonts/*.woff2
        for drawing cards and monograms: one weight, every letter, in one file
"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

THEME = Path(__file__).parent.parent / "theme"
WEB, CARDS = THEME / "static" / "fonts", THEME / "fonts"

LATIN_EXT = (*range(0x100, 0x250), *range(0x1E02, 0x1E9F), *range(0x20A0, 0x20C1))
VIETNAMESE = (0x1A0, 0x1A1, 0x1AF, 0x1B0, *range(0x1EA0, 0x1EFA), 0x20AB)
"""The subsets, as code points; :mod:`tools.write_font_faces` writes them as ``unicode-range``."""

_SERIF, _ITALIC, _SANS = "newsreader", "newsreader-italic", "atkinson-hyperlegible-next"
_SOURCES = {
    _SERIF: ("newsreader", "normal", (400, 600)),
    _ITALIC: ("newsreader", "italic", (400, 400)),
    _SANS: ("atkinson-hyperlegible-next", "normal", (400, 700)),
}
_CARDS = {
    "newsreader-480": (_SERIF, 480),
    "newsreader-italic": (_ITALIC, 400),
    "atkinson-400": (_SANS, 400),
    "atkinson-600": (_SANS, 600),
}


def _source(packages: Path, face: str, subset: str) -> TTFont | None:
    package, style, _ = _SOURCES[face]
    path = packages / package / "files" / f"{package}-{subset}-wght-{style}.woff2"
    return TTFont(path, recalcTimestamp=False) if path.is_file() else None


def _reloaded(font: TTFont) -> TTFont:
    """Return the font as it is read from a file: instancing leaves tables half-filled."""
    held = BytesIO()
    font.flavor = None
    font.save(held)
    held.seek(0)
    return TTFont(held, recalcTimestamp=False)


def _cut(font: TTFont, letters: tuple[int, ...]) -> TTFont:
    font = _reloaded(font)
    options = Options(layout_features=["*"], notdef_outline=True, name_IDs=["*"])
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[one for one in letters if one in font.getBestCmap()])
    subsetter.subset(font)
    return font


def _saved(font: TTFont, path: Path) -> None:
    font.flavor = "woff2"
    path.parent.mkdir(exist_ok=True)
    font.save(path)
    print(f"{path.relative_to(THEME.parent)} : {path.stat().st_size // 1000} kB")


def _web(packages: Path) -> None:
    for face, (_, _, weights) in _SOURCES.items():
        for subset, letters in (("latin-ext", LATIN_EXT), ("vietnamese", VIETNAMESE)):
            font = _source(packages, face, subset)
            if font is None:
                continue  # Atkinson Hyperlegible Next has no Vietnamese letters
            low, high = weights
            kept = instantiateVariableFont(font, {"wght": low if low == high else weights})
            _saved(_cut(kept, letters), WEB / f"{face}-{subset}.woff2")


def _cards(packages: Path) -> None:
    for name, (face, weight) in _CARDS.items():
        basic = TTFont(WEB / f"{face}.woff2", recalcTimestamp=False)
        if "fvar" in basic:
            basic = instantiateVariableFont(basic, {"wght": weight})
        taken = set(basic.getBestCmap())
        fonts = [basic]
        for subset, letters in (("latin-ext", LATIN_EXT), ("vietnamese", VIETNAMESE)):
            font = _source(packages, face, subset)
            if font is None:
                continue
            more = tuple(one for one in letters if one not in taken)
            taken.update(more)
            fonts.append(_cut(instantiateVariableFont(font, {"wght": weight}), more))
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, font in enumerate(fonts):
                for table in ("GSUB", "GPOS", "GDEF", "STAT", "DSIG"):
                    if number and table in font:
                        del font[table]
                paths.append(str(Path(folder, f"{number}.ttf")))
                font.flavor = None
                font.save(paths[-1])
            merged = Merger().merge(paths)
        merged["head"].created = basic["head"].created
        merged["head"].modified = basic["head"].modified
        merged.recalcTimestamp = False
        _saved(merged, CARDS / f"{name}.woff2")


def main() -> None:
    """Make every file."""
    packages = Path(sys.argv[1])
    _web(packages)
    _cards(packages)


if __name__ == "__main__":
    main()
