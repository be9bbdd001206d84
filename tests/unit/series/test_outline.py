"""What is kept of a portrait is restored as it was, and shares its words with the others."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from portraits.model import Account
from portraits.outline import Asked, Outline, Recommended, outline_of
from portraits.questionnaire_file import Questionnaire
from portraits.settings import Settings
from portraits.source import parse

from tests.builders import portrait_named

LEA = Account("twitter", "lea", "https://x.com/lea", "@lea", "twitter:lea")
EMPTY = replace(
    portrait_named("Léa"), asked=(), recommends=(), lines=(), tags=(), fragments=())
FULL = replace(
    EMPTY, lines=(("name", 2), ("photo.file", 9)), tags=("musique", "crise"),
    fragments=("tes-debuts", "tes-outils"), accounts=(LEA,),
    asked=(Asked("tes-debuts", "debuts", "Tes débuts ?", 12, b"1234"),
           Asked("tes-outils", "", "Tes outils ?", 0)),
    recommends=(Recommended(LEA, "<em>Drôle</em>.", "Drôle."), Recommended(LEA, "Vive.", "Vive.")))


def kept(outline: Outline) -> Outline:
    restored = pickle.loads(pickle.dumps(outline, protocol=5))  # noqa: S301 - made on this line
    assert isinstance(restored, Outline)
    return restored


@pytest.mark.parametrize("outline", [EMPTY, FULL, replace(FULL, asked=FULL.asked[:1])])
def test_an_outline_is_restored_as_it_was_kept(outline: Outline) -> None:
    assert kept(outline) == outline
    assert kept(kept(outline)) == outline


def test_words_that_portraits_have_in_common_are_one_string() -> None:
    one, other = kept(FULL), kept(replace(FULL, slug="zoe", asked=FULL.asked[1:]))
    assert one.asked[1].wording is other.asked[0].wording
    assert one.asked[1].id is other.fragments[1]
    assert one.recommends[0].account.url is other.accounts[0].url
    assert one.lines[0] is other.lines[0]
    assert one.tags[0] is other.tags[0]


ASKED = """---
name: Léa Roy
date: 2012-03-01
---

## Tes débuts ?

Un micro.

{above}![Un micro](micro.jpg)

## Tes outils ?

Un crayon.
"""


def digests(text: str) -> list[bytes]:
    parsed = parse("portraits/lea.md", text.encode(), Settings(), Questionnaire())
    assert parsed.portrait is not None, parsed.problems
    return [asked.digest for asked in outline_of(parsed.portrait, "").asked]


def test_an_answer_is_another_when_the_words_for_its_picture_are() -> None:
    before = digests(ASKED.format(above=""))
    after = digests(ASKED.format(above="").replace("[Un micro]", "[Deux micros]"))
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_an_answer_is_the_same_when_it_stands_lower_in_its_file() -> None:
    before = digests(ASKED.format(above=""))
    after = digests(ASKED.format(above="Un fil.\n\n"))
    assert before[0] != after[0]
    assert before[1] == after[1]
