"""Invented interviews in the shapes that people publish: what is found, and what is flagged."""

from __future__ import annotations

import re

import pytest
from portraits.importer.transcript import Kind

from tests.unit.importer.interviews import Case, cases, score
from tests.unit.importer.shapes import imported_from

LEAST = 0.98
"""Precision and recall, over all of them."""
CASES = cases()


def by_file(case: Case) -> str:
    return case.file


def questions_of(file: str, source: str) -> list[str]:
    blocks = imported_from(file, source.encode()).transcript.blocks
    return [block.text for block in blocks if block.kind in (Kind.QUESTION, Kind.FOLLOW_UP)]


def test_nearly_all_questions_are_found_and_nearly_nothing_else() -> None:
    found = score(CASES)
    assert len(CASES) >= 40
    assert found.recall >= LEAST, found.missed
    assert found.precision >= LEAST, found.wrong


def test_a_question_that_is_missed_is_flagged() -> None:
    assert score(CASES).unsaid == ()


@pytest.mark.parametrize("case", CASES, ids=by_file)
def test_the_name_is_found_or_left_to_be_filled_in(case: Case) -> None:
    written = re.search(r"(?m)^name: (.+)$", case.imported().text)
    assert (written[1].strip("'\"") if written else "") == case.name


@pytest.mark.parametrize(
    ("swallowed", "flag"),
    [
        ("Un carnet. Et toi, que lis-tu ces jours-ci ? Je lis des cartes.", "contient une phrase"),
        ("Tu dors encore ici ?", "se lit comme une question"),
    ],
)
def test_what_an_answer_swallows_is_flagged(swallowed: str, flag: str) -> None:
    source = f"""# Portrait de Zoé Roy

## Où vas-tu ?

Loin.

{swallowed}

## Quand pars-tu ?

Demain.
"""
    result = imported_from("a.md", source.encode())
    assert flag in result.text.split("\n")[1]


def test_a_link_in_a_question_goes_to_the_report() -> None:
    source = "## Que fais-tu [ici](https://ici.example/a_b) ?\n\nRien.\n\n## Et après ?\n\nTout."
    result = imported_from("a.md", source.encode())
    assert "## Que fais-tu ici ?" in result.text
    assert "ici.example" not in result.text
    assert any("https://ici.example/a_b" in entry.text for entry in result.report.entries)


@pytest.mark.parametrize("heading", ["Merci !", "Thank you!", "Références", "À propos de l’auteur"])
def test_a_word_of_thanks_and_what_stands_below_an_interview_are_no_questions(heading: str) -> None:
    source = f"## Où vas-tu ?\n\nLoin.\n\n## Quand ?\n\nDemain.\n\n## {heading}\n\n- un livre\n"
    result = imported_from("a.md", source.encode())
    assert questions_of("a.md", source) == ["Où vas-tu ?", "Quand ?"]
    assert heading not in result.text
    assert any(entry.text == heading for entry in result.report.entries)


def test_a_deeper_heading_that_asks_nothing_is_told_as_an_intertitle() -> None:
    source = (
        "## Où vas-tu ?\n\nLoin.\n\n### Une longue route\n\nPar le nord.\n\n"
        "### Et après ?\n\nRien.\n\n## Quand ?\n\nDemain.\n"
    )
    result = imported_from("a.md", source.encode())
    assert questions_of("a.md", source) == ["Où vas-tu ?", "Et après ?", "Quand ?"]
    assert "Loin.\n\nPar le nord." in result.text
    told = [entry for entry in result.report.entries if entry.text == "Une longue route"]
    assert [entry.why for entry in told] == [
        "intertitre : un portrait n’a que des questions pour titres"
    ]


def test_a_question_to_the_readers_at_the_end_goes_to_the_report() -> None:
    last = "Et vous, où allez-vous ?"
    source = f"Où vas-tu ?\n\nLoin.\n\nQuand pars-tu ?\n\nDemain.\n\n{last}\n"
    result = imported_from("a.txt", source.encode())
    assert last not in result.text
    assert any(entry.text == last for entry in result.report.entries)


def test_a_quotation_in_an_answer_stays_one() -> None:
    source = "## Où vas-tu ?\n\nLoin.\n\n> Où sont les neiges ?\n\n## Quand ?\n\nDemain.\n"
    result = imported_from("a.md", source.encode())
    assert "> Où sont les neiges ?" in result.text


def test_a_list_that_asks_in_an_answer_stays_one() -> None:
    source = (
        "## Où vas-tu ?\n\nJe dis :\n\n- Qui suis-je ?\n- Où vais-je ?\n\n## Quand ?\n\nDemain."
    )
    assert questions_of("a.md", source) == ["Où vas-tu ?", "Quand ?"]


def test_an_answer_that_begins_with_a_question_is_not_cut() -> None:
    source = "\n\n".join(
        [
            "Où vas-tu ?",
            "Où je vais ? Loin.",
            "Quand pars-tu ?",
            "Quand ? Demain.",
            "Et toi ?",
            "Non.",
        ]
    )
    assert questions_of("a.txt", source) == ["Où vas-tu ?", "Quand pars-tu ?", "Et toi ?"]
