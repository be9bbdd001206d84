"""The indexes: everybody by name, every tag."""

from portraits.pages.lists import INDEX, PEOPLE
from portraits.series.writing import TAG
from portraits.site.views import IndexPage

from tests.builders import pages_with, portrait_named


def test_people_stand_under_the_latin_letter_that_their_last_name_begins_with() -> None:
    names = ["Zoé Ågren", "Łukasz Łoś", "Ana Lopez", "Ольга Щёкина", "Đặng Thị Ngọc", "Sam Óskar"]
    page: IndexPage = pages_with(*map(portrait_named, names)).shown(INDEX, PEOPLE)
    assert [(letter, [one.link.label for one in group]) for letter, group in page.groups] == [
        ("A", ["Zoé Ågren"]),
        ("L", ["Ana Lopez", "Łukasz Łoś"]),
        ("N", ["Đặng Thị Ngọc"]),
        ("O", ["Sam Óskar"]),
        ("S", ["Ольга Щёкина"]),
    ]


def test_tags_come_in_the_order_of_their_latin_letters() -> None:
    tags = ["zèle", "Øl", "œuvre", "été", "Ełk", "C#", "C++", "C"]
    page: IndexPage = pages_with(portrait_named("Léa", tags=tags)).shown(INDEX, TAG)
    [(_, links)] = page.groups
    assert [one.link.label for one in links] == [
        "C",
        "C#",
        "C++",
        "Ełk",
        "été",
        "œuvre",
        "Øl",
        "zèle",
    ]
    assert [one.link.url for one in links][:3] == [
        "/etiquettes/c/",
        "/etiquettes/c-sharp/",
        "/etiquettes/c-plus-plus/",
    ]
