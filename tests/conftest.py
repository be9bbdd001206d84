"""Fixtures shared by all tests: the command line, and the test site, built once per run.

No test reads the repository's own series or settings, which users replace by theirs; tests of the
demonstration are in `tests/demonstration`.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import processes
from tests.fixtures import templates
from tests.fixtures.series import write_series
from tests.fixtures.templates import share_templates

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
OWN_SETTINGS = (
    f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom tests.fixtures.settings import *\n"
)
"""How settings files of tests begin."""
DAY = "2026-01-15"
"""The day on which test sites are built."""

# The seed in pyproject.toml makes every run try the same examples, after those that failed before
# (.hypothesis/examples). The profile that Hypothesis would choose in CI keeps no such examples.
# How long an example takes is the machine's affair, and no fault.
settings.register_profile(
    "tests",
    settings.get_profile("default"),
    print_blob=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tests")

# Tests read what the editor is told in French, on a machine of any language.
os.environ["LANGUAGE"] = "fr"

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # So it is where tests run in the background of a script; commands would never see Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def program() -> Command:
    """Run one of the project's commands from the project's root, as a user would."""

    def run(
        *arguments: str, cwd: Path = ROOT, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return processes.command(arguments, cwd, {**os.environ, **environment})

    return run


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder shared by all test processes of one run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the templates that builds of this run have compiled."""
    templates.FOLDER = shared_folder(tmp_path_factory) / "templates"
    templates.FOLDER.mkdir(exist_ok=True)
    return templates.FOLDER


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, program: Command) -> Path:
    """Build and publish the test series, once for all test processes."""
    shared = shared_folder(tmp_path_factory)
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        output = shared / "site" / "public"
        if not output.exists():
            settings = output.parent / "conf.py"
            content = write_series(output.parent / "content")
            settings.write_text(
                f"{OWN_SETTINGS}SITEURL = 'https://portraits.example'\n"
                f"CACHE_PATH = {str(output.parent / 'cache')!r}\n",
                encoding="utf-8",
            )
            done = program(
                "build",
                "--content",
                str(content),
                "--output",
                str(output),
                "--now",
                DAY,
                "--settings",
                str(settings),
            )
            assert done.returncode == 0, done.stderr
    return output


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a headless browser, in which each test opens its own pages. It is shared by all test
    folders: Playwright can start only once per process."""
    from playwright.sync_api import sync_playwright

    from tools.browser import ARGUMENTS, ensure_browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a content folder with three small portraits, which tests may change."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "tests" / "cases" / "small-site", content)
    return content


def small_settings(folder: Path, portraits: str) -> Path:
    """Write a settings file to ``folder``, with a cache there and its own ``portraits``."""
    share_templates(folder / "cache")
    path = folder / "conf.py"
    path.write_text(
        f"{OWN_SETTINGS}PORTRAITS = {{**PORTRAITS, {portraits}}}\n"
        f"CACHE_PATH = {str(folder / 'cache')!r}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def build(tmp_path: Path, program: Command) -> Command:
    """Build a content folder without search and pictures, which have their own tests."""
    settings = small_settings(tmp_path, "'search': False, 'pictures': False")

    def run(content: Path, output: Path, *more: str) -> subprocess.CompletedProcess[str]:
        return program(
            "build",
            "--content",
            str(content),
            "--output",
            str(output),
            "--settings",
            str(settings),
            "--now",
            DAY,
            *more,
        )

    return run
