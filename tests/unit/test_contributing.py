"""What contributors are given: hooks, forms, proposals of newer packages, the text of a release."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.changelog_section import CHANGELOG, main, section

ROOT = Path(__file__).parents[2]
TEXT = """# Changelog

## [Unreleased]

## [1.10.0] - 2026-02-03

### Added

- A thing.

## [1.1.0] - 2026-01-02

- Another, [linked](https://a.example/).

## [1.0.0]

- No day.

## [0.9.0] - 2025-01-01

### Added

[1.10.0]: https://a.example/compare/v1.1.0...v1.10.0
"""


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def test_the_hooks_run_the_linter_and_the_formatter_that_the_lock_names() -> None:
    [repository] = read(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local", "a hook of elsewhere would bring a version of its own"
    hooks = {hook["id"]: hook["entry"] for hook in repository["hooks"]}
    run = ".tools/bin/uv run --frozen ruff"
    assert hooks["ruff"].startswith(f"{run} check ")
    assert hooks["ruff-format"].startswith(f"{run} format ")
    locked = {
        package["name"]: package["version"]
        for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
        if "version" in package
    }
    assert locked["ruff"] == importlib.metadata.version("ruff")
    assert "pre-commit" in locked


def test_pre_commit_understands_the_hooks() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config", ".pre-commit-config.yaml"],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_newer_actions_and_packages_are_proposed() -> None:
    updates = read(".github/dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "uv"}
    assert {update["directory"] for update in updates} == {"/"}


@pytest.mark.parametrize("name", ["problem.yml", "wish.yml"])
def test_a_form_asks_for_something(name: str) -> None:
    form = read(f".github/ISSUE_TEMPLATE/{name}")
    assert form["name"] and form["description"]
    asked = [field for field in form["body"] if field["type"] != "markdown"]
    assert all(field["id"] and field["attributes"]["label"] for field in asked)
    assert any(field.get("validations", {}).get("required") for field in asked)


# -- the text of a release


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1.10.0", "### Added\n\n- A thing.\n"),
        ("1.1.0", "- Another, [linked](https://a.example/).\n"),
    ],
)
def test_the_section_of_a_version_is_taken_out(version: str, said: str) -> None:
    assert section(TEXT, version) == said


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("1.0.0", "has no date"),
        ("Unreleased", "has no date"),
        ("0.9.0", "says nothing"),
        ("1.1", "there is no section"),
        ("1.1.0.0", "there is no section"),
        ("1x10x0", "there is no section"),
        ("", "there is no section"),
    ],
)
def test_a_version_without_a_section_to_show_is_refused(version: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        section(TEXT, version)


def test_a_tag_names_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("tools.changelog_section.CHANGELOG", changelog)
    assert main(["v1.10.0"]) == 0
    assert capsys.readouterr().out == "### Added\n\n- A thing.\n"
    assert main(["v2.0.0"]) == 1
    assert capsys.readouterr().err == "CHANGELOG.md: there is no section ## [2.0.0]\n"
    assert main([]) == 2


def test_the_changelog_has_the_form_that_a_release_is_made_of() -> None:
    text = CHANGELOG.read_text(encoding="utf-8")
    assert "\n## [Unreleased]\n" in text
    dated = text.replace("## [Unreleased]", "## [9.9.9] - 2026-01-01")
    assert section(dated, "9.9.9").startswith("### ")
