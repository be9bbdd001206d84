"""The questionnaire's file: what it gives, and what is wrong with it."""

from __future__ import annotations

import pytest
from portraits.reader.questionnaire import read_questionnaire

GOOD = """\
questions:
  - id: debuts
    fr: Comment as-tu commencé ?
    en: How did you start?
    variants:
      fr: [Tes débuts?, Raconte]
      en: Your beginnings?
    tags: [parcours]
  - id: fin
    fr: Jeudi : le mot de la fin ?
"""


def _said(text: str) -> list[tuple[int, str]]:
    _, problems = read_questionnaire("content/questionnaire.yml", text.encode())
    return [(problem.line, problem.code) for problem in problems]


def test_the_questions_are_read_in_order() -> None:
    questionnaire, problems = read_questionnaire("content/questionnaire.yml", GOOD.encode())
    assert problems == ()
    first, last = questionnaire.entries
    assert first.wordings == (("fr", "Comment as-tu commencé ?"), ("en", "How did you start?"))
    assert first.variants == (("fr", "Tes débuts?"), ("fr", "Raconte"), ("en", "Your beginnings?"))
    assert (first.tags, first.line, last.id) == (("parcours",), 2, "fin")
    assert questionnaire.id_of("« tes DEBUTS ! »") == "debuts"
    assert questionnaire.id_of("Jeudi, le mot de la fin") == "fin"


@pytest.mark.parametrize(
    ("wording", "near"),
    [
        ("Comment as tu comencé ?", "debuts"),
        ("Comment avez-vous commencé ?", "debuts"),
        ("Le mot de la fin ?", "fin"),
        ("Le dernier mot ?", None),
        ("Jeudi : le mot de la faim ?", "fin"),
        ("", None),
        ("?", None),
    ],
)
def test_a_wording_is_near_a_question_or_none(wording: str, near: str | None) -> None:
    questionnaire, _ = read_questionnaire("content/questionnaire.yml", GOOD.encode())
    found = questionnaire.nearest(wording)
    assert (found[0] if found else None) == near


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", []),
        ("# rien encore\n", []),
        ("questions: rien\n", [(1, "no-questions")]),
        ("question:\n  - id: a\n", [(1, "no-questions")]),
        ("autre: x\nquestions:\n  - {id: a, fr: A}\n", [(1, "unknown-key")]),
        ("questions:\n  - fr: A\n", [(2, "missing-key")]),
        ("questions:\n  - id: a\n", [(2, "no-wording")]),
        ("questions:\n  - a\n", [(2, "wrong-type")]),
        ("questions:\n  - id: Année\n    fr: A\n", [(2, "bad-id")]),
        ("questions:\n  - {id: a, fr: A, francais: B}\n", [(2, "unknown-key")]),
        ("questions:\n  - {id: a, fr: A}\n  - {id: a, fr: B}\n", [(3, "duplicate-id")]),
        ("questions:\n  - {id: a, fr: Oui?}\n  - {id: b, fr: OUI !}\n", [(3, "clashing-wording")]),
        (
            "questions:\n  - {id: a, fr: A}\n  - id: b\n    fr: B\n    variants: {fr: [a]}\n",
            [(5, "clashing-wording")],
        ),
        ("questions:\n  - id: a\n    fr: A\n    variants: {fr: [a]}\n", [(4, "repeated-wording")]),
        ("questions:\n  - {id: a, fr: A, variants: [b]}\n", [(2, "wrong-type")]),
        ("questions:\n  - {id: a, fr: A, variants: {pt: [b]}}\n", [(2, "bad-lang")]),
        ("questions:\n  - {id: a, fr: [A]}\n", [(2, "wrong-type")]),
        ("questions:\n  - {ident: a, français: A}\n", [(2, "unknown-key")] * 2),
        ("questions:\n  - {}\n", [(2, "missing-key")]),
        ("questions:\n  - id: a\n    fr: 'A\n", [(3, "yaml-syntax")]),
    ],
)
def test_what_is_wrong_is_told_at_its_line(text: str, problems: list[tuple[int, str]]) -> None:
    assert sorted(_said(text)) == sorted(problems)


def test_questions_that_differ_by_a_sign_of_a_name_are_two() -> None:
    text = "questions: [{id: c, fr: Que penses-tu de C ?}, {id: c-plus-plus, fr: Et de C++ ?}]"
    questionnaire, _ = read_questionnaire("content/questionnaire.yml", text.encode())
    assert questionnaire.id_of("Que penses-tu de C#?") == ""
    assert questionnaire.id_of("Que penses-tu de C ? + ") == "c"
    assert questionnaire.id_of("Et de C ?") == ""
    assert questionnaire.id_of("et de C++!") == "c-plus-plus"


@pytest.mark.parametrize("name", ["commentaires", "autres", "fn-1"])
def test_an_id_that_no_portrait_may_have_is_refused_where_it_is_made(name: str) -> None:
    assert _said(f"questions:\n  - id: {name}\n    fr: Des commentaires ?\n") == [
        (2, "reserved-id")
    ]
