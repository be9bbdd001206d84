"""What holds for the page of every sample: structure, accessibility by construction, safety."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import mf2py
import pytest
from jinja2 import TemplateNotFound, UndefinedError
from portraits.site.environment import theme_environment
from portraits.support.catalogue import catalogue

from tools.samples import ENVIRONMENT, SITE, THEME, fragment_of, portrait, samples

SAMPLES = samples()
every_page = pytest.mark.parametrize("name", SAMPLES)


@cache
def html(name: str) -> str:
    return SAMPLES[name].html()


@cache
def tree(name: str) -> Element:
    """The page, parsed without forgiveness."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document: Element = parser.parse(html(name))
    return document


def all_of(name: str, *tags: str) -> list[Element]:
    return [element for element in tree(name).iter() if element.tag in tags]


@every_page
def test_is_valid_html_with_one_first_heading(name: str) -> None:
    assert len(all_of(name, "h1")) == 1


@every_page
def test_leaves_no_rank_of_heading_out(name: str) -> None:
    ranks = [int(str(h.tag)[1]) for h in all_of(name, "h1", "h2", "h3", "h4", "h5", "h6")]
    gaps = [(above, below) for above, below in pairwise(ranks) if below > above + 1]
    assert gaps == []


@every_page
def test_every_picture_has_its_room_and_its_words(name: str) -> None:
    bare = [
        image.attrib
        for image in all_of(name, "img")
        if not {"width", "height", "alt"} <= image.attrib.keys()
    ]
    assert bare == []


@every_page
def test_ids_are_unique_and_what_refers_to_them_finds_them(name: str) -> None:
    elements = list(tree(name).iter())
    ids = Counter(e.get("id") for e in elements if e.get("id"))
    assert [i for i, times in ids.items() if times > 1] == []
    wanted = {
        word
        for e in elements
        for key in ("aria-labelledby", "aria-controls", "for")
        for word in (e.get(key) or "").split()
    }
    wanted |= {
        e.get("href", "")[1:]
        for e in elements
        if e.tag == "a" and e.get("href", "").startswith("#")
    }
    assert wanted - ids.keys() == set()


@every_page
def test_landmarks_of_one_kind_have_different_names(name: str) -> None:
    # An aside inside a section is no landmark unless it has a name (HTML-AAM, "aside").
    inner = {id(e) for outer in all_of(name, "section") for e in outer.iter("aside")}
    named = [
        (e.tag, label)
        for e in all_of(name, "nav", "aside")
        if (label := e.get("aria-label") or e.get("aria-labelledby")) or id(e) not in inner
    ]
    assert all(label for _, label in named)
    assert len(named) == len(set(named))


@every_page
def test_nothing_needs_a_weaker_policy_than_the_sites(name: str) -> None:
    for element in tree(name).iter():
        handlers = [key for key in element.attrib if key == "style" or str(key).startswith("on")]
        assert handlers == []
    inline = [e.get("type") for e in all_of(name, "script") if not e.get("src")]
    assert set(inline) <= {"application/ld+json"}
    assert all_of(name, "style") == []


@every_page
def test_asks_nothing_of_another_host(name: str) -> None:
    asked = [e.get("src") or e.get("srcset") or "" for e in all_of(name, "img", "source", "script")]
    asked += [
        e.get("href", "")
        for e in all_of(name, "link")
        if e.get("rel") in {"stylesheet", "preload", "icon"}
    ]
    assert [address for address in asked if "//" in address] == []


@every_page
def test_dates_are_for_machines_too(name: str) -> None:
    assert all(
        re.fullmatch(r"\d{4}-\d\d-\d\d", time.get("datetime", "")) for time in all_of(name, "time")
    )


@every_page
def test_prints_no_value_of_the_programs_own(name: str) -> None:
    assert re.search(r"\bNone\b|Undefined|Markup\(|<!--|\bTrue\b", html(name)) is None


def test_the_language_of_the_page_is_that_of_its_words() -> None:
    assert 'lang="en"' in html("portrait-en")
    assert "Skip to content" in html("portrait-en")
    assert "Aller au contenu" in html("portrait")


def test_the_page_that_is_open_is_marked_in_the_menu() -> None:
    marked = [a.text for a in all_of("questions", "a") if a.get("aria-current") == "page"]
    assert marked == ["Questions"]


def test_the_table_of_questions_stands_between_introduction_and_questions() -> None:
    page = html("portrait")
    places = [
        page.index(mark)
        for mark in (
            'class="introduction"',
            'class="question-menu"',
            'id="question-0"',
            'id="ff"',
            "Pour suivre Léa",
            'id="lecture"',
            "D’autres portraits",
            'class="reply"',
            "À propos de ce texte",
        )
    ]
    assert places == sorted(places)


def test_the_quote_stands_under_the_answer_that_it_is_taken_from() -> None:
    page = html("portrait")
    places = [page.index(f'id="{mark}"') for mark in ("question-1", "citation", "question-2")]
    assert places == sorted(places)


def test_a_draft_says_so() -> None:
    assert "Brouillon" in html("portrait-nu")
    assert "Brouillon" not in html("portrait")


def test_a_portrait_is_an_entry_about_a_person() -> None:
    found = mf2py.parse(doc=html("portrait"), url="https://serie.example/portraits/lea/")
    entry = next(item for item in found["items"] if item["type"] == ["h-entry"])
    properties = entry["properties"]
    assert properties["name"] == ["Portrait de Léa Tremblay-Nguyen"]
    assert properties["published"] == ["2011-08-01"]
    assert properties["updated"] == ["2012-01-12"]
    assert properties["url"] == ["https://serie.example/portraits/lea/"]
    assert [author["properties"]["name"] for author in properties["author"]] == [
        ["Ana Bélanger"],
        ["Sam Ouellet"],
    ]
    person = next(c for c in properties["category"] if isinstance(c, dict))
    assert person["properties"]["name"] == ["Léa Tremblay-Nguyen"]
    assert person["properties"]["job-title"] == ["Chapelière"]
    assert person["properties"]["org"] == ["Atelier du Nord"]
    assert "musique" in properties["category"]
    assert properties["photo"][0]["alt"] == "Léa dans son atelier"
    assert "Un jour, j’ai livré" in properties["content"][0]["value"]


def test_the_fragment_for_feeds_holds_no_drawing_and_no_script() -> None:
    fragment = ENVIRONMENT.get_template("fragment.html").render(
        site=SITE, page=fragment_of(portrait()), t=catalogue("fr")
    )
    assert not re.search(r"<(svg|script|style|img|nav|form)\b", fragment)


def test_a_name_that_no_view_has_is_an_error() -> None:
    template = ENVIRONMENT.from_string("{{ page.nmae }}")
    with pytest.raises(UndefinedError):
        template.render(page=SAMPLES["portrait"].page)


def test_what_is_printed_is_escaped() -> None:
    assert ENVIRONMENT.from_string("{{ page }}").render(page="<b>") == "&lt;b&gt;"


def test_a_template_that_the_theme_lacks_is_an_error() -> None:
    with pytest.raises(TemplateNotFound):
        ENVIRONMENT.get_template("article.html")


def test_every_template_compiles() -> None:
    environment = theme_environment(THEME)
    for path in (THEME / "templates").rglob("*.html"):
        environment.get_template(path.relative_to(THEME / "templates").as_posix())


def test_templates_declare_nothing_safe_by_themselves() -> None:
    guilty = [
        path.name
        for path in (THEME / "templates").rglob("*.html")
        if "|safe" in path.read_text(encoding="utf-8") or "autoescape" in path.read_text()
    ]
    assert guilty == []


@pytest.mark.parametrize(
    ("comments", "server", "present", "absent"),
    [
        ("none", "", "", "Réagir"),
        ("email", "", "mailto:ana@serie.example?subject=Re%3A%20Portrait%20de%20", "data-isso"),
        ("isso", "https://isso.example", 'data-isso="https://isso.example"', "Réagir"),
    ],
)
def test_readers_answer_as_the_site_has_chosen(
    comments: str, server: str, present: str, absent: str
) -> None:
    site = SITE._replace(comments=comments, isso=server)
    page = replace(SAMPLES["portrait"], site=site).html()
    assert present in page
    assert absent not in page


def test_a_former_address_leads_on_without_a_script() -> None:
    page = ENVIRONMENT.get_template("redirect.html").render(
        target="/portraits/lea/",
        absolute_target="https://serie.example/portraits/lea/",
        t=catalogue("fr"),
    )
    assert 'content="0; url=/portraits/lea/"' in page
    assert '<link rel="canonical" href="https://serie.example/portraits/lea/">' in page
