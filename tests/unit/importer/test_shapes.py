"""The same interview in every shape gives the same portrait, whatever is in it."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portraits.importer.transcript import words_of

from tests.unit.importer.shapes import SHAPES, Interview, imported_from, portrait

QUESTIONS = (
    "Où as-tu appris ça ?",
    "Comment as-tu débuté?",
    "Que penses-tu du silence",
    "Décris ton bureau en trois mots ?",
    "Quel livre & quel disque emportes-tu?",
    "Es-tu plutôt *thé* ou café ?",
    "Raconte-nous ta pire journée.",
    "Où vas-tu [vraiment] ?",
    "Ton avis sur C# ?",
    "Si tu pouvais tout changer, que ferais-tu <d’abord> ?",
)
PIECES = """
et avec parfois *ici* _là_ `code` <b> &amp; {#id} [x](y) ~~non~~ \\* | --- === ### > + - 1. 2)
@ana_roy https://a.example/x_y_z lea@exemple.ca 80% 😉 « mot » l’œil ${x} {{ y }} {% z %} !! ~ ^ $5
a_b_c **gras** snake_ _case
"""
TOKENS = st.sampled_from(PIECES.split())
SENTENCES = st.lists(TOKENS, min_size=1, max_size=8).map(
    lambda words: " ".join(["J’ai", *words]) + "."
)
INTERVIEWS = st.builds(
    Interview,
    name=st.sampled_from(["Zoé Lapierre", "Jean-François Côté", "Ana O’Brien"]),
    introduction=SENTENCES,
    exchanges=st.lists(st.sampled_from(QUESTIONS), min_size=2, max_size=5, unique=True).flatmap(
        lambda asked: st.tuples(
            *(
                st.tuples(st.just(question), st.lists(SENTENCES, min_size=1, max_size=3).map(tuple))
                for question in asked
            )
        )
    ),
    recommended=st.lists(
        st.tuples(st.sampled_from(["ana_roy", "bob", "Sam_1"]), st.just("pour ses ruelles")),
        max_size=3,
        unique_by=lambda pair: pair[0],
    ).map(tuple),
)


def folded(text: str) -> str:
    """The visible characters of a text, without what typography may change."""
    plain = unicodedata.normalize("NFC", text).translate(str.maketrans("’“”«»–—…", '\'""""--.'))
    return re.sub(r"-+", "-", re.sub(r"\s|\.", "", plain))


def as_shown(text: str, file: str) -> str:
    """What a reader sees of an answer: the form of answers shows emphasis, and so does the page."""
    if file != "reponse.txt":
        return text
    return text.replace("*ici*", "ici").replace("**gras**", "gras")


@pytest.mark.parametrize("file", SHAPES)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(interview=INTERVIEWS)
def test_an_interview_reads_the_same_in_every_shape(file: str, interview: Interview) -> None:
    result = imported_from(file, SHAPES[file](interview))
    assert result.accounting.missing == ()
    read = portrait(result)
    if file != "message.eml":
        assert read.name == interview.name.replace("'", "’")
    asked = [
        (folded(exchange.question.wording.text), folded(exchange.answer.text))
        for exchange in read.exchanges
    ]
    assert asked == [
        (folded(question), folded(as_shown("".join(answer), file)))
        for question, answer in interview.exchanges
    ]
    for exchange, (_, answer) in zip(read.exchanges, interview.exchanges, strict=True):
        assert words_of(exchange.answer.text) == words_of("\n\n".join(answer))
        assert exchange.answer.text.count("\n\n") + 1 == len(answer)
    if file not in ("message.eml", "reponse.txt"):
        assert folded(read.introduction.text) == folded(interview.introduction)
    if file != "message.eml":
        found = read.recommendations.entries if read.recommendations else ()
        handles = [entry.account.handle for entry in found]
        assert handles == [who for who, _ in interview.recommended]
