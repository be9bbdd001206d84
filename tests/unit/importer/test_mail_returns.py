"""The questionnaire by e-mail comes back from every mail program with each answer in its place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from portraits.editor import questionnaire_text
from portraits.importer.portrait import Imported
from portraits.importer.transcript import words_of

from tests.unit.importer.returns import HEADER, SHAPES, filled, interleaved, message
from tests.unit.importer.shapes import QUESTIONNAIRE, SETTINGS, imported_from, portrait

SENT = questionnaire_text("Maïté Roche", SETTINGS, QUESTIONNAIRE, "fr")
ANSWERS = {
    "etudes": "Un baccalauréat en horlogerie, puis deux ans de marine.",
    "debuts": "Par hasard.\n\nUne voisine cherchait quelqu’un pour remonter les pendules du quai, "
    "et personne d’autre n’avait d’échelle assez longue.",
    "outil": "Le tournevis à manche jaune.",
    "journee": "Le matin, je monte; le soir, je descends.",
    "avenir": "Lent.",
}
OURS = re.compile(
    r"Répondez sous chaque|laissez vide|entre crochets|Un compte par ligne|Joignez une photo|Merci!"
    r"|Bonjour Maïté|\[|a écrit|De :|Envoyé|Objet|^\d+\.",
    re.MULTILINE,
)


def answered(result: Imported) -> dict[str, str]:
    """Id -> answer of each question of the portrait, in its order."""
    return {e.question.id: e.answer.text for e in portrait(result).exchanges}


def squeezed(answers: dict[str, str]) -> dict[str, tuple[str, ...]]:
    return {name: words_of(answer) for name, answer in answers.items()}


def returned(name: str, answers: dict[str, str] = ANSWERS, sent: str = SENT) -> Imported:
    file = {"pasted_in_a_file": "m.txt", "saved_as_a_page": "m.html"}.get(name, "m.eml")
    return imported_from(file, SHAPES[name](sent, answers))


def test_there_are_the_shapes_of_more_than_twenty_programs_and_habits() -> None:
    assert len(SHAPES) > 20
    assert all(make.__doc__ for make in SHAPES.values())


@pytest.mark.parametrize("name", SHAPES)
def test_every_answer_arrives_under_its_question(name: str) -> None:
    assert squeezed(answered(returned(name))) == squeezed(ANSWERS)


@pytest.mark.parametrize("name", [name for name in SHAPES if name != "on_the_same_line"])
def test_paragraphs_of_an_answer_stay_apart(name: str) -> None:
    answers = answered(returned(name))
    assert {key: text.count("\n\n") for key, text in answers.items()} == {
        key: text.count("\n\n") for key, text in ANSWERS.items()
    }


@pytest.mark.parametrize("name", SHAPES)
def test_no_word_of_ours_lands_in_the_portrait(name: str) -> None:
    result = returned(name)
    body = result.text.split("---\n", 2)[2]
    assert OURS.findall(body) == []
    assert portrait(result).introduction.text == ""
    asked = [e.question.wording.text.replace("\u00a0", " ") for e in portrait(result).exchanges]
    wordings = {entry.wording("fr") for entry in QUESTIONNAIRE.entries}
    assert {re.sub(r" (?=[?!])", "", one).replace("'", "’") for one in asked} <= wordings


@pytest.mark.parametrize("name", [name for name in SHAPES if name != "without_wordings"])
def test_what_was_left_out_is_told(name: str) -> None:
    told = [e.text for e in returned(name).report.entries if "sans réponse" in e.why]
    shown = {re.sub(r"\W+", " ", text).strip() for text in told}
    assert shown >= {
        re.sub(r"\W+", " ", entry.wording("fr")).strip()
        for entry in QUESTIONNAIRE.entries
        if entry.id not in ANSWERS
    }


@pytest.mark.parametrize("name", ["outlook_desktop", "gmail_text_part", "html_blockquote"])
@pytest.mark.parametrize(
    "answer",
    [
        "👍",
        "Merci!",
        "2012. C’était l’hiver.",
        "De : rien\nÀ : personne d’autre",
        "A: B: C",
        "R. Lévesque, évidemment.",
        "12 commentaires",
        "Comme Camus a écrit :\n\nIl faut imaginer.",
        "Quel est ton outil préféré, au fond? Le tournevis.",
        "Twitter : @zoe\nFacebook : privé",
    ],
)
def test_an_answer_that_looks_like_something_else_stays_whole(name: str, answer: str) -> None:
    answers = {"etudes": "Aucune.", "outil": answer, "avenir": "Lent."}
    result = returned(name, answers)
    assert squeezed(answered(result)) == squeezed(answers)


def test_a_question_that_the_editor_added_keeps_its_answer_and_is_to_be_reviewed() -> None:
    sent = SENT.replace("\n\n#FF", "\n\n13. Et ton chat, que devient-il?\n\n#FF")
    lines = [f"> {line}".rstrip() for line in sent.split("\n")]
    at = next(place for place, line in enumerate(lines) if "chat" in line)
    lines[at + 1 : at + 1] = ["Il dort."]
    at = next(place for place, line in enumerate(lines) if "[outil]" in line)
    lines[at + 1 : at + 1] = ["Un tournevis."]
    result = imported_from("m.eml", message("\n".join(lines)))
    asked = {e.question.wording.text: e.answer.text for e in portrait(result).exchanges}
    assert asked["Et ton chat, que devient-il?"] == "Il dort."
    assert "« Et ton chat, que devient-il? » — question ajoutée au questionnaire" in result.text


def test_what_the_interviewer_asks_back_is_a_follow_up_with_its_own_answer() -> None:
    body = (
        "Le 12 mai 2026 à 09:00, Line Castonguay <line@serie.example> a écrit :\n"
        ">>> 8. Quel est ton outil préféré? [outil]\n>>\n>> Un tournevis.\n>\n"
        "> De quelle couleur?\n\nJaune.\n\n"
        ">>> 2. Quelles études as-tu faites? [etudes]\n>> Aucune.\n"
    )
    outil, etudes = portrait(imported_from("m.eml", message(body))).exchanges
    assert (outil.answer.text, etudes.answer.text) == ("Un tournevis.", "Aucune.")
    assert [(f.question.wording.text, f.answer.text) for f in outil.follow_ups] == [
        ("De quelle couleur?", "Jaune.")
    ]


def test_an_answer_in_the_quotation_is_to_be_reviewed() -> None:
    assert returned("iphone").text.count("réponse lue dans le texte cité") == len(ANSWERS)
    assert "texte cité" not in returned("thunderbird").text
    assert "texte cité" not in returned("sent_on").text


def test_a_list_in_an_answer_by_number_is_no_other_answer() -> None:
    answers = {"etudes": "Trois :\n1. le latin\n2. le grec\n3. la nage", "outil": "Un tournevis."}
    text = returned("numbers_above", answers).text
    assert "Trois :\n\n1. le latin\n2. le grec\n3. la nage\n\n## Quel est ton outil" in text


def test_an_answer_found_by_its_number_is_to_be_reviewed() -> None:
    assert returned("numbers_above").text.count("par son numéro") == len(ANSWERS)


def test_the_name_is_that_of_the_greeting_which_the_editor_wrote() -> None:
    sent = SENT.replace("Maïté Roche", "Maïté de la Roche")
    assert portrait(returned("outlook_desktop", sent=sent)).name == "Maïté de la Roche"


def test_the_list_of_recommendations_and_the_credit_of_the_photo_find_their_places() -> None:
    sent = SENT.replace(
        "qu’on lira.", "qu’on lira.\n\n@ana_roy pour ses ruelles\n@bob pour le reste"
    ).replace("qui l’a prise.", "qui l’a prise.\n\nPhoto : Léo Côté")
    result = returned("outlook_desktop", sent=sent)
    listed = portrait(result).recommendations
    assert listed and [e.account.handle for e in listed.entries] == ["ana_roy", "bob"]
    assert "#   credit: Léo Côté" in result.text


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("Le mot de la fin, je le laisse à ma mère.", True),
        ("Le mot de la fin? Je le laisse à ma mère.", False),
    ],
)
def test_a_wording_opens_a_question_only_with_its_mark_or_alone_on_its_line(
    answer: str, kept: bool
) -> None:
    from portraits.importer.mail.sent import PassageKind, passages
    from portraits.reader.questionnaire import Questionnaire, QuestionnaireEntry

    known = Questionnaire((QuestionnaireEntry("fin", (("fr", "Le mot de la fin?"),)),))
    found = passages([answer, "[fin]"], known)
    first = next(one.text for one in found if one.kind is PassageKind.QUESTION)
    assert first == ("" if kept else "Le mot de la fin?")


def test_dashes_under_a_question_end_no_other_answer() -> None:
    answers = {"etudes": "--", "outil": "Un tournevis."}
    assert "Un tournevis." in returned("outlook_desktop", answers).text


def test_a_list_in_an_answer_stays_a_list() -> None:
    answers = {"annee-de-creation": "1. Un chat\n2. Un chien", "outil": "Un tournevis."}
    assert "\n1. Un chat\n2. Un chien\n" in returned("outlook_desktop", answers).text


def test_a_letter_before_several_answers_is_a_label_and_before_one_a_word() -> None:
    several = returned("thunderbird", {"etudes": "R : Aucune.", "outil": "R : Un tournevis."})
    assert answered(several) == {"etudes": "Aucune.", "outil": "Un tournevis."}
    one = returned("thunderbird", {"etudes": "R : Aucune.", "outil": "Un tournevis."})
    assert answered(one)["etudes"].startswith("R")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_that_we_send_is_left_when_nobody_answers(lang: str) -> None:
    from portraits.importer.mail.cutting import cut
    from portraits.importer.mail.sent import passages

    lines = questionnaire_text("Maïté Roche", SETTINGS, QUESTIONNAIRE, lang).split("\n")
    left = [line.text for line in cut(lines, passages(lines, QUESTIONNAIRE)) if line.text]
    assert left == []


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.replace("[", "\\[").replace("]", "\\]"),
        lambda text: re.sub(r"(?m)^\d+\. ", "", text),
        lambda text: re.sub(r"(?m)^(\d+)\. ", r"Q\1 : ", text),
        lambda text: re.sub(r"(?m)^(\d+)\. ", r"Question \1) ", text),
        lambda text: re.sub(r"\[(\w)", lambda found: "[" + found[1].upper(), text),
        lambda text: re.sub("[éèêàçô]", "?", text),
        lambda text: " ".join(text.split()),
        lambda text: filled(text, 30),
        lambda text: filled(text, 20),
        lambda text: text.replace("\n", "\r\n"),
    ],
    ids=[
        "escaped",
        "no numbers",
        "Q",
        "Question",
        "capitals",
        "accents",
        "joined",
        "30",
        "9",
        "crlf",
    ],
)
def test_what_happened_to_our_text_on_the_way_makes_no_difference(
    changed: Callable[[str], str],
) -> None:
    marked = {name: f"§{name}§" for name in ANSWERS}
    body = changed(interleaved(SENT, marked, str))
    for name, answer in ANSWERS.items():
        mark = changed(marked[name])
        assert mark in body
        body = body.replace(mark, " ".join(answer.split()))
    assert squeezed(answered(imported_from("m.eml", message(f"{HEADER}\n\n{body}")))) == squeezed(
        ANSWERS
    )


def test_a_question_that_was_worded_anew_is_known_by_its_id_and_to_be_reviewed() -> None:
    sent = SENT.replace("Quelles études as-tu faites?", "Où as-tu étudié, au juste?")
    result = returned("outlook_desktop", sent=sent)
    assert "## Où as-tu étudié, au juste? {#etudes}\n" in result.text
    assert "mais formulée autrement" in result.text


def test_an_answer_before_the_number_of_the_next_question_is_no_part_of_it() -> None:
    body = (
        "2. Quelles études as-tu faites? [etudes] Aucune. 8. Et ton outil, donc? [outil] Le tampon."
    )
    said = portrait(imported_from("m.eml", message(body))).exchanges
    assert [(e.question.id, e.answer.text) for e in said] == [
        ("etudes", "Aucune."),
        ("outil", "Le tampon."),
    ]


def test_an_added_question_with_a_number_of_ours_is_not_lost() -> None:
    body = f"{SHAPES['numbers_above'](SENT, ANSWERS).decode()}\n> 2. Et ton chat, que devient-il?\n"
    result = imported_from("m.eml", body.encode())
    assert result.accounting.missing == ()
    assert any("ton chat" in entry.text for entry in result.report.entries)


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: text.encode().decode("cp1252", "replace").replace("\ufffd", "©"),
        lambda text: re.sub(r"(?m)^\d+\. ", "➤ ", text),
        lambda text: re.sub(r"\? \[", " ? 👉 [", text),
    ],
    ids=["read in a wrong encoding", "arrows", "signs before the id"],
)
def test_signs_around_a_question_are_told_and_belong_to_no_answer(
    changed: Callable[[str], str],
) -> None:
    answers = {"etudes": "Aucune.", "outil": "Un tournevis.", "avenir": "Lent."}
    body = interleaved(SENT, answers, changed)
    result = imported_from("m.eml", message(f"{HEADER}\n\n{body}"))
    assert squeezed(answered(result)) == squeezed(answers)
    assert result.accounting.missing == ()


def test_the_word_question_above_a_number_is_no_part_of_it() -> None:
    body = "Voici chaque question\n1. Que penses-tu de ça? [annee-de-creation]\nDu bien."
    result = imported_from("m.eml", message(body))
    told = {entry.text: entry.why for entry in result.report.entries}
    assert told["1."] == "numéro de question"
    assert told["annee-de-creation"] == "repère de question"
