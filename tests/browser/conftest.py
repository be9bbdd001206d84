"""Serve the built site as its host would, and open it in one Chromium for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from portraits.output.hosting import Rules, rules_of
from portraits.settings import settings_from

from tests.fixtures import settings as own_settings
from tools.loopback import serving

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def rules() -> Rules:
    """Return the site's rules for its host (headers and redirects)."""
    settings = {**vars(own_settings), "SITEURL": "https://portraits.example"}
    return rules_of(settings_from(settings))


@pytest.fixture(scope="session")
def served(site: Path, rules: Rules) -> Iterator[str]:
    """Serve the site on loopback; return its address, with a final slash."""
    with serving(site, rules) as address:
        yield address


class Tabs:
    """Pages of one browser, each used by one test after another.

    A page in a new process costs three times what it costs to open another address in one that
    has run.
    """

    def __init__(self, browser: Browser, served: str) -> None:
        self.browser, self.served = browser, served
        self.complaints: list[str] = []
        """Errors that pages logged, and requests to other hosts, since the test began."""
        self._idle: dict[str, list[Page]] = {}
        self._taken: list[tuple[str, Page]] = []

    def fresh(self, **options: Any) -> Page:
        """Return a page with its own storage and permissions."""
        page = self.browser.new_context(locale="fr-CA", **options).new_page()
        page.on("console", self._read)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", self._allow)
        return page

    def take(self, **options: Any) -> Page:
        """Return a page without content, made with the same options of a Playwright context."""
        name = repr(sorted(options.items()))
        idle = self._idle.setdefault(name, [])
        page = idle.pop() if idle else self.fresh(**options)
        self._taken.append((name, page))
        return page

    def give_back(self) -> None:
        """Empty every page that was taken: no content, storage, route or pointer is left."""
        while self._taken:
            name, page = self._taken.pop()
            page.unroute_all()
            page.evaluate("localStorage.clear(); sessionStorage.clear()")
            page.mouse.move(0, 0)
            page.goto("about:blank")
            self._idle[name].append(page)

    def _read(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            page = message.page.url if message.page else ""
            self.complaints.append(f"{page}: {message.text}")

    def _allow(self, request: Request) -> None:
        if not request.url.startswith((self.served, "data:", "blob:", "about:")):
            self.complaints.append(f"{request.frame.url}: {request.url}")


@pytest.fixture(scope="session")
def tabs(browser: Browser, served: str) -> Tabs:
    return Tabs(browser, served)


@pytest.fixture
def visit(tabs: Tabs) -> Iterator[Visit]:
    """Open the page at a path: ``visit("portraits/", width=390, color_scheme="dark")``.

    The window and the media are those of the arguments at each visit. ``own`` gives the page its
    own storage and permissions; ``prepare`` is called with the page before anything is loaded, for
    routes and listeners; other options are those of a Playwright context. The test fails at its end
    if a page logged an error, violated the content security policy or sent a request to another
    host.
    """
    own_pages: list[Page] = []
    tabs.complaints.clear()

    def open_page(
        path: str,
        *,
        width: int = 1440,
        height: int = 900,
        color_scheme: Literal["light", "dark"] = "light",
        reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
        forced_colors: Literal["active", "none"] = "none",
        own: bool = False,
        wait_until: Literal["load", "domcontentloaded"] = "load",
        prepare: Callable[[Page], None] | None = None,
        **options: Any,
    ) -> Page:
        page = tabs.fresh(**options) if own else tabs.take(**options)
        if own:
            own_pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(
            media="screen",
            color_scheme=color_scheme,
            reduced_motion=reduced_motion,
            forced_colors=forced_colors,
        )
        if prepare:
            prepare(page)
        page.goto(tabs.served + path, wait_until=wait_until)
        return page

    yield open_page
    tabs.give_back()
    for page in own_pages:
        page.context.close()
    assert tabs.complaints == []
