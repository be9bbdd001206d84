"""Finds the Chromium that the tests and the screenshots drive, or gets one.

In this order: $CHROMIUM, one that is installed, playwright's own, Debian's package (as root).
Where none can be had the tests fail, and say so: they never skip in silence.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)


def chromium() -> str | None:
    """Path of an installed Chromium, or None."""
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
    """Path of a Chromium, installed now if need be. Exits with a message where none can be had."""
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
