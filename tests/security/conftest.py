"""What the tests of security share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """A settings file with pictures and search, as sites have them, and a cache of its own."""
    path = tmp_path / "settings.py"
    path.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
        f"CACHE_PATH = {str(tmp_path / 'cache')!r}\nTHEME = {str(ROOT / 'theme')!r}\n"
        f"PATH = {str(ROOT / 'content')!r}\n",
        encoding="utf-8")
    return path
