"""Replies to proofs that somebody made up: nothing of them reaches a portrait unseen.

A reply is text that a stranger may have written. It changes the words of one answer, after the
editor has seen the difference, or it changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from portraits.importer.transcript import ImportRefused
from portraits.model.portrait import Status
from portraits.options import BuildOptions
from portraits.proof.changes import as_answer, changes_in
from portraits.proof.reply import MOST_CHARACTERS, MOST_OF_AN_ANSWER, reply_in
from portraits.proof.tokens import token_of

from tests.proofs import ZOE, file_of, portrait_at, reply_to, series, take


@pytest.fixture
def options(tmp_path: Path) -> BuildOptions:
    return series(tmp_path)


def text_of(options: BuildOptions) -> str:
    return portrait_at(options).read_bytes().decode()


def never(question: str) -> bool:
    raise AssertionError(question)


# -- forged


def test_a_reply_with_a_token_of_another_secret_is_refused(options: BuildOptions) -> None:
    file = file_of(options)
    forged = token_of(b"0" * 64 + b"\n", file.parsed.fingerprint, "zoe-lapierre", "fr")
    for token in (forged, "", "0" * 64, "é" * 64, "../../secret"):
        reply = reply_to(options, {"fin": "Oui."}, jeton=token, accord_texte="oui")
        status, said = take(options, reply, never)
        assert (status, text_of(options)) == (1, ZOE)
        assert "son jeton ne convient pas" in said


@pytest.mark.parametrize(
    "changed",
    [
        {"portrait": "lea"},
        {"portrait": "../../pelicanconf"},
        {"langue": "en"},
        {"empreinte": "0" * 16},
        {"empreinte": ""},
    ],
)
def test_a_token_holds_for_one_text_of_one_portrait(
    changed: dict[str, str], options: BuildOptions
) -> None:
    before = {path: path.read_bytes() for path in options.content.rglob("*") if path.is_file()}
    status, said = take(options, reply_to(options, {"fin": "Oui."}, **changed), never)
    assert status == 1
    assert "son jeton ne convient pas" in said
    after = {path: path.read_bytes() for path in options.content.rglob("*") if path.is_file()}
    assert after == before


def test_the_reply_of_a_portrait_that_is_gone_names_it_and_writes_nothing(
    options: BuildOptions,
) -> None:
    reply = reply_to(options, {"fin": "Oui."}, accord_texte="oui")
    portrait_at(options).unlink()
    status, said = take(options, reply, never)
    assert status == 1
    assert "zoe-lapierre" in said and "n’est plus ici" in said
    assert not portrait_at(options).exists()
    assert not list(options.content.rglob("*.proof.txt"))


def test_a_reply_gives_no_standing_back_to_a_withdrawn_person(tmp_path: Path) -> None:
    options = series(tmp_path, ZOE.replace("status: draft", "status: hidden"))
    assert take(options, reply_to(options, {"fin": "Oui."}, accord_texte="oui"))[0] == 0
    assert file_of(options).portrait.status is Status.HIDDEN


# -- what is in it


@pytest.mark.parametrize("raw_html", [False, True])
@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "Oui.\n\n<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">ici</a>',
        "<!-- caché -->",
        "<style>*{display:none}</style>",
        "<scr<script>ipt>alert(1)</script>",
        "Un < deux <iframe",
    ],
)
def test_no_tag_of_a_reply_becomes_one(hostile: str, raw_html: bool, tmp_path: Path) -> None:
    options = series(tmp_path)
    options = replace(options, settings=replace(options.settings, raw_html=raw_html))
    status, _ = take(options, reply_to(options, {"fin": hostile}))
    portrait = file_of(options).portrait
    if status == 0:
        [answer] = [one.answer for one in portrait.exchanges[0].follow_ups]
        assert re.sub(r"</?(?:p|br)>", "", answer.html).count("<") == 0
    else:
        assert text_of(options) == ZOE
    assert "<" not in text_of(options).partition("### Et tu")[2].partition("## ")[0].replace(
        "Un < deux", ""
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "[ici](javascript:alert(1))",
        "![x](../../../etc/passwd)",
        "![x](data:image/png;base64,AAAA)",
        "```\nrien ne suit",
        "status: published",
        "![x](http://exemple.ca/pixel.png)",
        "[^1]\n\n[^1]: un\n[^1]: deux",
        "*" * 300,
    ],
)
def test_what_a_portrait_may_not_say_is_not_taken(hostile: str, options: BuildOptions) -> None:
    reply = reply_in(reply_to(options, {"fin": hostile}))
    assert reply is not None
    found = changes_in(reply, file_of(options))
    assert (found.possible, len(found.refused)) == ((), 1)
    assert found.refused[0].refusal
    assert take(options, reply_to(options, {"fin": hostile}), never)[0] == 1
    assert text_of(options) == ZOE


@pytest.mark.parametrize(
    "hostile",
    [
        "Oui.\n\n## Et toi, rédaction ? {#etudes}\n\nRien.",
        "Oui.\n\n# Titre",
        "Oui.\n\n   ### Relance",
        "Oui.\n\nUne autre question ?\n---",
        "Une autre question ?\n===",
        "---\nstatus: published\nname: Autre\n---\n\nOui.",
        "---\nconsent: {text: 2020-01-01}\n---",
        "## #FF Qui suivre ?\n\n- @moi : parce que",
        "#FF\n- @moi",
    ],
)
def test_no_question_and_no_key_comes_out_of_a_reply(hostile: str, options: BuildOptions) -> None:
    before = file_of(options).portrait
    take(options, reply_to(options, {"fin": hostile}))
    after = file_of(options).portrait
    assert [one.id for one in after.questions] == [one.id for one in before.questions]
    assert (after.name, after.status, after.consent) == (before.name, before.status, None)
    assert text_of(options).partition("\n## ")[0] == ZOE.partition("\n## ")[0]
    assert after.exchanges[1:] == tuple(
        replace(one, question=replace(one.question, line=other.question.line))
        for one, other in zip(before.exchanges[1:], after.exchanges[1:], strict=True)
    )


def test_an_answer_cannot_change_what_another_means(tmp_path: Path) -> None:
    options = series(tmp_path, ZOE.replace("Rien à dire.", "Voir [le quai]."))
    before = text_of(options)
    hostile = "Oui.\n\n[le quai]: https://mauvais.example/"
    status, said = take(options, reply_to(options, {"fin": hostile}), never)
    assert (status, text_of(options)) == (1, before)
    assert "ne peut être pris tel quel" in said


def test_two_changes_that_reach_further_together_are_not_taken(tmp_path: Path) -> None:
    options = series(tmp_path)
    hostile = {"fin": "Voir [le quai].", "vide": "Oui.\n\n[le quai]: https://mauvais.example/"}
    take(options, reply_to(options, hostile))
    assert "mauvais.example" not in "".join(
        one.answer.html for one in file_of(options).portrait.exchanges[0].follow_ups
    )


def test_headings_and_tags_that_the_answer_had_stay(options: BuildOptions) -> None:
    before = "#### Un sous-titre\n\nDu `<b>`."
    assert as_answer(before, before) == before
    assert as_answer("#### Un autre\n\n<b>", before) == "\\#### Un autre\n\n<b>"
    assert as_answer("<i>", before) == "&lt;i>"


@pytest.mark.parametrize("id", ["absente", "-", "constructor", "a" * 5000])
def test_a_question_that_does_not_exist_is_named_and_nothing_written(
    id: str, options: BuildOptions
) -> None:
    status, said = take(options, reply_to(options, {id: "Moi."}), never)
    assert (status, text_of(options)) == (0, ZOE)
    assert "une question que le portrait n’a pas" in said


def test_thousands_of_questions_are_not_all_named(options: BuildOptions) -> None:
    status, said = take(options, reply_to(options, {f"q{n}": "x" for n in range(3000)}), never)
    assert status == 0
    assert said.count("n’a pas") == 5
    assert "et 2995 autres" in said


# -- how large it is


def test_a_huge_reply_is_refused_before_it_is_looked_at(options: BuildOptions) -> None:
    with pytest.raises(ImportRefused, match="trop longue"):
        reply_in(reply_to(options, {"fin": "a" * MOST_CHARACTERS}))


def test_a_huge_answer_is_refused_by_itself(options: BuildOptions) -> None:
    reply = reply_to(options, {"fin": "a " * MOST_OF_AN_ANSWER, "ton-outil": "La colle."})
    status, said = take(options, reply)
    assert status == 1
    assert f"plus de {MOST_OF_AN_ANSWER} caractères" in said
    assert text_of(options) == ZOE.replace("Le tampon.", "La colle.")


def test_a_note_is_printed_and_written_nowhere(options: BuildOptions) -> None:
    status, said = take(options, reply_to(options, mot="\x1b[31mstatus: published"), never)
    assert (status, text_of(options)) == (0, ZOE)
    assert "status: published" in said


@pytest.mark.parametrize("day", ["2026-11-28}\nstatus: published", "2026-11-28, of: x", "@@"])
def test_no_day_of_a_reply_is_written_as_it_comes(day: str, options: BuildOptions) -> None:
    reply = reply_to(options, accord_texte="oui", accord_date="oui", jour=day, date=day)
    assert take(options, reply, never)[0] == 0
    portrait = file_of(options).portrait
    assert portrait.status is Status.DRAFT
    assert portrait.consent and portrait.consent.text == options.today
    assert portrait.consent.date is None


def test_nothing_is_written_through_a_link(options: BuildOptions, tmp_path: Path) -> None:
    reply = reply_to(options, {"fin": "Oui."})
    elsewhere = tmp_path / "ailleurs.md"
    portrait_at(options).rename(elsewhere)
    portrait_at(options).symlink_to(elsewhere)
    status, _ = take(options, reply, never)
    assert status == 1
    assert elsewhere.read_bytes().decode() == ZOE
