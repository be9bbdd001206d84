"""What counts as a word, and which words count as the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.series.search.words import STOP_WORDS, folded, term, terms, words

from tests.unit.search.cases import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text)
def test_a_text_is_found_under_its_terms(case: Case) -> None:
    assert terms(case.text) == case.terms


@given(st.text(alphabet="abcdelnrsuxéàœ", min_size=1, max_size=12))
def test_three_letters_remain_of_a_word_that_loses_its_ending(word: str) -> None:
    for found in words(word):
        if found not in STOP_WORDS and len(found) > 1:
            assert len(term(found)) >= min(3, len(found))


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folded(text)
    assert folded(once) == once


def test_stop_words_are_written_as_they_are_compared() -> None:
    assert {folded(word) for word in STOP_WORDS} == STOP_WORDS
