"""An aside is shown inside an answer, and is nobody's words but the editor's."""

from __future__ import annotations

from tests.unit.format.case_files import HEADER, parsed, portrait_of

BODY = "## Un ?\n\nOui, bien sûr.\n\n> [!aparté] La boutique a fermé.\n\nEncore.\n"


def test_the_words_of_an_aside_are_not_in_the_text_of_the_answer() -> None:
    (exchange,) = portrait_of(BODY).exchanges
    assert "La boutique a fermé." in exchange.answer.html
    assert exchange.answer.text == "Oui, bien sûr.\n\nEncore."


def test_a_quote_cannot_come_from_an_aside() -> None:
    header = HEADER.replace("---\n", "---\nquote: La boutique a fermé\n", 1)
    (problem,) = [each for each in parsed(header + BODY).problems if each.is_error]
    assert problem.code == "quote-not-found"


def test_an_aside_is_labelled_in_the_language_of_its_portrait() -> None:
    header = HEADER.replace("---\n", "---\nlang: en\n", 1)
    portrait = parsed(header + BODY).portrait
    assert portrait is not None
    assert "Editor’s note" in portrait.exchanges[0].answer.html
