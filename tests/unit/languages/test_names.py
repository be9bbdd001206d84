"""What names of people are sorted by, and the order of letters in each language."""

from __future__ import annotations

import pytest
from portraits.support.catalogue import catalogue
from portraits.support.writing.alphabet import letter_of, sort_key
from portraits.support.writing.names import sort_name

LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
SWEDISH = f"{LATIN} å ä ö"
DANISH = f"{LATIN} æ ø å"
CZECH = "a á b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž"
RUSSIAN = "а б в г д е ё ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"
ALPHABETS = {
    **{lang: catalogue(lang).writing.alphabet for lang in ("fr", "en", "es", "de")},
    "sv": SWEDISH,
    "da": DANISH,
    "cs": CZECH,
    "ru": RUSSIAN,
}


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("Caroline Audet", "Audet Caroline"),
        ("evenko", "evenko"),
        ("@evenko", "@evenko"),
        ("Ludwig van Beethoven", "Beethoven Ludwig van"),
        ("Jean de La Fontaine", "La Fontaine Jean de"),
        ("Jeanne de La Tour du Pin", "Pin Jeanne de La Tour du"),
        ("Tom Van Grieken", "Van Grieken Tom"),
        ("Robert De Niro", "De Niro Robert"),
        ("De Niro", "Niro De"),
        ("Guy d’Amours", "Amours Guy d’"),
        ("Guy D’Amours", "D’Amours Guy"),
        ("Élodie L’Heureux", "L’Heureux Élodie"),
        ("Maude Lavoie-Tardif", "Lavoie-Tardif Maude"),
        ("Martin Luther King Jr.", "King Martin Luther Jr."),
        ("Alexandre Dumas fils", "Dumas Alexandre fils"),
        ("Le fils", "fils Le"),
        ("村上 春樹", "村上 春樹"),
        ("김민수", "김민수"),
        ("Ольга Иванова", "Иванова Ольга"),
        ("سارة علي", "علي سارة"),
        ("", ""),
    ],
)
def test_people_are_sorted_by_their_family_name(name: str, by: str) -> None:
    assert sort_name(name) == by


@pytest.mark.parametrize(
    ("lang", "ordered"),
    [
        ("fr", "cote coté Côte côté coter"),
        ("fr", "Édith Eduard Élise Émile eu œuvre oeuvres of"),
        ("fr", "Le_Blond Leblanc LeBlond"),
        ("en", "naïve nave Ñu Oslo Øst Ott"),
        ("es", "nada nube ñandú Ñoño oca"),
        ("es", "cana canto caña"),
        ("de", "Ade Äde Adel Arndt Öde Oder Strasse Straße Strauß"),
        ("sv", "Zorn Ågren Ärla Öberg"),
        ("sv", "Olsson Ott Åberg"),
        ("da", "Zar Ærø Øst Ågård"),
        ("cs", "Cibulka Čapek Hus Chalupa Ibl"),
        ("ru", "Ежов Ёлкин Жуков Яшин Smith"),
        ("fr", "Obi Ольга Omar"),
    ],
)
def test_letters_stand_in_the_order_of_the_language(lang: str, ordered: str) -> None:
    words = [word.replace("_", " ") for word in ordered.split()]
    mixed = [*words[1:], words[0]]
    assert sorted(mixed, key=lambda one: sort_key(one, ALPHABETS[lang])) == words


@pytest.mark.parametrize(
    ("lang", "text", "letter"),
    [
        ("fr", "Élise", "E"),
        ("fr", "Œuvre", "O"),
        ("fr", "Ольга", "O"),
        ("fr", "@ana", "A"),
        ("fr", "2Pac", "2"),
        ("fr", "😀", ""),
        ("es", "Ñoño", "Ñ"),
        ("de", "Äde", "A"),
        ("sv", "Åberg", "Å"),
        ("cs", "Chalupa", "CH"),
        ("ru", "Ёлкин", "Ё"),
        ("ru", "Smith", "S"),
    ],
)
def test_a_word_stands_under_a_letter_of_the_alphabet(lang: str, text: str, letter: str) -> None:
    assert letter_of(text, ALPHABETS[lang]) == letter
