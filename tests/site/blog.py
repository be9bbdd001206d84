"""A blog in a folder, which portraits may join, for tests that run Pelican."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from lxml import html as lxml_html

ROOT = Path(__file__).parent.parent.parent
SMALL = ROOT / "tests" / "cases" / "small-site"
SETTINGS = f"""
AUTHOR = "Moi"
SITENAME = "Mon blogue & compagnie"
SITEURL = "https://blogue.example"
PATH = "content"
OUTPUT_PATH = "output"
TIMEZONE = "America/Toronto"
DEFAULT_LANG = "fr"
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
FEED_ALL_ATOM = "feeds/all.atom.xml"
STATIC_PATHS = ["images"]
PLUGINS = []
"""
PORTRAITS = 'PLUGINS = ["portraits"]\nPORTRAITS = {"pictures": False}\n'


class Blog:
    """A blog with two articles, of which one is a draft, a page and a static file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.output = folder, folder / "content", folder / "output"
        self.content.mkdir(parents=True)
        self.write("un.md", "Title: Premier\nDate: 2024-03-01\nTags: musique\n\nBonjour.\n")
        self.write("brouillon.md", "Title: Non\nDate: 2024-04-01\nStatus: draft\n\nPas encore.\n")
        self.write("pages/apropos.md", "Title: À propos\n\nUne page.\n")
        self.write("images/note.txt", "fichier")
        self.settings()

    def settings(self, more: str = "") -> None:
        """Write the settings of a blog, and more lines."""
        (self.folder / "pelicanconf.py").write_text(SETTINGS + more, encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file of the content folder."""
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def with_portraits(self, more: str = "") -> None:
        """Add the portraits of the small site, and the plugin."""
        shutil.copytree(SMALL / "portraits", self.content / "portraits")
        shutil.copy(SMALL / "questionnaire.yml", self.content)
        self.settings(PORTRAITS + more)

    def pelican(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run Pelican's command in the folder."""
        return subprocess.run(
            [sys.executable, "-m", "pelican", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={**os.environ, "COLUMNS": "200", **environment},
        )

    def files(self) -> dict[str, bytes]:
        """Return what is published: path -> content."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in self.output.rglob("*")
            if path.is_file() and path.name != ".portraits-release"
        }

    def page(self, path: str) -> str:
        """Return a published file."""
        return (self.output / path).read_text(encoding="utf-8")


@contextmanager
def running(blog: Blog, *arguments: str) -> Iterator[Callable[[], str]]:
    """Run Pelican until the block ends; the value gives what it has said so far."""
    log = blog.folder / "log.txt"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "pelican", *arguments],
            cwd=blog.folder,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, "COLUMNS": "200", "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        try:
            yield lambda: log.read_text(encoding="utf-8", errors="replace")
        finally:
            os.killpg(process.pid, signal.SIGINT)
            process.wait(timeout=20)


def wait_until(met: Callable[[], bool], told: Callable[[], str]) -> None:
    """Wait until a condition is met; fail with what Pelican said after a minute."""
    for _ in range(600):
        if met():
            return
        sleep(0.1)
    raise AssertionError(told())


def save(path: Path, text: str, met: Callable[[], bool], told: Callable[[], str]) -> None:
    """Save a text until a condition is met: Pelican misses what is saved while it builds."""
    for _ in range(30):
        path.write_text(text, encoding="utf-8")
        for _ in range(20):
            if met():
                return
            sleep(0.1)
    raise AssertionError(told())


def follow_edits(blog: Blog) -> None:
    """Edit a portrait while ``pelican --autoreload`` runs, also with an error in between."""
    lea = blog.content / "portraits/lea.md"
    page = blog.output / "portraits/lea/index.html"
    right = lea.read_text(encoding="utf-8")

    def shows(text: str) -> bool:
        return text in page.read_text(encoding="utf-8")

    with running(blog, "-r") as told:
        wait_until(page.exists, told)
        first = f"{right}\n## Encore?\n\nUne première retouche.\n"
        save(lea, first, lambda: shows("première retouche"), told)
        wrong = right.replace("name:", "nom:", 1)
        save(lea, wrong, lambda: "vouliez-vous dire" in told(), told)
        assert shows("première retouche")
        another = f"{right}\n## Encore?\n\nUne autre retouche.\n"
        save(lea, another, lambda: shows("autre retouche"), told)
    assert "Traceback" not in told()


def assert_links_lead_to_files(blog: Blog, *, except_for: str = "") -> None:
    """Every link of every page counts from the page, and leads to a file."""
    for path in blog.output.rglob("*.html"):
        if path.name == except_for:
            continue
        for element, _, link, _ in lxml_html.fromstring(path.read_bytes()).iterlinks():
            if link.startswith(("http", "mailto:", "#", "data:")) or element.tag == "form":
                continue
            assert not link.startswith("/"), (path, link)
            target = (path.parent / link.partition("#")[0].partition("?")[0]).resolve()
            assert target.exists(), (path, link)
