"""The index after edits of texts: the same files as from nothing, from what an edit touches."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest
from portraits.cache import Cache
from portraits.model import Portrait, RichText
from portraits.outline import Outline
from portraits.pages.search_edits import SearchFiles, TextEdit, search_files_of_edits
from portraits.pages.search_pages import LISTING, search_files
from portraits.search.kept import kept_series

from tests.builders import full_portrait_named
from tests.unit.search.small_site import assembly_with

VOCABULARY = tuple(f"{letters}{ending}" for letters in ("fest", "comm", "jour", "l’œuv", "@évé")
                   for ending in ("ival", "unauté", "née", "re", "nement", "_mot", "Confession"))
SERIES = tuple(
    full_portrait_named(
        f"Personne {number}", date="2012-03-04", lang="en" if number % 9 == 0 else "fr",
        recommends=[("@evenko", "Pour ses dossiers")] if number % 2 else [],
        answers={"mot": ("Ton mot ?", f"Mot{number} et rien d’autre"),
                 "lieu": ("Où ?", "À Québec")})
    for number in range(120))


@dataclass
class Site:
    """The index as it is published, and the texts that it was made from."""

    cache: Cache
    portraits: list[Portrait]
    files: dict[str, bytes] = field(default_factory=dict)
    state: bytes = b""
    read: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def publish(self) -> None:
        specs = list(search_files(assembly_with(self.portraits), self.cache))
        self.files = {spec.address: spec.make() for spec in specs}
        self.state = next(spec.key for spec in specs if spec.address == LISTING)

    def after(self, edits: dict[int, Portrait]) -> SearchFiles | None:
        """What edits change; ``edits`` are portraits by their position."""
        def load(old: Portrait, new: Portrait) -> tuple[Portrait, Portrait]:
            self.read.append(new.slug)
            return old, new

        told = []
        for number, new in edits.items():
            old = self.portraits[number]
            told.append(TextEdit(new.lang, new.slug, repr(old), repr(new), partial(load, old, new)))
            self.portraits[number] = new

        def published(address: str) -> bytes:
            self.asked.append(address)
            if address not in self.files:
                raise FileNotFoundError(address)
            return self.files[address]

        return search_files_of_edits(self.state, told, published, self.cache)

    def take(self, edits: SearchFiles) -> None:
        for spec in edits.specs:
            self.files[spec.address] = spec.make()
        for address in edits.gone:
            del self.files[address]
        self.state = edits.state


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(Cache(tmp_path / "cache"), list(SERIES))
    made.publish()
    return made


def from_nothing(portraits: Sequence[Portrait], folder: Path) -> tuple[dict[str, bytes], bytes]:
    """The files and the state of an index without any cache."""
    with Cache(folder / "fresh" / "cache") as cache:
        fresh = Site(cache, list(portraits))
        fresh.publish()
    (folder / "fresh" / "cache").unlink()
    return fresh.files, fresh.state


def answering(portrait: Portrait, answer: str) -> Portrait:
    first, *others = portrait.exchanges
    said = replace(first, answer=RichText(f"<p>{answer}</p>", answer))
    return replace(portrait, exchanges=(said, *others))


@pytest.mark.parametrize("seed", range(8))
def test_after_any_edits_the_files_are_those_of_a_build_from_nothing(
    site: Site, tmp_path: Path, seed: int,
) -> None:
    chance = random.Random(seed)
    for _ in range(6):
        changed = site.after({
            number: answering(site.portraits[number],
                              " ".join(chance.choices(VOCABULARY, k=chance.randrange(9))))
            for number in chance.sample(range(len(SERIES)), chance.choice((1, 1, 2, 7)))})
        assert changed is not None
        site.take(changed)
    assert (site.files, site.state) == from_nothing(site.portraits, tmp_path)


def test_a_build_that_looks_at_everything_goes_on_where_an_edit_left_off(site: Site) -> None:
    changed = site.after({5: answering(SERIES[5], "zibeline")})
    assert changed
    site.take(changed)
    read: list[str] = []

    def load(outline: Outline) -> Portrait:
        read.append(outline.slug)
        return assembly.load(outline)

    assembly = assembly_with(site.portraits)
    specs = list(search_files(replace(assembly, load=load), site.cache))
    assert {spec.address for spec in specs} == site.files.keys()
    assert specs[-1].key == site.state
    assert read == []


def test_an_edit_asks_for_its_own_text_and_for_the_files_of_its_words(site: Site) -> None:
    changed = site.after({7: answering(SERIES[7], "Mot7 et zibeline")})
    assert changed
    assert site.read == ["personne-7"]
    # « zibeline » came and « rien » went; the listing names their new files
    assert len(site.asked) <= 3
    assert len(changed.gone) == len(changed.specs) - 1 <= 2
    assert changed.specs[-1].address == LISTING
    assert all(spec.key == changed.state for spec in changed.specs if spec.address == LISTING)


def test_an_edit_that_changes_no_word_changes_no_file(site: Site) -> None:
    changed = site.after({7: answering(SERIES[7], "Mot7, et rien d'autre !")})
    assert changed
    assert [spec.address for spec in changed.specs] == [LISTING]
    assert changed.specs[0].make() == site.files[LISTING]
    assert changed.gone == ()


def test_an_edit_that_is_taken_back_gives_the_state_and_the_names_of_before(site: Site) -> None:
    before = dict(site.files), site.state
    for text in ("zibeline", "Mot7 et rien d’autre"):
        changed = site.after({7: answering(SERIES[7], text)})
        assert changed
        site.take(changed)
    assert (site.files, site.state) == before


def test_an_unknown_state_leads_nowhere(site: Site) -> None:
    site.state = b"another"
    assert site.after({7: answering(SERIES[7], "zibeline")}) is None


def test_a_portrait_that_was_not_in_the_series_leads_nowhere(site: Site) -> None:
    site.portraits.append(replace(SERIES[7], slug="venue-d-ailleurs"))
    assert site.after({120: answering(site.portraits[120], "zibeline")}) is None


def test_a_text_that_was_not_the_published_one_leads_nowhere(site: Site) -> None:
    site.portraits[7] = answering(SERIES[7], "martre")
    assert site.after({7: answering(SERIES[7], "zibeline")}) is None


def test_words_that_the_published_index_does_not_hold_lead_nowhere(site: Site) -> None:
    told = TextEdit("fr", SERIES[7].slug, repr(SERIES[7]), "new", lambda: (
        answering(SERIES[7], "martre"), answering(SERIES[7], "zibeline")))
    assert search_files_of_edits(
        site.state, [told], site.files.__getitem__, site.cache) is None


def test_another_wording_in_the_listing_leads_nowhere(site: Site) -> None:
    section = SERIES[7].recommendations
    assert section
    wording = RichText("#FF Qui suivre ?", "#FF Qui suivre ?")
    renamed = replace(SERIES[7], recommendations=replace(
        section, question=replace(section.question, wording=wording)))
    assert site.after({7: renamed}) is None


@pytest.mark.parametrize("damage", [
    lambda address, content: content + b"!" if address != LISTING else content,
    lambda address, content: content.replace(b"mots/", b"mats/"),
])
def test_a_published_file_that_is_not_what_it_was_leads_nowhere(
    site: Site, damage: Callable[[str, bytes], bytes],
) -> None:
    site.files = {address: damage(address, content) for address, content in site.files.items()}
    assert site.after({7: answering(SERIES[7], "zibeline")}) is None


def test_a_published_file_that_is_gone_leads_nowhere(site: Site) -> None:
    site.files = {LISTING: site.files[LISTING]}
    assert site.after({7: answering(SERIES[7], "zibeline")}) is None


def test_a_shard_that_the_cache_has_lost_leads_nowhere(site: Site) -> None:
    series = kept_series(site.cache, site.state)
    assert series
    site.cache._connection.execute("DELETE FROM entry WHERE key != ?", (site.state,))
    assert site.after({7: answering(SERIES[7], "zibeline")}) is None
