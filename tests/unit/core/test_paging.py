"""Pages are counted from the oldest, so that a new portrait renumbers none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.pages.paging import Slice, pagination, slices
from portraits.settings import Settings


@pytest.mark.parametrize(("length", "expected"), [
    (0, [(None, 0, 0)]),
    (1, [(None, 0, 1)]),
    (12, [(None, 0, 12)]),
    (23, [(None, 0, 23)]),
    (24, [(None, 0, 12), (1, 12, 24)]),
    (37, [(None, 0, 13), (2, 13, 25), (1, 25, 37)]),
])
def test_the_newest_page_holds_what_does_not_fill_the_others(
    length: int, expected: list[tuple[int | None, int, int]]
) -> None:
    assert [(page.number, page.start, page.stop) for page in slices(length, 12)] == expected


@given(st.integers(0, 500), st.integers(1, 40))
def test_every_portrait_stands_on_exactly_one_page(length: int, size: int) -> None:
    shown = [place for page in slices(length, size) for place in range(page.start, page.stop)]
    assert shown == list(range(length))


@given(st.integers(1, 500), st.integers(1, 40))
def test_a_new_portrait_leaves_the_numbered_pages_alone(length: int, size: int) -> None:
    def numbered(total: int) -> dict[int, tuple[int, int]]:
        """Page number -> its portraits, counted from the oldest."""
        return {page.number: (total - page.stop, total - page.start)
                for page in slices(total, size) if page.number}

    before, after = numbered(length), numbered(length + 1)
    assert before.items() <= after.items()


def test_a_numbered_page_does_not_say_how_many_there_are() -> None:
    settings = Settings()
    few, many = slices(40, 12), slices(400, 12)
    oldest_of_few = pagination(settings, "x/", few, few[-1])
    oldest_of_many = pagination(settings, "x/", many, many[-1])
    assert oldest_of_few and oldest_of_many
    assert (oldest_of_few.last, oldest_of_few.pages) == (0, ())
    assert oldest_of_many.newer == "/x/page/2/"


def test_a_list_on_one_page_has_no_pagination() -> None:
    only = slices(3, 12)
    assert only == (Slice(None, 0, 3),)
    assert pagination(Settings(), "x/", only, only[0]) is None
