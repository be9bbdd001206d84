"""The demonstration's site says what is true of its people, and shows nothing of old photos."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.site.test_published_site import portrait_pages, text_of

pytestmark = pytest.mark.site


def test_portraits_say_what_they_are(demonstration: Path) -> None:
    assert "Condensé d’une entrevue de 2011" in text_of(
        demonstration / "portraits/caroline-audet/index.html"
    )
    for path in portrait_pages(demonstration):
        if "caroline" not in str(path):
            assert re.search("inventé|invented", text_of(path)), path


def test_every_portrait_is_published(demonstration: Path) -> None:
    assert len(portrait_pages(demonstration)) == 7


def test_nothing_of_the_original_photos_is_published(demonstration: Path) -> None:
    for path in [*demonstration.rglob("*.jpg"), *demonstration.rglob("*.avif")]:
        content = path.read_bytes()
        assert b"Exif" not in content, path
        assert b"http://ns.adobe.com" not in content, path
