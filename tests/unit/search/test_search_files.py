"""The index as files: the same from nothing and from the cache, and an edit asks for little."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from portraits import addresses
from portraits.cache import Cache
from portraits.model import Portrait, RichText
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.pages.search_pages import LISTING, search_files
from portraits.search.shards import Plan, dealt, plan_for

from tests.builders import full_portrait_named
from tests.unit.search.reading_back import read_file
from tests.unit.search.small_site import PORTRAITS, assembly_with

MANY = tuple(
    full_portrait_named(f"Personne {number}", date="2012-03-04", answers={
        "mot": ("Ton mot ?", f"Mot{number} et rien d’autre"), "lieu": ("Où ?", "À Québec")})
    for number in range(200))


def watched(portraits: Sequence[Portrait]) -> tuple[Assembly, list[str]]:
    """An assembly, and the slugs of the portraits that are read from it."""
    assembly = assembly_with(portraits)
    read: list[str] = []

    def load(outline: Outline) -> Portrait:
        read.append(outline.slug)
        return assembly.load(outline)

    return replace(assembly, load=load), read


def made(portraits: Sequence[Portrait], cache: Cache, processes: int = 1
         ) -> tuple[dict[str, bytes], list[str]]:
    """Address -> content, and which portraits were read for that."""
    assembly, read = watched(portraits)
    return ({spec.address: spec.make() for spec in search_files(assembly, cache, processes)},
            read)


def edited(portraits: Sequence[Portrait], number: int, answer: str) -> list[Portrait]:
    changed = list(portraits)
    first, *others = changed[number].exchanges
    changed[number] = replace(
        changed[number],
        exchanges=(replace(first, answer=RichText(f"<p>{answer}</p>", answer)), *others))
    return changed


def test_nothing_is_read_again_when_nothing_has_changed(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        first, _ = made(MANY, cache)
    with Cache(tmp_path / "cache") as cache:
        again, read = made(MANY, cache)
    assert read == []
    assert again == first


def test_an_edit_reads_one_shard_and_changes_the_files_of_its_words(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        before, _ = made(MANY, cache)
        changed = edited(MANY, 7, "Mot7 et zibeline")
        after, read = made(changed, cache)
    assert "personne-7" in read
    assert len(read) < 60
    # « zibeline » came and « rien » went; the listing names their new files
    assert len(before.keys() - after.keys()) in (1, 2)
    assert [path for path in before.keys() & after.keys() if before[path] != after[path]] == [
        LISTING]


def test_the_index_is_the_same_from_nothing_and_from_the_cache(tmp_path: Path) -> None:
    changed = edited(MANY, 7, "Mot7 et zibeline")[:-3]
    with Cache(tmp_path / "cache") as cache:
        made(MANY, cache)
        from_cache, _ = made(changed, cache)
    with Cache(tmp_path / "other") as cache:
        from_nothing, _ = made(changed[::-1], cache, processes=2)
    assert from_cache == from_nothing


def terms_in(files: dict[str, bytes]) -> set[str]:
    return {term for address, content in files.items() if address != LISTING
            for _, term in read_file(content)}


def test_a_portrait_that_is_gone_leaves_no_trace(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        assert "mot199" in terms_in(made(MANY, cache)[0])
        files, _ = made(MANY[:-1], cache)
    assert "mot199" not in terms_in(files)
    assert b"personne-199" not in files[LISTING]


def test_a_lost_entry_of_the_cache_is_made_again(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        before, _ = made(PORTRAITS, cache)
        assembly = assembly_with(PORTRAITS)
        specs = list(search_files(assembly, cache))
        cache._connection.execute("DELETE FROM entry")
        assert {spec.address: spec.make() for spec in specs} == before


def test_the_listing_says_where_each_portrait_is_and_what_it_can_be_filtered_by(
    tmp_path: Path,
) -> None:
    with Cache(tmp_path / "cache") as cache:
        files, _ = made(PORTRAITS, cache)
    listing = json.loads(files[LISTING])
    assert listing["addresses"] == {
        "en": ["en/portraits/{slug}/", "api/portraits/{slug}.en.json"],
        "fr": ["portraits/{slug}/", "api/portraits/{slug}.json"]}
    assert [addresses.SEARCH_INDEX + name for name in listing["buckets"]] == [
        path for path in files if path != LISTING]
    (shard,) = listing["shards"]
    ariane = next(entry for entry in shard if entry[0] == "ariane-nault")
    _, language, day, tags, recommendations, readings = ariane
    assert listing["languages"][language] == "fr"
    assert day == 15737  # 2013-02-01
    assert [listing["tags"][tag][0] for tag in tags] == ["festivals"]
    assert (recommendations, readings) == (-1, -1)


def test_a_series_without_portraits_has_an_empty_index(tmp_path: Path) -> None:
    with Cache(tmp_path / "cache") as cache:
        files, _ = made((), cache)
    assert json.loads(files[LISTING])["shards"] == [[]]


def test_no_index_where_search_is_off(tmp_path: Path) -> None:
    assembly = assembly_with(PORTRAITS)
    off = replace(assembly, settings=replace(assembly.settings, search=False))
    with Cache(tmp_path / "cache") as cache:
        assert list(search_files(off, cache)) == []


def test_parts_grow_with_the_series() -> None:
    assert [plan_for(n) for n in (0, 1, 48, 49, 1_000, 10_000)] == [
        Plan(1, 1), Plan(1, 1), Plan(1, 2), Plan(2, 4), Plan(32, 64), Plan(256, 512)]


def test_a_new_portrait_moves_no_other_to_another_shard() -> None:
    outlines = assembly_with(MANY).library.portraits
    plan = Plan(8, 1)
    before = dealt(outlines[1:], plan)
    after = dealt(outlines, plan)
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1
