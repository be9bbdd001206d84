"""The languages that the project speaks: one for each catalogue.

Commands know them without reading a catalogue. French, which commands speak, comes first: it
stands in for every other language.
"""

from __future__ import annotations

import os
from pathlib import Path

CATALOGUES = Path(__file__).parent / "catalogues"
"""The folder of ``fr.toml``, ``en.toml``…"""


def _languages() -> tuple[str, ...]:
    found = sorted(name.removesuffix(".toml") for name in os.listdir(CATALOGUES)  # noqa: PTH208
                   if name.endswith(".toml"))
    return ("fr", *(lang for lang in found if lang != "fr"))


LANGUAGES = _languages()
"""Their BCP 47 tags without region; front matter may add one: ``fr-CA``."""
