"""Whole sources, in every shape, against the portraits and reports that they must give.

``tests/cases/import/sources`` holds the files, ``expected`` what is read from each. After
a change that is meant, ``python tests/unit/importer/test_sources.py`` writes it anew:
read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from portraits.importer.portrait import Imported
from portraits.importer.report import report_text

from tests.unit.importer.shapes import CASES, imported_from, parsed

SOURCES = sorted(path for path in (CASES / "sources").iterdir() if path.suffix != ".xml")
TO_FILL_IN = {"missing-key", "no-photo"}


def shown(result: Imported) -> str:
    report = report_text(result.report, result.accounting, result.questions)
    return f"{result.stem}.md\n\n{result.text}\n======\n\n{report}"


def expected_path(source: Path) -> Path:
    return CASES / "expected" / f"{source.name}.txt"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_source_gives_the_portrait_and_the_report_that_are_expected(source: Path) -> None:
    result = imported_from(source.name, source.read_bytes())
    assert shown(result) == expected_path(source).read_text(encoding="utf-8")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_word_of_a_source_is_lost(source: Path) -> None:
    accounting = imported_from(source.name, source.read_bytes()).accounting
    assert accounting.missing == ()
    assert accounting.placed + accounting.reported == accounting.total > 0


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_an_imported_portrait_lacks_only_what_its_source_does_not_say(source: Path) -> None:
    problems = parsed(imported_from(source.name, source.read_bytes())).problems
    left = {problem.code for problem in problems} - {"import-review"}
    assert left <= TO_FILL_IN, problems


def test_an_account_that_the_named_network_cannot_have_is_left_to_the_editor() -> None:
    source = (CASES / "sources" / "reponse.txt").read_text(encoding="utf-8")
    result = imported_from("reponse.txt", source.replace("@zoe_lapierre", "@zoe.lapierre").encode())
    assert "zoe.lapierre" not in result.text
    assert "c’est la forme d’un compte Bluesky" in shown(result)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_the_lines_that_review_comments_name_are_the_lines_that_they_mean(source: Path) -> None:
    lines = imported_from(source.name, source.read_bytes()).text.split("\n")
    for line in lines:
        if line.startswith("# à vérifier, ligne "):
            number, words = line.removeprefix("# à vérifier, ligne ").split(" : « ", 1)
            meant = lines[int(number) - 1].lstrip("#*-0123456789. ")
            assert meant[:8] in words, (line, meant)


if __name__ == "__main__":
    for path in SOURCES:
        expected_path(path).write_text(
            shown(imported_from(path.name, path.read_bytes())), encoding="utf-8"
        )
