"""Serve the built site as its host would, and open it in one Chromium for all tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
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


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    """Return the browser contexts opened so far, by their options."""
    known: dict[str, BrowserContext] = {}
    yield known
    for context in known.values():
        context.close()


@pytest.fixture
def visit(browser: Browser, served: str, contexts: dict[str, BrowserContext]) -> Iterator[Visit]:
    """Open the page at a path: ``visit("portraits/", width=390, color_scheme="dark")``.

    ``own`` gives the page its own storage and permissions; ``prepare`` is called with the page
    before anything is loaded; other options are those of a Playwright context. The test fails at
    its end if a page logged an error, violated the content security policy or sent a request to
    another host.
    """
    complaints: list[str] = []
    opened: list[Page] = []
    own_contexts: list[BrowserContext] = []

    def open_page(
        path: str,
        *,
        width: int = 1440,
        height: int = 900,
        own: bool = False,
        wait_until: str = "load",
        prepare: Callable[[Page], None] | None = None,
        **options: Any,
    ) -> Page:
        options = {"viewport": {"width": width, "height": height}, "locale": "fr-CA", **options}
        if own:
            context = browser.new_context(**options)
            own_contexts.append(context)
        else:
            name = repr(sorted(options.items()))
            context = contexts.get(name) or contexts.setdefault(
                name, browser.new_context(**options)
            )
        page = context.new_page()
        opened.append(page)
        page.on(
            "console",
            lambda message: (
                complaints.append(f"{path}: {message.text}")
                if message.type in ("error", "warning")
                else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"{path}: {error}"))
        page.on(
            "request",
            lambda request: (
                complaints.append(f"{path}: {request.url}")
                if not request.url.startswith((served, "data:", "blob:"))
                else None
            ),
        )
        if prepare:
            prepare(page)
        page.goto(served + path, wait_until=wait_until)  # type: ignore[arg-type]
        return page

    yield open_page
    for page in opened:
        page.close()
    for context in own_contexts:
        context.close()
    assert complaints == []
