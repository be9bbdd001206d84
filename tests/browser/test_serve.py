"""Test `portraits serve` as an editor uses it: terminal, text editor and browser."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import OWN_SETTINGS, ROOT
from tests.processes import free_port

SECONDS = 60
PORTRAIT = "---\nname: {name}\ndate: 2011-08-01\n---\n\n## Comment as-tu commencé ?\n\n{answer}\n"


@dataclass
class Workspace:
    """A folder with a small series, its settings and its theme, and a preview of it."""

    folder: Path
    port: int = field(default_factory=free_port)
    said: list[str] = field(default_factory=list)
    _lines: queue.Queue[str] = field(default_factory=queue.Queue)
    process: subprocess.Popen[str] | None = None

    def __post_init__(self) -> None:
        shutil.copytree(ROOT / "tests" / "cases" / "small-site", self.folder / "content")
        shutil.copytree(ROOT / "theme", self.folder / "theme")
        self.settings.write_text(
            f"{OWN_SETTINGS}PORTRAITS = {{**PORTRAITS, 'search': False, 'pictures': False}}\n"
            "PATH, THEME, CACHE_PATH = 'content', 'theme', 'cache'\n",
            encoding="utf-8",
        )

    @property
    def settings(self) -> Path:
        return self.folder / "conf.py"

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}/"

    def portrait(self, name: str) -> Path:
        return self.folder / "content" / "portraits" / f"{name}.md"

    def serve(self, *arguments: str) -> None:
        """Start the command in its own process group, as a terminal would."""
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "portraits",
                "serve",
                "--settings",
                str(self.settings),
                "--port",
                str(self.port),
                *arguments,
            ],
            cwd=self.folder,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            text=True,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr
        with process.stderr as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put("")  # the end

    def hears(self, words: str) -> str:
        """Wait until the terminal prints ``words``; return the line that contains them."""
        while True:
            line = self._lines.get(timeout=SECONDS)
            self.said.append(line)
            if words in line:
                return line
            assert line, f"« {words} » was never said:\n{''.join(self.said)}"

    def interrupted(self) -> int:
        """Send Ctrl-C to every process of the terminal; return the exit status."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGINT)
        status = self.process.wait(SECONDS)
        while line := self._lines.get(timeout=SECONDS):
            self.said.append(line)
        return status

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(SECONDS)

    def get(self, path: str) -> tuple[int, str]:
        """Fetch a page without a browser; return status and text."""
        try:
            with urllib.request.urlopen(  # noqa: S310 - our own address
                self.address + path, timeout=SECONDS
            ) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    workspace = Workspace(tmp_path)
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return a preview shared by several tests, each of which uses its own files."""
    workspace = Workspace(tmp_path_factory.mktemp("workspace"))
    workspace.serve()
    workspace.hears("fichiers écrits")
    yield workspace
    workspace.close()


Window = Callable[[Workspace, str], Page]


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    """Open a page of a preview. The test fails if its console has messages at the end."""
    context = browser.new_context()
    complaints: list[str] = []

    def opened(workspace: Workspace, path: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(SECONDS * 1000)
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(workspace.address + path)
        return page

    expect.set_options(timeout=SECONDS * 1000)
    yield opened
    context.close()
    assert complaints == []


def save(path: Path, old: str, new: str) -> None:
    """Save a file as text editors do: write a temporary file and rename it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    beside = path.with_suffix(".swp")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    beside.replace(path)


def test_the_terminal_gives_the_address_and_the_browser_shows_the_site(
    running: Workspace, window: Window
) -> None:
    assert running.said[0].startswith(running.address + " ")
    expect(window(running, "").locator("h1")).to_be_visible()


def test_what_is_saved_shows_by_itself(running: Workspace, window: Window) -> None:
    page = window(running, "portraits/ana/")
    save(running.portrait("ana"), "En traduisant", "En enseignant")
    expect(page.get_by_text("En enseignant des dépliants")).to_be_visible()
    (running.portrait("noe")).write_text(
        PORTRAIT.format(name="Noé Roy", answer="Hier."), encoding="utf-8"
    )
    page.goto(running.address + "portraits/")
    expect(page.get_by_text("Noé Roy").first).to_be_visible()


def test_a_broken_portrait_keeps_the_last_good_page_and_says_how_to_mend_it(
    running: Workspace, window: Window
) -> None:
    page = window(running, "portraits/sam/")
    save(running.portrait("sam"), "role: Animateur", "rôle: Animateur")
    panel = page.get_by_role("alert")
    expect(panel).to_contain_text("content/portraits/sam.md:3")
    expect(panel).to_have_attribute("lang", "fr")
    expect(panel.get_by_role("heading")).to_have_text("Une chose à corriger")
    expect(panel).to_contain_text("La page en dessous est la dernière qui était bonne.")
    expect(panel).to_contain_text("vouliez-vous dire « role »")
    expect(page.locator("h1")).to_contain_text("Sam Roy")
    # The style sheet of the panel has passed the policy, too.
    assert panel.evaluate("panel => getComputedStyle(panel).backgroundColor") == "rgb(122, 18, 18)"
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("sam.md:3")
    save(running.portrait("sam"), "rôle: Animateur", "role: Animatrice")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_text("Animatrice").first).to_be_visible()


def test_broken_settings_are_said_and_new_ones_are_taken(
    running: Workspace, window: Window
) -> None:
    page = window(running, "")
    save(running.settings, "PATH, THEME", "SITENAME = 'Voix\nPATH, THEME")
    expect(page.get_by_role("alert")).to_contain_text("conf.py:5")
    save(running.settings, "'Voix", "'Voix d’ici'")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_text("Voix d’ici").first).to_be_visible()


def test_the_theme_is_followed_as_well(running: Workspace, window: Window) -> None:
    page = window(running, "portraits/lea/")
    template = running.folder / "theme" / "templates" / "portrait.html"
    save(template, "{% block", "{% bloc %}{% block")
    expect(page.get_by_role("alert")).to_contain_text("theme/templates/portrait.html:")
    save(template, "{% bloc %}", "")
    expect(page.get_by_role("alert")).to_have_count(0)
    style = sorted((running.folder / "theme" / "static" / "css").glob("*.css"))[0]
    style.write_text(
        style.read_text(encoding="utf-8") + "\nh1 { letter-spacing: 7px; }\n", encoding="utf-8"
    )
    expect(page.locator("h1").first).to_have_css("letter-spacing", "7px")


def test_a_draft_is_shown_with_a_ribbon(running: Workspace, window: Window) -> None:
    draft = PORTRAIT.format(name="Zoé Roy", answer="Bientôt.").replace(
        "date:", "status: draft\ndate:"
    )
    page = window(running, "portraits/")
    running.portrait("zoe").write_text(draft, encoding="utf-8")
    page.get_by_text("Zoé Roy").first.wait_for()
    page.goto(running.address + "portraits/zoe/")
    expect(page.get_by_text("Brouillon : cette page n’est pas publiée.")).to_be_visible()


def fetched(page: Page) -> set[str]:
    """Return the addresses of the resources that a page loaded from the server."""
    page.wait_for_function("performance.getEntriesByType('resource').length > 6")
    return {
        url
        for url in page.evaluate(
            "performance.getEntriesByType('resource').filter(one => one.transferSize > 0)"
            ".map(one => one.name)"
        )
        if "/__portraits/" not in url
    }


def test_a_page_that_is_shown_anew_is_all_that_is_fetched(
    running: Workspace, window: Window
) -> None:
    page = window(running, "portraits/lea/")
    first = fetched(page)
    page.reload()
    assert len(first) > 4
    assert first & fetched(page) == set()


@pytest.mark.parametrize(
    ("path", "kept"),
    [("portraits/lea/", "no-cache"), ("nulle-part/", "no-cache"), ("theme/nulle-part", "no-cache")],
)
def test_what_may_change_is_asked_for_again(path: str, kept: str, running: Workspace) -> None:
    try:
        with urllib.request.urlopen(running.address + path) as answer:  # noqa: S310 - our own
            headers = answer.headers
    except urllib.error.HTTPError as error:
        headers = error.headers
    assert headers["Cache-Control"] == kept


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nulle-part/", 404),
        ("..%2f..%2fconf.py", 404),
        ("%00", 200),
        ("__portraits/x", 404),
        ("//portraits", 200),
        ("portraits/l%C3%A9a/", 404),
    ],
)
def test_any_address_is_answered(path: str, status: int, running: Workspace) -> None:
    found, text = running.get(path)
    assert found == status
    assert "PLUGINS" not in text


def test_without_drafts_a_draft_is_nowhere(workspace: Workspace) -> None:
    workspace.portrait("zoe").write_text(
        PORTRAIT.format(name="Zoé Roy", answer="Bientôt.").replace("date:", "status: draft\ndate:"),
        encoding="utf-8",
    )
    workspace.serve("--no-drafts")
    workspace.hears("fichiers écrits")
    assert workspace.get("portraits/zoe/")[0] == 404
    assert "Zoé" not in workspace.get("portraits/")[1]
    assert workspace.interrupted() == 0


def test_what_is_wrong_from_the_start_is_shown_and_mended_in_the_browser(
    workspace: Workspace, window: Window
) -> None:
    save(workspace.portrait("lea"), "date: 2011-08-01", "date: juillet 2011")
    workspace.serve()
    workspace.hears("Ctrl-C")
    page = window(workspace, "")
    expect(page.get_by_role("alert")).to_contain_text("content/portraits/lea.md:5")
    save(workspace.portrait("lea"), "date: juillet 2011", "date: 2011-07-14")
    expect(page.get_by_text("Léa Tremblay").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_english_editor_reads_the_terminal_and_the_panel_in_english(
    workspace: Workspace, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    save(workspace.portrait("lea"), "date: 2011-08-01", "date: juillet 2011")
    workspace.serve()
    workspace.hears("save a file and the page is brought up to date")
    page = window(workspace, "")
    panel = page.get_by_role("alert")
    expect(panel).to_have_attribute("lang", "en")
    expect(panel.get_by_role("heading")).to_have_text("One thing to correct")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("The site is not built yet.")
    save(workspace.portrait("lea"), "date: juillet 2011", "date: 2011-07-14")
    expect(page.locator("html")).to_have_attribute("lang", "fr")  # the site keeps its language
    workspace.hears("files written")


def many(workspace: Workspace, count: int) -> None:
    for number in range(count):
        workspace.portrait(f"p{number}").write_text(
            PORTRAIT.format(name=f"Personne {number}", answer="Oui, *oui*. " * 50), encoding="utf-8"
        )


def test_what_is_saved_during_the_first_build_is_built_next(workspace: Workspace) -> None:
    many(workspace, 60)
    workspace.serve()
    workspace.hears("Ctrl-C")
    time.sleep(0.5)
    save(workspace.portrait("p7"), "Personne 7", "Personne sept")
    deadline = time.monotonic() + SECONDS
    while "Personne sept" not in workspace.get("portraits/p7/")[1]:
        assert time.monotonic() < deadline, workspace.said
        time.sleep(0.1)


@pytest.mark.parametrize("words", ["Ctrl-C", "fichiers écrits"])
def test_ctrl_c_stops_it_at_once_and_leaves_nothing_behind(
    words: str, workspace: Workspace
) -> None:
    """Both while building with several processes and while waiting."""
    many(workspace, 60)
    workspace.serve()
    workspace.hears(words)
    time.sleep(0.7)
    assert workspace.process
    assert (workspace.interrupted(), workspace.said[-1]) == (0, "Arrêté.\n")
    assert "Traceback" not in "".join(workspace.said)
    with pytest.raises(ProcessLookupError):
        os.killpg(workspace.process.pid, 0)


def test_a_port_that_is_taken_is_said_with_another_one(workspace: Workspace) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", workspace.port))
        other.listen()
        workspace.serve()
        line = workspace.hears("--port")
        assert workspace.process and workspace.process.wait(SECONDS) == 1
    assert f"Le port {workspace.port} ne peut être pris" in line
    assert f"--port {workspace.port + 1}" in line
