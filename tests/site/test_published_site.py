"""Build the test site in a separate process and read it with third-party parsers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import feedparser
import html5lib
import mf2py
import pytest
from pyld import jsonld

from tests.feed_rules import broken_rules

pytestmark = pytest.mark.site
ORIGIN = "https://portraits.example"
XHTML = "{http://www.w3.org/1999/xhtml}"
FEEDS = ("atom.xml", "rss.xml", "feed.json")


def pages(site: Path) -> Iterator[Path]:
    return iter(sorted(site.rglob("*.html")))


def portrait_pages(site: Path) -> list[Path]:
    listed = json.loads((site / "api/portraits.json").read_text(encoding="utf-8"))["portraits"]
    return [site / one["url"].removeprefix(f"{ORIGIN}/") / "index.html" for one in listed]


@cache
def parsed(path: Path) -> ElementTree.Element:
    parser = html5lib.HTMLParser(strict=True, tree=html5lib.getTreeBuilder("etree"))
    tree: ElementTree.Element = parser.parse(path.read_text(encoding="utf-8"))
    return tree


def address_of(site: Path, path: Path) -> str:
    return f"{ORIGIN}/{path.relative_to(site).as_posix().removesuffix('index.html')}"


def test_every_page_is_html_without_a_parse_error(site: Path) -> None:
    wrong = {}
    for path in pages(site):
        try:
            parsed(path)
        except html5lib.html5parser.ParseError as error:
            wrong[path.relative_to(site).as_posix()] = str(error)
    assert wrong == {}


def test_every_link_and_fragment_leads_somewhere(site: Path) -> None:
    ids: dict[str, set[str]] = {}
    for path in pages(site):
        ids[address_of(site, path)] = {
            element.get("id", "") for element in parsed(path).iter() if element.get("id")
        }
    files = {
        f"{ORIGIN}/{path.relative_to(site).as_posix()}"
        for path in site.rglob("*")
        if path.is_file()
    }
    broken = []
    for path in pages(site):
        page = address_of(site, path)
        for element in parsed(path).iter():
            for name in ("href", "src"):
                target = element.get(name)
                if not target or urlsplit(target).scheme in ("mailto",):
                    continue
                whole, fragment = urldefrag(urljoin(page, target))
                if not whole.startswith(f"{ORIGIN}/"):
                    continue
                whole = unquote(whole.partition("?")[0])
                known = whole in files or whole in ids
                if not known or (fragment and whole in ids and unquote(fragment) not in ids[whole]):
                    broken.append(f"{page}: {target}")
    assert broken == []


def test_no_id_stands_twice_in_a_page(site: Path) -> None:
    for path in pages(site):
        ids = Counter(e.get("id") for e in parsed(path).iter() if e.get("id"))
        assert [name for name, count in ids.items() if count > 1] == [], path


def test_headings_have_no_gaps_and_there_is_one_h1(site: Path) -> None:
    for path in pages(site):
        levels = [
            int(e.tag[-1])
            for e in parsed(path).iter()
            if re.fullmatch(re.escape(XHTML) + "h[1-6]", str(e.tag))
        ]
        assert levels.count(1) == 1, path
        assert all(b <= a + 1 for a, b in pairwise(levels)), (path, levels)


def test_no_markup_of_a_template_or_generator_is_left(site: Path) -> None:
    for path in pages(site):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\{(static|filename|attach)\}|\{\{|\{%|[\ufdd0\ufdd1]", text), path


def test_every_page_names_its_language_title_description_and_address(site: Path) -> None:
    for path in pages(site):
        root = parsed(path)
        assert root.get("lang") in ("fr", "en"), path
        assert (root.findtext(f".//{XHTML}title") or "").strip(), path
        if path.name == "404.html":
            continue
        canonical = [
            link.get("href") for link in root.iter(f"{XHTML}link") if link.get("rel") == "canonical"
        ]
        assert len(canonical) == 1, path
        if not any(m.get("name") == "robots" for m in root.iter(f"{XHTML}meta")):
            assert canonical == [address_of(site, path)]


def test_every_image_has_its_size_and_an_alternative(site: Path) -> None:
    for path in pages(site):
        for image in parsed(path).iter(f"{XHTML}img"):
            assert image.get("alt") is not None, path
            assert int(image.get("width", "0")) > 0, path
            assert int(image.get("height", "0")) > 0, path


def test_nothing_is_styled_or_run_inline(site: Path) -> None:
    for path in pages(site):
        for element in parsed(path).iter():
            assert not any(name.startswith("on") or name == "style" for name in element.attrib), (
                path
            )
            if element.tag == f"{XHTML}script" and element.get("type") != "application/ld+json":
                assert element.get("src"), path
            assert element.tag != f"{XHTML}style", path


def test_every_feed_keeps_the_rules_of_its_format(site: Path) -> None:
    feeds = [path for name in FEEDS for path in sorted(site.rglob(name))]
    assert len(feeds) > len(FEEDS)
    for path in feeds:
        assert broken_rules(path.read_bytes(), path.name) == [], path


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_a_feed_reader_finds_the_series_in_order(site: Path, name: str) -> None:
    feed = feedparser.parse((site / name).read_bytes())
    assert not feed.bozo
    assert feed.feed.title == "Voix du havre"
    days = [entry.published_parsed[:3] for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    assert len(days) == 6
    assert all(entry.link.startswith(f"{ORIGIN}/portraits/") for entry in feed.entries)
    alix = next(entry for entry in feed.entries if "Morin" in entry.title)
    assert alix.content[0].value.count("<h2") >= 13


def test_the_json_feed_carries_questions_and_answers(site: Path) -> None:
    feed = json.loads((site / "feed.json").read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    alix = next(item for item in feed["items"] if "Morin" in item["title"])
    assert len(alix["_portrait"]["questions"]) >= 13


def test_pages_announce_their_feeds(site: Path) -> None:
    def announced(page: str) -> set[str]:
        links = parsed(site / page).iter(f"{XHTML}link")
        return {
            str(link.get("href"))
            for link in links
            if link.get("rel") == "alternate" and link.get("type")
        }

    assert announced("index.html") >= {f"/{name}" for name in FEEDS}
    assert announced("etiquettes/musique/index.html") >= {
        f"/etiquettes/musique/{name}" for name in FEEDS
    }


def test_each_portrait_is_an_entry_about_a_person(site: Path) -> None:
    for path in portrait_pages(site):
        found = mf2py.parse(doc=path.read_text(encoding="utf-8"), url=address_of(site, path))
        entries = [item for item in found["items"] if "h-entry" in item["type"]]
        assert len(entries) == 1, path
        properties = entries[0]["properties"]
        assert properties["url"][0] == address_of(site, path)
        assert {"name", "published", "content", "author"} <= properties.keys(), path
        cards = json.dumps(found)
        assert '"h-card"' in cards


def test_each_portrait_is_an_article_about_a_person_in_json_ld(site: Path) -> None:
    def loader(url: str, options: object) -> dict[str, object]:
        return {
            "document": {"@context": {"@vocab": "https://schema.org/"}},
            "documentUrl": url,
            "contextUrl": None,
            "contentType": "application/ld+json",
        }

    for path in portrait_pages(site):
        scripts = [
            e for e in parsed(path).iter(f"{XHTML}script") if e.get("type") == "application/ld+json"
        ]
        assert len(scripts) == 1
        nodes = jsonld.flatten(
            json.loads(scripts[0].text or ""), options={"documentLoader": loader}
        )
        types = {kind for node in nodes for kind in node.get("@type", [])}
        assert {"https://schema.org/Article", "https://schema.org/Person"} <= types
        assert not types & {"https://schema.org/FAQPage", "https://schema.org/QAPage"}


def test_a_shared_portrait_shows_a_picture_that_is_there(site: Path) -> None:
    for path in portrait_pages(site):
        metas = {m.get("property"): m.get("content") for m in parsed(path).iter(f"{XHTML}meta")}
        image = str(metas["og:image"])
        assert (site / image.removeprefix(f"{ORIGIN}/")).stat().st_size < 150_000
        assert (metas["og:image:width"], metas["og:image:height"]) == ("1200", "630")
        assert metas["og:type"] == "article"


def test_a_quote_has_a_page_that_shows_it_to_networks_and_hides_from_search_engines(
    site: Path,
) -> None:
    found = sorted(site.glob("**/citation/index.html"))
    assert found
    for path in found:
        page = path.read_text(encoding="utf-8")
        portrait = (path.parents[1] / "index.html").read_text(encoding="utf-8")
        address = f"/{path.parent.relative_to(site).as_posix()}/"
        [canonical] = re.findall(r'<link rel="canonical" href="([^"]+)"', page)
        [image] = re.findall(r'<meta property="og:image" content="([^"]+)"', page)
        assert canonical.endswith(address)
        assert '<meta name="robots" content="noindex">' in page
        assert canonical not in (site / "sitemap.xml").read_text(encoding="utf-8")
        assert (site / image.split("/", 3)[3]).is_file()
        assert image not in portrait  # the card of the quote, not that of the person
        assert f'href="{address}"' in portrait
        assert f'href="{address.removesuffix("citation/")}#citation"' in page
        assert 'id="citation"' in portrait


def test_the_site_map_lists_every_page_that_may_be_found(site: Path) -> None:
    tree = ElementTree.parse(site / "sitemap.xml")
    listed = {str(e.text) for e in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    hidden = {
        address_of(site, path)
        for path in pages(site)
        if any(m.get("name") == "robots" for m in parsed(path).iter(f"{XHTML}meta"))
        or path.name == "404.html"
    }
    assert listed == {address_of(site, path) for path in pages(site)} - hidden
    robots = (site / "robots.txt").read_text()
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in robots


def test_a_translation_and_its_original_name_each_other(site: Path) -> None:
    french = site / "portraits/clara-dion/index.html"
    english = site / "en/portraits/clara-dion/index.html"
    for path in (french, english):
        named = {
            link.get("hreflang"): link.get("href")
            for link in parsed(path).iter(f"{XHTML}link")
            if link.get("hreflang")
        }
        assert named == {
            "fr": address_of(site, french),
            "en": address_of(site, english),
            "x-default": address_of(site, french),
        }
    assert parsed(english).get("lang") == "en"


def text_of(path: Path) -> str:
    return " ".join("".join(parsed(path).itertext()).split())


def test_the_french_of_a_page_has_its_spaces_and_dates(site: Path) -> None:
    text = "".join(parsed(site / "portraits/alix-morin/index.html").itertext())
    assert "14\u00a0juillet 2011" in text
    assert "'" not in text.replace("'self'", "").replace("'none'", "").partition("{")[0]


def test_a_question_page_holds_everybodys_answer(site: Path) -> None:
    found = sorted(path.parent.name for path in site.glob("questions/*/index.html"))
    assert len(found) >= 10
    text = text_of(site / "questions" / found[0] / "index.html")
    assert len(re.findall("Morin|Cantin|Dion|Ouellet|Lemire|Haddad", text)) >= 2


def test_the_ways_around_an_english_page_are_in_english_and_lead_to_the_english_home(
    site: Path,
) -> None:
    root = parsed(site / "en/portraits/clara-dion/index.html")
    menus = {" ".join("".join(nav.itertext()).split()): nav for nav in root.iter(f"{XHTML}nav")}
    footer = next(text for text in menus if "In numbers" in text)
    assert "Tags" in footer
    assert "Étiquettes" not in footer
    names = [
        p.find(f"{XHTML}a") for p in root.iter(f"{XHTML}p") if p.get("class") == "masthead__name"
    ]
    assert [name.get("href") for name in names if name is not None] == ["/en/"]


def test_the_feeds_that_one_can_choose_are_told_apart_by_their_format(site: Path) -> None:
    lists = [
        [link.text for link in found.iter(f"{XHTML}a")]
        for found in parsed(site / "abonnement/index.html").iter(f"{XHTML}ul")
        if found.get("class") == "feeds"
    ]
    assert len(lists) > 3
    assert {tuple(labels) for labels in lists} == {("Atom", "RSS", "JSON Feed")}
