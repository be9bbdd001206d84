"""What mail programs put around a reply is private or nobody's: it is left out, and told."""

from __future__ import annotations

import pytest

from tests.unit.importer.shapes import Imported, imported_from, portrait

HEADERS = "From: Zoé <zoe@exemple.ca>\nDate: Tue, 6 Mar 2012 10:00:00 -0500\n"
ANSWERS = "> Quel est ton outil préféré?\n\nLe tampon.\n\n> Où vas-tu?\n\nLoin.\n"
ASKED = [("Quel est ton outil préféré?", "Le tampon."), ("Où vas-tu?", "Loin.")]


def imported_mail(body: str, headers: str = HEADERS) -> Imported:
    return imported_from("m.eml", f"{headers}\n{body}".encode())


def said(result: Imported) -> list[tuple[str, str]]:
    """(wording, answer) of each question of a portrait."""
    asked = []
    for exchange in portrait(result).exchanges:
        asked.append((exchange.question.wording.text, exchange.answer.text))
        asked += [(one.question.wording.text, one.answer.text) for one in exchange.follow_ups]
    return asked


@pytest.mark.parametrize(
    "line",
    [
        "Envoyé de mon iPhone",
        "Envoyé à partir de Outlook pour Android",
        "Obtenir Outlook pour iOS<https://aka.ms/o0ukef>",
        "Télécharger Outlook pour Android",
        "Get Outlook for iOS",
        "Sent from Yahoo Mail for iPhone",
        "________________________________",
        "-----Message d’origine-----",
        "Début du message réexpédié :",
        "AVIS DE CONFIDENTIALITÉ : ce message est pour vous seul.\nDétruisez-le sinon.",
        "Ce courriel et ses pièces jointes sont confidentiels.",
        "This e-mail and any attachments are confidential.",
        "514 555-0199",
        "Tél. : (514) 555-0199 poste 12 | Cell. 438-555-0123",
        "T: +1 514 555 0199 · zoe@exemple.ca · www.exemple.ca",
        "01 23 45 67 89",
        "12, rue du Port, Montréal (Québec) H2X 1Y4",
        "De : Ana Roy <ana@exemple.ca>\nEnvoyé : 6 mars 2012 08:12\nÀ : Zoé\nObjet : Questions",
        "**From:** Ana Roy\n**Sent:** Tuesday\n**To:** Zoé\n**Subject:** Questions",
        "Von: Ana Roy <ana@exemple.ca>\nGesendet: Dienstag\nAn: Zoé\nBetreff: Fragen",
        "De: Ana Roy\nEnviado: martes\nPara: Zoé\nAsunto: Preguntas",
        "De : Ana Roy <ana@exemple.ca>\nÀ : Zoé <zoe@exemple.ca>,\nLéo <leo@exemple.ca>",
        "Ana Roy <ana@exemple.ca>\n2012-03-06 10:12\nA\nZoé/Mtl/Org\ncc\nObjet\nQuestions",
        "Envoyé avec la messagerie sécurisée Proton Mail.",
        "Envoyé depuis l’application Mail Orange",
        "Envoyé à partir de mon appareil Galaxy",
        "Provenance : Courrier pour Windows",
        "Sent with Proton Mail secure email.",
        "Von meinem iPhone gesendet",
        "Gesendet mit der GMX Mail App",
        "Enviado desde mi iPhone",
        "Inviato da iPhone",
        "Garanti sans virus. www.avast.com",
        "----- Mail original -----",
        "-------- Ursprüngliche Nachricht --------",
        "-------- Mensaje original --------",
        "Si vous avez reçu ce courriel par erreur, détruisez-le.",
        "Este mensaje y sus adjuntos son de carácter confidencial.",
        "Diese E-Mail ist für Sie allein und vertraulich.",
        "+49 30 1234567",
        "Tel.: +49 (0)30 123 45 67",
        "030 / 1234 5678",
        "+34 612 34 56 78",
        "Móvil: 612 345 678",
        "+33 6 12 34 56 78",
        "0612345678",
        "+44 20 7946 0958",
        "[image: logo.png]",
        "[cid:image001.png@01CD]",
        "<image001.png>",
    ],
)
def test_what_belongs_to_the_message_is_no_answer_and_is_told(line: str) -> None:
    result = imported_mail(f"{ANSWERS}\n{line}\n")
    assert said(result) == ASKED
    told = " ".join(entry.text for entry in result.report.entries)
    assert all(word in told for word in line.split())


@pytest.mark.parametrize(
    "announced",
    [
        "Le mar. 6 mars 2012 à 10:12, Ana Roy <ana@exemple.ca> a\nécrit :",
        "Le mardi 6 mars 2012 à 10:12:33 UTC−5, Ana Roy\n<ana@exemple.ca>\na écrit :",
        "On Tue, Mar 6, 2012 at 10:12 AM Ana Roy <ana@exemple.ca>\nwrote:",
        "Am Di., 6. März 2012 um 10:12 Uhr schrieb Ana Roy <ana@exemple.ca>:",
        "El mar, 6 mar 2012 a las 10:12, Ana Roy (<ana@exemple.ca>) escribió:",
        "Il giorno mar 6 mar 2012 alle 10:12 Ana Roy <ana@exemple.ca> ha scritto:",
        "2012-03-06 10:12 GMT-05:00 Ana Roy <ana@exemple.ca>:",
    ],
)
@pytest.mark.parametrize("mark", ["", "> "])
def test_what_announces_a_quotation_is_told_however_it_is_folded(announced: str, mark: str) -> None:
    shown = "\n".join(f"{mark}{line}" for line in announced.split("\n"))
    result = imported_mail(f"{ANSWERS}\n{shown}\n{mark}> Bonjour!\n")
    assert said(result) == ASKED
    told = [entry.text for entry in result.report.entries if entry.why == "annonce du message cité"]
    assert told == [" ".join(announced.split())]


@pytest.mark.parametrize(
    "signature",
    [
        "Zoé Lapierre\nDirectrice, Bibliothèque de la Tour",
        "Zoé",
        "Bonne journée!\n\nZoé Lapierre",
        "Cordialement,\n\nZoé Lapierre\nBibliothèque de la Tour\n514 555-0199",
        "Best regards,\nZ. Lapierre\nTower Library",
        "Mit freundlichen Grüßen\nZoé Lapierre",
        "Un saludo,\nZoé",
        "Zoé Lapierre | Bibliothécaire\nTour du Nord\nwww.tour.example",
    ],
)
@pytest.mark.parametrize(
    "below", ["", "\n\nDe : Ana <ana@exemple.ca>\nEnvoyé : mardi\nObjet : x\n\nBonjour!\n"]
)
def test_a_signature_without_dashes_is_no_answer(signature: str, below: str) -> None:
    headers = HEADERS.replace("Zoé <", "Zoé Lapierre <")
    result = imported_mail(f"{ANSWERS}\n{signature}\n{below}", headers)
    assert said(result) == ASKED
    told = " ".join(entry.text for entry in result.report.entries)
    assert all(word in told for word in signature.split())


@pytest.mark.parametrize(
    "answer", ["Zoé", "Merci!", "Merci à ma mère\net à mon chat", "À bientôt", "Cordialement"]
)
def test_an_answer_that_might_be_a_signature_stays(answer: str) -> None:
    result = imported_mail(ANSWERS.replace("Loin.", answer))
    assert said(result)[1][1].replace("\u00a0", " ") == answer


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Appelez-moi au 514 555-0199, je réponds.", "un numéro de téléphone"),
        ("Écrivez à zoe@exemple.ca pour le reste.", "une adresse de courriel"),
        ("Mon numéro est le +49 30 1234567, le soir.", "un numéro de téléphone"),
        ("Texto au 06 12 34 56 78, jamais avant midi.", "un numéro de téléphone"),
    ],
)
def test_what_may_be_private_in_a_sentence_stays_and_is_to_be_reviewed(
    words: str, why: str
) -> None:
    result = imported_mail(ANSWERS.replace("Loin.", words))
    assert said(result)[1][1].replace("\u00a0", " ") == words
    assert f"contient {why} : à publier ?" in result.text


@pytest.mark.parametrize(
    "words",
    [
        "Suivez @sam@serveur.example.",
        "En 2012, 514 fois sur 5550.",
        "De : rien du tout.",
        "De 2009 à 2012, puis 2013-2015.",
        "Le livre ISBN 978 2 7654 1234 5 ne se trouve plus.",
        "J’ai 12 500 abonnés, 1 200 000 de trop.",
        "Le 2012-03-06 à 10 h 12.",
    ],
)
def test_what_is_not_private_stays_without_a_remark(words: str) -> None:
    result = imported_mail(ANSWERS.replace("Loin.", words))
    assert said(result)[1][1].replace("\u00a0", " ") == words
    assert "à publier" not in result.text


@pytest.mark.parametrize("file", ["m.eml", "pasted.txt"])
def test_answers_typed_into_the_original_are_answers(file: str) -> None:
    body = (
        "Bonjour Ana,\n\nVoir en dessous.\n\nZoé\n\n"
        "De : Ana Roy <ana@exemple.ca>\nEnvoyé : 6 mars 2012\nÀ : Zoé\nObjet : Questions\n\n"
        "Bonjour Zoé,\n\nQuel est ton outil préféré?\n\nLe tampon.\n\nOù vas-tu?\n\nLoin.\n\nAna\n"
    )
    headers = f"{HEADERS}\n" if file == "m.eml" else ""
    result = imported_from(file, f"{headers}{body}".encode())
    text = result.text.replace("# name: Léa Tremblay", "name: Zoé").replace(
        "# date: 2011-07-14", "date: 2011-07-14"
    )
    assert text.count("Loin.") == 1
    assert "ana@exemple.ca" not in text
    assert "\nAna\n" not in text
    assert "Quel est ton outil préféré?" in text
    assert "Le tampon." in text


def test_flowed_paragraphs_are_put_together_and_a_stuffed_mark_is_no_quotation() -> None:
    headers = HEADERS + "Content-Type: text/plain; charset=utf-8; format=flowed\n"
    body = (
        "> Quel est ton \n> outil préféré?\n\nLe tampon \nencreur. \n\n > le vrai\n\n"
        "> Où vas-tu?\n\nLoin.\n"
    )
    assert said(imported_mail(body, headers)) == [
        ("Quel est ton outil préféré?", "Le tampon encreur.\n\n> le vrai"),
        ("Où vas-tu?", "Loin."),
    ]


def test_flowed_text_without_its_spaces_is_put_together_without_them() -> None:
    headers = HEADERS + "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n"
    body = ANSWERS.replace("Le tampon.", "Le tam \npon.")
    assert said(imported_mail(body, headers)) == ASKED


def test_windows_1252_is_read_under_the_name_of_iso_8859_1() -> None:
    headers = HEADERS + 'Content-Type: text/plain; charset="iso-8859-1"\n'
    body = ANSWERS.replace("Loin.", "L’œuvre… 5 €")
    result = imported_from("m.eml", f"{headers}\n{body}".encode("cp1252"))
    assert said(result)[1][1].replace("\u00a0", " ") == "L’œuvre… 5 €"


@pytest.mark.parametrize(
    "sender",
    [
        "undisclosed-recipients:;",
        "‹",
        "=?utf-8?B?!!!?=",
        "<>",
        '"Zoé',
        "zoe@",
        "=?nul?Q?Zo=E9?= <zoe@exemple.ca>",
        "Zoé <zoe@exemple.ca>,\n <",
        "",
        ";" * 50,
    ],
)
def test_a_header_that_is_none_loses_no_answer(sender: str) -> None:
    headers = f"From: {sender}\nDate: hier\nSubject: =?\n"
    result = imported_mail(ANSWERS, headers)
    assert "Le tampon." in result.text
    assert "Loin." in result.text
