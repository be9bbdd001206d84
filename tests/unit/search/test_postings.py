"""The index's bytes, read back by the grammar in which they are described."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.search.passages import passages
from portraits.search.postings import bucket, bucket_file, numbers, segments

from tests.unit.search.reading_back import read_numbers, read_segment
from tests.unit.search.small_site import PORTRAITS


@given(st.lists(st.integers(0, 2**40), min_size=1))
def test_numbers_read_back_as_they_were_written(values: list[int]) -> None:
    assert list(read_numbers(iter(numbers(values)))) == values


def test_a_word_is_found_in_its_passages() -> None:
    (segment,) = segments([
        [("Léa", "danse"), ("La danse", "rien"), ("Rien", "les danses")],
        [("Sam", "rien")],
        [("Ana", "danse")],
    ], 1)
    found = read_segment(segment)
    assert found["dans"] == [(0, 0, False), (0, 1, True), (0, 2, False), (2, 0, False)]
    assert found["rien"] == [(0, 1, False), (0, 2, True), (1, 0, False)]
    assert list(found) == sorted(found)


@pytest.mark.parametrize("buckets", [1, 2, 64])
def test_however_many_buckets_every_word_stands_in_its_own(buckets: int) -> None:
    whole = read_segment(segments(map(passages, PORTRAITS), 1)[0])
    parts = [read_segment(part) for part in segments(map(passages, PORTRAITS), buckets)]
    assert {term: places for part in parts for term, places in part.items()} == whole
    assert all(bucket(term, buckets) == number
               for number, part in enumerate(parts) for term in part)


def test_beginnings_of_four_letters_find_their_continuations_in_one_bucket() -> None:
    assert bucket("fest", 512) == bucket("festival", 512) == bucket("festoyer", 512)


def test_a_portrait_of_more_than_sixty_passages_keeps_them_all() -> None:
    many = [("Question", "mot" if number in (0, 3, 150) else "") for number in range(200)]
    (segment,) = segments([many], 1)
    assert read_segment(segment)["mot"] == [(0, 0, False), (0, 3, False), (0, 150, False)]


def test_a_file_holds_the_segments_under_their_shards() -> None:
    assert bucket_file([b"abc", b"", b"x" * 200]) == b"\x00\x03abc\x02\xc8\x01" + b"x" * 200
