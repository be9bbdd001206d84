"""List the languages of the interface: one for each catalogue file.

Commands can list them without loading a catalogue. French comes first: it is the fallback for
every other language.
"""

from __future__ import annotations

import os
from pathlib import Path

CATALOGUES = Path(__file__).parent / "catalogues"
"""Folder of ``fr.toml``, ``en.toml``…"""


def _languages() -> tuple[str, ...]:
    found = sorted(
        name.removesuffix(".toml")
        for name in os.listdir(CATALOGUES)  # noqa: PTH208
        if name.endswith(".toml")
    )
    return ("fr", *(lang for lang in found if lang != "fr"))


LANGUAGES = _languages()
"""BCP 47 tags without region; front matter may add one: ``fr-CA``."""
