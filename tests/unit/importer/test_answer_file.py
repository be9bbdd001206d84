"""The file of answers gives back what was typed, to the character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.importer.answer_file import AnswerSection, is_answer_file, sections_of
from portraits.importer.transcript import ImportRefused

from tests.unit.importer.shapes import answer_file

TYPED = st.text(alphabet="a é\n\\@ #->=0💡\u2028", max_size=40) | st.sampled_from(
    [
        "",
        "\n",
        "\n\n",
        "@@ fin",
        "\\@@ fin",
        "\\\\@@ question x",
        "@@ nom\nx\n\n",
        "\n\n@@",
        " @@ x",
        "portraits-reponses 1",
        "portraits-reponses 2\n@@ fin",
    ]
)


@given(st.lists(TYPED, max_size=5))
def test_whatever_was_typed_comes_back(answers: list[str]) -> None:
    sections = [AnswerSection("reponse", f"q{n}", answer) for n, answer in enumerate(answers)]
    read = sections_of(answer_file(sections, "note"))[2:-1]
    assert [(part.key, part.id, part.content) for part in read] == [
        (part.key, part.id, part.content) for part in sections
    ]


def test_text_around_the_file_is_kept_apart() -> None:
    file = "Bonjour\n\n" + answer_file([AnswerSection("nom", "", "Zoé")]) + "\nÀ bientôt"
    around = [part.content.strip() for part in sections_of(file) if not part.key]
    assert around == ["Bonjour", "", "À bientôt"]


def test_a_file_that_was_quoted_in_a_message_is_read() -> None:
    file = answer_file([AnswerSection("nom", "", "Zoé\n\nL")])
    quoted = "\n".join(f"> {line}" for line in file.split("\n"))
    assert is_answer_file(quoted)
    assert [p.content for p in sections_of(quoted) if p.key == "nom"] == ["Zoé\n\nL"]


def test_a_file_that_was_cut_is_refused() -> None:
    with pytest.raises(ImportRefused, match="incomplet"):
        sections_of(answer_file([AnswerSection("nom", "", "Zoé")]).replace("@@ fin", ""))


def test_a_file_of_another_version_is_refused() -> None:
    with pytest.raises(ImportRefused, match="format 2"):
        sections_of("portraits-reponses 2\n@@ fin\n")
