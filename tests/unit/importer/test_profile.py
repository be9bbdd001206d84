"""What is written or proposed of the person, and what is left to fill in after an import."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from portraits.importer import cli
from portraits.reader.source import parse
from portraits.support.problems import errors

from tests.unit.importer.interviews import cases
from tests.unit.importer.shapes import CASES, QUESTIONNAIRE, SETTINGS, imported_from

DAY = dt.date(2024, 5, 17)
PASSING = 0.8
"""Least share of interviews that the check has nothing against."""
ASKED = "Où vas-tu ?\n\nLoin.\n\nQuand pars-tu ?\n\nDemain.\n"


def brought_in(folder: Path, files: dict[str, str], name: str = "") -> tuple[int, str]:
    """Status and words of an import of ``files`` into ``folder``/content."""
    content = folder / "content"
    content.mkdir(exist_ok=True)
    (content / "questionnaire.yml").write_bytes((CASES / "questionnaire.yml").read_bytes())
    paths = []
    for file, source in files.items():
        paths.append(folder / file)
        paths[-1].write_text(source, encoding="utf-8")
    said: list[str] = []
    status = cli.run(paths, content, name=name, day=DAY, say=said.append)
    return status, "\n".join(said)


def test_most_imported_interviews_pass_the_check_and_the_others_lack_only_a_name(
    tmp_path: Path,
) -> None:
    found = cases()
    for number, case in enumerate(found):
        folder = tmp_path / str(number)
        folder.mkdir()
        status, said = brought_in(folder, {case.file: case.source})
        assert status == 0, said
    written = sorted(tmp_path.glob("*/content/portraits/*.md"))
    assert len(written) == len(found)
    wrong = {
        path: errors(parse(path.name, path.read_bytes(), SETTINGS, QUESTIONNAIRE).problems)
        for path in written
    }
    assert {problem.code for problems in wrong.values() for problem in problems} <= {"missing-key"}
    assert sum(not problems for problems in wrong.values()) >= PASSING * len(found)


def test_a_draft_without_a_date_has_that_of_its_import_which_is_to_be_reviewed(
    tmp_path: Path,
) -> None:
    _, said = brought_in(tmp_path, {"a.txt": "Portrait de Zoé Roy\n\n" + ASKED})
    text = (tmp_path / "content/portraits/zoe-roy.md").read_text(encoding="utf-8")
    assert "date: 2024-05-17" in text and "status: draft" in text
    assert "celle de l’importation (2024-05-17) est à corriger" in said


def test_the_date_of_a_source_stays(tmp_path: Path) -> None:
    source = f"---\ntitle: Zoé Roy\ndate: 2011-03-02\n---\n\n{ASKED}"
    brought_in(tmp_path, {"a.md": source})
    text = (tmp_path / "content/portraits/zoe-roy.md").read_text(encoding="utf-8")
    assert "date: 2011-03-02" in text


@pytest.mark.parametrize("title", ["Le miel", "Portrait d’Ana Côté", "---\nname: Ana Côté\n---\n"])
def test_the_name_that_the_editor_gives_outweighs_the_source(title: str, tmp_path: Path) -> None:
    status, _ = brought_in(tmp_path, {"a.md": f"{title}\n\n{ASKED}"}, name="Zoé Roy")
    assert status == 0
    text = (tmp_path / "content/portraits/zoe-roy.md").read_text(encoding="utf-8")
    assert "name: Zoé Roy" in text


def test_one_name_does_not_fit_two_files(tmp_path: Path) -> None:
    status, said = brought_in(tmp_path, {"a.txt": ASKED, "b.txt": ASKED}, name="Zoé Roy")
    assert status == 2 and "--name" in said
    assert not (tmp_path / "content/portraits").exists()


@pytest.mark.parametrize(
    ("title", "answer", "proposed"),
    [
        ("Zoé Roy, apicultrice", "Loin.", ["role: apicultrice"]),
        (
            "Zoé Roy, relieuse chez Fil et Colle",
            "Loin.",
            ["role: relieuse", "organization: Fil et Colle"],
        ),
        (
            "Portrait de Zoé Roy",
            "Je suis conseillère chez Rivage.",
            ["role: conseillère", "organization: Rivage"],
        ),
        ("Portrait de bibliothécaire : Zoé Roy", "Loin.", ["role: bibliothécaire"]),
        ("Portrait de Zoé Roy", "Je suis contente.", []),
    ],
)
def test_role_and_organisation_are_proposed_and_not_written(
    title: str, answer: str, proposed: list[str]
) -> None:
    text = imported_from("a.txt", f"{title}\n\nQui es-tu ?\n\n{answer}\n\n{ASKED}".encode()).text
    lines = [line for line in text.split("\n") if " ? — " in line]
    assert [line.split("« ")[1].split(" »")[0] for line in lines] == proposed
    assert "\nrole:" not in text and "\norganization:" not in text


def test_the_accounts_that_a_person_looks_after_are_proposed_with_their_network() -> None:
    source = (
        "Portrait de Zoé Roy\n\nPour quel compte ou quelle marque es-tu gestionnaire ?\n\n"
        "Sur Twitter : @rivage et @rivage_en.\n\nSur Instagram : @rivage.photo\n\n" + ASKED
    )
    text = imported_from("a.txt", source.encode()).text
    shown = [line.split("« ")[1].split(" »")[0] for line in text.split("\n") if "manages" in line]
    assert shown == [
        "manages: [{twitter: rivage}, {twitter: rivage_en}]",
        "manages: [{instagram: rivage.photo}]",
    ]
