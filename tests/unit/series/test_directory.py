"""The #FF directory: every recommended account, and who recommends it."""

from hypothesis import given
from hypothesis import strategies as st
from portraits.directory import Directory, directory
from portraits.model import Status
from portraits.outline import Outline

from tests.builders import library_with, portrait_named


def directory_of(*outlines: Outline) -> Directory:
    return directory(library_with(*outlines), "fr")


def listed(found: Directory) -> list[tuple[str, list[str]]]:
    return [(entry.account.label, [recommender.outline.name for recommender in entry.recommenders])
            for entry in found.entries]


def test_the_most_recommended_account_comes_first_and_ties_go_by_key():
    found = directory_of(
        portrait_named("Léa", recommends=["@zoe", "@sam"]),
        portrait_named("Ana", recommends=["@sam", "@bob"]),
    )
    assert listed(found) == [("@sam", ["Léa", "Ana"]), ("@bob", ["Ana"]), ("@zoe", ["Léa"])]
    assert [entry.count for entry in found.entries] == [2, 1, 1]


def test_recommenders_come_newest_first_with_their_reasons():
    found = directory_of(
        portrait_named("Léa", recommends=[("@sam", "pour ses photos")], date="2011-01-01"),
        portrait_named("Ana", recommends=[("@sam", "pour rire")], date="2012-01-01"),
    )
    [entry] = found.entries
    assert [(recommender.outline.name, recommender.reason_text, recommender.reason_html)
            for recommender in entry.recommenders] == [
        ("Ana", "pour rire", "<p>pour rire</p>"),
        ("Léa", "pour ses photos", "<p>pour ses photos</p>"),
    ]


def test_the_spelling_used_most_is_shown_and_the_newest_of_two_equals():
    found = directory_of(
        portrait_named("Ana", recommends=["@HeavyMTL", "@osheaga"]),
        portrait_named("Léa", recommends=["@heavymtl", "@Osheaga"]),
        portrait_named("Sam", recommends=["@heavymtl"]),
    )
    assert [entry.account.label for entry in found.entries] == ["@heavymtl", "@osheaga"]


def test_an_account_named_twice_in_one_list_is_recommended_once_for_the_first_reason():
    [entry] = directory_of(
        portrait_named("Léa", recommends=[("@sam", "d’abord"), ("@ana", ""), ("@Sam", "encore")]),
    ).by_network["twitter"][1:]
    assert [recommender.reason_text for recommender in entry.recommenders] == ["d’abord"]


def test_an_account_leads_to_the_portrait_of_its_owner():
    sam = portrait_named("Sam", accounts=["@Sam", "@sam@mastodon.example"])
    found = directory_of(portrait_named("Léa", recommends=["@sam", "@evenko"]), sam)
    assert {entry.account.label: entry.person and entry.person.name for entry in found.entries} \
        == {"@sam": "Sam", "@evenko": None}


def test_of_two_portraits_that_claim_an_account_the_newest_owns_it():
    found = directory_of(
        portrait_named("Sam", slug="sam-2", accounts=["@sam"], date="2014-01-01"),
        portrait_named("Sam", accounts=["@sam"], date="2011-01-01"),
        portrait_named("Léa", recommends=["@sam"]),
    )
    assert found.entries[0].person is not None
    assert found.entries[0].person.slug == "sam-2"


def test_the_older_of_two_portraits_that_claim_an_account_is_not_recommended_through_it():
    older = portrait_named("Sam", accounts=["@sam"], date="2011-01-01")
    newer = portrait_named("Samuel", accounts=["@sam"], date="2014-01-01")
    found = directory_of(older, newer, portrait_named("Léa", recommends=["@sam"]))
    assert (len(found.recommending(newer)), len(found.recommending(older))) == (1, 0)


def test_people_are_recommended_through_their_own_accounts_once_by_each_person():
    sam = portrait_named("Sam", accounts=["@sam", "@sam@mastodon.example"], manages=["@evenko"],
                         date="2010-01-01")
    found = directory_of(
        portrait_named("Ana", recommends=["@evenko"]),
        portrait_named("Léa", recommends=[("@sam@mastodon.example", "là"), ("@sam", "ici")]),
        portrait_named("Zoé", recommends=["@sam"]), sam,
    )
    recommenders = found.recommending(library_with(sam).portraits[0])
    assert [(found.outline.name, found.reason_text) for found in recommenders] \
        == [("Léa", "ici"), ("Zoé", "")]


def test_people_do_not_recommend_themselves():
    sam = portrait_named("Sam", accounts=["@sam"], recommends=["@sam"], date="2011-01-01")
    found = directory_of(sam)
    assert found.recommending(sam) == ()
    assert listed(found) == [("@sam", ["Sam"])]


def test_a_translation_is_recommended_like_the_portrait_it_translates():
    english = portrait_named("Sam", accounts=["@sam"], lang="en", date="2011-01-01")
    found = directory_of(
        portrait_named("Sam", accounts=["@sam"], date="2011-01-01"), english,
        portrait_named("Léa", recommends=["@sam"]))
    assert [recommender.outline.name for recommender in found.recommending(english)] == ["Léa"]


def test_a_translated_portrait_recommends_once_with_its_reason_in_the_language_of_the_site():
    library = library_with(
        portrait_named("Léa", recommends=[("@sam", "drôle")], date="2011-01-01"),
        portrait_named("Léa", lang="en", recommends=[("@sam", "funny")], date="2011-01-02"),
    )
    for lang, reason in (("fr", "drôle"), ("en", "funny"), ("de", "funny")):
        [entry] = directory(library, lang).entries
        assert [recommender.reason_text for recommender in entry.recommenders] == [reason]


def test_networks_come_with_most_accounts_first():
    found = directory_of(portrait_named(
        "Léa", recommends=["@a", "@b", "@c@mastodon.example", "https://ana.example/"]))
    assert [(network, len(entries)) for network, entries in found.by_network.items()] \
        == [("twitter", 2), ("mastodon", 1), ("web", 1)]


def test_those_not_yet_interviewed_are_recommended_twice_and_unknown_to_the_series():
    both = ["@sam", "@evenko", "@nadia", "@nul"]
    found = directory_of(
        portrait_named("Léa", recommends=both), portrait_named("Ana", recommends=both[:3]),
        portrait_named("Sam", accounts=["@sam"], manages=["@evenko"]),
    )
    assert [entry.account.label for entry in found.not_yet_interviewed] == ["@nadia"]


def test_an_unpublished_portrait_neither_recommends_nor_owns_anything():
    found = directory_of(
        portrait_named("Sam", accounts=["@sam"], recommends=["@ana"], status=Status.DRAFT),
        portrait_named("Léa", recommends=["@sam"]))
    assert [(entry.account.label, entry.person) for entry in found.entries] == [("@sam", None)]


@given(st.permutations(range(7)))
def test_the_directory_does_not_depend_on_the_order_in_which_files_are_read(order):
    outlines = [
        portrait_named(
            f"Nom {number}", date=f"2012-01-0{1 + number % 2}", accounts=[f"@a{number // 2}"],
            recommends=[f"@A{number % 3}" if number % 2 else f"@a{number % 3}", f"@b{number % 4}"])
        for number in range(7)
    ]
    assert directory_of(*(outlines[number] for number in order)) == directory_of(*outlines)
