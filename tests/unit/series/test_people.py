"""Test what people.yml adds to the series: whose accounts are whose, and where people are today."""

from __future__ import annotations

from portraits.drawing.statistics import recommended
from portraits.model.people import HeldAccount, Person
from portraits.pages.directory import KIND
from portraits.pages.exports import KIND as EXPORTS
from portraits.pages.exports import portrait_exports
from portraits.pages.graph import graph_of
from portraits.site.account_lives import presences_of
from portraits.site.fragments import PortraitRenderer
from portraits.site.views import DirectoryEntryView, Fragment

from tests.builders import Pages, account, pages_with, portrait_named, series_with

ARCHIVE = "https://web.archive.org/web/2022/https://twitter.com/zoe"


def held(notation: str, since: str = "", until: str = "", archived: str = "") -> HeldAccount:
    return HeldAccount(account(notation), since, until, archived, 3)


def somebody(name: str, *accounts: HeldAccount, portrait: str = "") -> Person:
    return Person(name.lower(), name, portrait, accounts, 2)


MOVED = somebody("Zoé", held("@zoe", "2009", "2022"), held("@zoe@mastodon.example", "2022"))


def entries(pages: Pages) -> tuple[DirectoryEntryView, ...]:
    shown: tuple[DirectoryEntryView, ...] = pages.shown(KIND).entries
    return shown


def fragment(pages: Pages, name: str) -> Fragment:
    return PortraitRenderer(pages, pages.summary_named(name)).fragment


def test_accounts_of_somebody_without_a_portrait_are_one_entry_under_the_name():
    pages = pages_with(
        portrait_named("Léa", recommends=["@zoe", "@bob"]),
        portrait_named("Ana", recommends=["@zoe@mastodon.example"]),
        people=[MOVED],
    )
    zoe, bob = entries(pages)
    assert (zoe.name, zoe.count, zoe.initial, zoe.person) == ("Zoé", 2, "Z", None)
    assert [(one.label, one.years) for one in zoe.accounts] == [
        ("@zoe@mastodon.example", "depuis 2022"),
        ("@zoe", "de 2009 à 2022"),
    ]
    assert bob.name == "@bob"


def test_an_account_that_is_given_up_leads_to_its_archived_copy_or_nowhere():
    gone = somebody("Zoé", held("@zoe", until="2022"))
    kept = somebody("Bob", held("@bob", until="2020", archived=ARCHIVE))
    bob, zoe = entries(
        pages_with(portrait_named("Léa", recommends=["@zoe", "@bob"]), people=[gone, kept])
    )
    assert (zoe.url, zoe.accounts[0].url) == ("", "")
    assert (bob.url, bob.accounts[0].url) == (ARCHIVE, ARCHIVE)


def test_accounts_that_nobody_recommends_are_shown_with_those_of_the_person():
    [zoe] = entries(pages_with(portrait_named("Léa", recommends=["@zoe"]), people=[MOVED]))
    assert [one.label for one in zoe.accounts] == ["@zoe@mastodon.example", "@zoe"]
    assert zoe.url == "https://mastodon.example/@zoe"


def test_somebody_whom_nobody_recommends_is_not_in_the_directory():
    assert entries(pages_with(portrait_named("Léa"), people=[MOVED])) == ()


def test_a_portrait_is_found_through_any_account_of_the_person_or_by_its_name():
    lea = portrait_named("Léa", recommends=["@zoe"])
    for portrait, known in (
        (portrait_named("Zoé", accounts=["@zoe@mastodon.example"]), MOVED),
        (portrait_named("Zoé"), somebody("Zoé", held("@zoe"), portrait="portraits/zoe.md")),
    ):
        [zoe] = entries(pages_with(lea, portrait, people=[known]))
        assert zoe.person is not None
        assert (zoe.name, zoe.url) == ("Zoé", "/portraits/zoe/")


def test_a_named_translation_stands_for_the_portrait_that_counts():
    pages = pages_with(
        portrait_named("Léa", recommends=["@zoe"]),
        portrait_named("Zoé"),
        portrait_named("Zoé", lang="en"),
        people=[somebody("Zoé", held("@zoe"), portrait="portraits/zoe.en.md")],
    )
    [zoe] = entries(pages)
    assert zoe.url == "/portraits/zoe/"


def test_a_card_says_where_the_account_was_then_and_where_the_person_is_now():
    pages = pages_with(
        portrait_named("Léa", recommends=["@zoe", "@bob"], date="2011-08-01"), people=[MOVED]
    )
    zoe, bob = fragment(pages, "Léa").recommendations
    assert [(life.label, life.url) for life in zoe.lives] == [
        ("Sur Twitter en 2011", ""),
        ("sur Mastodon depuis 2022", "https://mastodon.example/@zoe"),
    ]
    assert (zoe.url, bob.url, bob.lives) == ("", "https://twitter.com/bob", ())


def test_a_card_written_after_an_account_closed_says_until_when_it_was_open():
    closed = somebody("Zoé", held("@zoe", until="2010", archived=ARCHIVE))
    pages = pages_with(
        portrait_named("Léa", recommends=["@zoe"], date="2011-08-01"), people=[closed]
    )
    [zoe] = fragment(pages, "Léa").recommendations
    assert [life.label for life in zoe.lives] == ["Sur Twitter jusqu’en 2010"]
    assert zoe.url == ARCHIVE


def test_a_web_site_goes_by_its_address():
    known = somebody("Zoé", held("@zoe", until="2015"), held("https://zoe.example/", "2015"))
    pages = pages_with(
        portrait_named("Léa", recommends=["@zoe"], date="2011-08-01"), people=[known]
    )
    [zoe] = fragment(pages, "Léa").recommendations
    assert [life.label for life in zoe.lives][1] == "sur zoe.example depuis 2015"


def test_others_who_recommend_another_account_of_the_person_are_named_on_the_card():
    pages = pages_with(
        portrait_named("Léa", recommends=["@zoe"]),
        portrait_named("Ana", recommends=["@zoe@mastodon.example"]),
        people=[MOVED],
    )
    [zoe] = fragment(pages, "Léa").recommendations
    assert [person.label for person in zoe.also] == ["Ana"]


def test_a_portrait_shows_the_accounts_of_today_after_those_of_its_day():
    pages = pages_with(portrait_named("Zoé", accounts=["@zoe"]), people=[MOVED])
    shown = fragment(pages, "Zoé").presences
    assert [(one.network, one.account and one.account.url, one.note) for one in shown] == [
        ("twitter", "", "de 2009 à 2022"),
        ("mastodon", "https://mastodon.example/@zoe", "depuis 2022"),
    ]
    summary = pages.summary_named("Zoé")
    assert presences_of(pages, summary, pages.portrait(summary.source).accounts) == shown


def test_exports_take_the_living_account_once_with_all_who_recommend_the_person():
    pages = pages_with(
        portrait_named("Léa", recommends=["@zoe"]),
        portrait_named("Ana", recommends=["@zoe@mastodon.example"]),
        people=[MOVED],
    )
    files = {file.address: file.content.decode() for file in EXPORTS.make(pages, "")}
    assert "zoe@mastodon.example,true" in files["recommandations/recommandations.csv"]
    text = files["recommandations/recommandations.txt"]
    assert text == "@zoe@mastodon.example — https://mastodon.example/@zoe\n"
    assert '"name": "Ana"' in files["recommandations/recommandations.json"]
    assert '"name": "Léa"' in files["recommandations/recommandations.json"]
    own = {
        file.address: file.content for file in portrait_exports(pages, pages.summary_named("Léa"))
    }
    assert own["portraits/lea/recommandations.txt"] == text.encode()


def test_exports_of_somebody_who_left_hold_the_archived_copy_or_nothing():
    lea = portrait_named("Léa", recommends=["@zoe"])
    for archived, expected in ((ARCHIVE, f"@zoe — {ARCHIVE}\n"), ("", "")):
        pages = pages_with(lea, people=[somebody("Zoé", held("@zoe", "", "2022", archived))])
        text = "".join(
            file.content.decode()
            for file in portrait_exports(pages, pages.summary_named("Léa"))
            if file.address.endswith(".txt")
        )
        assert text == expected


def test_the_graph_and_the_figures_count_one_person():
    given = (
        portrait_named("Léa", recommends=["@zoe", "@zoe@mastodon.example"]),
        portrait_named("Ana", recommends=["@zoe@mastodon.example"]),
    )
    graph = graph_of(pages_with(*given, people=[MOVED]))
    assert [node.label for node in graph.nodes] == ["Léa", "Ana", "Zoé"]
    assert len(graph.edges) == 2
    found = recommended(series_with(*given, people=[MOVED]), 10, not_yet_interviewed=True)
    assert [(one.label, one.people) for one in found] == [("Zoé", ("Léa", "Ana"))]
