"""The #FF directory: every recommended account, and who recommends it."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portraits.drawing.statistics import recommended
from portraits.model.portrait import Portrait, Status
from portraits.pages.directory import KIND, TOP
from portraits.pages.portrait.page import recommended_by
from portraits.series.tables import AccountRow, CrowdedRow, EntryCountRow
from portraits.series.views.accounts import PAGE
from portraits.settings import Settings
from portraits.site.views import DirectoryEntryView, DirectoryPage

from tests.builders import Pages, pages_with, portrait_named, series_with, site_with


def entries_of(*portraits: Portrait, **given: object) -> tuple[DirectoryEntryView, ...]:
    """The entries of the first page of the directory."""
    page: DirectoryPage = pages_with(*portraits, **given).shown(KIND)
    return page.entries


def listed(entries: tuple[DirectoryEntryView, ...]) -> list[tuple[str, list[str]]]:
    return [
        (entry.name, [one.person.label for one in (*entry.recommenders, *entry.more)])
        for entry in entries
    ]


def owners(entries: tuple[DirectoryEntryView, ...]) -> dict[str, str]:
    """Account -> where the portrait of its owner stands; empty for nobody's."""
    return {
        one.label: entry.person.url if entry.person else ""
        for entry in entries
        for one in entry.accounts
    }


def recommending(pages: Pages, name: str, lang: str = "fr") -> list[tuple[str, str]]:
    """Who recommends somebody, and why."""
    return [
        (one.name, reason) for one, reason in recommended_by(pages, pages.summary_named(name, lang))
    ]


def test_the_most_recommended_account_comes_first_and_ties_go_by_key():
    entries = entries_of(
        portrait_named("Léa", recommends=["@zoe", "@sam"]),
        portrait_named("Ana", recommends=["@sam", "@bob"]),
    )
    assert listed(entries) == [("@sam", ["Léa", "Ana"]), ("@bob", ["Ana"]), ("@zoe", ["Léa"])]
    assert [entry.count for entry in entries] == [2, 1, 1]


def test_recommenders_come_newest_first_with_their_reasons():
    [entry] = entries_of(
        portrait_named("Léa", recommends=[("@sam", "pour ses photos")], date="2011-01-01"),
        portrait_named("Ana", recommends=[("@sam", "pour rire")], date="2012-01-01"),
    )
    assert [(one.person.label, one.reason) for one in entry.recommenders] == [
        ("Ana", "<p>pour rire</p>"),
        ("Léa", "<p>pour ses photos</p>"),
    ]


def test_the_spelling_used_most_is_shown_and_the_newest_of_two_equals():
    entries = entries_of(
        portrait_named("Ana", recommends=["@HeavyMTL", "@osheaga"]),
        portrait_named("Léa", recommends=["@heavymtl", "@Osheaga"]),
        portrait_named("Sam", recommends=["@heavymtl"]),
    )
    assert [entry.name for entry in entries] == ["@heavymtl", "@osheaga"]


def test_an_account_named_twice_in_one_list_is_recommended_once_for_the_first_reason():
    entries = entries_of(
        portrait_named("Léa", recommends=[("@sam", "d’abord"), ("@ana", ""), ("@Sam", "encore")])
    )
    [entry] = [entry for entry in entries if entry.name == "@sam"]
    assert [one.reason for one in entry.recommenders] == ["<p>d’abord</p>"]
    assert entry.count == 1


def test_an_account_leads_to_the_portrait_of_its_owner():
    entries = entries_of(
        portrait_named("Léa", recommends=["@sam", "@evenko"]),
        portrait_named("Sam", accounts=["@Sam", "@sam@mastodon.example"]),
    )
    assert owners(entries) == {"@sam": "/portraits/sam/", "@evenko": ""}


def test_of_two_portraits_that_claim_an_account_the_newest_owns_it():
    entries = entries_of(
        portrait_named("Sam", slug="sam-2", accounts=["@sam"], date="2014-01-01"),
        portrait_named("Sam", accounts=["@sam"], date="2011-01-01"),
        portrait_named("Léa", recommends=["@sam"]),
    )
    assert owners(entries) == {"@sam": "/portraits/sam-2/"}


def test_the_older_of_two_portraits_that_claim_an_account_is_not_recommended_through_it():
    pages = pages_with(
        portrait_named("Sam", accounts=["@sam"], date="2011-01-01"),
        portrait_named("Samuel", accounts=["@sam"], date="2014-01-01"),
        portrait_named("Léa", recommends=["@sam"]),
    )
    assert recommending(pages, "Samuel") == [("Léa", "")]
    assert recommending(pages, "Sam") == []


def test_people_are_recommended_through_their_own_accounts_once_by_each_person():
    pages = pages_with(
        portrait_named("Ana", recommends=["@evenko"]),
        portrait_named("Léa", recommends=[("@sam@mastodon.example", "là"), ("@sam", "ici")]),
        portrait_named("Zoé", recommends=["@sam"]),
        portrait_named(
            "Sam",
            accounts=["@sam", "@sam@mastodon.example"],
            manages=["@evenko"],
            date="2010-01-01",
        ),
    )
    assert recommending(pages, "Sam") == [("Léa", "<p>là</p>"), ("Zoé", "")]


def test_people_do_not_recommend_themselves():
    sam = portrait_named("Sam", accounts=["@sam"], recommends=["@sam"], date="2011-01-01")
    assert recommending(pages_with(sam), "Sam") == []
    assert listed(entries_of(sam)) == [("Sam", ["Sam"])]


def test_the_accounts_of_a_person_are_one_entry_under_their_name_and_face():
    entries = entries_of(
        portrait_named("Sam", accounts=["@sam", "@sam@mastodon.example"], date="2011-01-01"),
        portrait_named("Léa", recommends=["@sam", "@sam@mastodon.example"], date="2012-01-01"),
        portrait_named("Ana", recommends=["@sam@mastodon.example", "@bob"], date="2013-01-01"),
    )
    assert listed(entries) == [("Sam", ["Ana", "Léa"]), ("@bob", ["Ana"])]
    sam, bob = entries
    assert sam.person is not None
    assert (sam.url, sam.count) == ("/portraits/sam/", 2)
    assert [one.label for one in sam.accounts] == ["@sam@mastodon.example", "@sam"]
    assert (bob.person, bob.initial) == (None, "B")


def test_networks_can_be_chosen_where_there_are_two():
    page = pages_with(
        portrait_named("Léa", recommends=["@sam", "@ana", "@sam@mastodon.example"])
    ).shown(KIND)
    assert [(one.label, one.count) for one in page.networks] == [("Twitter", 2), ("Mastodon", 1)]
    chosen = {entry.name: entry.choices for entry in page.entries}
    assert chosen == {"@sam": "choice-1", "@ana": "choice-1", "@sam@mastodon.example": "choice-2"}
    assert pages_with(portrait_named("Léa", recommends=["@sam"])).shown(KIND).networks == ()


def test_reasons_are_folded_after_three():
    many = [portrait_named(f"Nom {number}", recommends=["@sam"]) for number in range(5)]
    [entry] = entries_of(*many)
    assert (len(entry.recommenders), len(entry.more), entry.count) == (3, 2, 5)


def test_a_translation_is_recommended_like_the_portrait_it_translates():
    pages = pages_with(
        portrait_named("Sam", accounts=["@sam"], date="2011-01-01"),
        portrait_named("Sam", accounts=["@sam"], lang="en", date="2011-01-01"),
        portrait_named("Léa", recommends=["@sam"]),
    )
    assert recommending(pages, "Sam") == recommending(pages, "Sam", "en") == [("Léa", "")]


@pytest.mark.parametrize(("lang", "reason"), [("fr", "drôle"), ("en", "funny"), ("de", "funny")])
def test_a_translated_portrait_recommends_once_with_its_reason_in_the_language_of_the_site(
    lang, reason
):
    [entry] = entries_of(
        portrait_named("Léa", recommends=[("@sam", "drôle")], date="2011-01-01"),
        portrait_named("Léa", lang="en", recommends=[("@sam", "funny")], date="2011-01-02"),
        settings=Settings(lang=lang),
    )
    assert [one.reason for one in entry.recommenders] == [f"<p>{reason}</p>"]


def test_an_account_that_only_a_translation_names_is_not_in_the_directory():
    pages = pages_with(
        portrait_named("Léa", recommends=["@sam"], date="2011-01-01"),
        portrait_named("Léa", lang="en", recommends=["@bob"], date="2011-01-01"),
    )
    assert listed(pages.shown(KIND).entries) == [("@sam", ["Léa"])]
    assert pages.directory_url("twitter:bob") == "/recommandations/"


def test_those_not_yet_interviewed_are_recommended_twice_and_unknown_to_the_series():
    both = ["@sam", "@evenko", "@nadia", "@nul"]
    series = series_with(
        portrait_named("Léa", recommends=both),
        portrait_named("Ana", recommends=both[:3]),
        portrait_named("Sam", accounts=["@sam"], manages=["@evenko"]),
    )
    [nadia] = recommended(series, 10, not_yet_interviewed=True)
    assert (nadia.label, nadia.people) == ("@nadia", ("Léa", "Ana"))


def test_the_most_recommended_are_listed_with_the_names_of_those_who_do():
    series = series_with(
        portrait_named("Léa", recommends=["@sam", "@zoe"]),
        portrait_named("Ana", recommends=["@Sam"]),
        portrait_named("Sam", accounts=["@sam"]),
    )
    found = recommended(series, 10)
    assert [(one.label, one.people) for one in found] == [
        ("Sam", ("Léa", "Ana")),
        ("@zoe", ("Léa",)),
    ]
    assert recommended(series, 1) == found[:1]


def test_an_unpublished_portrait_neither_recommends_nor_owns_anything():
    given = (
        portrait_named("Sam", accounts=["@sam"], recommends=["@ana"], status=Status.DRAFT),
        portrait_named("Léa", recommends=["@sam"]),
    )
    assert owners(entries_of(*given)) == {"@sam": ""}
    assert owners(entries_of(*given, drafts=True)) == {"@ana": "", "@sam": "/portraits/sam/"}


SEVEN = tuple(
    portrait_named(
        f"Nom {number}",
        date=f"2012-01-0{1 + number % 2}",
        accounts=[f"@a{number // 2}"],
        recommends=[f"@A{number % 3}" if number % 2 else f"@a{number % 3}", f"@b{number % 4}"],
    )
    for number in range(7)
)


def whole_directory(order: Iterable[int]) -> tuple[object, ...]:
    """The directory of the SEVEN, put there in an order."""
    site = site_with(*(SEVEN[number] for number in order))
    return site.rows(AccountRow, EntryCountRow), listed(site.pages().shown(KIND).entries)


IN_ORDER = whole_directory(range(7))


@given(st.permutations(range(7)))
@settings(max_examples=25)
def test_the_directory_does_not_depend_on_the_order_in_which_files_are_read(order):
    assert whole_directory(order) == IN_ORDER


# -- pages of a large directory

CROWD = [f"@a{chr(97 + number % 3)}{number:03}" for number in range(PAGE + 1)]
"""More accounts than a page holds, whose names begin with one letter."""


def test_a_directory_that_fits_on_one_page_has_no_other():
    pages = pages_with(portrait_named("Léa", recommends=CROWD[:PAGE]))
    assert pages.keys(KIND) == [""]
    page = pages.shown(KIND)
    assert (len(page.entries), page.letters) == (PAGE, ())
    assert pages.directory_url("twitter:aa000") == "/recommandations/#twitter-aa000"


def test_a_larger_one_is_cut_by_as_many_first_letters_as_it_takes():
    pages = pages_with(portrait_named("Léa", recommends=[*CROWD, "@bob", "@Zoé", "@42"]))
    assert pages.keys(KIND) == ["", "4", "aa", "ab", "ac", "b", "z"]
    assert pages.directory_url("twitter:ab001") == "/recommandations/ab/#twitter-ab001"
    assert pages.directory_url("twitter:zoé").startswith("/recommandations/z/#twitter-zoe-")


def test_a_name_that_is_itself_a_crowded_beginning_has_a_page():
    crowd = [f"@aa{number:03}" for number in range(PAGE)]
    pages = pages_with(portrait_named("Léa", recommends=[*crowd, "@a", "@aa"]))
    assert "a" in pages.keys(KIND)
    assert [entry.name for entry in pages.shown(KIND, "a").entries] == ["@a"]
    assert [entry.name for entry in pages.shown(KIND, "aa").entries] == ["@aa"]


def test_every_account_stands_on_one_page_the_most_recommended_first():
    pages = pages_with(
        portrait_named("Léa", recommends=CROWD), portrait_named("Sam", recommends=["@ac119"])
    )
    shown = {
        key: [entry.name for entry in pages.shown(KIND, key).entries] for key in pages.keys(KIND)
    }
    assert shown[""][0] == shown["ac"][0] == "@ac119"
    assert shown["ac"][1:4] == ["@ac002", "@ac005", "@ac008"]
    assert len(shown.pop("")) == TOP
    assert sorted(label for labels in shown.values() for label in labels) == sorted(CROWD)


def test_only_the_first_page_says_how_many_accounts_each_page_holds():
    pages = pages_with(portrait_named("Léa", recommends=CROWD))
    first, other = pages.shown(KIND), pages.shown(KIND, "ab")
    assert [(link.label, link.url, link.count) for link in first.letters] == [
        ("aa", "/recommandations/aa/", 41),
        ("ab", "/recommandations/ab/", 40),
        ("ac", "/recommandations/ac/", 40),
    ]
    assert [(link.label, link.count) for link in other.letters] == [("aa", 0), ("ab", 0), ("ac", 0)]
    assert (first.letter, other.letter) == ("", "ab")


def test_one_account_more_moves_no_other_to_another_page():
    site = site_with(
        portrait_named("Léa", recommends=[*CROWD, "@bob"]),
        portrait_named("Sam", recommends=["@ac119"], date="2011-01-01"),
    )
    before = site.rows(AccountRow, CrowdedRow)
    site.portraits["portraits/sam.md"] = portrait_named(
        "Sam", recommends=["@ac119", "@zoe"], date="2011-01-01"
    )
    site.update()
    after = site.rows(AccountRow, CrowdedRow)
    assert after["crowded"] == before["crowded"]
    [more] = set(after["account"]) - set(before["account"])
    assert more.label == "@zoe"
