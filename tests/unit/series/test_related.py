"""Which portraits go together, and why; and those before and after in time."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portraits.model.portrait import Portrait
from portraits.pages.portrait.page import neighbours
from portraits.series.reads import Series
from portraits.series.tables import PopularityRow, PortraitRow, RelatedRow
from portraits.series.views.related import NEAREST, half_octaves
from portraits.settings import Settings
from portraits.site.related import reason_text

from tests.builders import pages_with, portrait_named, question, series_with, site_with

LEA = "portraits/lea.md"
MANY = Settings(related=500)


def strangers(count: int, **fields: object) -> list[Portrait]:
    """Portraits that share nothing with anybody, all older than those given before them."""
    return [
        portrait_named(f"Passant {number}", tags=[f"t{number}"], **fields)
        for number in range(count)
    ]


def beside(series: Series, source: str = LEA) -> list[str]:
    """The names of those who are shown beside a portrait, best first."""
    names = {row.source: row.name for row in series.rows(PortraitRow)}
    return [names[row.other] for row in series.rows(RelatedRow, "source", source)]


def reasons(series: Series, source: str = LEA, lang: str = "fr") -> list[str]:
    return [
        reason_text(row.kind, row.value, row.by, lang)
        for row in series.rows(RelatedRow, "source", source)
    ]


def among_strangers(*portraits: Portrait, **given: object) -> Series:
    return series_with(*portraits, *strangers(8), **given)


@pytest.mark.parametrize(
    ("lea", "sam", "why"),
    [
        ({"recommends": ["@zoe"]}, {"recommends": ["@Zoe"]}, "recommandation commune\u00a0: @zoe"),
        ({"organization": "evenko"}, {"organization": "Evenko"}, "même organisation\u00a0: evenko"),
        ({"tags": ["Musique"]}, {"tags": ["musique"]}, "étiquette commune\u00a0: Musique"),
        (
            {"own_answers": {"velo": ("Le vélo ?", "Oui.")}},
            {"own_answers": {"velo": "Non."}},
            "a aussi répondu à «\u00a0Le vélo ?\u00a0»",
        ),
        ({"recommends": ["@sam"]}, {"accounts": ["@Sam"]}, "Léa recommande @sam"),
        ({"accounts": ["@lea"]}, {"recommends": ["@lea"]}, "Sam recommande @lea"),
    ],
)
def test_what_two_portraits_share_relates_them(lea, sam, why):
    series = among_strangers(portrait_named("Léa", **lea), portrait_named("Sam", **sam))
    assert beside(series) == ["Sam"]
    assert reasons(series) == [why]


def test_questions_of_one_theme_relate_those_who_were_asked_different_ones():
    series = among_strangers(
        portrait_named("Léa", answers={"disque": "Un seul."}),
        portrait_named("Sam", answers={"concert": "Hier."}),
        questions=[question("disque", tags=["musique"]), question("concert", tags=["musique"])],
    )
    assert reasons(series) == ["thème commun\u00a0: musique"]


def test_a_question_of_the_questionnaire_is_named_as_the_questionnaire_has_it():
    series = among_strangers(
        portrait_named("Léa", answers={"disque": ("Ton disque?", "Un seul.")}),
        portrait_named("Sam", answers={"disque": "Aucun."}),
        questions=[question("disque", "Quel disque emporterais-tu ?")],
    )
    [row] = series.rows(RelatedRow, "source", LEA)
    assert (row.kind, row.value) == ("question", "Quel disque emporterais-tu ?")


def test_the_rarer_of_two_shared_things_says_more():
    series = among_strangers(
        portrait_named("Léa", tags=["musique", "jazz"]),
        portrait_named("Ana", tags=["musique"]),
        portrait_named("Zoé", tags=["musique"]),
        portrait_named("Sam", tags=["jazz"]),
    )
    assert beside(series) == ["Sam", "Ana", "Zoé"]


def test_of_all_that_two_portraits_share_the_one_thing_that_says_most_is_named():
    series = among_strangers(
        portrait_named("Léa", tags=["musique", "jazz"], organization="evenko"),
        portrait_named("Ana", tags=["musique"]),
        portrait_named("Sam", tags=["musique", "jazz"]),
        portrait_named("Zoé", tags=["jazz"], organization="evenko"),
    )
    assert dict(zip(beside(series), reasons(series), strict=True)) == {
        "Zoé": "même organisation\u00a0: evenko",
        "Sam": "étiquette commune\u00a0: jazz",
        "Ana": "étiquette commune\u00a0: musique",
    }


def test_what_more_than_half_the_portraits_have_says_nothing():
    series = series_with(
        *(
            portrait_named(name, tags=["musique"], answers={"etudes": "Oui."})
            for name in ("Léa", "Sam", "Ana")
        ),
        portrait_named("Zoé"),
        questions=[question("etudes", tags=["parcours"])],
    )
    assert beside(series) == []


def test_two_portraits_alone_are_still_related_by_what_they_share():
    series = series_with(*(portrait_named(name, tags=["jazz"]) for name in ("Léa", "Sam")))
    assert beside(series) == ["Sam"]


def test_naming_each_other_outweighs_sharing_a_tag():
    series = among_strangers(
        portrait_named("Léa", tags=["jazz"], recommends=["@sam"]),
        portrait_named("Ana", tags=["jazz"]),
        portrait_named("Sam", accounts=["@sam"]),
    )
    assert beside(series) == ["Sam", "Ana"]


def test_of_two_who_name_each_other_the_portrait_itself_is_said_to_name_the_other():
    series = among_strangers(
        portrait_named("Léa", accounts=["@lea"], recommends=["@sam"]),
        portrait_named("Sam", accounts=["@sam"], recommends=["@lea"]),
    )
    assert reasons(series) == ["Léa recommande @sam"]
    assert reasons(series, "portraits/sam.md") == ["Sam recommande @lea"]


def test_of_equals_the_nearest_in_time_comes_first_then_the_newer():
    jazz = {"tags": ["jazz"]}
    series = among_strangers(
        portrait_named("Ana", **jazz),
        portrait_named("Zoé", **jazz),
        portrait_named("Léa", **jazz),
        portrait_named("Sam", **jazz),
    )
    assert beside(series) == ["Zoé", "Sam", "Ana"]


def test_one_more_is_kept_than_is_shown_because_the_next_portrait_is_shown_apart():
    jazz = [portrait_named(name, tags=["jazz"]) for name in ("Léa", "Sam", "Ana", "Zoé")]
    assert len(beside(among_strangers(*jazz, settings=Settings(related=2)))) == 3
    assert beside(among_strangers(*jazz, settings=Settings(related=0))) == []


def test_of_a_thing_that_many_have_only_the_nearest_in_time_are_looked_at():
    tagged = [portrait_named(f"Nom {number}", tags=["jazz"]) for number in range(200)]
    series = series_with(*tagged, *strangers(300), settings=MANY)
    assert beside(series, tagged[0].source) == [f"Nom {n}" for n in range(1, NEAREST + 1)]
    around = {f"Nom {n}" for n in range(100 - NEAREST, 100 + NEAREST + 1)} - {"Nom 100"}
    assert set(beside(series, tagged[100].source)) == around


def test_portraits_are_compared_within_their_language():
    series = series_with(
        portrait_named("Léa", tags=["jazz"], recommends=["@sam"]),
        portrait_named("Sam", lang="en", tags=["jazz"], accounts=["@sam"]),
        *strangers(4),
        *strangers(4, lang="en"),
    )
    assert beside(series) == []


def test_english_portraits_have_english_reasons():
    series = series_with(
        portrait_named("Léa", lang="en", recommends=["@zoe", "@sam"]),
        portrait_named("Sam", lang="en", recommends=["@zoe"], accounts=["@sam"]),
        portrait_named("Ana", lang="en", recommends=["@zoe"]),
        *strangers(8, lang="en"),
    )
    assert beside(series, "portraits/lea.en.md") == ["Sam", "Ana"]
    assert reasons(series, "portraits/lea.en.md", "en-CA") == [
        "Léa recommends @sam",
        "both recommend @zoe",
    ]


@pytest.mark.parametrize(
    ("twice", "once", "ana"),
    [
        (
            {"recommends": ["@zoe", "@Zoe"], "tags": ["jazz"]},
            {"recommends": ["@zoe"]},
            {"tags": ["jazz"]},
        ),
        ({"tags": ["Été", "ete"]}, {"tags": ["été"]}, {}),
        (
            {"answers": {"disque": "Un."}, "own_answers": {"disque": "Deux."}},
            {"answers": {"disque": "Un."}},
            {},
        ),
    ],
)
def test_what_a_portrait_has_twice_is_shared_once(twice, once, ana):
    series = among_strangers(
        portrait_named("Léa", organization="evenko", **twice),
        portrait_named("Sam", **once),
        portrait_named("Ana", organization="evenko", **ana),
    )
    assert beside(series) == ["Ana", "Sam"]


def test_a_portrait_that_the_site_does_not_show_is_beside_nobody():
    series = among_strangers(
        portrait_named("Léa", tags=["jazz"]),
        portrait_named("Sam", tags=["jazz"], date="2030-01-01"),
    )
    assert beside(series) == []
    assert beside(series, "portraits/sam.md") == []


def test_sizes_are_rounded_to_half_octaves():
    assert [half_octaves(size) for size in (1, 2, 3, 4, 8, 1024)] == [0, 2, 3, 4, 6, 20]


def test_one_more_portrait_moves_no_weight_of_a_large_series():
    tagged = [portrait_named(f"Nom {number}", tags=["jazz"]) for number in range(40)]
    site = site_with(*tagged, *strangers(60))
    before = site.rows(PopularityRow)
    assert before["popularity"]
    site.portraits["portraits/zoe.md"] = portrait_named("Zoé", tags=["jazz"], date="2001-01-01")
    site.update()
    assert site.rows(PopularityRow) == before


TEN = tuple(
    portrait_named(
        f"Nom {number}",
        date=f"2012-01-0{1 + number % 2}",
        tags=[f"t{number % 3}"],
        accounts=[f"@a{number}"],
        recommends=[f"@a{number * 3 % 10}", "@zoe"],
    )
    for number in range(10)
)
"""Portraits that share and name each other, five of them on each of two days."""


@cache
def all_at_once() -> dict[str, list[RelatedRow]]:
    return site_with(*TEN).rows(RelatedRow)


@given(st.permutations(TEN))
@settings(max_examples=25)
def test_related_portraits_do_not_depend_on_the_order_in_which_files_are_read(portraits):
    assert site_with(*portraits).rows(RelatedRow) == all_at_once()


@given(st.permutations(TEN))
@settings(max_examples=10)
def test_portraits_that_come_one_by_one_are_related_as_all_of_them_at_once(portraits):
    site = site_with()
    for portrait in portraits:
        site.portraits[portrait.source] = portrait
        site.update()
    assert site.rows(RelatedRow) == all_at_once()


def test_neighbours_are_the_next_in_time_in_the_same_language():
    pages = pages_with(
        portrait_named("Ana", date="2011-01-01"),
        portrait_named("Léa", date="2012-01-01"),
        portrait_named("Bob", lang="en", date="2012-06-01"),
        portrait_named("Sam", date="2013-01-01"),
    )

    def around(name: str, lang: str = "fr") -> list[str | None]:
        return [one and one.name for one in neighbours(pages, pages.summary_named(name, lang))]

    assert around("Ana") == [None, "Léa"]
    assert around("Léa") == ["Ana", "Sam"]
    assert around("Sam") == ["Léa", None]
    assert around("Bob", "en") == [None, None]


def test_neighbours_of_one_day_stand_in_the_order_of_their_addresses():
    pages = pages_with(*(portrait_named(name, date="2012-01-01") for name in ("Léa", "Ana", "Sam")))
    older, newer = neighbours(pages, pages.summary_named("Léa"))
    assert (older and older.name, newer and newer.name) == ("Sam", "Ana")
