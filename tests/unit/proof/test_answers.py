"""The answers of a file, as they are typed, and another one in their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from portraits.proof.answers import replaced
from portraits.proof.differences import difference

from tests.proofs import ZOE, file_of, series


def test_every_answer_is_found_as_it_is_typed(tmp_path: Path) -> None:
    found = {answer.id: answer.text for answer in file_of(series(tmp_path)).answers()}
    assert found == {
        "etudes": "Trois ans   à l’UQAM, puis *plus rien*.\n\n"
        "Un [lien](https://exemple.ca/) aussi.",
        "fin": "Non.",
        "ton-outil": "Le tampon.",
        "vide": "Rien à dire.",
        "ff-qui-suivre": "- @ana_roy : pour ses ruelles",
        "lecture": "- Le livre qui dormait",
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_only_the_answer_that_is_replaced_changes(newline: str, mark: str, tmp_path: Path) -> None:
    text = mark + ZOE.replace("\n", newline)
    file = file_of(series(tmp_path, text))
    data = replaced(file.data, file.answers(), {"ton-outil": "La colle.\n\nEt le fil."})
    assert data.decode() == text.replace("Le tampon.", f"La colle.{newline}{newline}Et le fil.")


def test_the_last_line_of_a_file_ends_as_it_did(tmp_path: Path) -> None:
    file = file_of(series(tmp_path, ZOE.rstrip("\n")))
    data = replaced(file.data, file.answers(), {"lecture": "- Un autre livre"})
    assert data.decode().endswith("## Lecture\n\n- Un autre livre")


def test_several_answers_are_replaced_at_once(tmp_path: Path) -> None:
    file = file_of(series(tmp_path))
    texts = {"fin": "Oui,\nenfin.", "vide": "Si.", "etudes": "Aucune."}
    data = replaced(file.data, file.answers(), texts).decode()
    for text in texts.values():
        assert f"\n\n{text}\n\n" in data
    assert data.count("\n## ") == ZOE.count("\n## ")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Trois ans ici.", "Quatre ans ici.", ["[-Trois-]{+Quatre+} ans ici."]),
        ("Un.\n\nDeux.", "Un.\n\nDeux, et trois.", ["…", "[-Deux.-]{+Deux, et trois.+}"]),
        ("Un.", "Un.\n\nDeux.", ["…", "{+Deux.+}"]),
        ("Un.\n\nDeux.", "Un.", ["Un.[-¶-][-Deux.-]"]),
        ("Un.", "Un.", ["…"]),
        ("", "Un.", ["{+Un.+}"]),
    ],
)
def test_a_difference_shows_the_words_that_go_and_come(
    before: str, after: str, shown: list[str]
) -> None:
    assert difference(before, after) == shown


def test_the_difference_of_a_word_said_ten_thousand_times_is_found() -> None:
    assert difference("a " * 10_000, "a " * 9_999 + "b")
