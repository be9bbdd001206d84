"""The demonstration's own files: its texts, questionnaire, settings, drawings and licence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from portraits.reader.questionnaire import read_questionnaire

from tests.conftest import ROOT, Command
from tests.unit.editor.test_editor_files import front_matter, typed, validator
from tests.unit.test_docs import read, section

CONTENT = ROOT / "content"
PORTRAITS = sorted((CONTENT / "portraits").glob("*.md"))


@pytest.mark.site
def test_the_check_finds_nothing_wrong(program: Command) -> None:
    done = program("check")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_the_schema_takes_every_portrait(path: Path) -> None:
    assert [error.message for error in validator("portrait").iter_errors(front_matter(path))] == []


def test_the_questionnaire_is_right_and_the_schema_takes_it() -> None:
    data = (CONTENT / "questionnaire.yml").read_bytes()
    questionnaire, problems = read_questionnaire("content/questionnaire.yml", data)
    assert problems == ()
    assert len(questionnaire.entries) > 20
    given = typed(data.decode())
    assert [error.message for error in validator("questionnaire").iter_errors(given)] == []


def test_every_picture_is_one_that_a_portrait_shows() -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in PORTRAITS)
    pictures = sorted((CONTENT / "portraits").glob("*.jpg"))
    assert pictures
    assert [path.name for path in pictures if path.name not in shown] == []


def test_every_setting_of_the_settings_files_is_explained() -> None:
    names = re.findall(r"^([A-Z_]+) = ", read("pelicanconf.py") + read("publishconf.py"), re.M)
    text = section(read("docs/operations.md"), "## Settings")
    public = {name for name in names if not name.startswith("_")}
    assert {name for name in public if f"`{name}`" not in text and f"### {name}" not in text} == {
        "PLUGIN_PATHS",
        "SLUGIFY_SOURCE",
    }  # how it is put together


def test_the_readme_leads_to_the_licence_of_the_texts() -> None:
    targets = re.findall(r"\]\((content/[^)]+)\)", read("README.md"))
    assert targets
    assert [target for target in targets if not (ROOT / target).is_file()] == []


@pytest.mark.site
def test_production_refuses_to_build_without_an_address(program: Command, tmp_path: Path) -> None:
    done = program(
        "build", "--settings", "publishconf.py", "--output", str(tmp_path / "out"), SITEURL=""
    )
    assert done.returncode == 1
    assert "SITEURL=" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
