"""Pages are counted from the oldest, so that a new portrait renumbers none."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.pages.lists import ListSlice, pagination
from portraits.series.paging import Slice, slices
from portraits.series.tables import SliceRow
from portraits.settings import Settings
from portraits.site.views import Pagination


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (0, [(None, 0, 0)]),
        (1, [(None, 0, 1)]),
        (12, [(None, 0, 12)]),
        (23, [(None, 0, 23)]),
        (24, [(None, 0, 12), (1, 12, 24)]),
        (37, [(None, 0, 13), (2, 13, 25), (1, 25, 37)]),
    ],
)
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
        return {
            page.number: (total - page.stop, total - page.start)
            for page in slices(total, size)
            if page.number
        }

    before, after = numbered(length), numbered(length + 1)
    assert before.items() <= after.items()


def page_of(number: int, newer: int, older: int, *, total: int = 0, pages: int = 0) -> ListSlice:
    """One page of the list at ``x/``."""
    return ListSlice(SliceRow("x", f"x#{number}", number, "", "", total, pages, newer, older), "x/")


def shown(page: ListSlice) -> Pagination | None:
    return pagination(SimpleNamespace(path=Settings().path), page)  # type: ignore[arg-type]


def test_a_numbered_page_does_not_say_how_many_there_are() -> None:
    oldest = shown(page_of(1, newer=2, older=-1))
    assert oldest
    assert (oldest.last, oldest.pages) == (0, ())
    assert (oldest.newer, oldest.older) == ("/x/page/2/", "")


def test_the_newest_page_leads_to_all_the_others() -> None:
    newest = shown(page_of(0, newer=-1, older=2, total=40, pages=3))
    assert newest
    assert (newest.current, newest.last) == (0, 3)
    assert [link.url for link in newest.pages] == ["/x/", "/x/page/2/", "/x/page/1/"]


def test_a_list_on_one_page_has_no_pagination() -> None:
    assert slices(3, 12) == (Slice(None, 0, 3),)
    assert shown(page_of(0, newer=-1, older=-1, total=3, pages=1)) is None
