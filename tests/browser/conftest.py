"""One Chromium for all tests that need a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tools.browser import ARGUMENTS, ensure_browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window, of which each test opens pages of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=ensure_browser(), args=list(ARGUMENTS))
        yield browser
        browser.close()
