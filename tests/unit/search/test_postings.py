"""The index's bytes, read back by the grammar in which they are described."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portraits.series.search.leb128 import numbers
from portraits.series.search.passages import passages
from portraits.series.search.postings import bucket, fingerprint, in_file, segments, words_of

from tests.unit.search.reading_back import read_file, read_numbers, read_segment
from tests.unit.search.small_site import PORTRAITS


@given(st.lists(st.integers(0, 2**40), min_size=1))
def test_numbers_read_back_as_they_were_written(values: list[int]) -> None:
    assert list(read_numbers(iter(numbers(values)))) == values


def test_a_word_is_found_in_its_passages() -> None:
    (whole,) = segments(
        map(
            words_of,
            [
                [("Léa", "danse"), ("La danse", "rien"), ("Rien", "les danses")],
                [("Sam", "rien")],
                [("Ana", "danse")],
            ],
        ),
        1,
    )
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
    assert all(
        bucket(term, buckets) == number for number, part in enumerate(parts) for term in part
    )


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


PARTS = {0: b"abc", 2: b"x" * 200, 300: b"y"}


def test_a_file_holds_the_segments_under_their_shards() -> None:
    content = b"".join(in_file(shard, part) for shard, part in PARTS.items())
    assert content == b"\x00\x03abc\x02\xc8\x01" + b"x" * 200 + b"\xac\x02\x01y"


def test_a_shard_without_a_word_takes_no_room_in_a_file() -> None:
    assert in_file(5, b"") == b""


_texts = st.lists(st.sampled_from(["danse", "festival", "fête", "événements", "#JeudiFF", "rien"]))
_interviews = st.lists(st.tuples(_texts.map(" ".join), _texts.map(" ".join)), max_size=9).map(
    words_of
)


@settings(max_examples=30)
@given(st.lists(st.lists(_interviews, max_size=4), max_size=4), st.sampled_from([1, 4]))
def test_a_file_is_read_back_shard_by_shard(
    shards: list[list[Mapping[str, bytes]]], buckets: int
) -> None:
    parts = [segments(shard, buckets) for shard in shards]
    for number in range(buckets):
        content = b"".join(in_file(shard, part[number]) for shard, part in enumerate(parts))
        assert read_file(content) == {
            (shard, term): places
            for shard, part in enumerate(parts)
            for term, places in read_segment(part[number]).items()
        }


def test_a_file_is_called_after_its_content() -> None:
    assert fingerprint(b"a") == fingerprint(b"a") != fingerprint(b"b")
