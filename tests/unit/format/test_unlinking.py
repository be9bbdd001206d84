"""A link that leads nowhere is its words, and nothing else of the page changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.reader.withdrawal.unlinking import unlinked


def dead(address: str) -> bool:
    return "dead" in address


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>a <a href="dead">b <em>c</em></a>&nbsp;d</p>', "<p>a b <em>c</em>&nbsp;d</p>"),
        ('<a href="/x">b</a> <a class="y" href="dead" title="z">c</a>', '<a href="/x">b</a> c'),
        ('<a title="<a href=1>" href="dead">b</a>', "b"),
        ('<a href="dead" title="</a> > x">b</a>', "b"),
        ('<em title="<a href=dead>">b</em>', '<em title="<a href=dead>">b</em>'),
        ("<A\nHREF=dead\n>b</A\n>c", "bc"),
        ('<a href="d&#101;ad">b</a>', "b"),
        ("<p>\n\n</p>\n<p>é 😀\n<a href='dead'>b\n</a></p>\n", "<p>\n\n</p>\n<p>é 😀\nb\n</p>\n"),
        ('<a href="dead"><img src="dead" alt=""></a>', '<img src="dead" alt="">'),
        ('<a href="dead">b', "b"),
        ("b</a>", "b</a>"),
        ("<a>b</a><a href>c</a>", "<a>b</a><a href>c</a>"),
    ],
)
def test_the_words_of_a_dead_link_stay(html: str, expected: str) -> None:
    assert unlinked(html, dead) == expected


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "a\n", "<a href=x>", "</a>", "&amp;", "<!--", "é"]))
)
def test_where_no_link_is_dead_every_byte_stays(parts: list[str]) -> None:
    html = "".join(parts)
    assert unlinked(html, dead) == html
