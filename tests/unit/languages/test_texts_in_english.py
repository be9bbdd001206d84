"""What an English editor is told of texts, of the questionnaire and of people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from portraits.reader.people import read_people
from portraits.reader.questionnaire import read_questionnaire
from portraits.support.messages import speak
from portraits.support.problems import Problem

from tests.unit.format.case_files import HEADER, parsed


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    speak("en")
    yield
    speak("fr")


def told(problems: tuple[Problem, ...]) -> list[str]:
    """Problems as they are printed, without the file's name."""
    return [str(problem).partition(":")[2] for problem in problems]


def told_of(body: str) -> list[str]:
    return told(parsed(HEADER + body).problems)


def test_a_sentence_is_whole_in_each_of_its_cases() -> None:
    assert told_of("### And then?\n\nWell.\n") == [
        "6: a follow-up (###) before the first question — write “##” before a question"
    ]
    assert told_of("#### And then?\n\nWell.\n") == [
        "6: a subheading (####) before the first question — write “##” before a question"
    ]
    assert told_of("## Who? {#Le Nom}\n\nMe.\n") == [
        "6: the id “Le Nom” is not valid — write {#le-nom}: lower-case letters, digits and hyphens"
    ]
    assert told_of("## Who? {#}\n\nMe.\n") == [
        "6: the id “” is not valid — give it a name: lower-case letters, digits and hyphens"
    ]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("##Why?", "8: a space is missing after “##” — write “## Why?”"),
        ("A note.[^1]", "8: the footnote “[^1]” is not defined anywhere — "
         "add a line “[^1]: …”, or write “\\[^1]”"),
        ("See [this][there].", "8: “[this][there]” is not a link: its address is missing — "
         "add a line “[there]: https://…”"),
        ("It is **bold.", "8: “**” will appear as it is — "
         "close it against the word, without a space: **bold**; or write “\\*\\*”"),
        ("It is ==marked==.", "8: “==marked==” will appear as it is — "
         "to highlight, write <mark>…</mark>"),
        ("Bread\nButter\nJam", "8: 3 short lines will be joined end to end, from “Bread” on — "
         "for a list, begin each line with “-”; for verse, end each line with “\\”"),
        ("A <blink>word</blink>.", "8: the tag <blink> is not allowed — "
         "write it in Markdown, or remove it"),
        ("A <b lang=x y>word.", "8: the value of the attribute “lang” of <b> is not allowed — "
         "write it in Markdown, or remove it"),
        ("A [link](example.com).", "8: “example.com” has no protocol — write https://example.com"),
        ("A [link](https://a b).", "8: a space in the address “https://a b” — "
         "write %20, or remove it"),
        ("> [!aside]", "8: an aside without text — write it right after the mark"),
        ("- > [!aside] Sic.", "8: an aside in a list or in a quotation — "
         "put it on its own, between two paragraphs of the answer"),
    ],
)  # fmt: skip
def test_a_mark_that_leads_nowhere_is_told_with_its_remedy(answer: str, said: str) -> None:
    assert said in told_of(f"## Why?\n\n{answer}\n")


def test_a_quote_that_nobody_said_is_told_with_the_nearest_sentence() -> None:
    text = HEADER.replace("photo:", "quote: I have always loved to read.\nphoto:")
    assert told(parsed(f"{text}## Why?\n\nI have always loved books. Often.\n").problems) == [
        "4: the quote “I have always loved to read.” is in none of the answers — "
        "the nearest passage: “I have always loved books.”"
    ]


def test_a_file_without_front_matter_is_told() -> None:
    assert told(parsed("## Why?\n\nBecause.\n").problems) == [
        "1: the file does not begin with front matter — "
        "write at the top: ---, name: …, date: …, ---"
    ]


def test_a_questionnaire_with_faults_is_told() -> None:
    text = (
        "questions:\n- id: a\n  fr: Quoi?\n  section: Un\n  variants: Comment?\n- id: a\n- id: b\n"
    )
    _, problems = read_questionnaire("questionnaire.yml", text.encode())
    assert told(problems) == [
        "4: “section” expects languages — write: section: {fr: …}",
        "5: “variants” expects languages — write: variants:, then fr: and a list",
        "6: the id “a” is already at line 2 — change one of the two",
        "7: the question “b” has no wording — add “fr: …”",
    ]


def test_people_with_faults_are_told() -> None:
    text = (
        "people:\n- name: Léa\n  accounts:\n  - '@lea'\n  - {account: x y, since: 2020}\n"
        "- name: Léa\n  accounts: '@lea'\n"
    )
    _, problems = read_people("people.yml", text.encode(), folder="portraits", network="twitter")
    assert told(problems) == [
        "5: “x y” is not an account — write it as in a #FF list: "
        "“@account”, “@name@server” or an address that begins with https://",
        "6: “Léa” is already at line 2 — keep only one entry; "
        "or tell apart two people of the same name: “Léa (Montréal)”",
    ]
