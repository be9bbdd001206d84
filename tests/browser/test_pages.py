"""Test every kind of page for accessibility, on different devices and with different settings.

The fixture ``visit`` also checks, for every test of this folder, that no page logs an error,
violates the content security policy or sends a request to another host.
"""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.kinds import KINDS, PORTRAIT_PAGES

pytestmark = pytest.mark.browser

every_kind = pytest.mark.parametrize("kind", KINDS)

SIDEWAYS = """() => {
  const beyond = [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && box.right > innerWidth + 1
      && !element.closest(".visually-hidden, svg *, .question-menu");
  });
  const root = document.documentElement;
  return root.scrollWidth > root.clientWidth
    ? [`${root.scrollWidth} > ${root.clientWidth}`,
       ...beyond.slice(0, 3).map((element) => element.outerHTML.slice(0, 120))]
    : [];
}"""
"""What makes the page scroll sideways; empty when it does not."""

CUT = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement;
    if (!around.checkVisibility() || around.closest(".visually-hidden, svg")) continue;
    const words = /(?<![\\p{L}\\d@._/-])\\p{L}{4,}(?![\\p{L}\\d@._/-])/gu;
    for (const word of node.data.matchAll(words)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (!word.index && around.matches(".introduction > p:first-child")) continue;
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.bottom)));
      if (lines.size > 1 && getComputedStyle(around).hyphens !== "auto")
        found.push(word[0]);
    }
  }
  return found;
}"""
"""Words that run over two lines where no hyphen may be set; handles and addresses are no words."""

SQUEEZED = """() => [...document.querySelectorAll("main :is(p, li, dd, blockquote)")]
  .filter((element) => {
    const box = element.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(element).fontSize);
    return element.innerText.length > 60 && box.height && box.width < 9 * size
      && !element.closest(".visually-hidden");
  })
  .map((element) => element.outerHTML.slice(0, 120))"""
"""Long texts in columns of fewer than about eighteen characters."""


def violations(page: Page, **options: object) -> list[tuple[str, list[str]]]:
    """Return (rule, elements) for every violation found by axe."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "options => axe.run(options)",
        {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}, **options},
    )
    return [
        (violation["id"], [node["html"] for node in violation["nodes"]])
        for violation in found["violations"]
    ]


def open_folds(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")


@every_kind
def test_axe_finds_nothing_in_light_or_dark(visit: Visit, kind: str) -> None:
    page = visit(KINDS[kind], color_scheme="light", reduced_motion="reduce")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    # Nothing but the colours depends on the scheme.
    assert violations(page, runOnly=["color-contrast"], rules={}) == []


@pytest.mark.parametrize("kind", ["home", "portrait with a photo", "graph"])
def test_axe_finds_nothing_on_a_phone(visit: Visit, kind: str) -> None:
    page = visit(KINDS[kind], width=390, height=844, reduced_motion="reduce")
    open_folds(page)
    assert violations(page) == []


@every_kind
def test_no_page_scrolls_sideways_on_a_narrow_window_or_when_enlarged(
    visit: Visit, kind: str
) -> None:
    page = visit(KINDS[kind], width=320, height=640)
    open_folds(page)
    # 320 px is also 1280 px at 400 % (WCAG 2.2, 1.4.10); 640 px is 1280 px at 200 %.
    for width in (320, 390, 640, 768, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(SIDEWAYS) == [], width
    page.evaluate("""() => {
      const root = document.documentElement;
      root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
    }""")
    assert page.evaluate(SIDEWAYS) == [], "text of twice the size"


@every_kind
def test_no_word_is_cut_without_a_hyphen(visit: Visit, kind: str) -> None:
    page = visit(KINDS[kind], width=320, height=640)
    open_folds(page)
    for width in (320, 390, 1440):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(CUT) == [], width


@every_kind
def test_no_text_is_squeezed_into_a_narrow_column(visit: Visit, kind: str) -> None:
    page = visit(KINDS[kind], width=2560, height=1440)
    open_folds(page)
    for width in (2560, 1440, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SQUEEZED) == [], width


@pytest.mark.parametrize("kind", ["home", *PORTRAIT_PAGES, "directory"])
def test_nothing_needs_a_script_to_be_read(visit: Visit, kind: str) -> None:
    with_scripts = visit(KINDS[kind])
    without = visit(KINDS[kind], java_script_enabled=False)
    # A script copies the address of the portrait: its button comes with it.
    with_scripts.evaluate("document.querySelector('.share__copy')?.parentElement.remove()")
    assert without.locator("main").inner_text() == with_scripts.locator("main").inner_text()
    assert without.locator(".theme-switch").is_hidden()


def test_search_says_what_to_do_without_scripts(visit: Visit) -> None:
    page = visit(KINDS["search"], java_script_enabled=False)
    assert page.locator("noscript").is_visible()
    assert page.locator("main a").first.is_visible()


@pytest.mark.parametrize("kind", PORTRAIT_PAGES)
def test_a_portrait_is_whole_on_a_phone_without_scripts(visit: Visit, kind: str) -> None:
    page = visit(KINDS[kind], width=390, height=844, java_script_enabled=False)
    answers = page.locator(".exchange")
    assert answers.count() >= 6
    assert all(answer.is_visible() for answer in answers.all())
    page.locator(".question-menu summary").click()
    assert page.locator(".question-menu a").last.is_visible()


@pytest.mark.parametrize("kind", ["home", "portrait with a photo", "all portraits", "graph"])
def test_nothing_moves_for_those_who_asked_for_that(visit: Visit, kind: str) -> None:
    page = visit(KINDS[kind], reduced_motion="reduce")
    assert page.evaluate("""() => {
      const moving = [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        return parseFloat(style.transitionDuration) || style.animationName !== "none";
      });
      return [...moving.map((element) => element.outerHTML.slice(0, 80)),
              getComputedStyle(document.documentElement).scrollBehavior,
              document.getAnimations().length];
    }""") == ["auto", 0]


@pytest.mark.parametrize(
    "kind", ["home", "portrait without a photo", "directory", "graph", "numbers"]
)
def test_nothing_disappears_in_forced_colours(visit: Visit, kind: str) -> None:
    page = visit(KINDS[kind], forced_colors="active", reduced_motion="reduce")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert page.evaluate(LOST) == [], scheme


LOST = """() => {
  const canvas = getComputedStyle(document.documentElement).backgroundColor;
  const drawn = (element) => {
    const style = getComputedStyle(element);
    if (!(element instanceof SVGElement) || element.tagName === "svg") return style.color;
    return style.fill === "none" ? style.stroke : style.fill;
  };
  return [...document.querySelectorAll(
      "main :is(h1, h2, p, a, li, dd, button, summary):not(svg *), .icon, .chart-bar,"
      + " .graph-tie, .graph-person .graph-dot, .graph-name")]
    .filter((element) => element.checkVisibility() && drawn(element) === canvas)
    .map((element) => element.outerHTML.slice(0, 120));
}"""
"""What is drawn in the colour of the ground it stands on."""


# -- on paper


def hidden(page: Page, selector: str) -> bool:
    return all(not element.is_visible() for element in page.locator(selector).all())


@every_kind
def test_ways_around_the_site_are_not_printed(visit: Visit, kind: str) -> None:
    page = visit(KINDS[kind])
    page.emulate_media(media="print")
    assert hidden(page, "nav")
    assert hidden(page, ".theme-switch, .skip, .permalink, .related, .reply")
    assert page.locator("main h1, .masthead__name").first.is_visible()


def test_addresses_of_links_in_the_text_are_printed(visit: Visit) -> None:
    page = visit(KINDS["portrait without a photo"])
    page.emulate_media(media="print")
    links = page.locator('.exchange a[href^="http"]')
    assert links.count() > 0
    for link in links.all():
        printed = link.evaluate("link => getComputedStyle(link, '::after').content")
        assert link.get_attribute("href") in printed


def test_a_dark_page_is_printed_on_white(visit: Visit) -> None:
    page = visit(KINDS["portrait with a photo"], color_scheme="dark")
    page.emulate_media(media="print")
    ink, paper = page.evaluate("""() => {
      const style = getComputedStyle(document.documentElement);
      return [style.color, style.backgroundColor];
    }""")
    assert paper == "rgb(255, 255, 255)"
    assert sum(map(int, ink.removeprefix("rgb(").rstrip(")").split(","))) < 200
    assert page.pdf().startswith(b"%PDF")


def test_the_graph_is_printed_with_its_title_on_one_landscape_sheet(visit: Visit) -> None:
    page = visit(KINDS["graph"])
    page.emulate_media(media="print")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert boxes
    assert [box for box in boxes if float(box[0]) <= float(box[1])] == []
    page.set_viewport_size({"width": 940, "height": 700})  # the sheet between its margins
    bottom = "document.querySelector('.drawing--large').getBoundingClientRect().bottom"
    assert page.evaluate(bottom) < 700


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("home", ".card"),
        ("all portraits", ".card"),
        ("directory", ".directory__entry"),
        ("question", ".voice"),
        ("portrait with a photo", ".recommendation"),
        ("numbers", ".figure-sheet"),
    ],
)
def test_what_belongs_together_is_printed_on_one_sheet(visit: Visit, kind: str, part: str) -> None:
    page = visit(KINDS[kind])
    page.emulate_media(media="print")
    parts = page.locator(part)
    assert parts.count() > 0
    for one in parts.all():
        expect(one).to_have_css("break-inside", "avoid")
