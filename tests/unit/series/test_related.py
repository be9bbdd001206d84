"""Which portraits go together, and why; and those before and after in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.neighbours import neighbours
from portraits.outline import Outline
from portraits.related import NEAREST, Reason, Related, RelatedIndex, related

from tests.builders import library_with, portrait_named, question

LEA = ("fr", "lea")


def strangers(count: int, **fields: object) -> list[Outline]:
    """Portraits that share nothing with anybody, all older than those given before them."""
    return [portrait_named(f"Passant {number}", tags=[f"t{number}"], **fields)
            for number in range(count)]


def beside_lea(*outlines: Outline, count: int = 5) -> tuple[Related, ...]:
    return related(library_with(*outlines, *strangers(8)), count)[LEA]


def names(found: tuple[Related, ...]) -> list[str]:
    return [one.outline.name for one in found]


def reasons(found: tuple[Related, ...], lang: str = "fr") -> list[str]:
    return [reason.text(lang) for one in found for reason in one.reasons]


@pytest.mark.parametrize(("lea", "sam", "why"), [
    ({"recommends": ["@zoe"]}, {"recommends": ["@Zoe"]}, "recommandation commune\u00a0: @zoe"),
    ({"organization": "evenko"}, {"organization": "Evenko"}, "même organisation\u00a0: evenko"),
    ({"tags": ["Musique"]}, {"tags": ["musique"]}, "étiquette commune\u00a0: Musique"),
    ({"own_answers": {"velo": ("Le vélo ?", "Oui.")}}, {"own_answers": {"velo": "Non."}},
     "ont répondu à «\u00a0Le vélo ?\u00a0»"),
    ({"recommends": ["@sam"]}, {"accounts": ["@Sam"]}, "Léa recommande @sam"),
    ({"accounts": ["@lea"]}, {"recommends": ["@lea"]}, "Sam recommande @lea"),
])
def test_what_two_portraits_share_relates_them(lea, sam, why):
    found = beside_lea(portrait_named("Léa", **lea), portrait_named("Sam", **sam))
    assert names(found) == ["Sam"]
    assert reasons(found) == [why]


def test_questions_of_one_theme_relate_those_who_were_asked_different_ones():
    library = library_with(
        portrait_named("Léa", answers={"disque": "Un seul."}),
        portrait_named("Sam", answers={"concert": "Hier."}), *strangers(8),
        questions=[question("disque", tags=["musique"]), question("concert", tags=["musique"])])
    assert reasons(related(library, 3)[LEA]) == ["thème commun\u00a0: musique"]


def test_a_question_of_the_questionnaire_is_named_as_the_questionnaire_has_it():
    library = library_with(
        portrait_named("Léa", answers={"disque": ("Ton disque?", "Un seul.")}),
        portrait_named("Sam", answers={"disque": "Aucun."}), *strangers(8),
        questions=[question("disque", "Quel disque emporterais-tu ?")])
    [reason] = related(library, 3)[LEA][0].reasons
    assert reason == Reason("question", "Quel disque emporterais-tu ?")


def test_the_rarer_of_two_shared_things_says_more():
    found = beside_lea(
        portrait_named("Léa", tags=["musique", "jazz"]),
        portrait_named("Ana", tags=["musique"]), portrait_named("Zoé", tags=["musique"]),
        portrait_named("Sam", tags=["jazz"]))
    assert names(found) == ["Sam", "Ana", "Zoé"]


def test_what_more_than_half_the_portraits_have_says_nothing():
    library = library_with(
        *(portrait_named(name, tags=["musique"], answers={"etudes": "Oui."})
          for name in ("Léa", "Sam", "Ana")), portrait_named("Zoé"),
        questions=[question("etudes", tags=["parcours"])])
    assert related(library, 3)[LEA] == ()


def test_two_portraits_alone_are_still_related_by_what_they_share():
    library = library_with(*(portrait_named(name, tags=["jazz"]) for name in ("Léa", "Sam")))
    assert names(related(library, 3)[LEA]) == ["Sam"]


def test_naming_each_other_outweighs_sharing_a_tag():
    found = beside_lea(
        portrait_named("Léa", tags=["jazz"], recommends=["@sam"]),
        portrait_named("Ana", tags=["jazz"]), portrait_named("Sam", accounts=["@sam"]))
    assert names(found) == ["Sam", "Ana"]


def test_of_equals_the_nearest_in_time_comes_first_then_the_newer():
    jazz = {"tags": ["jazz"]}
    found = beside_lea(
        portrait_named("Ana", **jazz), portrait_named("Zoé", **jazz),
        portrait_named("Léa", **jazz), portrait_named("Sam", **jazz))
    assert names(found) == ["Zoé", "Sam", "Ana"]


def test_no_more_are_shown_than_were_asked_for():
    jazz = [portrait_named(name, tags=["jazz"]) for name in ("Léa", "Sam", "Ana", "Zoé")]
    assert len(beside_lea(*jazz, count=2)) == 2
    assert beside_lea(*jazz, count=0) == ()


def test_of_a_thing_that_many_have_only_the_nearest_in_time_are_looked_at():
    tagged = [portrait_named(f"Nom {number}", tags=["jazz"]) for number in range(200)]
    library = library_with(*tagged, *strangers(300))
    index = RelatedIndex(library)
    first, middle = library.portraits[0], library.portraits[100]
    assert len(index.of(first, 500)) == NEAREST
    assert len(index.of(middle, 500)) == 2 * NEAREST


def test_portraits_are_compared_within_their_language():
    library = library_with(
        portrait_named("Léa", tags=["jazz"]), portrait_named("Sam", lang="en", tags=["jazz"]),
        *strangers(4), *strangers(4, lang="en"))
    assert related(library, 3)[LEA] == ()


def test_english_portraits_have_english_reasons():
    library = library_with(
        portrait_named("Léa", lang="en", recommends=["@zoe", "@sam"]),
        portrait_named("Sam", lang="en", recommends=["@zoe"], accounts=["@sam"]),
        *strangers(8, lang="en"))
    found = related(library, 3)["en", "lea"]
    assert reasons(found, "en-CA") == ["Léa recommends @sam", "both recommend @zoe"]


def test_one_portrait_asked_alone_gets_what_the_whole_series_gives_it():
    outlines = [portrait_named(f"Nom {number}", tags=[f"t{number % 3}"], accounts=[f"@a{number}"],
                               recommends=[f"@a{number * 3 % 10}"]) for number in range(10)]
    library = library_with(*outlines)
    index = RelatedIndex(library)
    assert {(one.lang, one.slug): index.of(one, 3) for one in library.portraits} \
        == related(library, 3)


def test_features_name_everything_that_can_be_shared_once():
    lea = portrait_named("Léa", recommends=["@zoe", "@Zoe"], organization="Évenko",
                         tags=["Été"], answers={"disque": "Un."}, own_answers={"velo": "Oui."})
    library = library_with(lea, questions=[question("disque", tags=["musique"])])
    assert RelatedIndex(library).features(lea) == (
        ("account", "twitter:zoe"), ("organization", "evenko"), ("tag", "ete"),
        ("question", "disque"), ("theme", "musique"), ("question", "velo"))


@given(st.permutations(range(8)))
def test_related_portraits_do_not_depend_on_the_order_in_which_files_are_read(order):
    outlines = [
        portrait_named(f"Nom {number}", date=f"2012-01-0{1 + number % 2}", tags=[f"t{number % 3}"],
                       accounts=[f"@a{number}"], recommends=[f"@a{number * 3 % 8}", "@zoe"])
        for number in range(8)
    ]
    shuffled = library_with(*(outlines[number] for number in order))
    assert related(shuffled, 3) == related(library_with(*outlines), 3)


def test_neighbours_are_the_next_in_time_in_the_same_language():
    library = library_with(
        portrait_named("Ana", date="2011-01-01"), portrait_named("Léa", date="2012-01-01"),
        portrait_named("Bob", lang="en", date="2012-06-01"),
        portrait_named("Sam", date="2013-01-01"))
    found = neighbours(library)
    around = {slug: (ends.previous and ends.previous.name, ends.next and ends.next.name)
              for (_, slug), ends in found.items()}
    assert around == {"ana": (None, "Léa"), "lea": ("Ana", "Sam"), "sam": ("Léa", None),
                      "bob": (None, None)}
