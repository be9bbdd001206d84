"""The index as files: the same from nothing and after any edits, and an edit changes little."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.model import addresses
from portraits.model.portrait import Portrait, RichText
from portraits.series.search.listing import LISTING, NAMES, edition_of
from portraits.series.search.postings import bucket
from portraits.series.search.shards import BITS, Plan, hash_of, plan_for
from portraits.series.search.spelling import MOST, spelling_address, spelling_content
from portraits.series.views import search as views

from tests.builders import SmallSite, portrait_named
from tests.unit.search.reading_back import read_file
from tests.unit.search.small_site import (
    INDEX,
    PORTRAITS,
    SETTINGS,
    answering,
    context_of,
    index_of,
    small_site,
)

MANY = tuple(
    portrait_named(
        f"Personne {number}",
        date="2012-03-04",
        lang="en" if number % 9 == 0 else "fr",
        recommends=[("@evenko", "Pour ses dossiers")] if number % 2 else [],
        answers={
            "mot": ("Ton mot ?", f"Mot{number} et rien d’autre"),
            "lieu": ("Où ?", "À Québec"),
        },
    )
    for number in range(200)
)


@pytest.fixture
def site() -> SmallSite:
    """A site of many portraits: several shards."""
    return small_site(MANY)


def change(site: SmallSite, *portraits: Portrait) -> None:
    """Let portraits be others than they were, or new."""
    site.portraits |= {portrait.source: portrait for portrait in portraits}
    site.update()


def read(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[name])


def words_files(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: files[path] for path in files if path.startswith(addresses.SEARCH_WORDS)}


def spellings(files: dict[str, bytes]) -> list[list[str]]:
    """The terms to suggest, file by file."""
    return [
        json.loads(files[path]) for path in files if path.startswith(addresses.SEARCH_SPELLINGS)
    ]


def terms_in(files: dict[str, bytes]) -> set[str]:
    return {term for content in words_files(files).values() for _, term in read_file(content)}


# -- what stands in it


def test_the_listing_says_where_each_portrait_is_and_what_it_can_be_filtered_by() -> None:
    listing = read(index_of(small_site(PORTRAITS)), LISTING)
    assert listing["addresses"] == {
        "en": ["en/portraits/{slug}/", "api/portraits/{slug}.en.json"],
        "fr": ["portraits/{slug}/", "api/portraits/{slug}.json"],
    }
    (shard,) = listing["shards"]
    ariane = next(entry for entry in shard if entry[0] == "ariane-nault")
    _, language, day, tags, recommendations, readings = ariane
    assert listing["languages"][language] == "fr"
    assert day == 15737  # 2013-02-01
    assert [listing["tags"][tag][0] for tag in tags] == ["festivals"]
    assert (recommendations, readings) == (-1, -1)
    solene = next(entry for entry in shard if entry[0] == "solene-tremblay-roy")
    assert listing["sections"][solene[4]] == ["ff", "#FF"]


def test_the_names_of_the_other_files_stand_in_the_order_of_the_buckets(site: SmallSite) -> None:
    files = index_of(site)
    named = [addresses.SEARCH_INDEX + name for name in read(files, NAMES)["buckets"]]
    assert set(named) == words_files(files).keys()
    assert len(named) == plan_for(len(MANY)).buckets


def test_words_and_listing_number_the_portraits_alike(site: SmallSite) -> None:
    files = index_of(site)
    shards = read(files, LISTING)["shards"]
    found = {
        term: shards[shard][portrait][0]
        for content in words_files(files).values()
        for (shard, term), places in read_file(content).items()
        for portrait, _, _ in places
        if term.startswith("mot") and term != "mot"
    }
    assert found == {f"mot{number}": f"personne-{number}" for number in range(len(MANY))}


def test_the_two_files_that_are_loaded_first_agree_on_an_edition(site: SmallSite) -> None:
    files = index_of(site)
    first = read(files, LISTING)["edition"]
    assert first == read(files, NAMES)["edition"] != ""

    change(site, answering(MANY[7], "zibeline"))
    files = index_of(site)
    assert read(files, LISTING)["edition"] == read(files, NAMES)["edition"] == first, (
        "the portraits are numbered as before"
    )

    change(site, portrait_named("Quelqu’un d’autre"))
    files = index_of(site)
    assert read(files, LISTING)["edition"] == read(files, NAMES)["edition"] != first


def test_an_edition_names_every_portrait_and_nothing_else() -> None:
    editions = [
        edition_of(portraits)
        for portraits in (
            [],
            [("fr", "lea")],
            [("en", "lea")],
            [("fr", "lea"), ("fr", "sam")],
            [("fr", "lea sam")],
        )
    ]
    assert len(set(editions)) == len(editions)


def test_a_series_without_portraits_has_an_empty_index() -> None:
    files = index_of(small_site(()))
    assert read(files, LISTING)["shards"] == [[]]
    assert terms_in(files) == set()


def test_no_index_where_search_is_off() -> None:
    site = small_site(PORTRAITS, replace(SETTINGS, search=False))
    assert index_of(site) == {}
    assert site.series.sql("SELECT * FROM vocabulary") == []


def test_what_the_site_does_not_show_is_in_no_file(site: SmallSite) -> None:
    secret = answering(replace(MANY[3], date=site.today.replace(year=2030)), "zibeline")
    change(site, secret)
    files = index_of(site)
    assert terms_in(files) & {"mot3", "zibelin"} == set()
    assert b'"personne-3"' not in files[LISTING]


def test_a_portrait_that_is_gone_leaves_no_trace(site: SmallSite) -> None:
    assert "mot199" in terms_in(index_of(site))
    del site.portraits[MANY[-1].source]
    site.update()
    files = index_of(site)
    assert "mot199" not in terms_in(files)
    assert b"personne-199" not in files[LISTING]


# -- what is suggested


def test_words_to_suggest_stand_in_one_file_a_first_letter_the_most_widespread_first(
    site: SmallSite,
) -> None:
    change(
        site, *(answering(one, f"Zibeline{'s zébrées' * (n < 1)}") for n, one in enumerate(MANY))
    )
    found = spellings(index_of(site))
    assert len(found) == plan_for(len(MANY)).buckets
    (words,) = [words for words in found if "zibelin" in words]
    assert words.index("zibelin") < words.index("zebr")
    assert not any(term in words for words in found for term in ("mot7", "le_devoir", "ton"))


def test_a_file_of_words_to_suggest_is_bounded_and_drops_the_rare() -> None:
    rare = [f"mot{'abcdefghij'[n % 10]}{n}" for n in range(MOST + 5)]
    words = json.loads(spelling_content([rare, ["zibelin"], ["zibelin"]]))
    assert len(words) == MOST
    assert words[0] == "zibelin"
    assert words[1:] == sorted(rare)[: MOST - 1]


# -- what an edit changes


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many portraits each shard has that is indexed."""
    sizes: list[int] = []
    segments = views.segments

    def noted(shard: Iterable[Any], buckets: int) -> Sequence[bytes]:
        members = list(shard)
        sizes.append(len(members))
        return segments(members, buckets)

    monkeypatch.setattr(views, "segments", noted)
    return sizes


def test_nothing_is_indexed_again_where_nothing_has_changed(
    site: SmallSite, indexed: list[int]
) -> None:
    before = index_of(site)
    site.update()
    assert indexed == []
    assert index_of(site) == before


def test_an_edit_indexes_one_shard_and_changes_the_files_of_its_words(
    site: SmallSite, indexed: list[int]
) -> None:
    before = index_of(site)
    change(site, answering(MANY[7], "Mot7 et zibeline"))
    after = index_of(site)
    assert len(indexed) == 1 and indexed[0] < 60
    # « zibeline » came and « rien » went
    assert len(before.keys() - after.keys()) in (1, 2)
    changed = {path for path in before.keys() & after.keys() if before[path] != after[path]}
    assert changed == {NAMES, spelling_address(bucket("z", 16))}


def test_an_edit_that_changes_no_word_changes_no_file(site: SmallSite) -> None:
    before = index_of(site)
    change(site, answering(MANY[7], "Mot7, et rien d'autre !"))
    assert index_of(site) == before


def test_an_edit_that_is_taken_back_gives_the_files_of_before(site: SmallSite) -> None:
    before = index_of(site)
    for text in ("zibeline", "Mot7 et rien d’autre"):
        change(site, answering(MANY[7], text))
    assert index_of(site) == before


def concerned(site: SmallSite, *portraits: Portrait) -> set[str]:
    """The names of the kinds of files that a change of portraits concerns."""
    database, context = site.database, context_of(site)
    with database.transaction():
        for kind in INDEX:
            for key in kind.keys(context):
                with context.series.recorded() as reads:
                    list(kind.make(context, key))
                database.keep_reads(database.node("test", f"{kind.name}:{key}"), reads)
    database.publish = lambda: None  # type: ignore[method-assign]  # what is pending is kept
    change(site, *portraits)
    return {
        key.partition(":")[0]
        for _, kind, key in database.keys_of(database.left_over())
        if kind == "test"
    }


LISTED, NAMED, WORDS, SPELT = (kind.name for kind in INDEX)


def _renamed_section(portrait: Portrait) -> Portrait:
    section = portrait.recommendations
    assert section
    wording = RichText("#FF Qui suivre ?", "#FF Qui suivre ?")
    return replace(
        portrait,
        recommendations=replace(section, question=replace(section.question, wording=wording)),
    )


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        (answering(MANY[7], "Mot7, et rien d'autre !"), set()),
        (answering(MANY[7], "Mot7 et zibeline"), {NAMED, WORDS, SPELT}),
        (replace(MANY[7], date=dt.date(2013, 1, 1)), {LISTED, NAMED}),
        (replace(MANY[7], tags=("musique",)), {LISTED, NAMED, WORDS, SPELT}),
        (_renamed_section(MANY[7]), {LISTED, NAMED, WORDS, SPELT}),
        (portrait_named("Quelqu’un d’autre"), {LISTED, NAMED, WORDS}),
    ],
    ids=["no word", "a word", "a date", "a tag", "a wording", "a new portrait"],
)
def test_a_change_concerns_the_files_that_say_something_of_it(
    site: SmallSite, changed: Portrait, kinds: set[str]
) -> None:
    assert concerned(site, changed) == kinds


VOCABULARY = tuple(
    f"{letters}{ending}"
    for letters in ("fest", "comm", "jour", "l’œuv", "@évé")
    for ending in ("ival", "unauté", "née", "re", "nement", "_mot", "Confession")
)


def edits(chance: random.Random, site: SmallSite) -> Iterator[None]:
    """Years of work: texts are edited, portraits come, go and are hidden."""
    for step in range(8):
        sources = chance.sample(sorted(site.portraits), chance.choice((1, 1, 2, 7)))
        for source in sources:
            text = " ".join(chance.choices(VOCABULARY, k=chance.randrange(9)))
            site.portraits[source] = answering(site.portraits[source], text)
        if step % 3 == 0:
            for source in chance.sample(sorted(site.portraits), chance.choice((1, 12))):
                del site.portraits[source]
        if step % 3 == 1:
            for portrait in chance.sample(MANY, chance.choice((1, 12))):
                site.portraits[portrait.source] = portrait
        site.update()
        yield


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_the_files_are_those_of_a_build_from_nothing(seed: int) -> None:
    chance = random.Random(seed)
    site = small_site(MANY[:51])  # two shards, and one where three are gone
    for _ in edits(chance, site):
        pass
    shuffled = list(site.portraits.values())
    chance.shuffle(shuffled)
    assert index_of(site) == index_of(small_site(shuffled))


# -- how it is dealt out


def test_parts_grow_with_the_series() -> None:
    assert [plan_for(n) for n in (0, 1, 48, 49, 1_000, 10_000)] == [
        Plan(1, 1),
        Plan(1, 1),
        Plan(1, 2),
        Plan(2, 4),
        Plan(32, 64),
        Plan(256, 512),
    ]


@given(st.integers(0, (1 << BITS) - 1), st.sampled_from([1, 2, 32, 256, 1 << BITS]))
def test_every_portrait_is_in_the_one_shard_that_its_hash_says(hashed: int, shards: int) -> None:
    plan = Plan(shards, 1)
    lowest, highest = plan.hashes(plan.shard(hashed))
    assert lowest <= hashed <= highest
    assert plan.shard(lowest) == plan.shard(highest) == plan.shard(hashed)
    assert lowest == 0 or plan.shard(lowest - 1) == plan.shard(hashed) - 1


def test_a_new_portrait_moves_no_other_to_another_shard(
    site: SmallSite, indexed: list[int]
) -> None:
    change(site, portrait_named("Quelqu’un d’autre"))
    assert len(indexed) == 1
    shards = read(index_of(site), LISTING)["shards"]
    plan = plan_for(len(MANY) + 1)
    langs = read(index_of(site), LISTING)["languages"]
    assert all(
        plan.shard(hash_of(langs[lang], slug)) == number
        for number, shard in enumerate(shards)
        for slug, lang, *_ in shard
    )
