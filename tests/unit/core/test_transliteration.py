"""Slugs of names in any script: the table ``tests/cases/addresses.txt``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.model.addresses import LONGEST_SLUG, slug_of
from portraits.model.slugs import LONGEST_ID, id_of, is_slug
from portraits.support.transliteration import is_latin, latin, unaccented

TABLE = Path(__file__).parents[2] / "cases" / "addresses.txt"
CASES = [
    tuple(line.replace("⍽", "\u00a0").rsplit(" | ", 1))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
]


@pytest.mark.parametrize(("label", "slug"), CASES)
def test_a_name_in_any_script_becomes_part_of_an_address(label: str, slug: str) -> None:
    assert re.sub(r"^x[0-9a-f]{10}$", "xHASH", slug_of(label)) == slug
    assert slug_of(unicodedata.normalize("NFD", label)) == slug_of(label) or slug == "xHASH"


@given(st.text(min_size=1))
def test_whatever_is_typed_gives_a_slug_that_stays_the_same(label: str) -> None:
    slug = slug_of(label)
    assert is_slug(slug)
    assert slug_of(slug) == slug
    assert is_slug(id_of(label))


def test_labels_without_letters_have_addresses_of_their_own() -> None:
    assert slug_of("🎉") != slug_of("🎈")


@pytest.mark.parametrize(("shorten", "limit"), [(slug_of, LONGEST_SLUG), (id_of, LONGEST_ID)])
def test_what_is_too_long_is_cut_between_words_and_stays_distinct(
    shorten: Callable[[str], str], limit: int
) -> None:
    words = "un deux trois quatre cinq " * 10
    one, other = shorten(words + "six"), shorten(words + "sept")
    assert one != other
    assert re.fullmatch(r"un-deux-trois(-un|-deux|-trois|-quatre|-cinq)+-[0-9a-f]{10}", one)
    assert limit - len("quatre-") <= len(one) <= limit
    assert len(shorten("a" * 300)) == limit
    assert shorten("a" * limit) == "a" * limit


def test_every_latin_letter_is_written_in_ascii() -> None:
    lost = [
        name
        for char in map(chr, range(0xC0, 0x1F00))
        if (name := unicodedata.name(char, "")).startswith("LATIN ")
        and not re.fullmatch("[^a-z0-9]*[a-z0-9]+[^a-z0-9]*", unaccented(char))
        # sounds of the phonetic alphabet for which no alphabet has a letter
        and not re.search("GLOTTAL|ARYNGEAL|AIN$|EZH REVERSED|PERCUSSIVE", name)
    ]
    assert lost == []


def test_what_is_no_letter_stays() -> None:
    assert latin("« Été », l’œuvre : 100 %… 🎉") == "« Ete », l’oeuvre : 100 %... 🎉"


@pytest.mark.parametrize(
    "name", ["Łukasz Sørensen", "Đặng Thị Ngọc", "Hawaiʻi", "O’Brien 1ª", "№ 5"]
)
def test_a_latin_name_loses_accents_only(name: str) -> None:
    assert is_latin(name)


@pytest.mark.parametrize("name", ["Ольга", "سارة", "村上春樹", "Ольга Tremblay", "김민수"])
def test_a_name_in_another_script_loses_its_letters(name: str) -> None:
    assert not is_latin(name)
