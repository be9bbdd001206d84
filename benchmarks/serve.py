"""Measure the time from saving a text to seeing it in a browser, with `portraits serve`.

    python -m benchmarks.serve --portraits 1000

    written to disk -> seen by the watcher -> parsed, made, published -> browser notified ->
    page reloaded -> the new words are in its text

The clock starts before the file is written and stops when the browser shows the words. Edits go
from the oldest portrait to the newest, whose texts are in most feeds. A second passes between
opening a page and saving, as for a person who types; by then the browser has loaded everything.
"""

from __future__ import annotations

import argparse
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.contenders import ROOT, portraits
from benchmarks.interviews import interview
from benchmarks.markdown import portrait_file

EDITS = 9
TYPING_MILLISECONDS = 1000
FIRST_BUILD_SECONDS = 1200


def main() -> int:
    """Measure, and print the seconds of each edit."""
    parser = argparse.ArgumentParser(description="Mesurer l’aperçu d’un texte enregistré.")
    parser.add_argument("--portraits", type=int, default=1000)
    size: int = parser.parse_args().portraits
    with tempfile.TemporaryDirectory(prefix="apercu-") as folder:
        seconds = _measured(Path(folder) / "site", size)
    listed = ", ".join(f"{one:.2f}" for one in seconds)
    print(
        f"{size} portraits : {listed} s; médiane {statistics.median(seconds):.2f} s, "
        f"au plus {max(seconds):.2f} s"
    )
    return 0


def _measured(site: Path, size: int) -> list[float]:
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT / "tools"))
    from browser import ARGUMENTS, ensure_browser

    site.mkdir()
    contender = portraits(site, site)
    contender.fill(size)
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "portraits",
        "serve",
        "--settings",
        str(site / "settings.py"),
        "--port",
        str(port),
    ]
    with (
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as server,
        sync_playwright() as playwright,
    ):
        try:
            _wait_for("fichiers écrits", server)
            browser = playwright.chromium.launch(
                executable_path=ensure_browser(), args=list(ARGUMENTS)
            )
            page = browser.new_page()
            seconds = []
            for turn in range(EDITS):
                one = interview(1 + (size - 1) * turn // (EDITS - 1), "")
                page.goto(f"http://localhost:{port}/portraits/{one.slug}/")
                page.wait_for_timeout(TYPING_MILLISECONDS)
                words = f"Ces mots sont nouveaux {turn}."
                text = portrait_file(interview(1 + (size - 1) * turn // (EDITS - 1), words))
                began = time.perf_counter()
                (site / contender.portraits / f"{one.slug}.md").write_text(text, encoding="utf-8")
                page.get_by_text(words).first.wait_for(timeout=60_000)
                seconds.append(time.perf_counter() - began)
            browser.close()
            return seconds
        finally:
            server.terminate()


def _wait_for(words: str, server: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + FIRST_BUILD_SECONDS
    assert server.stderr is not None  # noqa: S101 - a pipe, set above
    while time.monotonic() < deadline:
        if words in server.stderr.readline():
            return
    raise TimeoutError(words)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


if __name__ == "__main__":
    raise SystemExit(main())
