"""A word before a name takes the form that the name's beginning asks for."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from portraits.support.catalogue import catalogue

FR = catalogue("fr")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Karim Haddad", "Portrait de Karim Haddad"),
        ("Ana", "Portrait d’Ana"),
        ("Élise Roy", "Portrait d’Élise Roy"),
        ("Œdipe", "Portrait d’Œdipe"),
        ("Ólafur Arnalds", "Portrait d’Ólafur Arnalds"),
        ("ana", "Portrait d’ana"),
        ("Henri Dès", "Portrait d’Henri Dès"),
        ("Hélène Dorion", "Portrait d’Hélène Dorion"),
        ("Hans Castorp", "Portrait de Hans Castorp"),
        ("Hassan", "Portrait de Hassan"),
        ("Yves", "Portrait d’Yves"),
        ("Yasmine", "Portrait de Yasmine"),
        ("Wajdi", "Portrait de Wajdi"),
        ("@ana", "Portrait de @ana"),
        ("Ольга", "Portrait de Ольга"),
        ("عمر", "Portrait de عمر"),
        ("", "Portrait de "),
        ("8e étage", "Portrait de 8e étage"),
        ("d’Amours", "Portrait de d’Amours"),
    ],
)
def test_de_is_elided_before_a_vowel_or_a_silent_h(name: str, title: str) -> None:
    assert FR.text("portrait.title", name=name) == title
    assert FR("portrait.title", name=name) == title


def test_the_first_of_several_names_decides() -> None:
    said = FR.text("list.about", title="Années 2011", names="Ana et Karim")
    assert said.endswith("les portraits d’Ana et Karim.")


def test_markup_is_looked_into() -> None:
    name = Markup('<a href="/x/"><b>Ana</b></a>')
    assert FR("portrait.title", name=name) == 'Portrait d’<a href="/x/"><b>Ana</b></a>'


def test_a_word_that_ends_alike_stays() -> None:
    assert FR.text("related.names", by="Karim", value="Ana") == "Karim recommande Ana"


@pytest.mark.parametrize("lang", ["en", "es", "de"])
def test_other_languages_do_not_elide(lang: str) -> None:
    title = catalogue(lang).text("portrait.title", name="Ana")
    assert title in {"Portrait of Ana", "Retrato de Ana", "Porträt von Ana"}
