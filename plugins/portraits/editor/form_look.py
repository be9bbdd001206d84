"""Give the questionnaire form the look of the series, in one style sheet that asks for no file.

The colours and sizes are those of the theme (``tokens.css`` and the look that the settings choose).
Its faces are inlined as ``data:`` addresses, Latin alone: letters beyond it show in a face of the
system, and the page stays at a third of the size.
"""

from __future__ import annotations

import re
from pathlib import Path

from portraits.site.offline import data_address

_FACE = re.compile(r"@font-face \{[^}]*\}")
_FILE = re.compile(r'url\("\.\./fonts/([^"]+)"\)')


def look_style(theme: Path, look: str) -> str:
    """Return the faces and tokens of ``look`` as CSS, from the folder of a theme of portraits.

    Raise OSError with the name of a file that the theme lacks.
    """
    static = theme / "static"

    def inlined(found: re.Match[str]) -> str:
        face = (static / "fonts" / found[1]).read_bytes()
        return f'url("{data_address(face, "font/woff2")}")'

    def sheet(name: str) -> str:
        return (static / "css" / name).read_text(encoding="utf-8")

    latin = [face for face in _FACE.findall(sheet("fonts.css")) if "unicode-range" not in face]
    faces = [_FILE.sub(inlined, face) for face in latin]
    return "\n".join((*faces, sheet("tokens.css"), sheet(f"looks/{look}.css")))
