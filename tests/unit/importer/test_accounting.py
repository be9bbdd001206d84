"""Every word of a source is accounted for, and a loss is never quiet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.importer import portrait
from portraits.importer.accounting.balance import Accounting, Loss, account_for, published
from portraits.importer.accounting.pieces import Piece, Sort, WordMark
from portraits.importer.portrait_file import Body
from portraits.importer.report import Concern, Entry, Report, report_text
from portraits.importer.transcript import Block, Kind, Transcript, words_of, words_of_markdown

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


def account_for_words(
    words: Iterable[str], result: str, report: Report, added: Iterable[str] = ()
) -> Accounting:
    return account_for(Transcript("x.txt", (), tuple(words)), result, report.kept_text, added)


def losses_of(*pieces: Piece, kept: str = "") -> list[tuple[str, str]]:
    """(what, text) of what is lost of a source that shows ``pieces``."""
    words = tuple(piece.text for piece in pieces if piece.sort is Sort.WORD)
    found = account_for(Transcript("x.html", (), words, pieces=pieces), PORTRAIT, kept)
    return [(loss.what, loss.text) for loss in found.losses]


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
    assert published(PORTRAIT).words == [
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
    ]


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


def test_words_cut_by_marks_of_markdown_are_the_words_that_are_seen() -> None:
    text = PORTRAIT + "\nLes étudiant<em>e</em>s.\n"
    assert account_for_words(["étudiant", "e", "s"], text, report()).missing == ()
    lost = account_for_words(["étudiant", "s", "e"], text, report()).missing
    assert set(lost) == {"étudiant", "s", "e"}


@pytest.mark.parametrize(
    ("piece", "lost"),
    [
        (Piece("Loin", 3), []),
        (Piece("Loin", 3, marks=frozenset({WordMark.STRUCK})), [("trait", "Loin")]),
        (Piece("Loin", 3, marks=frozenset({WordMark.STRESSED})), [("italique ou gras", "Loin")]),
        (Piece("vas", 3, marks=frozenset({WordMark.STRESSED})), []),
        (Piece("?", 3, Sort.SIGN), []),
        (Piece("!", 3, Sort.SIGN), [("ponctuation", "!")]),
        (Piece("https://a.example", 3, Sort.ADDRESS), [("adresse", "https://a.example")]),
    ],
)
def test_strokes_stresses_signs_and_addresses_are_accounted_for_as_words_are(
    piece: Piece, lost: list[tuple[str, str]]
) -> None:
    assert losses_of(piece) == lost


def test_what_the_report_keeps_is_no_loss() -> None:
    pieces = (
        Piece("patron", 3, marks=frozenset({WordMark.STRUCK})),
        Piece("!", 3, Sort.SIGN),
        Piece("https://a.example/é", 3, Sort.ADDRESS),
    )
    assert losses_of(*pieces, kept="patron! <https://a.example/%C3%A9>") == []


def test_losses_are_told_line_by_line() -> None:
    pieces = (Piece("un", 3), Piece("deux", 3), Piece("trois", 8))
    found = account_for(
        Transcript("x.html", (), ("un", "deux", "trois"), pieces=pieces), PORTRAIT, ""
    )
    assert found.losses == (Loss(3, "un deux", "mot"), Loss(8, "trois", "mot"))


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.INTRODUCTION, Kind.QUESTION, Kind.FF_ENTRY])
def test_an_importer_that_drops_a_block_says_which_words_it_lost(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Body.write
    gone: list[Block] = []

    def forgetful(self: Body, blocks: tuple[Block, ...]) -> None:
        dropped = next(block for block in blocks if block.kind is kind)
        gone.append(dropped)
        whole(self, [block for block in blocks if block is not dropped])

    monkeypatch.setattr(portrait.Body, "write", forgetful)
    source = CASES / "sources" / "blogue.txt"
    result = imported_from(source.name, source.read_bytes())
    lost = [word for entry in result.report.of(Concern.LOST) for word in words_of(entry.text)]
    assert sorted(lost) == sorted(words_of(gone[0].text))
    assert gone[0].first in {entry.line for entry in result.report.of(Concern.LOST)}


def test_a_loss_is_flagged_in_the_portrait_and_told_first_in_the_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
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
    result = imported_from(source.name, source.read_bytes())
    assert result.text.startswith("---\n# à vérifier : l’importation a perdu quelque chose")
    told = report_text(result.report, result.accounting, result.questions)
    assert told.index("Perdu : à reprendre dans la source") < told.index("À vérifier")
    assert "« chat » — mot : ni dans le portrait, ni ci-dessous" in told
