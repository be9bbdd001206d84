"""Every word of a source is accounted for, and a loss is never quiet."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.importer import portrait
from portraits.importer.portrait_file import Body
from portraits.importer.report import (
    Concern,
    Entry,
    Report,
    WordsLost,
    account_for_words,
    words_of_portrait,
)
from portraits.importer.transcript import Block, Kind, words_of, words_of_markdown

from tests.unit.importer.shapes import CASES, imported_from

PORTRAIT = """\
---
# à vérifier : commentaire perdu
name: Zoé Lapierre
tags: [chats, livres]
---

Intro &amp; la suite.

## Où vas-tu? {#destination}

Loin \\*là\\*.
"""


def report(*entries: Entry) -> Report:
    return Report("x.txt", entries)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’œil de @zoe_l", ["L", "œil", "de", "zoe", "l"]),
        ("80 % 😉 5 $", ["80", "%", "😉", "5", "$"]),
        ("« mot » — (autre)…", ["mot", "autre"]),
        ("e\u0301te\u0301", ["été"]),
        ("**** --- ~~~", []),
    ],
)
def test_words_are_runs_of_letters_and_digits_and_symbols(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


def test_markdown_escapes_and_references_are_no_words() -> None:
    assert words_of_markdown(r"\*a\* &lt;b> &amp;c &copie") == ("a", "b", "c", "copie")


def test_keys_comments_and_ids_of_a_portrait_are_no_words() -> None:
    assert words_of_portrait(PORTRAIT) == (
        "Zoé",
        "Lapierre",
        "chats",
        "livres",
        "Intro",
        "la",
        "suite",
        "Où",
        "vas",
        "tu",
        "Loin",
        "là",
    )


def test_a_word_that_stands_nowhere_is_missing() -> None:
    found = account_for_words(words_of("Loin là perdu Zoé"), PORTRAIT, report())
    assert found.missing == ("perdu",)
    assert (found.total, found.placed, found.reported) == (4, 3, 0)


def test_a_word_in_a_key_or_a_comment_does_not_stand_in_for_a_lost_one() -> None:
    assert account_for_words(["name", "commentaire"], PORTRAIT, report()).missing == (
        "commentaire",
        "name",
    )


def test_a_word_said_twice_must_be_found_twice() -> None:
    assert account_for_words(["Loin", "Loin"], PORTRAIT, report()).missing == ("Loin",)


def test_a_word_that_the_importer_wrote_itself_does_not_count() -> None:
    found = account_for_words(["Zoé"], PORTRAIT, report(), added=["Zoé"])
    assert found.missing == ("Zoé",)


@pytest.mark.parametrize(
    ("concern", "counts"),
    [
        (Concern.BOILERPLATE, True),
        (Concern.UNPLACED, True),
        (Concern.REVIEW, False),
        (Concern.PROPOSAL, False),
        (Concern.NOTICE, False),
    ],
)
def test_only_entries_that_keep_a_text_account_for_its_words(
    concern: Concern, counts: bool
) -> None:
    found = account_for_words(["perdu"], PORTRAIT, report(Entry(concern, 1, "perdu", "pourquoi")))
    assert (found.reported == 1) is counts


@given(st.lists(st.sampled_from(["Loin", "là", "Zoé", "perdu", "trouvé", "rien"])))
def test_placed_reported_and_missing_add_up(words: list[str]) -> None:
    found = account_for_words(words, PORTRAIT, report(Entry(Concern.UNPLACED, 1, "perdu", "")))
    assert found.placed + found.reported + len(found.missing) == found.total == len(words)


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.INTRODUCTION, Kind.QUESTION, Kind.FF_ENTRY])
def test_an_importer_that_drops_a_block_fails_loudly(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Body.write

    def forgetful(self: Body, blocks: tuple[Block, ...]) -> None:
        dropped = next(block for block in blocks if block.kind is kind)
        whole(self, [block for block in blocks if block is not dropped])

    monkeypatch.setattr(portrait.Body, "write", forgetful)
    source = CASES / "sources" / "blogue.txt"
    with pytest.raises(WordsLost, match="rien n’est écrit"):
        imported_from(source.name, source.read_bytes())


def test_an_importer_that_cuts_a_word_fails_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = portrait.classified

    def cutting(*arguments: object) -> object:
        read = whole(*arguments)  # type: ignore[arg-type]
        return dataclasses.replace(
            read,
            blocks=tuple(
                dataclasses.replace(block, markdown=block.markdown.replace("chat", ""))
                for block in read.blocks
            ),
        )

    monkeypatch.setattr(portrait, "classified", cutting)
    source = CASES / "sources" / "blogue.txt"
    with pytest.raises(WordsLost, match="chat"):
        imported_from(source.name, source.read_bytes())
