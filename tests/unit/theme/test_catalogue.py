"""The interface's words: the same in all languages, typeset, and right in number."""

from __future__ import annotations

import datetime as dt
import re
from string import Formatter

import pytest
from markupsafe import Markup
from portraits.support.catalogue import Catalogue, Plural, catalogue, interface_language, quantity
from portraits.support.languages import LANGUAGES

FR, EN = catalogue("fr"), catalogue("en")


def texts(words: Catalogue) -> dict[str, tuple[str, ...]]:
    return {
        key: (message.one, message.other) if isinstance(message, Plural) else (message,)
        for key, message in words.messages.items()
    }


def values_in(forms: tuple[str, ...]) -> set[str | None]:
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_the_same_things_and_its_own_name(lang: str) -> None:
    said = {key for key in catalogue(lang).messages if not key.startswith("language.")}
    assert said == {key for key in FR.messages if not key.startswith("language.")}
    assert f"language.{lang}" in catalogue(lang).messages


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_message_takes_the_same_values_in_every_language(lang: str) -> None:
    here, french = texts(catalogue(lang)), texts(FR)
    differing = [
        key
        for key, forms in french.items()
        if not key.startswith("language.") and values_in(forms) != values_in(here[key])
    ]
    assert differing == []


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        (
            "a colon, a percent sign or a closing quotation mark without its no-break space",
            r"[^\u00a0 ](?=[:%»])|[ ](?=[:%»])",
        ),
        ("an opening quotation mark without its no-break space", r"«(?!\u00a0)"),
        ("a space before ; ! or ?, which Quebec does not have", r"[ \u00a0\u202f](?=[;!?])"),
        ("a straight apostrophe or quotation mark", r"['\"]"),
        ("a character that neither typeface has", r"[\u202f\u2011]"),
    ],
)
def test_french_is_typeset(fault: str, pattern: str) -> None:
    found = [form for forms in texts(FR).values() for form in forms if re.search(pattern, form)]
    assert found == [], fault


@pytest.mark.parametrize(
    ("words", "count", "said"),
    [
        (FR, 0, "0\u00a0portrait"),
        (FR, 1, "1\u00a0portrait"),
        (FR, 2, "2\u00a0portraits"),
        (FR, 1312, "1\u00a0312\u00a0portraits"),
        (EN, 0, "0\u00a0portraits"),
        (EN, 1, "1\u00a0portrait"),
        (EN, 1312, "1,312\u00a0portraits"),
    ],
)
def test_a_count_picks_the_form_and_is_written_as_the_language_writes_it(
    words: Catalogue, count: int, said: str
) -> None:
    assert words("list.total", count=count) == said


@pytest.mark.parametrize(("number", "said"), [(0, "0 retiré"), (1, "1 retiré"), (2, "2 retirés")])
def test_commands_say_none_and_one_in_the_singular(number: int, said: str) -> None:
    assert quantity(number, "retiré") == said


def test_a_plural_that_takes_more_than_an_s_is_given() -> None:
    assert quantity(1, "source refusée", "sources refusées") == "1 source refusée"
    assert quantity(3, "source refusée", "sources refusées") == "3 sources refusées"


def test_english_spells_organizations_in_one_way() -> None:
    found = [
        form
        for forms in texts(EN).values()
        for form in forms
        if re.search("organis", form, re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("words", "day", "said"),
    [
        (FR, dt.date(2011, 8, 1), "1er\u00a0août 2011"),
        (FR, dt.date(2011, 7, 14), "14\u00a0juillet 2011"),
        (EN, dt.date(2011, 8, 1), "August\u00a01, 2011"),
    ],
)
def test_dates_are_written_out(words: Catalogue, day: dt.date, said: str) -> None:
    assert words.date(day) == said


@pytest.mark.parametrize(
    ("words", "number", "said"),
    [
        (FR, 1234567, "1\u00a0234\u00a0567"),
        (FR, 0.5, "0,5"),
        (EN, 1234.5, "1,234.5"),
        (FR, 12, "12"),
    ],
)
def test_numbers_are_grouped(words: Catalogue, number: float, said: str) -> None:
    assert words.number(number) == said


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((), ""),
        (("Léa",), "Léa"),
        (("Léa", "Sam"), "Léa et Sam"),
        (("Léa", "Sam", "Ana"), "Léa, Sam et Ana"),
        (("<b>", "Sam"), "&lt;b&gt; et Sam"),
    ],
)
def test_an_enumeration_ends_with_a_conjunction(parts: tuple[str, ...], said: str) -> None:
    assert FR.enumeration(parts) == said


def test_a_value_is_escaped_unless_it_is_markup() -> None:
    assert FR("quoted", text="<i>") == "«\u00a0&lt;i&gt;\u00a0»"
    assert FR("quoted", text=Markup("<i>x</i>")) == "«\u00a0<i>x</i>\u00a0»"


def test_plain_text_is_not_escaped() -> None:
    assert FR.text("quoted", text="R&D") == "«\u00a0R&D\u00a0»"


def test_text_and_html_of_the_same_letters_are_told_apart_every_time() -> None:
    for _ in range(2):
        assert FR("quoted", text="<i>") == "«\u00a0&lt;i&gt;\u00a0»"
        assert FR("quoted", text=Markup("<i>")) == "«\u00a0<i>\u00a0»"


def test_a_missing_key_or_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        FR("no.such.key")
    with pytest.raises(KeyError):
        FR("quoted", other="x")


@pytest.mark.parametrize(
    ("tag", "default", "language"),
    [
        ("fr", "fr", "fr"),
        ("fr-CA", "en", "fr"),
        ("en-CA", "fr", "en"),
        ("es", "en", "en"),
        ("es", "pt", "fr"),
    ],
)
def test_the_interface_speaks_the_pages_language_where_it_can(
    tag: str, default: str, language: str
) -> None:
    assert interface_language(tag, default) == language
