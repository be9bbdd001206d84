"""Who says what: an answer keeps its speaker where several people answer."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.importer.shapes import imported_from, portrait

QUESTIONS = ("Qui êtes-vous ?", "Pourquoi le pain ?", "Que faites-vous la nuit ?", "Un conseil ?")
ANSWERS = ("Je pétris.", "Ça sent bon.", "Rien du tout.", "On dort peu.", "Mon père en faisait.")

Turn = tuple[str, str]
"""A speaker and the words."""


def as_lines(turns: list[Turn]) -> bytes:
    return "\n\n".join(f"{who} : {words}" for who, words in turns).encode()


def as_bold_labels(turns: list[Turn]) -> bytes:
    return "\n\n".join(
        f"**{who} : {words}**" if words.endswith("?") else f"**{who} :** {words}"
        for who, words in turns
    ).encode()


def as_labels_alone(turns: list[Turn]) -> bytes:
    return "\n\n".join(f"{who} :\n{words}" for who, words in turns).encode()


def as_timed(turns: list[Turn]) -> bytes:
    return "\n\n".join(
        f"{who} ({number:02}:00) : {words}" for number, (who, words) in enumerate(turns)
    ).encode()


def as_html(turns: list[Turn]) -> bytes:
    body = "".join(f"<p><strong>{who} :</strong> {words}</p>" for who, words in turns)
    return f"<html><body><h1>Au fournil</h1>{body}</body></html>".encode()


SHAPES = {
    "lignes.txt": as_lines,
    "gras.md": as_bold_labels,
    "seules.txt": as_labels_alone,
    "minutes.txt": as_timed,
    "page.html": as_html,
}


def said(file: str, data: bytes) -> list[tuple[str, str]]:
    """Question and text of each answer."""
    asked = []
    for exchange in portrait_of(file, data).exchanges:
        asked.append((exchange.question.wording.text, exchange.answer.text))
        asked += [(one.question.wording.text, one.answer.text) for one in exchange.follow_ups]
    return asked


def portrait_of(file: str, data: bytes):  # type: ignore[no-untyped-def]
    """The portrait of an import, whose name and date an editor has added."""
    result = imported_from(file, data)
    text = re.sub(r"# (name|date): (\S+).*", r"\1: \2", result.text)
    return portrait(type(result)(**{**_fields(result), "text": text}))


def _fields(result: object) -> dict[str, object]:
    return {name: getattr(result, name) for name in result.__slots__}  # type: ignore[attr-defined]


INTERVIEWS = st.lists(
    st.tuples(
        st.sampled_from(QUESTIONS),
        st.lists(
            st.tuples(st.sampled_from(["Max", "Zoé", "Léa Roy"]), st.sampled_from(ANSWERS)),
            min_size=1,
            max_size=4,
        ),
    ),
    min_size=3,
    max_size=4,
    unique_by=lambda pair: pair[0],
).filter(lambda asked: len({who for _, answers in asked for who, _ in answers}) > 1)


@pytest.mark.parametrize("file", SHAPES)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(INTERVIEWS)
def test_each_of_several_who_answer_is_named_before_the_words(
    file: str, interview: list[tuple[str, list[Turn]]]
) -> None:
    turns = [
        turn for question, answers in interview for turn in (("Ana, Bob & Cid", question), *answers)
    ]
    text = "\n".join(answer for _, answer in said(file, SHAPES[file](turns)))
    spoken = re.findall(r"(Max|Zoé|Léa Roy)\s: (.*)", text.replace("\u00a0", " "))
    assert spoken == [turn for _, answers in interview for turn in answers]


@pytest.mark.parametrize("file", SHAPES)
def test_the_label_of_one_person_who_answers_comes_off(file: str) -> None:
    turns = [turn for asked in QUESTIONS for turn in (("Ana", asked), ("Max", "Rien."))]
    assert [answer for _, answer in said(file, SHAPES[file](turns))] == ["Rien."] * 4


@pytest.mark.parametrize("label", ["Exemple", "Facebook", "Note", "P.S."])
def test_what_is_no_voice_stays_in_the_answer(label: str) -> None:
    turns = [("Ana", "Qui êtes-vous ?"), ("Max", "Rien."), (label, "oui."), ("Ana", "Et après ?")]
    answers = said("lignes.txt", as_lines([*turns, ("Max", "Dodo."), (label, "non.")]))
    shown = [answer.replace("\u00a0", " ") for _, answer in answers]
    assert shown == [f"Rien.\n\n{label} : oui.", f"Dodo.\n\n{label} : non."]


def test_a_long_question_that_is_no_question_is_told_by_its_label() -> None:
    wish = "Racontez-nous donc, avec tous ses détours, la vie que vous meniez avant la farine."
    turns = [("Ana", "Qui êtes-vous ?"), ("Max", "Rien."), ("Ana", wish), ("Max", "Dormir.")]
    assert [wording for wording, _ in said("seules.txt", as_labels_alone(turns))] == [
        "Qui êtes-vous?",
        wish,
    ]
