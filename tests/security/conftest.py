"""What the tests of security share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import OWN_SETTINGS
from tests.fixtures.templates import share_templates

SettingsOf = Callable[[Path, str], Path]


@pytest.fixture(scope="session")
def settings_of() -> SettingsOf:
    """Writes a settings file into a folder: those of all tests, a cache apart, and more lines."""

    def write(folder: Path, more: str = "") -> Path:
        share_templates(folder / "cache")
        path = folder / "settings.py"
        path.write_text(
            f"{OWN_SETTINGS}CACHE_PATH = {str(folder / 'cache')!r}\n{more}", encoding="utf-8"
        )
        return path

    return write


@pytest.fixture
def settings(tmp_path: Path, settings_of: SettingsOf) -> Path:
    """A settings file with pictures and search, as sites have them."""
    return settings_of(tmp_path, "")
