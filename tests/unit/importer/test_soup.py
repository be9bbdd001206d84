"""A page as a tree: how deep it may be, and what is spent on one that is deeper."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from portraits.importer.html.soup import MAX_DEPTH, soup_of
from portraits.importer.transcript import ImportRefused


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the elements that were made."""
    names: list[str] = []
    start = BeautifulSoup.handle_starttag

    def counted(self: BeautifulSoup, name: str, *arguments: Any, **more: Any) -> Any:
        names.append(name)
        return start(self, name, *arguments, **more)

    monkeypatch.setattr(BeautifulSoup, "handle_starttag", counted)
    return names


@pytest.mark.parametrize("count", [MAX_DEPTH + 1, 20_000])
def test_a_page_that_is_too_deep_is_left_at_the_first_element_too_many(
    count: int, opened: list[str]
) -> None:
    with pytest.raises(ImportRefused, match="plus de 150 éléments imbriqués"):
        soup_of("<div>" * count)
    assert len(opened) == MAX_DEPTH


def test_a_page_as_deep_as_it_may_be_is_read() -> None:
    assert len(soup_of("<div>" * MAX_DEPTH + "x").find_all("div")) == MAX_DEPTH


@pytest.mark.parametrize("tag", ["p", "br", "li", "td", "img"])
def test_elements_that_end_by_themselves_are_not_inside_one_another(tag: str) -> None:
    assert len(soup_of(f"<{tag}>x" * 1_000).find_all(tag)) == 1_000
