"""Test navigation: by keyboard, table of questions and links, and in dark mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.kinds import KINDS

pytestmark = pytest.mark.browser

PORTRAIT = KINDS["portrait with a photo"]

STOP = """() => {
  const element = document.activeElement;
  const marked = element.closest(".card") ?? element;
  const style = getComputedStyle(marked);
  const box = marked.getBoundingClientRect();
  const part = element.closest(".skip, .masthead__menu, .masthead, .breadcrumb, .question-menu,"
    + " .permalink, .recommendations, .afterword, .onward, .related, .fold, .colophon");
  return {
    name: element.ariaLabel ?? element.textContent.trim().slice(0, 60),
    part: part?.classList[0] ?? element.tagName,
    seen: element.matches(":focus-visible") && style.outlineStyle !== "none"
      && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && style.opacity !== "0"
      && !(style.clipPath.startsWith("inset(50%")) && box.bottom > 0 && box.top < innerHeight,
  };
}"""
"""Where the focus is, and whether that can be seen."""


def stops(page: Page, most: int = 250) -> Iterator[dict[str, object]]:
    """Return every element that gets the focus with the Tab key, from the top of the page."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return
        yield page.evaluate(STOP)


def test_the_first_stop_leads_past_the_menu_to_the_text(visit: Visit) -> None:
    page = visit(PORTRAIT, reduced_motion="reduce")
    assert next(stops(page)) == {"name": "Aller au contenu", "part": "skip", "seen": True}
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_keyboard_goes_through_a_portrait_in_reading_order_and_is_seen_everywhere(
    visit: Visit, width: int
) -> None:
    page = visit(PORTRAIT, width=width, reduced_motion="reduce")
    found = list(stops(page))
    assert [stop["name"] for stop in found if not stop["seen"]] == []
    parts = list(dict.fromkeys(stop["part"] for stop in found))
    order = [
        "skip",
        "masthead",
        "masthead__menu",
        "breadcrumb",
        "question-menu",
        "permalink",
        "recommendations",
        "afterword",
        "onward",
        "related",
        "fold",
        "colophon",
    ]
    assert [part for part in parts if part in order] == order
    in_contents = [stop for stop in found if stop["part"] == "question-menu"]
    assert len(in_contents) == (1 if width < 900 else page.locator(".question-menu a").count())
    assert sum(stop["part"] == "permalink" for stop in found) == page.locator(".permalink").count()


@pytest.mark.parametrize("kind", ["home", "directory", "graph", "search"])
def test_the_focus_is_seen_on_other_pages(visit: Visit, kind: str) -> None:
    page = visit(KINDS[kind], reduced_motion="reduce")
    found = list(stops(page))
    assert found
    assert [stop["name"] for stop in found if not stop["seen"]] == []


# -- the table of the questions


@pytest.mark.parametrize("width", [390, 1440])
def test_the_table_of_questions_says_which_one_is_being_read(visit: Visit, width: int) -> None:
    page = visit(PORTRAIT, width=width, height=900, reduced_motion="reduce")
    current = page.locator(".question-menu a[aria-current]")
    expect(current).to_have_count(0)
    headings = page.locator(".main-question")
    for number in (0, 5, headings.count() // 2, 2):
        heading = headings.nth(number)
        heading.evaluate(
            "heading => scrollTo(0, scrollY + heading.getBoundingClientRect().top"
            " - innerHeight / 4)"
        )
        expect(current).to_have_attribute("href", f"#{heading.get_attribute('id')}")
    page.evaluate("scrollTo(0, 0)")
    expect(current).to_have_count(0)


def test_the_question_being_read_stays_in_sight_in_the_margin(visit: Visit) -> None:
    page = visit(PORTRAIT, height=600, reduced_motion="reduce")
    last = page.locator("h2.main-question").last
    last.evaluate("heading => heading.scrollIntoView()")
    current = page.locator(".question-menu a[aria-current]")
    expect(current).to_be_in_viewport()


def test_on_a_phone_the_questions_fold_and_close_behind_the_one_that_is_chosen(
    visit: Visit,
) -> None:
    page = visit(PORTRAIT, width=390, height=844, reduced_motion="reduce")
    link = page.locator(".question-menu a").nth(3)
    expect(link).to_be_hidden()
    page.locator(".question-menu summary").click()
    expect(link).to_be_visible()
    link.click()
    expect(link).to_be_hidden()
    expect(page.locator(page.evaluate("location.hash"))).to_be_in_viewport()


# -- links of one's own


def test_a_permalink_is_seen_by_whoever_points_at_its_question(visit: Visit) -> None:
    page = visit(PORTRAIT)
    question = page.locator(".exchange").first
    permalink = question.locator(".permalink")
    expect(permalink).to_have_css("opacity", "0")
    question.locator("h2").hover()
    expect(permalink).to_have_css("opacity", "1")


def test_a_permalink_leads_to_its_question_and_copies_its_address(visit: Visit) -> None:
    page = visit(PORTRAIT, own=True, permissions=["clipboard-read", "clipboard-write"])
    permalink = page.locator(".permalink").nth(2)
    permalink.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Lien copié.")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert page.evaluate("location.hash") == permalink.evaluate("link => link.hash")


# -- light and dark


def test_the_choice_of_light_or_dark_is_kept(visit: Visit, served: str) -> None:
    page = visit("", own=True, color_scheme="light")
    switch = page.locator(".theme-switch")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    dark = page.evaluate(paper)
    assert dark != light
    page.goto(served + PORTRAIT)
    assert page.evaluate(paper) == dark
    expect(page.locator(".theme-switch")).to_have_attribute("aria-pressed", "true")
    page.locator(".theme-switch").press("Enter")
    page.goto(served)
    assert page.evaluate(paper) == light
    assert page.evaluate("localStorage.length") == 0


def test_without_a_choice_the_page_follows_the_system(visit: Visit) -> None:
    page = visit("", own=True, color_scheme="light")
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".theme-switch")).to_have_attribute("aria-pressed", "true")


# -- from a card to its portrait and back


NAMED = """() => [...document.querySelectorAll("*")]
  .filter((element) => getComputedStyle(element).viewTransitionName === "portrait")
  .map((element) => element.closest(".card, .cover, .onward, .portrait__photo").className)"""
"""Which pictures the browser carries over to the next page: one at most, or it carries none."""

REVEALED = """addEventListener("pagereveal", (event) => {
  window.revealed = Boolean(event.viewTransition);
  event.viewTransition?.ready.then(() => window.carried = true, () => window.carried = false);
});"""


def wait_until(page: Page, condition: str) -> None:
    """Wait until JavaScript is true; the site's policy forbids Playwright's own way of asking."""
    for _ in range(500):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(20)
    pytest.fail(f"{condition} is not true after ten seconds")


def test_the_photo_of_a_card_grows_into_the_cover_and_back(visit: Visit) -> None:
    def prepare(page: Page) -> None:
        page.add_init_script(REVEALED)

    page = visit(KINDS["all portraits"], own=True, prepare=prepare)
    assert page.evaluate(NAMED) == []
    page.locator(".card__name a").first.click()
    wait_until(page, "window.carried !== undefined")
    assert page.evaluate("[window.revealed, window.carried]") == [True, True]
    assert page.evaluate(NAMED) == ["portrait__photo"]
    page.go_back()
    wait_until(page, "window.revealed !== undefined")
    wait_until(page, "!document.querySelector('.is-opening')")
    assert page.evaluate(NAMED) == []


def test_nothing_grows_for_those_who_asked_for_stillness(visit: Visit) -> None:
    page = visit(PORTRAIT, reduced_motion="reduce")
    assert page.evaluate(NAMED) == []
    assert page.evaluate("getComputedStyle(document.body, '::before').content") == "none"
