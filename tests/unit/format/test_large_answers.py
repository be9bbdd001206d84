"""Which answers are set large."""

from __future__ import annotations

from dataclasses import replace

import pytest
from portraits.model.portrait import Quote
from portraits.site.fragments import large_answers

from tests.unit.format.case_files import portrait_of

LONG = "Je réponds à tout le monde, le matin surtout, et puis je recommence."


@pytest.mark.parametrize(
    ("answer", "large"),
    [
        ("Je suis curieuse, tout simplement.", True),
        ("Un deux trois quatre cinq six sept huit.", True),
        ("Un deux trois quatre cinq six sept huit neuf.", False),
        ("Oui.\n\nNon.", False),
        ("- Oui.", False),
        ("> Oui.", False),
        ("![Un quai](quai.jpg)", False),
        ("Oui.\n\n### Vraiment ?\n\nOui.", False),
        ("", False),
    ],
)
def test_an_answer_of_one_paragraph_of_a_few_words_is_set_large(answer: str, large: bool) -> None:
    portrait = portrait_of(f"## Un ?\n\n{answer}\n\n## Deux ?\n\n{LONG}\n")
    assert large_answers(portrait) == ({"un"} if large else set())


def test_two_answers_in_a_row_are_never_both_large() -> None:
    portrait = portrait_of("## Un ?\n\nOui.\n\n## Deux ?\n\nNon.\n\n## Trois ?\n\nPeut-être.\n")
    assert large_answers(portrait) == {"un", "trois"}


def test_the_answer_above_the_featured_quote_is_not_large() -> None:
    portrait = portrait_of("## Un ?\n\nOui.\n")
    quoted = replace(portrait, quote=Quote("Oui", "un", 1))
    assert large_answers(quoted) == set()
