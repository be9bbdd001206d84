"""The name of a portrait from the sender of a message: a person's, and always to be confirmed."""

from __future__ import annotations

import pytest
from portraits.importer.mail.sender import person_in

from tests.unit.importer.shapes import imported_from

ANSWERS = "> Quel est ton outil préféré?\n\nLe tampon.\n\n> Où vas-tu?\n\nLoin.\n"


@pytest.mark.parametrize(
    ("display", "address", "name"),
    [
        ("Léa Tremblay", "info@exemple.ca", "Léa Tremblay"),
        ("Tremblay, Léa", "lt@exemple.ca", "Léa Tremblay"),
        ("TREMBLAY Léa", "lt@exemple.ca", "Léa Tremblay"),
        ("LÉA TREMBLAY", "lt@exemple.ca", "Léa Tremblay"),
        ("'Léa Tremblay'", "lt@exemple.ca", "Léa Tremblay"),
        ("Léa Tremblay (Ville de Longueil)", "lt@exemple.ca", "Léa Tremblay"),
        ("Léa Tremblay via Formulaires", "lt@exemple.ca", "Léa Tremblay"),
        ("Léa Tremblay | Studio Nord", "lt@exemple.ca", "Léa Tremblay"),
        ("Jean-François d’Amours", "jf@exemple.ca", "Jean-François d’Amours"),
        ("Zoé", "zoe.lapierre@exemple.ca", "Zoé"),
    ],
)
def test_a_person_s_name_is_read(display: str, address: str, name: str) -> None:
    assert person_in(display, address) == name


@pytest.mark.parametrize(
    ("display", "address"),
    [
        ("Rédaction", "redaction@exemple.ca"),
        ("La rédaction", "redaction@exemple.ca"),
        ("Info", "info@exemple.ca"),
        ("Service à la clientèle", "service@exemple.ca"),
        ("Studio Nord inc.", "lea@exemple.ca"),
        ("Ville de Longueil", "lea@exemple.ca"),
        ("Les Éditions du Port", "lea@exemple.ca"),
        ("Boréal", "lea@boreal.example"),
        ("lea@exemple.ca", "lea@exemple.ca"),
        ("no-reply", "no-reply@exemple.ca"),
        ("undisclosed-recipients", ""),
        ("Équipe 514", "lea@exemple.ca"),
        ("", "lea@exemple.ca"),
    ],
)
def test_a_mailbox_or_an_organization_is_nobody(display: str, address: str) -> None:
    assert person_in(display, address) == ""


def test_the_sender_s_name_is_to_be_confirmed() -> None:
    data = f"From: Léa Roy <lr@exemple.ca>\nTo: a@b.ca\n\n{ANSWERS}".encode()
    result = imported_from("m.eml", data)
    assert "\nname: Léa Roy\n" in result.text
    assert "# à vérifier : nom de l’expéditeur, « Léa Roy »" in result.text


def test_of_a_message_that_was_sent_on_the_name_is_that_of_its_first_sender() -> None:
    forwarded = (
        "From: Line Castonguay <line@serie.example>\nSubject: TR: Questionnaire\n\n"
        "De : Léa Roy <lr@exemple.ca>\nEnvoyé : 6 mars 2012\nÀ : Line\nObjet : Questionnaire\n\n"
        f"{ANSWERS}"
    )
    assert "\nname: Léa Roy\n" in imported_from("m.eml", forwarded.encode()).text


@pytest.mark.parametrize("data", ["Zoé Roy".encode(), "Zoé Roy".encode("cp1252")])
def test_a_name_that_was_never_encoded_is_read(data: bytes) -> None:
    headers = b"From: " + data + b" <zr@exemple.ca>\nTo: a@b.ca\n\n"
    assert "\nname: Zoé Roy\n" in imported_from("m.eml", headers + ANSWERS.encode()).text
