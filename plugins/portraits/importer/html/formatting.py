"""A tree in which inline formatting stands where Markdown can say it.

    block > formatting > text        never formatting > block

Old editors put ``<b>`` around paragraphs, around nothing, and side by side; links stand around
headings, and lists directly in lists. A browser shows the same before and after.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement

from portraits.importer.html.inline import BOLD, ITALIC, STRUCK
from portraits.importer.html.soup import BLOCKS, empty_tag, holds_blocks, text_of
from portraits.importer.plain_text import cleaned

_NAMES = {
    **dict.fromkeys(BOLD, "strong"),
    **dict.fromkeys(ITALIC, "em"),
    **dict.fromkeys(STRUCK, "del"),
    **dict.fromkeys(("tt", "kbd", "samp"), "code"),
    "acronym": "abbr",
}
"""One name for what Markdown writes in one way."""
_MARKS = ("strong", "em", "del")
_LISTS = ("ul", "ol", "menu", "dir")
_EMBEDDED = ("img", "iframe", "embed", "object", "video", "audio", "picture")


def normalized(soup: BeautifulSoup) -> None:
    """Make the formatting of ``soup`` regular."""
    for text in soup.find_all(string=True):
        if type(text) is NavigableString and (clean := cleaned(str(text))[0]) != text:
            text.replace_with(clean)
    for tag in soup.find_all(list(_NAMES)):
        tag.name = _NAMES[tag.name]
    for reading in soup.find_all("rt"):
        reading.insert_before(" ")
        reading.insert_after(" ")
    for tag in soup.find_all("pre"):
        if tag.find("del") or tag.find_parent("del"):
            _as_lines(tag)
    for tag in soup.find_all(lambda tag: not is_block(tag)):
        if holds_blocks(tag):
            pushed_down(tag, is_block)
    for tag in soup.find_all("code"):
        if tag.find("del"):
            pushed_down(tag, lambda inner: inner.name == "del")
    for tag in soup.find_all([*_MARKS, "code"]):
        _without_waste(tag)
    for tag in soup.find_all([*_MARKS, "code"]):
        if tag.parent is not None:
            _with_its_neighbour(tag)
    for tag in soup.find_all(_LISTS):
        _items_only(tag)


def is_block(tag: Tag) -> bool:
    """Whether ``tag`` stands on lines of its own."""
    return tag.name in BLOCKS


def pushed_down(tag: Tag, target: Callable[[Tag], bool], *, leave: bool = False) -> None:
    """Take ``tag`` away, and put a copy of it around each run of its content between targets.

    Inside a target too, unless ``leave``: a target then keeps its content as it is.
    """
    if tag.name == "a" and not text_of(tag).strip():
        tag.insert_before(_empty_copy(tag))  # an address without words stays in sight
        tag.unwrap()
        return
    run: list[PageElement] = []

    def close() -> None:
        if any(isinstance(node, Tag) or str(node).strip() for node in run):
            inner = _empty_copy(tag)
            run[0].insert_before(inner)
            for node in run:
                inner.append(node.extract())
        run.clear()

    for child in list(tag.children):
        if not isinstance(child, Tag) or not (target(child) or child.find(target)):
            run.append(child)
            continue
        close()
        if leave and target(child):
            continue
        inner = _empty_copy(tag)
        for node in list(child.children):
            inner.append(node.extract())
        child.append(inner)
        if inner.find(target):
            pushed_down(inner, target, leave=leave)
        elif not list(inner.children):
            inner.decompose()
    close()
    tag.unwrap()


def _as_lines(tag: Tag) -> None:
    """Code that is struck as lines of text, since no block of code can be."""
    for text in tag.find_all(string=lambda text: type(text) is NavigableString):
        first, *others = str(text).split("\n")
        text.replace_with(first, *(part for line in others for part in (empty_tag("br"), line)))
    tag.name = "div"


def _empty_copy(tag: Tag) -> Tag:
    empty = copy(tag)
    empty.clear()
    return empty


def _without_waste(tag: Tag) -> None:
    """Unwrap a mark inside the same mark, and one around white space only."""
    if tag.parent is None:
        return
    if tag.find_parent(tag.name) is not None or (
        not text_of(tag).strip() and tag.find(_EMBEDDED) is None
    ):
        tag.unwrap()


def _with_its_neighbour(tag: Tag) -> None:
    """One mark for two that stand side by side."""
    while isinstance(beside := tag.next_sibling, Tag) and beside.name == tag.name:
        for node in list(beside.children):
            tag.append(node.extract())
        beside.decompose()


def _items_only(tag: Tag) -> None:
    """Put what stands in a list, but in no item of it, into the item above."""
    item: Tag | None = None
    loose: Tag | None = None
    for child in list(tag.children):
        if isinstance(child, Tag) and child.name == "li":
            item, loose = child, None
        elif isinstance(child, Tag) or (type(child) is NavigableString and child.strip()):
            if loose is None:
                loose = empty_tag("div")
                if item is None:
                    tag.insert_before(loose)
                else:
                    item.append(loose)
            loose.append(child.extract())
