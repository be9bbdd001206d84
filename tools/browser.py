"""Find the Chromium that the tests and the screenshots drive, or install one.

In this order: $CHROMIUM, an installed one, playwright's own, Debian's package (as root). If none
can be found or installed, the tests fail with a message: they are never skipped silently.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Return the path of an installed Chromium, or None."""
    named = os.environ.get("CHROMIUM", "")
    if named and Path(named).is_file():
        return named
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def ensure_browser() -> str:
    """Return the path of a Chromium, after installing one if needed. Exit with a message if that
    fails."""
    if path := chromium():
        return path
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        attempts += [["apt-get", "update", "-q"], ["apt-get", "install", "-qy", "chromium"]]
    for attempt in attempts:
        print("$", " ".join(attempt), flush=True)
        subprocess.run(attempt, check=False, timeout=900)  # noqa: S603 - fixed commands
        if path := chromium():
            return path
    raise SystemExit(
        "The tests need Chromium and none could be installed. Install it (Debian: apt-get "
        "install chromium) or name it: CHROMIUM=/path/to/chromium make test"
    )
