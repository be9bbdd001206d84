"""Open a page that is sent to somebody: it works from its file, and asks for nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page


@contextmanager
def opened_alone(browser: Browser, path: Path, schemes: Collection[str]) -> Iterator[Page]:
    """Yield the page of a file on a phone; at the end, assert that nothing went wrong in it and
    that what it asked for has one of the ``schemes``."""
    context = browser.new_context(
        accept_downloads=True,
        viewport={"width": 390, "height": 844},
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda message: faults.append(message.text) if message.type == "error" else None
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    yield page
    assert faults == []
    assert {url.split(":")[0] for url in asked} <= set(schemes)
    context.close()
