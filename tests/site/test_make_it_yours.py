"""Test a user's own series: the demonstration is deleted, as the README says in « Make it yours ».

The site must be the user's, and the tests, which do not read the series, must still pass.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DAY, ROOT

pytestmark = pytest.mark.site

OURS_ALONE = {
    ".git",
    ".venv",
    ".tools",
    ".cache",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "output",
    "public",
}
"""What stands beside the repository's files without being of it."""
SETTINGS = """SITENAME = "Sea people"
SITESUBTITLE = "Those who stay on shore."
AUTHOR = "The editors of Sea people"
DEFAULT_LANG = "en"
TIMEZONE = "Europe/Dublin"

PORTRAITS = {
    "title": "A talk with {name}",
    "languages": {"fr": {"title": "Rencontre avec {name}"}},
    "default_network": "mastodon",
    "typography": "france",
    "comments": "none",
    "page_size": 5,
    "database": False,
}

"""
PORTRAIT = """---
name: Maeve Quinn
lang: en
date: 2024-03-01
tags: [harbours]
accounts: {mastodon: "@maeve@sea.example"}
---

## Why the sea?

It comes back.

## Whom should we follow?

- @colm@sea.example: for the tides
"""
CORE = (
    "tests/demonstration",
    "tests/unit/test_docs.py",
    "tests/unit/editor",
    "tests/unit/theme",
    "tests/unit/format/test_questionnaire_file.py",
    "tests/unit/importer/test_own_portraits.py",
    "tests/publishing/test_workflows.py",
    "tests/publishing/test_command.py",
    "tests/security/test_headers.py",
    "tests/site/test_published_site.py",
    "tests/site/test_series_database.py::test_a_setting_leaves_it_out",
    "tests/site/test_added_page.py",
)


def run(fork: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module in the fork, with the fork's own plugin."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTEST_") and name != "SITEURL"
    }
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=fork,
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
        env={
            **inherited,
            "PYTHONPATH": str(fork / "plugins"),
            "PYTHONIOENCODING": "utf-8",
            **environment,
        },
    )


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository with another series and other settings."""
    fork = tmp_path_factory.mktemp("fork") / "repository"
    shutil.copytree(
        ROOT,
        fork,
        ignore=lambda folder, names: OURS_ALONE & set(names) if Path(folder) == ROOT else (),
    )
    content = fork / "content"
    shutil.rmtree(content)
    (content / "portraits").mkdir(parents=True)
    (content / "pages").mkdir()
    (content / "portraits/maeve-quinn.md").write_text(PORTRAIT, encoding="utf-8")
    (content / "pages/a-propos.md").write_text(
        "---\ntitle: About\nslug: about\n---\n\nWho we are.\n", encoding="utf-8"
    )
    (content / "questionnaire.yml").write_text(
        "questions:\n  - id: why\n    en: Why the sea?\n", encoding="utf-8"
    )
    settings = fork / "pelicanconf.py"
    text, replaced = re.subn(
        r"(?s)(# --- Make it yours -+\n).*?(?=# --- How it is put together)",
        rf"\1{SETTINGS}",
        settings.read_text(encoding="utf-8"),
    )
    assert replaced == 1
    settings.write_text(text, encoding="utf-8")
    return fork


def test_the_series_of_somebody_else_is_checked_and_built(fork: Path, tmp_path: Path) -> None:
    checked = run(fork, "portraits", "check")
    assert checked.returncode == 0, checked.stderr
    built = run(
        fork,
        "portraits",
        "build",
        "--settings",
        "publishconf.py",
        "--now",
        DAY,
        "--output",
        str(tmp_path / "public"),
        SITEURL="https://sea.example",
    )
    assert built.returncode == 0, built.stderr
    home = (tmp_path / "public/index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in home
    assert "Maeve Quinn" in home
    assert "Sea people" in home
    assert not re.search("Audet|Gens de communauté|gensdecommunaute", home)


def test_the_tests_pass_whatever_the_series_and_its_settings_are(
    fork: Path, tmp_path: Path
) -> None:
    """Even without a series, and with settings that fail to load."""
    copy = tmp_path / "repository"
    shutil.copytree(fork, copy)
    shutil.rmtree(copy / "content")
    for name in ("pelicanconf.py", "publishconf.py"):
        (copy / name).write_text(f"raise RuntimeError('a test reads {name}')\n")
    plain = ("-q", "-n", "0", "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "temporary"))
    collected = run(copy, "pytest", *plain, "--collect-only")
    assert collected.returncode == 0, collected.stdout[-4000:]
    done = run(copy, "pytest", *plain, "-m", "not browser and not servers", *CORE)
    assert done.returncode == 0, done.stdout[-4000:]
    assert "the demonstration was replaced" in done.stdout


def test_no_test_names_the_series_or_the_settings_of_the_repository() -> None:
    named = re.compile(
        r"import pelicanconf|from pelicanconf|[\"']publishconf\.py[\"'], SITEURL"
        r"|(ROOT|parents\[\d\]\)?) / [\"']content\b"
    )
    found = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if path != Path(__file__)
        and "demonstration" not in path.parts
        and named.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
