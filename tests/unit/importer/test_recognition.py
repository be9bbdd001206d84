"""Single lines: does it ask, is it boilerplate, which question is it? Tables of cases."""

from __future__ import annotations

import pytest
from portraits.importer.mail.reply import is_reply
from portraits.importer.people.names import name_in
from portraits.importer.questions import PROPOSED, THRESHOLD, asks, decided, is_rejoinder, match
from portraits.importer.report import Concern
from portraits.importer.sections import (
    boilerplate_of,
    credit_in,
    is_credit_alone,
    opens_follow_lines,
)
from portraits.reader.questionnaire import read_questionnaire

from tests.unit.importer.shapes import CASES, QUESTIONNAIRE, imported_from


def table(name: str) -> list[tuple[str, ...]]:
    """The rows of a table of cases, columns separated by ``|``."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [
        tuple(cell.strip() for cell in line.split(" | "))
        for line in lines
        if line and not line.startswith("# ") and line != "#"
    ]


@pytest.mark.parametrize(("paragraph", "expected"), table("wording.txt"))
def test_a_paragraph_asks_or_does_not(paragraph: str, expected: str) -> None:
    assert asks(paragraph).name.lower() == expected


@pytest.mark.parametrize(("line", "expected"), table("boilerplate.txt"))
def test_a_line_is_boilerplate_only_as_a_whole(line: str, expected: str) -> None:
    found = boilerplate_of(line)
    assert ("-" if found is None else "ends" if found.ends else "boilerplate") == expected


@pytest.mark.parametrize(("wording", "lang", "expected"), table("matching.txt"))
def test_a_wording_is_matched_or_left_alone(wording: str, lang: str, expected: str) -> None:
    matches = match(wording, QUESTIONNAIRE, lang)
    assert (decided(matches) or "-") == expected, matches


PRESENTATION = read_questionnaire(
    "questionnaire.yml",
    b"questions:\n  - {id: presentation, fr: Peux-tu te pr\xc3\xa9senter?, "
    b"en: Can you introduce yourself?}",
)[0]


@pytest.mark.parametrize(
    ("wording", "lang", "found"),
    [
        ("Bonjour Zoé, peux-tu te présenter ?", "fr", True),
        ("Zoé, peux-tu te présenter ?", "fr", True),
        ("Peux-tu te présenter, Zoé ?", "fr", True),
        ("Bonjour Zoé Roy ! Pouvez-vous vous présenter à nos lecteurs ?", "fr", True),
        ("Peux-tu te présenter en quelques mots ?", "fr", True),
        ("Salut ! Merci d’être là. Pour commencer, peux-tu te présenter brièvement ?", "fr", True),
        ("1. Pouvez-vous vous présenter s’il vous plaît ?", "fr", True),
        ("Hi Zoé! Can you briefly introduce yourself to our readers?", "en", True),
        ("Bonjour Zoé, peux-tu nous présenter ton métier ?", "fr", False),
        ("Peux-tu te décrire ?", "fr", False),
        ("Peux-tu te présenter sans dire ton métier ?", "fr", False),
        ("Peux-tu présenter ton équipe ?", "fr", False),
        ("Enfant, voulais-tu te présenter aux élections ?", "fr", False),
        ("Can you introduce your team?", "en", False),
    ],
)
def test_a_greeting_hides_no_question_of_the_questionnaire(
    wording: str, lang: str, found: bool
) -> None:
    names = frozenset({"zoe", "zoe roy"})
    matches = match(wording, PRESENTATION, lang, names)
    assert (decided(matches) == "presentation") is found, matches


def test_a_wording_behind_a_greeting_is_the_same_wording() -> None:
    assert match("Bonjour ! Quel est ton outil préféré ?", QUESTIONNAIRE, "fr")[0].score == 1.0


def test_scores_are_between_proposal_and_identity_and_best_first() -> None:
    for row in table("matching.txt"):
        scores = [found.score for found in match(row[0], QUESTIONNAIRE, row[1])]
        assert scores == sorted(scores, reverse=True)
        assert all(PROPOSED <= score <= 1 for score in scores)
    assert PROPOSED < THRESHOLD < 1


def test_two_near_questions_are_proposed_and_none_is_decided() -> None:
    matches = match("Quel est ton outil, ton réseau préféré?", QUESTIONNAIRE, "fr")
    assert {found.id for found in matches} >= {"outil", "reseau"}
    assert decided(matches) == ""


@pytest.mark.parametrize(
    ("question", "hangs"),
    [
        ("Combien de collègues?", True),
        ("Et le samedi?", True),
        ("Pourquoi?", True),
        ("Et toi?", True),
        ("Comment as-tu débuté?", False),
        ("Ton âge?", False),
        ("% de temps au comptoir?", False),
        ("Quelle est la qualité principale d’un bibliothécaire de quartier?", False),
    ],
)
def test_a_short_question_to_nobody_hangs_on_the_answer_above(question: str, hangs: bool) -> None:
    assert is_rejoinder(question) is hangs


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Credit : Ana Roy", "Ana Roy"),
        ("Crédit photo : Ana Roy", "Ana Roy"),
        ("Photo par Ana Roy", "Ana Roy"),
        ("© Ana Roy", "Ana Roy"),
        ("Photographe: Ana", "Ana"),
        ("Photos de vacances", ""),
        ("Le crédit lui revient", ""),
    ],
)
def test_a_credit_names_its_photographer(line: str, name: str) -> None:
    assert credit_in(line) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Portrait de bibliothécaire : Zoé Lapierre", "Zoé Lapierre"),
        ("Portrait de Zoé Lapierre", "Zoé Lapierre"),
        ("Zoé Lapierre", "Zoé Lapierre"),
        ("Entrevue avec Jean-François D’Amour, archiviste", "Jean-François D’Amour"),
        ("Interview with Mia de la Cruz", "Mia de la Cruz"),
        ("Léa Roy — les voix basses", "Léa Roy"),
        ("ENTREVUE AVEC MARC OUELLET", "Marc Ouellet"),
        ("Dix questions à Ida Fortin", "Ida Fortin"),
        ("Rencontre avec Zoé Lapierre sur les abeilles", "Zoé Lapierre"),
        ("Entretien sur le miel avec Zoé Lapierre", "Zoé Lapierre"),
        ("Interview de Rosalie, apicultrice", "Rosalie"),
        ("5 questions à Théo Racine", "Théo Racine"),
        ("Théo Racine en cinq questions", "Théo Racine"),
        ("Portrait : Zoé Lapierre", "Zoé Lapierre"),
        ("Gilles Aubin, community manager chez Moulins Réunis", "Gilles Aubin"),
        ("« Je sème sur les toits » : entretien avec Karim Benali", "Karim Benali"),
        ("Rencontre avec Mme Odile Ferland, relieuse", "Odile Ferland"),
        ("Interview with Nell Harker About Bells", "Nell Harker"),
        ("An interview with Sonia Marchand", "Sonia Marchand"),
        ("Interview: Nell Harker", "Nell Harker"),
        ("Q&A: Nell Harker", "Nell Harker"),
        ("Q&A with Nell Harker, bell founder", "Nell Harker"),
        ("Meet Nell Harker", "Nell Harker"),
        ("Entrevista con Marta Olmedo", "Marta Olmedo"),
        ("Entrevista a Nuria Campos, encuadernadora", "Nuria Campos"),
        ("Im Gespräch mit Greta Lindner", "Greta Lindner"),
        ("„Zeit ist ein Geräusch“ – Interview mit Jonas Wirth", "Jonas Wirth"),
        ("Intervista a Lucia Ferrero", "Lucia Ferrero"),
        ("Entrevista: Rui Valadares", "Rui Valadares"),
        ("Interview met Saskia van der Meer", "Saskia van der Meer"),
        ("Episode 12: Henrik Dahl, knife maker", "Henrik Dahl"),
        ("Le métier de bibliothécaire", ""),
        ("Entretien avec un boulanger", ""),
        ("Rencontre avec Luc et Marc Roy", ""),
        ("Portrait de Montréal", ""),
        ("Rencontre avec les abeilles", ""),
        ("Montréal, ville ouverte", ""),
        ("How To Keep Bees", ""),
        ("Une journée à Saint-Jean", ""),
        ("Cinq questions sur le miel", ""),
        ("Bienvenue", ""),
    ],
)
def test_a_name_is_read_from_a_title_or_not_at_all(title: str, name: str) -> None:
    assert name_in(title) == name


@pytest.mark.parametrize(
    ("heading", "opens"),
    [
        ("Pour suivre Zoé Lapierre", True),
        ("Où la retrouver", True),
        ("Follow Mia", True),
        ("Suivez Zoé!", True),
        (
            "Pour suivre, il faut courir, disait toujours mon père qui aimait les longues phrases",
            False,
        ),
        ("Qui suivre ?", False),
    ],
)
def test_the_heading_of_accounts_to_follow(heading: str, opens: bool) -> None:
    assert opens_follow_lines(heading) is opens


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("> Ton âge?\nDouze ans.\n> Ta ville?\nIci.", True),
        ("> On répond à tout le monde.\n\nElle le dit souvent.", False),
        ("Le 3 mars 2012, Ana a écrit :\n> Ton âge?\nDouze ans.", True),
        ("Le 3 mars 2012, Ana a écrit :\n\nQu’elle venait.", False),
        ("Deux est > un.\nTrois est > deux.", False),
    ],
    ids=["two quoted lines", "one quoted line", "one that is announced", "no quote", "a sign"],
)
def test_two_quoted_lines_or_one_that_is_announced_make_a_reply_by_mail(
    text: str, reply: bool
) -> None:
    assert is_reply(text) is reply


@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("Photo : Jean Tremblay", True),
        ("Crédit photo : La Presse / Marie Roy", True),
        ("© Marie d’Amour 2011", True),
        ("(c) Paul Côté", True),
        ("Photographe : Zoé de la Tour", True),
        ("Photo : c’est ma passion", False),
        ("Photos : mes enfants", False),
        ("Photo : oui", False),
        ("Photos par mon frère", False),
        ("Loin. © Paul Côté est mon ami.", False),
    ],
)
def test_a_credit_stands_alone_only_with_names(line: str, alone: bool) -> None:
    assert is_credit_alone(line) is alone


def test_a_credit_in_the_middle_of_an_interview_is_no_answer() -> None:
    text = (
        "Portrait de Zoé Lavoie\n\nComment as-tu commencé?\n\nPar hasard.\n\n"
        "Photo : Jean Tremblay\n\nIl pleuvait encore.\n\nQuel est ton outil préféré?\n\n"
        "Le tampon.\n\n© Paul Côté\n\nOù vas-tu?\n\nPhoto : c’est ma passion.\n"
    )
    result = imported_from("a.txt", text.encode())
    assert "#   credit: Jean Tremblay" in result.text
    body = result.text.partition("\n---\n")[2]
    assert "Jean Tremblay" not in body and "Paul Côté" not in body
    assert "Il pleuvait encore." in body and "c’est ma passion" in body
    told = {entry.text: entry.why for entry in result.report.of(Concern.UNPLACED)}
    assert "en attente de la photo" in told["Photo : Jean Tremblay"]
    assert "autre crédit" in told["© Paul Côté"]
