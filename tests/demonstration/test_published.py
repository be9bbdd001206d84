"""The demonstration's site says what is true of its people, and shows nothing of old photos."""

from __future__ import annotations

import json
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


def test_every_page_describes_itself_and_nothing_else(demonstration: Path) -> None:
    described: dict[str, list[str]] = {}
    for path in sorted(demonstration.rglob("index.html")):
        page = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in page:
            continue
        [description] = re.findall(r'<meta name="description" content="([^"]*)"', page)
        assert 10 <= len(description) <= 320, path
        described.setdefault(description, []).append(str(path.relative_to(demonstration)))
    homes = ["en/index.html", "index.html"]  # the description of the series is that of its homes
    assert [paths for paths in described.values() if paths[1:] and paths != homes] == []


def test_lists_name_their_items_to_machines(demonstration: Path) -> None:
    counts = {}
    for address in (
        "portraits",
        "questions",
        "questions/140-caracteres",
        "recommandations",
        "personnes",
    ):
        page = (demonstration / address / "index.html").read_text(encoding="utf-8")
        [graph] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        listed = json.loads(graph)["@graph"][0]["mainEntity"]
        assert listed["numberOfItems"] == len(listed["itemListElement"]), address
        assert all(item["name"] and item["url"] for item in listed["itemListElement"]), address
        counts[address] = listed["numberOfItems"]
    assert counts["portraits"] == 6
    assert min(counts.values()) > 1


def test_every_entry_of_a_feed_has_a_picture_of_the_site(demonstration: Path) -> None:
    items = json.loads((demonstration / "feed.json").read_text(encoding="utf-8"))["items"]
    for item in items:
        assert f'<img src="{item["image"]}"' in item["content_html"], item["url"]
        assert (demonstration / item["image"].split("/", 3)[3]).is_file(), item["url"]


def test_every_portrait_is_published(demonstration: Path) -> None:
    assert len(portrait_pages(demonstration)) == 7


def test_nothing_of_the_original_photos_is_published(demonstration: Path) -> None:
    for path in [*demonstration.rglob("*.jpg"), *demonstration.rglob("*.avif")]:
        content = path.read_bytes()
        assert b"Exif" not in content, path
        assert b"http://ns.adobe.com" not in content, path
