"""Replies by e-mail, in the ways in which people make them."""

from __future__ import annotations

import pytest
from portraits.importer.answer_file import AnswerSection

from tests.unit.importer.shapes import answer_file, imported_from, portrait

HEADERS = "From: Zoé <zoe@exemple.ca>\nDate: Tue, 6 Mar 2012 10:00:00 -0500\n"


def asked(body: str, headers: str = HEADERS) -> list[tuple[str, str]]:
    """(wording, answer) of each question found in a message."""
    read = portrait(imported_from("m.eml", f"{headers}\n{body}".encode()))
    return [(e.question.wording.text, e.answer.text) for e in read.exchanges]


def test_an_answer_under_a_quoted_question_is_its_answer_though_nothing_asks() -> None:
    assert asked("> Ton âge\nDouze ans.\n> Ta ville\nIci.\n") == [
        ("Ton âge", "Douze ans."),
        ("Ta ville", "Ici."),
    ]


@pytest.mark.parametrize(
    "attribution",
    [
        "Le 3 mars 2012 à 10:12, Ana <ana@exemple.ca> a écrit :",
        "Le 3 mars 2012 à 10:12, Ana <ana@exemple.ca>\na écrit :",
        "On Mar 3, 2012, at 10:12, Ana wrote:",
        "Ana <ana@exemple.ca> a écrit :",
    ],
)
def test_the_line_that_announces_a_quote_is_no_answer(attribution: str) -> None:
    body = f"{attribution}\n> Quel est ton outil préféré?\nLe tampon.\n> Où vas-tu?\nLoin.\n"
    assert asked(body)[0][1] == "Le tampon."


@pytest.mark.parametrize(
    "signature", ["-- \nZoé\n514 555-0101", "Envoyé de mon iPhone", "Sent from my iPhone"]
)
def test_a_signature_is_no_answer(signature: str) -> None:
    body = f"> Quel est ton outil préféré?\nLe tampon.\n> Où vas-tu?\nLoin.\n\n{signature}\n"
    assert asked(body)[-1] == ("Où vas-tu?", "Loin.")


def test_lines_that_a_mail_program_wrapped_are_put_together() -> None:
    long = "Une phrase qui est bien assez longue pour qu’un logiciel de courriel la\ncoupe ici."
    assert asked(f"> Où vas-tu?\n{long}\n> Et toi, tu?\nOui.\n")[0][1] == long.replace("\n", " ")


def test_an_answer_above_the_quote_is_read_as_text() -> None:
    body = (
        "Où vas-tu?\n\nLoin.\n\nQuel est ton outil préféré?\n\nLe tampon.\n\n"
        "Le 3 mars 2012, Ana a écrit :\n> Où vas-tu?\n> Quel est ton outil préféré?\n"
    )
    assert asked(body) == [("Où vas-tu?", "Loin."), ("Quel est ton outil préféré?", "Le tampon.")]


def test_numbered_answers_above_the_quote_find_their_questions() -> None:
    body = (
        "1. Loin.\n2) Le tampon.\n\n-----Message d'origine-----\nDe : Ana <ana@exemple.ca>\n"
        "1. Où vas-tu?\n2. Quel est ton outil préféré?\n"
    )
    assert asked(body) == [("Où vas-tu?", "Loin."), ("Quel est ton outil préféré?", "Le tampon.")]


def test_a_message_in_html_is_read_with_its_quotes() -> None:
    headers = HEADERS + "Content-Type: text/html; charset=utf-8\n"
    body = (
        "<div>Salut</div><blockquote><p>Ton âge</p></blockquote><p>Douze <b>ans</b>.</p>"
        "<blockquote>Ta ville</blockquote><p>Ici.</p>"
    )
    assert asked(body, headers) == [("Ton âge", "Douze ans."), ("Ta ville", "Ici.")]


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<ul><li>Un<ul><li>un <b>a</b></li><li>un b</li></ul></li><li>Deux</li></ul>",
            "- Un\n  - un a\n  - un b\n- Deux",
        ),
        (
            "<ol><li>Un<ol><li>a<ul><li>x</li></ul></li></ol></li><li>Deux</li></ol>",
            "1. Un\n   1. a\n      - x\n2. Deux",
        ),
        ("<ul><li><p>Un</p><p>long</p></li><li>Deux</li></ul>", "- Un long\n- Deux"),
    ],
    ids=["bullets", "numbers", "paragraphs"],
)
def test_a_list_in_a_list_stays_one_in_a_message_in_html(html: str, markdown: str) -> None:
    headers = HEADERS + "Content-Type: text/html; charset=utf-8\n"
    quoted = "<blockquote>Ton âge</blockquote>{}<blockquote>Ta ville</blockquote><p>Ici.</p>"
    result = imported_from("m.eml", f"{headers}\n{quoted.format(html)}".encode())
    assert f"## Ton âge\n\n{markdown}\n\n## Ta ville" in result.text


@pytest.mark.parametrize(
    ("typed", "markdown"),
    [
        ("- un\n  - a\n- deux", "- un\n  - a\n- deux"),
        ("- un\n - a\n- deux", "- un\n- a\n- deux"),
        ("1. un\n   2. deux", "1. un\n2. deux"),
        ("1) un\n\t- a\n    - b\n2) deux", "1. un\n   - a\n   - b\n2. deux"),
        ("- un\n      * a\n   * b\n- deux", "- un\n  - a\n  - b\n- deux"),
    ],
)
def test_an_item_further_in_belongs_to_the_item_above(typed: str, markdown: str) -> None:
    result = imported_from("m.txt", f"Où vas-tu ?\n\n{typed}\n\nEt toi ?\n\nRien.".encode())
    assert markdown in result.text


def test_a_file_of_answers_among_the_attachments_is_what_is_read() -> None:
    file = answer_file(
        [
            AnswerSection("nom", "", "Zoé Lapierre"),
            AnswerSection("question", "q1", "Où vas-tu?"),
            AnswerSection("reponse", "q1", "Loin."),
        ]
    )
    headers = HEADERS + 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n'
    body = (
        "--b\nContent-Type: text/plain; charset=utf-8\n\nVoici!\n--b\nContent-Type: text/plain;"
        " charset=utf-8\nContent-Disposition: attachment; filename=reponses.txt\n\n"
        f"{file}\n--b--\n"
    )
    assert asked(body, headers) == [("Où vas-tu?", "Loin.")]
    assert "Voici!" in imported_from("m.eml", f"{headers}\n{body}".encode()).report.kept_text


def test_the_questionnaire_sent_as_text_comes_back_with_its_ids() -> None:
    from portraits.editor import questionnaire_text

    from tests.unit.importer.shapes import QUESTIONNAIRE, SETTINGS

    sent = questionnaire_text("Zoé", SETTINGS, QUESTIONNAIRE, "fr")
    lines = []
    for line in sent.split("\n"):
        lines.append(f"> {line}")
        if line.endswith("]"):
            lines += ["", f"Réponse à {line.split('[')[1].rstrip(']')}.", ""]
    read = portrait(imported_from("m.eml", (HEADERS + "\n" + "\n".join(lines)).encode()))
    assert [e.question.id for e in read.exchanges] == [e.id for e in QUESTIONNAIRE.entries]
    assert all(e.answer.text == f"Réponse à {e.question.id}." for e in read.exchanges)


def test_voices_alternate_with_the_depth_of_quotation() -> None:
    body = (
        "Le 12 mars 2012 à 09:00, Ana <ana@exemple.ca> a écrit :\n> Le 11 mars 2012 à 10:12, Zoé\n"
        "> <zoe@exemple.ca> a écrit :\n>>> Où vas-tu?\n>> Loin.\n> Et pourquoi si loin?\n"
        "Pour le silence.\n>>> Quel est ton outil préféré?\n>> Le tampon.\n"
    )
    read = portrait(imported_from("m.eml", f"{HEADERS}\n{body}".encode()))
    where, tool = read.exchanges
    assert (where.answer.text, tool.answer.text) == ("Loin.", "Le tampon.")
    assert [(f.question.wording.text, f.answer.text) for f in where.follow_ups] == [
        ("Et pourquoi si loin?", "Pour le silence.")
    ]


def test_in_a_message_that_was_sent_on_questions_are_quoted_twice_and_answers_once() -> None:
    body = "Pour toi.\n\n> > Où vas-tu?\n> Loin.\n> > Que fais-tu le soir?\n> Rien.\n"
    assert asked(body) == [("Où vas-tu?", "Loin."), ("Que fais-tu le soir?", "Rien.")]
    result = imported_from("m.eml", f"{HEADERS}\n{body}".encode())
    assert "texte cité" not in result.text, "the voices are known, so nothing is in doubt"


def test_answers_typed_inside_the_quotation_are_read_and_to_be_reviewed() -> None:
    body = "Voici.\n\n> Où vas-tu?\n> \n> Loin.\n> \n> Que fais-tu le soir?\n> \n> Rien.\n"
    assert asked(body) == [("Où vas-tu?", "Loin."), ("Que fais-tu le soir?", "Rien.")]
    result = imported_from("m.eml", f"{HEADERS}\n{body}".encode())
    assert result.text.count("réponse lue dans le texte cité") == 2


def test_a_letter_that_was_quoted_whole_is_no_interview() -> None:
    body = "Merci!\n\n> Bonjour Zoé, comment vas-tu?\n>\n> Voici mes nouvelles.\n>\n> Il pleut.\n"
    result = imported_from("m.eml", f"{HEADERS}\n{body}".encode())
    assert result.questions == 0


@pytest.mark.parametrize("file", ["m.eml", "a.txt"])
def test_numbered_answers_without_questions_are_the_questionnaire_s_and_to_be_reviewed(
    file: str,
) -> None:
    body = (
        "Bonjour!\n\n1. En 2010.\n\n2. Aucune, sauf :\n- le latin\n- la marche\n\n8. Le tampon.\n"
    )
    data = f"{HEADERS}\n{body}" if file == "m.eml" else body
    result = imported_from(file, data.encode())
    text = result.text
    assert "## Quelles études as-tu faites? {#etudes}\n\nAucune, sauf :" in text
    assert "## Quel est ton outil préféré? {#outil}\n\nLe tampon.\n" in text
    assert text.count("réponse rattachée à la question par son numéro") == 3
    assert result.accounting.missing == ()


def test_what_stands_for_a_picture_is_no_word_of_an_answer() -> None:
    body = "> Où vas-tu?\n\nLoin [image: carte.png] d’ici.\n\n[cid:a@b]\n\n> Et toi, tu?\n\nOui.\n"
    assert asked(body)[0][1] == "Loin d’ici."
    told = imported_from("m.eml", f"{HEADERS}\n{body}".encode()).report.kept_text
    assert "[image: carte.png]" in told and "[cid:a@b]" in told


def test_a_line_that_is_not_an_announcement_stays_with_the_answer() -> None:
    body = "> Où vas-tu?\n\nComme Camus a écrit :\nloin.\n\n> Que lis-tu?\n\nRien.\nLe 3 mars.\n"
    answers = [answer.replace("\u00a0", " ") for _, answer in asked(body)]
    assert answers == ["Comme Camus a écrit :\nloin.", "Rien.\nLe 3 mars."]


def test_an_answer_above_the_line_that_announces_a_quote_is_kept() -> None:
    body = (
        "> Où vas-tu?\nLoin.\n> Que lis-tu?\nDouze ans.\n"
        "Le mar. 3 mars 2012 à 10:12, Ana Roy\n<ana@exemple.ca>\na écrit :\n> fin\n"
    )
    assert asked(body)[1][1] == "Douze ans."


@pytest.mark.parametrize("mark", ["LC> ", "LC>", " LC> ", "ÉB> "])
def test_lines_marked_with_initials_are_quotes(mark: str) -> None:
    mark = mark if mark.endswith(" ") else mark + " "
    body = f"{mark}Ton âge\nDouze ans.\n{mark}Ta ville\nIci.\n"
    assert asked(body) == [("Ton âge", "Douze ans."), ("Ta ville", "Ici.")]


def test_quotes_marked_with_initials_are_told() -> None:
    body = "LC> Ton âge\nDouze ans.\nLC> Ta ville\nIci.\n"
    result = imported_from("m.eml", f"{HEADERS}\n{body}".encode())
    assert any("« LC> »" in notice for notice in result.transcript.notices)


def test_a_pasted_reply_with_initials_is_a_reply() -> None:
    result = imported_from("m.txt", b"LC> Ton village\nLoin.\nLC> Ta ville\nIci.\n")
    assert "## Ton village\n\nLoin.\n\n## Ta ville\n\nIci." in result.text


@pytest.mark.parametrize("twice", ["LC>>", "ZL> LC>", "> LC>"])
def test_voices_alternate_with_the_depth_of_initials(twice: str) -> None:
    body = f"ZL> Une suite?\n{twice} Où vas-tu?\nLoin.\n{twice} Quel est ton outil?\nUn.\n"
    blocks = imported_from("m.eml", f"{HEADERS}\n{body}".encode()).transcript.blocks
    assert not any("LC" in block.text or "ZL" in block.text for block in blocks if block.first)


def test_two_people_with_initials_talk_and_quote_nobody() -> None:
    from portraits.importer.mail.initials import without_initials

    talk = "LC> Où vas-tu ?\nZL> Loin.\nLC> Et après ?\nZL> Rien.\n"
    assert without_initials(talk) == (talk, "")


@pytest.mark.parametrize("line", ["LC> Loin.", "A> B", "Et> puis", "SOLDES> 5"])
def test_one_line_that_looks_so_is_no_quote(line: str) -> None:
    from portraits.importer.mail.initials import without_initials

    assert without_initials(f"Où ?\n{line}\nIci.\n")[1] == ""
