"""Test what a page costs its reader: bytes, requests and layout shifts.

The budgets of a page, as transferred: HTML and CSS under 30 kB compressed, fonts under
100 kB, pictures at the width at which they are shown.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page, Response, Route

from tests.browser.conftest import Visit
from tests.browser.kinds import KINDS

pytestmark = pytest.mark.browser

NARROWEST, WIDEST = 0.9, 1.7
"""A picture's pixels over those that it is shown with."""

SHOWN = """() => [...document.querySelectorAll("picture img")].map((image) => {
  const box = image.getBoundingClientRect();
  const files = image.parentElement.querySelector("source").srcset.split(", ");
  const widths = files.map((file) => parseInt(file.split(" ")[1]));
  return {
    file: image.currentSrc.split("/").at(-1),
    widths,
    // What `object-fit: cover` shows is as wide as the box, or wider where the box is tall.
    needed: devicePixelRatio * Math.max(box.width, box.height * image.width / image.height,
      box.height * image.getAttribute("width") / image.getAttribute("height")),
  };
})"""

SHIFTS = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: "layout-shift", buffered: true });
  return observer.takeRecords().map((entry) => [entry.value, ...entry.sources.map((source) =>
    source.node?.outerHTML?.slice(0, 100) ?? source.node?.textContent)]);
}"""

PAINTED = """() => new Promise((resolve) => {
  new PerformanceObserver(resolve).observe({ type: "paint", buffered: true });
})"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_within_its_budget(visit: Visit, kind: str) -> None:
    sent: Counter[str] = Counter()

    def count(response: Response) -> None:
        sent.update({response.request.resource_type: int(response.headers["content-length"])})

    def prepare(page: Page) -> None:
        page.on("response", count)
        page.route("**/*", lambda route: route.continue_())  # nothing comes from a cache

    page = visit(KINDS[kind], prepare=prepare)
    page.evaluate("document.fonts.ready")
    page.remove_listener("response", count)
    assert 0 < sent["document"] + sent["stylesheet"] < 30_000
    assert 0 < sent["font"] < 100_000
    assert sent["script"] < (30_000 if kind.startswith("search") else 5_000)


@pytest.mark.parametrize(
    ("kind", "density"),
    [
        ("home", 1),
        ("home", 2),
        ("portrait with a photo", 1),
        ("portrait with a photo", 2),
        ("English portrait", 2),
        ("all portraits", 1),
        ("all portraits", 2),
        ("question", 2),
    ],
)
def test_pictures_come_at_the_width_at_which_they_are_shown(
    visit: Visit, kind: str, density: int
) -> None:
    wrong = []
    for width, height in ((390, 844), (820, 1180), (1440, 900)):
        page = visit(KINDS[kind], width=width, height=height, device_scale_factor=density)
        seen = pictures_of(page)
        assert seen
        for picture in seen:
            name, widths, needed = picture["file"], picture["widths"], picture["needed"]
            assert name.endswith(".avif")
            taken = int(re.split(r"[-.]", name)[-2])
            if not (needed * NARROWEST <= taken or taken == widths[-1]):
                wrong.append(f"{width}: {name} of {widths} is too small for {needed:.0f}")
            if not (taken <= needed * WIDEST or taken == widths[0]):
                wrong.append(f"{width}: {name} of {widths} is too large for {needed:.0f}")
    assert wrong == []


def pictures_of(page: Page) -> list[dict[str, Any]]:
    """Return all pictures of a page once loaded, including those below the first screen."""
    page.evaluate("""async () => {
      const images = [...document.images];
      for (const image of images) image.loading = "eager";
      await Promise.all(images.map((image) => image.decode()));
    }""")
    shown: list[dict[str, Any]] = page.evaluate(SHOWN)
    return shown


@pytest.mark.parametrize(
    "kind",
    [
        "home",
        "portrait with a photo",
        "portrait without a photo",
        "question",
        "directory",
        "graph",
        "numbers",
        "about",
    ],
)
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)])
def test_nothing_jumps_when_typefaces_and_pictures_arrive_late(
    visit: Visit, kind: str, width: int, height: int
) -> None:
    held: list[Route] = []

    def hold(page: Page) -> None:
        page.route(re.compile(r"\.(woff2|avif|jpg|svg)$"), lambda route: held.append(route))

    page = visit(
        KINDS[kind], width=width, height=height, prepare=hold, wait_until="domcontentloaded"
    )
    page.evaluate(PAINTED)
    assert any(route.request.url.endswith(".woff2") for route in held)
    while held:
        held.pop().continue_()
    page.unroute_all()
    page.wait_for_load_state("load")
    shifts = page.evaluate(SHIFTS)
    assert sum(shift[0] for shift in shifts) < 0.005, shifts


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (1440, 900)])
def test_nothing_jumps_when_the_results_of_a_search_arrive_late(
    visit: Visit, width: int, height: int
) -> None:
    held: list[Route] = []

    def hold(page: Page) -> None:
        page.route(re.compile(r"/(index|api)/"), lambda route: held.append(route))

    address = f"{KINDS['search']}?q=radio"
    page = visit(address, width=width, height=height, prepare=hold, wait_until="domcontentloaded")
    page.evaluate(PAINTED)
    page.evaluate("document.fonts.ready.then(() => true)")
    while not page.locator(".search__result").count():
        while held:
            held.pop().continue_()
        page.wait_for_timeout(20)
    page.unroute_all()
    shifts = page.evaluate(SHIFTS)
    assert sum(shift[0] for shift in shifts) < 0.01, shifts
