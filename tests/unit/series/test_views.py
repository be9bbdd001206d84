"""Views are the same whatever happened before: derived edit by edit, or of all at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portraits.model.portrait import Portrait, Status
from portraits.series.tables import (
    AccountRow,
    DirectoryEntryRow,
    EntryPageRow,
    LeadingRow,
    RelatedRow,
    SliceRow,
    TermLabelRow,
)
from portraits.series.views import VIEWS, accounts, related, terms
from portraits.series.views.slices import members, slice_of
from portraits.series.views.terms import counted
from portraits.settings import Settings

from tests.builders import SmallSite, portrait_named, question, series_with, site_with

DERIVED = tuple(table for view in VIEWS for table in view.tables)
SMALL = Settings(page_size=2, related=3)


@contextmanager
def small_bounds() -> Iterator[None]:
    """Let what is crowded, popular or left out of a list be so from a few on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "PAGE", 2)
        patch.setattr(related, "NEAREST", 1)
        patch.setattr(related, "_MANY", 2)
        patch.setattr(terms, "LEADING_TERMS", 2)
        yield


def sometimes(*values: Any) -> st.SearchStrategy[list[Any]]:
    """One of ``values`` or none: the less portraits have in common, the more an edit can miss."""
    return st.lists(st.sampled_from(values), max_size=1)


@st.composite
def portraits(draw: st.DrawFn) -> Portrait:
    """One of a few people as they may be at one moment."""
    number = draw(st.integers(0, 9))
    return portrait_named(
        f"Nom {number}",
        lang=draw(st.sampled_from(["fr", "fr", "fr", "en"])),
        date=f"201{number % 4}-01-0{draw(st.integers(1, 3))}",
        tags=draw(sometimes("Musique", "musique", "jazz")),
        organization="".join(draw(sometimes("evenko", "Evenko"))),
        accounts=draw(sometimes(f"@n{number}", "@n1")),
        manages=draw(sometimes("@ab3", "@x", "@y")),
        recommends=draw(
            st.lists(st.sampled_from(["@a1", "@A1", "@aa2", "@ab3", "@n1", "@n2"]), max_size=2)
        ),
        answers=dict.fromkeys(draw(sometimes("etudes", "outils")), "Un mot."),
        own_answers=dict.fromkeys(draw(sometimes("velo", "outils")), ("Et toi ?", "Oui.")),
        status=draw(st.sampled_from([Status.PUBLISHED] * 5 + [Status.DRAFT])),
    )


QUESTIONS = st.lists(
    st.sampled_from(
        [
            question("etudes", tags=["parcours"], en="Your studies?"),
            question("outils"),
            question("velo", tags=["parcours"]),
            question("velo", "Et le vélo ?"),
        ]
    ),
    max_size=3,
    unique_by=lambda entry: entry.id,
).map(tuple)
EDITS = st.lists(
    st.tuples(st.lists(portraits(), max_size=3), st.integers(0, 9), QUESTIONS),
    min_size=2,
    max_size=6,
)
"""Portraits that come or are edited together, one that goes, and the questionnaire of the day."""


@given(st.lists(portraits(), max_size=12), EDITS)
@settings(max_examples=40)
def test_what_is_derived_edit_by_edit_is_what_is_derived_of_all_at_once(first, edits):
    with small_bounds():
        site = site_with(*first, settings=SMALL)
        for together, gone, site.questions in edits:
            site.portraits.pop(f"portraits/nom-{gone}.md", None)
            site.portraits |= {portrait.source: portrait for portrait in together}
            site.update()
        whole = site_with(*site.portraits.values(), questions=site.questions, settings=SMALL)
        assert site.rows(*DERIVED) == whole.rows(*DERIVED)


def put(site: SmallSite, *portraits: Portrait) -> None:
    site.portraits |= {portrait.source: portrait for portrait in portraits}
    site.update()


def test_what_fewer_have_again_relates_them_again() -> None:
    def tagged(number: int, *tags: str) -> Portrait:
        return portrait_named(f"Nom {number}", date=f"2012-01-0{1 + number}", tags=tags)

    site = site_with(
        *(tagged(number, "jazz") for number in range(5)),
        *(tagged(number) for number in range(5, 9)),
    )
    assert site.rows(RelatedRow) == {"related": []}
    put(site, tagged(4))
    assert {row.source for row in site.rows(RelatedRow)["related"]} == {
        f"portraits/nom-{number}.md" for number in range(4)
    }


def test_accounts_move_to_pages_of_their_own_when_there_are_too_many_and_back() -> None:
    def pages(site: SmallSite) -> dict[str, str]:
        names = {row.entry: row.name for row in site.rows(DirectoryEntryRow)["directory_entry"]}
        return {names[row.entry]: row.page for row in site.rows(EntryPageRow)["entry_page"]}

    with small_bounds():
        site = site_with(portrait_named("Léa", recommends=["@aa", "@ab"]))
        assert pages(site) == {"@aa": "", "@ab": ""}
        put(site, portrait_named("Sam", recommends=["@b"]))
        assert pages(site) == {"@aa": "a", "@ab": "a", "@b": "b"}
        put(site, portrait_named("Ana", recommends=["@ac"]))
        assert pages(site) == {"@aa": "aa", "@ab": "ab", "@ac": "ac", "@b": "b"}
        put(site, portrait_named("Ana"), portrait_named("Sam"))
        assert pages(site) == {"@aa": "", "@ab": ""}


def test_an_account_is_known_to_be_somebody_s_from_the_day_of_their_portrait() -> None:
    def known(site: SmallSite) -> dict[str, tuple[str, int]]:
        return {row.label: (row.portrait, row.managed) for row in site.rows(AccountRow)["account"]}

    site = site_with(portrait_named("Léa", recommends=["@sam", "@evenko"]))
    assert known(site) == {"@sam": ("", 0), "@evenko": ("", 0)}
    put(site, portrait_named("Sam", accounts=["@sam"], manages=["@evenko"]))
    assert known(site) == {"@sam": ("portraits/sam.md", 0), "@evenko": ("", 1)}


def test_a_shared_question_is_called_as_the_questionnaire_calls_it_now() -> None:
    site = site_with(
        *(
            portrait_named(name, own_answers={"velo": ("Et toi ?", "Oui.")})
            for name in ("Léa", "Sam")
        )
    )
    assert {row.value for row in site.rows(RelatedRow)["related"]} == {"Et toi ?"}
    site.questions = (question("velo", "Et le vélo ?"),)
    site.update()
    assert {row.value for row in site.rows(RelatedRow)["related"]} == {"Et le vélo ?"}


@pytest.mark.parametrize(
    ("lea", "before", "after"),
    [
        ({"recommends": ["@sam"]}, {}, {"accounts": ["@sam"]}),
        ({"accounts": ["@lea"]}, {}, {"recommends": ["@lea"]}),
        ({"recommends": ["@zoe"]}, {}, {"recommends": ["@zoe"]}),
        ({"own_answers": {"velo": "Oui."}}, {}, {"own_answers": {"velo": "Non."}}),
        ({"tags": ["jazz"]}, {}, {"tags": ["Jazz"]}),
        ({"organization": "evenko"}, {"organization": "evenko"}, {"organization": "autre"}),
        ({"tags": ["jazz"]}, {"tags": ["jazz"]}, {"tags": ["jazz"], "status": Status.DRAFT}),
        (
            {"accounts": ["@lea"]},
            {"recommends": ["@lea"]},
            {"recommends": ["@lea"], "role": "Autrice", "tags": ["jazz"]},
        ),
    ],
)
def test_an_edit_of_one_portrait_is_seen_beside_the_other(
    lea: dict[str, Any], before: dict[str, Any], after: dict[str, Any]
) -> None:
    old, new = (portrait_named("Sam", date="2011-01-01", **fields) for fields in (before, after))
    new = replace(new, name="Samuel")
    site = site_with(portrait_named("Léa", **lea), old)
    seen = site.rows(RelatedRow)
    put(site, new)
    assert site.rows(RelatedRow) == site_with(portrait_named("Léa", **lea), new).rows(RelatedRow)
    assert site.rows(RelatedRow) != seen


# -- terms


def test_names_that_have_one_address_are_one_term_under_the_spelling_used_most() -> None:
    series = series_with(
        portrait_named("Léa", tags=["Événements"]),
        portrait_named("Sam", tags=["evenements"]),
        portrait_named("Ana", tags=["Événements", "jazz"]),
        portrait_named("Bob", tags=["Jazz"]),
    )
    assert [(row.label, count) for row, count in counted(series, "tag")] == [
        ("Événements", 3),
        ("Jazz", 2),
    ]


def test_a_term_counts_people_and_is_spelt_as_the_site_s_language_has_it() -> None:
    series = series_with(
        portrait_named("Léa", tags=["musique"]),
        portrait_named("Léa", lang="en", tags=["Musique", "music"]),
        portrait_named("Sam", lang="en", tags=["Musique"]),
        portrait_named("Ana", tags=["musique"]),
    )
    assert [(row.label, count) for row, count in counted(series, "tag")] == [("musique", 3)]
    assert [row.listed for row in series.rows(TermLabelRow, "term", "tag/music")] == [0]


def test_a_term_of_no_portrait_that_is_shown_is_none() -> None:
    series = series_with(
        portrait_named("Léa", tags=["jazz"], status=Status.DRAFT),
        portrait_named("Sam", tags=["rock"], date="2030-01-01"),
    )
    assert series.rows(TermLabelRow) == []


def test_lists_name_the_terms_that_most_people_have_in_alphabetical_order() -> None:
    with small_bounds():
        series = series_with(
            portrait_named("Léa", tags=["zen", "écran", "jazz"]),
            portrait_named("Sam", tags=["zen", "écran", "jazz"]),
            portrait_named("Ana", tags=["zen"]),
            portrait_named("Bob", tags=["arts"]),
        )
        assert [(row.label, row.spare) for row in series.rows(LeadingRow, "kind", "tag")] == [
            ("écran", 0),
            ("jazz", 1),
            ("zen", 0),
        ]


# -- slices


@given(st.integers(0, 12), st.integers(1, 5))
@settings(max_examples=20)
def test_every_portrait_stands_on_exactly_one_page_of_its_lists(count: int, size: int) -> None:
    series = series_with(
        *(portrait_named(f"Nom {number}", tags=["jazz"]) for number in range(count)),
        settings=Settings(page_size=size),
    )
    for key in ("portraits", *(["term/tag/jazz"] if count else [])):
        pages = series.rows(SliceRow, "list", key)
        assert [page.number for page in pages] == list(range(len(pages)))
        newest_first = [pages[0], *reversed(pages[1:])]
        shown = [
            row.source
            for page in newest_first
            if page.first
            for row in members(series, key, newer=page.first, older=page.last)
        ]
        assert shown == [f"portraits/nom-{number}.md" for number in range(count)]
        assert (pages[0].total, pages[0].pages) == (count, len(pages))


def test_a_newer_portrait_leaves_the_pages_of_older_ones_alone() -> None:
    portraits = [portrait_named(f"Nom {n}", date=f"2012-01-{30 - n}") for n in range(9)]
    site = site_with(*portraits, settings=SMALL)

    def on_pages(*numbers: int) -> list[SliceRow | None]:
        return [slice_of(site.series, "portraits", number) for number in numbers]

    assert [page.number for page in site.series.rows(SliceRow, "list", "portraits")] == [0, 1, 2, 3]
    newest, *others = on_pages(0, 1, 2)
    put(site, portrait_named("Zoé", date="2012-02-01"))
    assert on_pages(1, 2) == others
    assert on_pages(0) != [newest]
