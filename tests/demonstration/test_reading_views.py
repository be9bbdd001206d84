"""What people read who let a program take the text out of the page.

Two programs read every portrait: Readability, which is Firefox's reading view, and trafilatura,
with which archives and language models take texts from the web. What both must find is cut from the
feeds: every question with its answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import html5lib
import pytest
import trafilatura
from playwright.sync_api import Browser, Page

from tools.readability import readability

FURNITURE = ("Toutes les réponses", "Dans le répertoire", "À lire ensuite", "Haut de la page")
_COUNT = re.compile(r"^(?:Au moins )?\d+ (?:réponses?|answers?)$", re.MULTILINE)


class Told(NamedTuple):
    """A portrait as a feed tells it."""

    path: str
    introduction: list[str]
    exchanges: list[tuple[str, list[str]]]
    """Each heading with the paragraphs and list items below it."""
    picture: bool


@cache
def told(site: Path) -> dict[str, Told]:
    """Return every portrait of the feeds, by its path."""
    feeds = [site / "feed.json", *sorted(site.glob("*/feed.json"))]
    items = [
        item for feed in feeds for item in json.loads(feed.read_text(encoding="utf-8"))["items"]
    ]
    return {one.path: one for item in items if "#" not in item["url"] for one in (_told(item),)}


def _told(item: dict[str, Any]) -> Told:
    path = item["url"].split("/", 3)[3]
    body = html5lib.parse(item["content_html"], namespaceHTMLElements=False).find("body")
    introduction: list[str] = []
    exchanges: list[tuple[str, list[str]]] = []
    quoted = {p for aside in body.iter("aside") for p in aside.iter()}
    for element in body.iter():
        if element.tag not in ("h2", "h3", "p", "li"):
            continue
        text = plain("".join(element.itertext()))
        if element in quoted or element.find("p") is not None or not text:
            continue
        if element.tag in ("h2", "h3"):
            exchanges.append((text, []))
        else:
            (exchanges[-1][1] if exchanges else introduction).append(text)
    said = [(heading, answer) for heading, answer in exchanges if answer]  # not lists of accounts
    return Told(path, introduction, said, "<img" in item["content_html"])


def plain(text: str) -> str:
    """Return the letters and digits of a text: programs differ in spaces and marks."""
    return "".join(character for character in text if character.isalnum())


def portraits(site: Path) -> Iterator[Told]:
    found = told(site)
    assert len(found) >= 7
    yield from found.values()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(java_script_enabled=True)
    yield page
    page.close()


def test_the_reading_view_of_firefox_shows_the_whole_interview(
    demonstration: Path, page: Page
) -> None:
    page.evaluate(f"() => {{ {readability()}; window.Readability = Readability; }}")
    for one in portraits(demonstration):
        article = page.evaluate(
            """(html) => {
              const document = new DOMParser().parseFromString(html, "text/html");
              return new Readability(document).parse();
            }""",
            (demonstration / one.path / "index.html").read_text(encoding="utf-8"),
        )
        english = one.path.startswith("en/")
        called = "Community People" if english else "Gens de communauté"
        assert article["siteName"] == called, one.path
        assert one.picture is ("<img" in article["content"]), one.path
        assert_read(one, article["textContent"])


def test_trafilatura_finds_the_whole_interview(demonstration: Path) -> None:
    for one in portraits(demonstration):
        text = trafilatura.extract(
            (demonstration / one.path / "index.html").read_text(encoding="utf-8"),
            include_tables=True,
            favor_recall=True,
        )
        assert text is not None
        assert_read(one, text)


def assert_read(one: Told, text: str) -> None:
    """Assert that ``text`` has the introduction and every question before its answer, and nothing
    of the furniture."""
    letters, at = plain(text), 0
    for paragraph in one.introduction:
        assert paragraph in letters, (one.path, paragraph)
    for heading, answer in one.exchanges:
        at = letters.find(heading, at)
        assert at >= 0, (one.path, heading)
        for paragraph in answer:
            assert paragraph in letters[at:], (one.path, heading, paragraph)
    assert [word for word in FURNITURE if word in text] == [], one.path
    assert _COUNT.findall(text) == [], one.path
