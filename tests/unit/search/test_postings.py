"""The index's bytes, read back by the grammar in which they are described."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.search.leb128 import numbers
from portraits.search.passages import passages
from portraits.search.postings import (
    Words,
    bucket,
    changed_segments,
    in_file,
    postings_in,
    segment,
    segments,
    with_segments,
    words_of,
)

from tests.unit.search.reading_back import read_numbers, read_segment
from tests.unit.search.small_site import PORTRAITS


@given(st.lists(st.integers(0, 2**40), min_size=1))
def test_numbers_read_back_as_they_were_written(values: list[int]) -> None:
    assert list(read_numbers(iter(numbers(values)))) == values


def test_a_word_is_found_in_its_passages() -> None:
    (whole,) = segments(map(words_of, [
        [("Léa", "danse"), ("La danse", "rien"), ("Rien", "les danses")],
        [("Sam", "rien")],
        [("Ana", "danse")],
    ]), 1)
    found = read_segment(whole)
    assert found["dans"] == [(0, 0, False), (0, 1, True), (0, 2, False), (2, 0, False)]
    assert found["rien"] == [(0, 1, False), (0, 2, True), (1, 0, False)]
    assert list(found) == sorted(found)


@pytest.mark.parametrize("buckets", [1, 2, 64])
def test_however_many_buckets_every_word_stands_in_its_own(buckets: int) -> None:
    shard = [words_of(passages(portrait)) for portrait in PORTRAITS]
    whole = read_segment(segments(shard, 1)[0])
    parts = [read_segment(part) for part in segments(shard, buckets)]
    assert {term: places for part in parts for term, places in part.items()} == whole
    assert all(bucket(term, buckets) == number
               for number, part in enumerate(parts) for term in part)


def test_beginnings_of_four_letters_find_their_continuations_in_one_bucket() -> None:
    assert bucket("fest", 512) == bucket("festival", 512) == bucket("festoyer", 512)


def test_a_portrait_of_more_than_sixty_passages_keeps_them_all() -> None:
    many = [("Question", "mot" if number in (0, 3, 150) else "") for number in range(200)]
    (whole,) = segments([words_of(many)], 1)
    assert read_segment(whole)["mot"] == [(0, 0, False), (0, 3, False), (0, 150, False)]


def test_a_shard_of_more_than_a_hundred_and_thirty_portraits_keeps_them_all() -> None:
    shard = [words_of([("", "mot" if number in (0, 200) else "rien")]) for number in range(201)]
    (whole,) = segments(shard, 1)
    assert read_segment(whole)["mot"] == [(0, 0, False), (200, 0, False)]
    assert segment(dict(postings_in(whole))) == whole


PARTS = {0: b"abc", 2: b"x" * 200, 300: b"y"}


def test_a_file_holds_the_segments_under_their_shards() -> None:
    content = b"".join(in_file(shard, part) for shard, part in PARTS.items())
    assert content == b"\x00\x03abc\x02\xc8\x01" + b"x" * 200 + b"\xac\x02\x01y"


@given(st.dictionaries(st.sampled_from([0, 1, 2, 3, 300, 301]), st.binary(max_size=150)))
def test_a_shard_of_a_file_is_replaced_in_its_place(changed: dict[int, bytes]) -> None:
    content = b"".join(in_file(shard, part) for shard, part in PARTS.items())
    after = sorted((PARTS | changed).items())
    assert with_segments(content, changed) == b"".join(in_file(*one) for one in after)


_texts = st.lists(st.sampled_from(["danse", "festival", "fête", "événements", "#JeudiFF", "rien"]))
_interviews = st.lists(
    st.tuples(_texts.map(" ".join), _texts.map(" ".join)), max_size=9).map(words_of)


@given(st.lists(_interviews, min_size=1, max_size=4),
       st.dictionaries(st.integers(0, 3), _interviews), st.sampled_from([1, 4]))
def test_other_words_of_some_portraits_make_the_segments_that_a_new_shard_has(
    shard: list[Words], others: dict[int, Words], buckets: int,
) -> None:
    others = {position: words for position, words in others.items() if position < len(shard)}
    before = segments(shard, buckets)
    after = segments(
        [others.get(position, words) for position, words in enumerate(shard)], buckets)
    assert changed_segments(before, dict(enumerate(shard)), others, buckets) == {
        number: part for number, part in enumerate(after) if part != before[number]}
