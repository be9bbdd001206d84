"""What a reply to a proof changes in a portrait: what was accepted, and the agreement."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from portraits import commands
from portraits.importer.transcript import ImportRefused
from portraits.model.portrait import Consent
from portraits.options import BuildOptions
from portraits.proof.reading import reply_at
from portraits.proof.reply import reply_in
from portraits.proof.tokens import secret_in
from portraits.support.problems import SourceRefused

from tests.conftest import OWN_SETTINGS
from tests.proofs import TODAY, ZOE, file_of, portrait_at, reply_to, series, take


@pytest.fixture
def options(tmp_path: Path) -> BuildOptions:
    return series(tmp_path)


def text_of(options: BuildOptions) -> str:
    return portrait_at(options).read_bytes().decode()


def consent_in(options: BuildOptions) -> Consent | None:
    return file_of(options).portrait.consent


# -- changes


def test_an_accepted_change_is_in_the_file_and_nothing_else_is_touched(
    options: BuildOptions,
) -> None:
    status, said = take(options, reply_to(options, {"ton-outil": "La colle."}))
    assert status == 0
    assert text_of(options) == ZOE.replace("Le tampon.", "La colle.")
    assert "« Ton outil? »" in said
    assert "[-Le tampon.-]{+La colle.+}" in said
    assert "1 changement pris" in said


def test_a_refused_change_is_not(options: BuildOptions) -> None:
    asked: list[str] = []

    def ask(question: str) -> bool:
        asked.append(question)
        return len(asked) == 1

    reply = reply_to(options, {"ton-outil": "La colle.", "etudes": "Aucune."})
    status, _ = take(options, reply, ask)
    assert status == 0
    assert len(asked) == 2
    assert "Aucune." in text_of(options) and "Le tampon." in text_of(options)


def test_what_is_proposed_and_is_the_same_is_no_change(options: BuildOptions) -> None:
    status, said = take(options, reply_to(options, {"fin": "Non.\n"}), ask=None)
    assert (status, text_of(options)) == (0, ZOE)
    assert "rien n’a été changé" in said


def test_where_nobody_can_be_asked_changes_wait_in_a_file(options: BuildOptions) -> None:
    reply = reply_to(options, {"ton-outil": "La colle."}, accord_texte="oui", mot="Merci !")
    status, said = take(options, reply, ask=None)
    assert (status, text_of(options)) == (1, ZOE)
    assert "1 changement attend dans zoe-lapierre.proof.txt" in said
    waiting = portrait_at(options).with_name("zoe-lapierre.proof.txt").read_text("utf-8")
    assert "[-Le tampon.-]{+La colle.+}" in waiting and "\n> La colle.\n" in waiting
    assert "D’accord avec le texte : oui" in waiting and "Merci !" in waiting


def test_a_list_may_be_changed_like_an_answer(options: BuildOptions) -> None:
    reply = reply_to(options, {"ff-qui-suivre": "- @ana_roy : pour ses ruelles\n- @sam"})
    assert take(options, reply)[0] == 0
    found = file_of(options).portrait.recommendations
    assert found and [entry.account.handle for entry in found.entries] == ["ana_roy", "sam"]


def test_the_order_of_links_is_no_other_answer(options: BuildOptions) -> None:
    other = "Un autre [lien](ana.md), puis [un](https://exemple.ca/)."
    assert take(options, reply_to(options, {"etudes": other}))[0] == 0
    assert other in text_of(options)


def test_a_change_that_takes_the_featured_quote_away_says_so(tmp_path: Path) -> None:
    options = series(tmp_path, ZOE.replace("role:", "quote: Le tampon\nrole:"))
    before = text_of(options)
    status, said = take(options, reply_to(options, {"ton-outil": "La colle."}))
    assert (status, text_of(options)) == (1, before)
    assert "ne peut être pris tel quel" in said and "« Le tampon »" in said.replace("\u00a0", " ")


def test_an_answer_that_would_be_empty_is_left_to_the_editor(options: BuildOptions) -> None:
    status, said = take(options, reply_to(options, {"fin": "  \n"}))
    assert (status, text_of(options)) == (1, ZOE)
    assert "il ne resterait rien" in said


# -- agreement


def test_the_agreement_goes_into_the_front_matter(options: BuildOptions) -> None:
    reply = reply_to(options, accord_texte="oui", accord_date="oui")
    status, said = take(options, reply)
    assert status == 0
    of = file_of(options).parsed.fingerprint
    line = f"consent: {{text: 2026-11-28, date: 2026-12-05, of: {of}}}\n"
    assert text_of(options) == ZOE.replace("tags: [quai]\n", f"tags: [quai]\n{line}")
    assert consent_in(options) == Consent(
        dt.date(2026, 11, 28), None, dt.date(2026, 12, 5), of, current=True
    )
    assert "d’accord avec le texte (2026-11-28)" in said


def test_the_agreement_holds_for_the_text_with_the_changes(options: BuildOptions) -> None:
    take(options, reply_to(options, {"ton-outil": "La colle."}, accord_texte="oui"))
    consent = consent_in(options)
    assert consent and consent.text and consent.current
    assert consent.of == file_of(options).parsed.fingerprint


def test_the_agreement_does_not_hold_if_a_change_was_refused(options: BuildOptions) -> None:
    reply = reply_to(options, {"ton-outil": "La colle."}, accord_texte="oui")
    status, said = take(options, reply, lambda _: False)
    assert (status, text_of(options)) == (0, ZOE)
    assert "ce n’est pas celui qui est ici" in said


def test_a_photo_is_agreed_to_by_itself(tmp_path: Path) -> None:
    options = series(tmp_path, ZOE.replace("role:", "photo: {file: zoe.jpg, alt: Zoé}\nrole:"))
    take(options, reply_to(options, accord_photo="oui"))
    assert "consent: {photo: 2026-11-28}\n" in text_of(options)


def test_a_former_agreement_is_replaced_where_it_stands(tmp_path: Path) -> None:
    former = "consent:\n  text: 2026-11-01\n  photo: 2026-11-01\nrole:"
    options = series(tmp_path, ZOE.replace("role:", former))
    take(options, reply_to(options, accord_texte="oui"))
    of = file_of(options).parsed.fingerprint
    line = f"consent: {{text: 2026-11-28, photo: 2026-11-01, of: {of}}}\nrole:"
    assert text_of(options) == ZOE.replace("role:", line)


def test_who_does_not_agree_any_more_has_no_agreement(tmp_path: Path) -> None:
    options = series(tmp_path, ZOE.replace("role:", "consent: {text: 2026-11-01}\nrole:"))
    status, said = take(options, reply_to(options, accord_texte="non"))
    assert (status, text_of(options)) == (0, ZOE)
    assert "n’est pas d’accord avec le texte" in said


@pytest.mark.parametrize("day", ["2099-01-01", "demain", ""])
def test_a_day_that_has_not_come_is_the_day_of_the_import(day: str, options: BuildOptions) -> None:
    take(options, reply_to(options, accord_texte="oui", jour=day))
    consent = consent_in(options)
    assert consent and consent.text == TODAY


def test_a_fingerprint_that_looks_like_a_number_stays_text(options: BuildOptions) -> None:
    from portraits.proof.agreement import with_consent

    file = file_of(options)
    for of in ("1234567890123456", "12345678901234e5"):
        data = with_consent(file.data, file.portrait, Consent(text=TODAY, of=of))
        found = file.read(data).portrait
        assert found and found.consent == Consent(text=TODAY, of=of, current=False)


# -- older texts


def test_a_reply_to_an_older_text_is_told_and_only_the_same_answers_are_offered(
    options: BuildOptions,
) -> None:
    reply = reply_to(options, {"ton-outil": "La colle.", "fin": "Oui."}, accord_texte="oui")
    edited = ZOE.replace("Le tampon.", "Le tampon encreur.")
    portrait_at(options).write_bytes(edited.encode())
    status, said = take(options, reply)
    assert status == 1
    assert text_of(options) == edited.replace("Non.", "Oui.")
    assert "texte plus ancien" in said
    assert "Cette réponse a changé depuis : « Ton outil" in said.replace("\u00a0", " ")
    waiting = portrait_at(options).with_name("zoe-lapierre.proof.txt").read_text("utf-8")
    assert "> La colle." in waiting and "> Oui." not in waiting


def test_what_changed_beside_the_answers_is_told_too(options: BuildOptions) -> None:
    reply = reply_to(options, accord_texte="oui")
    portrait_at(options).write_bytes(ZOE.replace("Archiviste", "Relieuse").encode())
    status, said = take(options, reply)
    assert status == 0
    assert "l’en-tête, l’introduction ou la photo" in said
    assert consent_in(options) is None


def test_a_day_or_a_tag_that_changes_makes_no_text_older(options: BuildOptions) -> None:
    reply = reply_to(options, accord_texte="oui")
    portrait_at(options).write_bytes(ZOE.replace("[quai]", "[quai, port]").encode())
    _, said = take(options, reply)
    assert "plus ancien" not in said
    assert consent_in(options) is not None


# -- how it comes


def test_a_reply_is_found_in_a_letter_and_in_its_attachment(
    options: BuildOptions, tmp_path: Path
) -> None:
    reply = reply_to(options, {"fin": "Oui."})
    quoted = "\n".join(f"> {line}" for line in reply.split("\n"))
    attached = EmailMessage()
    attached["From"], attached["To"], attached["Subject"] = "z@exemple.ca", "r@exemple.ca", "Voici"
    attached.set_content("Bonjour, voici.")
    attached.add_attachment(reply.encode(), "text", "plain", filename="epreuve.txt")
    for name, content in {
        "colle.txt": f"Bonjour,\n\n{reply}\nÀ bientôt\n".encode(),
        "cite.txt": quoted.encode(),
        "joint.eml": attached.as_bytes(),
    }.items():
        (tmp_path / name).write_bytes(content)
        found = reply_at(tmp_path / name)
        assert found is not None, name
        assert found.proposed == {"fin": "Oui."}


def test_other_files_are_no_replies(tmp_path: Path) -> None:
    for name, content in {
        "a.txt": b"portraits-reponses 1\n",
        "b.txt": b"",
        "c.txt": "Une épreuve : portraits-epreuve 1 ?".encode(),
        "d.jpg": b"\xff\xd8\xff",
    }.items():
        (tmp_path / name).write_bytes(content)
        assert reply_at(tmp_path / name) is None, name
    assert reply_at(tmp_path / "absent.txt") is None


def test_a_reply_that_was_cut_or_is_of_another_version_is_refused(options: BuildOptions) -> None:
    reply = reply_to(options)
    with pytest.raises(ImportRefused, match="incomplet"):
        reply_in(reply.replace("@@ fin", ""))
    with pytest.raises(ImportRefused, match="format 2"):
        reply_in(reply.replace("portraits-epreuve 1", "portraits-epreuve 2"))
    with pytest.raises(ImportRefused, match=r"abîmée, ligne \d+"):
        reply_in(reply.replace("@@ fin", "@@ jeton\nabc\n\n@@ fin"))
    with pytest.raises(ImportRefused, match="abîmée, ligne"):
        reply_in(reply.replace("@@ fin", "@@ status\npublished\n\n@@ fin"))


def test_lines_that_look_like_marks_come_back_as_they_were_typed(options: BuildOptions) -> None:
    typed = "@@ fin\n\\@@ jeton"
    assert take(options, reply_to(options, {"fin": typed}))[0] == 0
    assert typed in text_of(options)


# -- the command


def imported(options: BuildOptions, *files: Path) -> int:
    settings = options.root / "conf.py"
    settings.write_text(
        f"{OWN_SETTINGS}PATH = {str(options.content)!r}\nCACHE_PATH = 'cache'\n", encoding="utf-8"
    )
    return commands.import_files(str(settings), [str(file) for file in files], now="2026-12-02")


def test_the_import_takes_replies_and_other_files_together(
    options: BuildOptions, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "reponse.txt").write_text(reply_to(options, accord_texte="oui"), encoding="utf-8")
    (tmp_path / "autre.txt").write_text(
        "Nom : Léo Roy\n\nPourquoi?\n\nParce que.\n\nComment?\n\nAinsi.\n", encoding="utf-8"
    )
    (tmp_path / "coupee.txt").write_text(reply_to(options).replace("@@ fin", ""), encoding="utf-8")
    files = [tmp_path / name for name in ("reponse.txt", "autre.txt", "coupee.txt")]
    assert imported(options, *files) == 1
    said = capsys.readouterr().err
    assert consent_in(options) is not None
    assert "réponse à l’épreuve de Zoé Lapierre" in said
    assert "coupee.txt : le fichier de réponses est incomplet" in said
    assert "1 portrait importé" in said
    assert imported(options, files[0]) == 0


def test_a_portrait_with_errors_takes_no_reply(options: BuildOptions) -> None:
    reply = reply_to(options, {"fin": "Oui."})
    broken = ZOE.replace("role:", "rôle:")
    portrait_at(options).write_bytes(broken.encode())
    status, said = take(options, reply)
    assert (status, text_of(options)) == (1, broken)
    assert "n’est plus ici sous ce nom" in said or "des erreurs" in said


# -- the secret


def test_without_the_secret_no_reply_is_known(options: BuildOptions) -> None:
    reply = reply_to(options, {"fin": "Oui."})
    (options.root / ".proofs" / "secret").unlink()
    status, said = take(options, reply)
    assert (status, text_of(options)) == (1, ZOE)
    assert "si le secret est perdu" in said


def test_the_secret_is_the_editors_alone_and_out_of_git(tmp_path: Path) -> None:
    secret = secret_in(tmp_path)
    assert secret_in(tmp_path) == secret
    assert (tmp_path / ".proofs" / "secret").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / ".proofs" / ".gitignore").read_text() == "*\n"


def test_a_damaged_secret_is_named(options: BuildOptions) -> None:
    reply = reply_to(options)
    (options.root / ".proofs" / "secret").write_text("abc")
    status, said = take(options, reply)
    assert status == 1
    assert "ne contient pas le secret" in said
    with pytest.raises(SourceRefused) as refused:
        secret_in(options.root)
    assert [problem.code for problem in refused.value.problems] == ["damaged-secret"]


def test_another_series_has_another_secret(options: BuildOptions, tmp_path: Path) -> None:
    other = replace(options, root=tmp_path / "autre")
    other.root.mkdir()
    assert secret_in(other.root) != secret_in(options.root)
