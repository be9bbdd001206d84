"""A site in two languages is two whole sites, with a way from each page to its counterpart."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest

from tests.conftest import DAY, Command, small_settings

pytestmark = pytest.mark.site
ORIGIN = "https://portraits.example"
XHTML = "{http://www.w3.org/1999/xhtml}"
ONCE = {"a-propos/", "portraits/clara-dion/citation/", "410.html", "2011/07/gilles.html"}
"""Pages that no other language has: the editor's own, and what belongs to a portrait."""


@cache
def parsed(path: Path) -> ElementTree.Element:
    tree: ElementTree.Element = html5lib.parse(path.read_text("utf-8"), treebuilder="etree")
    return tree


def addresses(site: Path) -> set[str]:
    """The addresses of all pages but redirects."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html")
        for path in site.rglob("*.html")
        if 'http-equiv="refresh"' not in path.read_text("utf-8")
    }


def page(site: Path, address: str) -> ElementTree.Element:
    return parsed(site / (f"{address}index.html" if not address or address[-1] == "/" else address))


def lang_of(site: Path, address: str) -> str | None:
    return page(site, address).get("lang")


def switch(site: Path, address: str) -> dict[str | None, str]:
    """Language -> address that the switch of a page leads to."""
    for nav in page(site, address).iter(f"{XHTML}nav"):
        if nav.get("class") == "language-switch":
            return {
                link.get("hreflang"): link.get("href", "").removeprefix("/")
                for link in nav.iter(f"{XHTML}a")
            }
    return {}


def alternates(site: Path, address: str) -> dict[str | None, str]:
    """Language -> address that the head of a page gives."""
    return {
        link.get("hreflang"): link.get("href", "").removeprefix(f"{ORIGIN}/")
        for link in page(site, address).iter(f"{XHTML}link")
        if link.get("rel") == "alternate" and link.get("hreflang")
    }


def text(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_page_of_the_series_exists_in_each_language(site: Path) -> None:
    found = addresses(site)
    english = {address.removeprefix("en/") for address in found if address.startswith("en/")}
    french = {address for address in found if not address.startswith("en/")}
    alone = re.compile(r"portraits/(?!page/)[^/]+/")
    assert {one for one in french if not alone.match(one)} - ONCE == {
        one for one in english if not alone.match(one)
    }
    assert {"", "404.html", "portraits/", "questions/", "recommandations/graphe/"} <= english


def test_every_page_is_in_its_language(site: Path) -> None:
    wrong = [
        address
        for address in addresses(site)
        if lang_of(site, address) != ("en" if address.startswith("en/") else "fr")
    ]
    assert wrong == []


def test_every_page_leads_to_the_other_language_and_back(site: Path) -> None:
    found = addresses(site)
    for address in found:
        other = "fr" if address.startswith("en/") else "en"
        assert list(switch(site, address)) == [other], address
        target = switch(site, address)[other]
        assert target in found, address
        given = alternates(site, address)
        if given:  # the same page: each names both, and leads back to the other
            assert given[other] == target, address
            assert switch(site, target)[lang_of(site, address)] == address
            assert alternates(site, target) == given
            assert given["x-default"] == given["fr"]


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("portraits/alix-morin/", "en/portraits/"),
        ("portraits/alix-morin/citation/", "en/portraits/"),
        ("portraits/clara-dion/", "en/portraits/clara-dion/"),
        ("en/portraits/clara-dion/", "portraits/clara-dion/"),
        ("etiquettes/musique/", "en/etiquettes/musique/"),
        ("questions/outil/", "en/questions/outil/"),
        ("a-propos/", "en/"),
        ("404.html", "en/"),
        ("en/404.html", ""),
        ("recherche/", "en/recherche/"),
    ],
)
def test_the_switch_leads_to_the_same_page_or_its_nearest(
    site: Path, address: str, nearest: str
) -> None:
    assert list(switch(site, address).values()) == [nearest]


def test_links_of_menu_and_footer_stay_in_the_language(site: Path) -> None:
    for address in addresses(site):
        if not address.startswith("en/"):
            continue
        for tag in ("header", "footer"):
            element = next(page(site, address).iter(f"{XHTML}{tag}"), None)
            assert element is not None
            leaving = {
                link.get("href")
                for link in element.iter(f"{XHTML}a")
                if not (link.get("href") or "").startswith(("/en/", "#", "http", "mailto:"))
            }
            assert leaving <= {"/a-propos/", f"/{switch(site, address)['fr']}"}, address


def test_somebody_without_a_translation_is_shown_and_marked(site: Path) -> None:
    listed = {
        text(next(card.iter(f"{XHTML}h2"))): card
        for card in page(site, "en/portraits/").iter(f"{XHTML}article")
    }
    clara, alix = listed["Clara Dion"], listed["Alix Morin"]
    assert clara.get("lang") is None
    assert "French" not in text(clara)
    assert alix.get("lang") == "fr"
    assert "French" in text(alix)
    assert len(listed) == len(list(page(site, "portraits/").iter(f"{XHTML}article")))


def test_answers_in_the_other_language_are_offered_and_marked(site: Path) -> None:
    voices = {
        text(next(voice.iter(f"{XHTML}h2"))): voice
        for voice in page(site, "en/questions/outil/").iter(f"{XHTML}section")
        if "voice " in f"{voice.get('class')} "
    }
    assert "A soup spoon." in text(voices["Clara Dion"])
    assert voices["Clara Dion"].get("lang") is None
    assert voices["Alix Morin"].get("lang") == "fr"
    assert "French" in text(voices["Alix Morin"])
    heading = text(next(page(site, "en/questions/outil/").iter(f"{XHTML}h1")))
    assert heading == "Which tool would you be lost without?"
    french = page(site, "questions/outil/")
    assert "A soup spoon." not in text(french)


def test_the_index_of_tags_has_the_words_of_the_language(site: Path) -> None:
    assert "gardens" in text(page(site, "en/etiquettes/"))
    assert "jardins" not in text(page(site, "en/etiquettes/"))
    assert "jardins" in text(page(site, "etiquettes/"))
    faces = list(page(site, "en/etiquettes/").iter(f"{XHTML}img"))
    assert faces, "the people who have a tag are shown beside it"


def test_feeds_of_a_language_carry_the_portraits_in_it(site: Path) -> None:
    feed = json.loads((site / "en/questions/outil/feed.json").read_text("utf-8"))
    assert feed["language"] == "en"
    assert [item["url"] for item in feed["items"]] == [
        f"{ORIGIN}/en/portraits/clara-dion/#which-tool-would-you-be-lost-without"
    ]
    assert (site / "en/etiquettes/gardens/atom.xml").is_file()
    assert not (site / "en/etiquettes/jardins/atom.xml").exists()


@pytest.fixture
def two(tmp_path: Path, small: Path, program: Command) -> Callable[[str], Path]:
    """Return a function that builds the small site, with a portrait in English, under a setting of
    languages."""
    (small / "portraits" / "lea.en.md").write_text(
        "---\nname: Léa Tremblay\ndate: 2011-08-01\naccounts: {twitter: lea_ex}\n---\n\n"
        "## How did you begin?\n\nBy chance.\n",
        encoding="utf-8",
    )

    def run(languages: str) -> Path:
        settings = small_settings(
            tmp_path, f"'languages': {languages}, 'search': False, 'pictures': False"
        )
        arguments = ("--content", str(small), "--settings", str(settings), "--now", DAY)
        done = program("build", "--output", str(tmp_path / "out"), *arguments)
        assert done.returncode == 0, done.stderr
        return tmp_path / "out"

    return run


def test_the_site_is_called_otherwise_in_another_language(two: Callable[[str], Path]) -> None:
    out = two("{'en': {'name': 'Harbour voices', 'subtitle': 'Neighbours.', 'title': 'On {name}'}}")
    english, french = page(out, "en/"), page(out, "")
    assert text(next(english.iter(f"{XHTML}title"))) == "Harbour voices"
    assert "Neighbours." in text(english)
    assert text(next(french.iter(f"{XHTML}title"))) == "Voix du havre"
    assert "Neighbours." not in text(french)
    title = text(next(page(out, "en/portraits/lea/").iter(f"{XHTML}title")))
    assert title == "On Léa Tremblay — Harbour voices"
    assert json.loads((out / "en/feed.json").read_text("utf-8"))["title"] == "Harbour voices"


def test_a_site_may_keep_to_one_language(two: Callable[[str], Path]) -> None:
    out = two("{'fr': {}}")
    assert {one for one in addresses(out) if one.startswith("en/")} == {"en/portraits/lea/"}
    assert switch(out, "") == {}
    assert alternates(out, "") == {}


def test_a_language_without_a_portrait_has_no_site_yet(two: Callable[[str], Path]) -> None:
    out = two("{'en': {}, 'es': {'name': 'Voces'}}")
    assert not (out / "es").exists()
    assert list(switch(out, "portraits/ana/")) == ["en"]


def test_the_first_portrait_in_a_language_brings_its_site_and_the_last_takes_it(
    two: Callable[[str], Path], small: Path
) -> None:
    out = two("{}")
    assert switch(out, "portraits/") == {"en": "en/portraits/"}
    (small / "portraits" / "lea.en.md").unlink()
    parsed.cache_clear()
    out = two("{}")
    assert not [one for one in addresses(out) if one.startswith("en/")]
    assert switch(out, "portraits/") == {}
