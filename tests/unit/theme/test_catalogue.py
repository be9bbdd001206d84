"""The interface's words: the same in all languages, typeset, and right in number."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from markupsafe import Markup
from portraits.support.catalogue import Catalogue, catalogue, interface_language

FR, EN = catalogue("fr"), catalogue("en")


ES, DE = catalogue("es"), catalogue("de")


def texts(words: Catalogue) -> dict[str, tuple[str, ...]]:
    return {
        key: (message,) if isinstance(message, str) else tuple(message.values())
        for key, message in words.messages.items()
    }


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
    ("words", "fault", "pattern"),
    [
        (ES, "a space inside « » or before a sign", r"[«¿¡][ \u00a0]|[ \u00a0][»:;!?%]"),
        (ES, "a question or an exclamation that is not opened", r"^[^¿]*\?|^[^¡]*!"),
        (ES, "the quotation marks of another language", r"['\"“”„]"),
        (DE, "the quotation marks of another language", r"['\"«»”]"),
        (DE, "a closing mark that was not opened below", r"^[^„]*“"),
        (DE, "an ellipsis that hugs the word before it", r"[^\u00a0]…"),
        (DE, "the eszett of Switzerland", r"gross|strasse|schliess"),
    ],
)
def test_spanish_and_german_are_typeset(words: Catalogue, fault: str, pattern: str) -> None:
    found = [form for forms in texts(words).values() for form in forms if re.search(pattern, form)]
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
        (ES, 0, "0\u00a0retratos"),
        (ES, 1, "1\u00a0retrato"),
        (ES, 1312, "1312\u00a0retratos"),
        (ES, 13120, "13\u00a0120\u00a0retratos"),
        (DE, 1, "1\u00a0Porträt"),
        (DE, 1312, "1.312\u00a0Porträts"),
    ],
)
def test_a_count_picks_the_form_and_is_written_as_the_language_writes_it(
    words: Catalogue, count: int, said: str
) -> None:
    assert words("list.total", count=count) == said


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
        (ES, dt.date(2011, 8, 1), "1\u00a0de\u00a0agosto de 2011"),
        (DE, dt.date(2011, 8, 1), "1.\u00a0August 2011"),
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


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Ana", "Inés"), "Ana e Inés"),
        (("Ana", "Hilario"), "Ana e Hilario"),
        (("Ana", "Yves"), "Ana e Yves"),
        (("Ana", "Yolanda"), "Ana y Yolanda"),
        (("Ana", "Ximena"), "Ana y Ximena"),
        (("Ana", "Hierro"), "Ana y Hierro"),
        (
            (Markup("<b>Ana</b>"), Markup('<a href="/i/">Inés</a>')),
            '<b>Ana</b> e <a href="/i/">Inés</a>',
        ),
    ],
)
def test_spanish_says_e_before_the_sound_of_i(names: tuple[str, ...], said: str) -> None:
    assert ES.enumeration(names) == said


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
        ("es-MX", "en", "es"),
        ("la", "en", "en"),
        ("la", "pt", "fr"),
    ],
)
def test_the_interface_speaks_the_pages_language_where_it_can(
    tag: str, default: str, language: str
) -> None:
    assert interface_language(tag, default) == language
