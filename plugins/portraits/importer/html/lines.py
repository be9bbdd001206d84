"""Runs of inline HTML as lines: cut at ``br``, with the look that each line has as a whole.

run  = ( inline content | "<br>" )*
look = strong | emphasis | tinted | plain          plain when not all of it looks so
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy

from bs4 import NavigableString, Tag
from bs4.element import PageElement

from portraits.importer import questions
from portraits.importer.html.inline import ITALIC, is_bold, is_tinted
from portraits.importer.html.soup import text_of
from portraits.importer.questions import Asks
from portraits.importer.transcript import Style


def lines_of(run: list[PageElement]) -> Iterator[list[PageElement]]:
    """The run cut at ``br``; an empty list stands for a blank line."""
    line: list[PageElement] = []
    for node in _without_deep_breaks(run):
        if isinstance(node, Tag) and node.name == "br":
            yield line if any(text_of(part).strip() for part in line) else []
            line = []
        else:
            line.append(node)
    if any(text_of(part).strip() or (isinstance(part, Tag) and part.get("href")) for part in line):
        yield line


def _without_deep_breaks(run: list[PageElement]) -> list[PageElement]:
    """Inline elements that hold a ``br`` are cut in two around it."""
    result: list[PageElement] = []
    for node in run:
        if not isinstance(node, Tag) or node.name == "br" or node.find("br") is None:
            result.append(node)
            continue
        inner = _without_deep_breaks(list(node.children))
        piece = _empty_copy(node)
        for child in inner:
            if isinstance(child, Tag) and child.name == "br":
                result += [piece, child]
                piece = _empty_copy(node)
            else:
                piece.append(copy(child))
        result.append(piece)
    return result


def _empty_copy(tag: Tag) -> Tag:
    empty = copy(tag)
    empty.clear()
    return empty


def look_of(nodes: list[PageElement]) -> Style:
    """How a line looks as a whole."""
    looks = [_looks_of_leaves(node, frozenset()) for node in nodes]
    shared = (
        frozenset.intersection(*(look for leaf in looks for look in leaf))
        if any(looks)
        else frozenset()
    )
    for style in (Style.STRONG, Style.EMPHASIS, Style.TINTED):
        if style in shared:
            return style
    return Style.PLAIN


def _looks_of_leaves(node: PageElement, looks: frozenset[Style]) -> list[frozenset[Style]]:
    if isinstance(node, NavigableString):
        return [looks] if re.search(r"\w", str(node)) else []
    if not isinstance(node, Tag):
        return []
    if is_bold(node):
        looks |= {Style.STRONG}
    if node.name in ITALIC:
        looks |= {Style.EMPHASIS}
    if is_tinted(node):
        looks |= {Style.TINTED}
    return [leaf for child in node.children for leaf in _looks_of_leaves(child, looks)]


def question_apart(nodes: list[PageElement]) -> Iterator[tuple[list[PageElement], Style]]:
    """A line, or the question set off at its beginning and the answer after it."""
    whole = look_of(nodes)
    if whole is Style.PLAIN:
        for place in range(1, len(nodes)):
            look = look_of(nodes[:place])
            head = " ".join("".join(text_of(node) for node in nodes[:place]).split())
            if (
                look is not Style.PLAIN
                and head.endswith(("?", "?!"))
                and questions.asks(head) is not Asks.NO
            ):
                yield nodes[:place], look
                yield nodes[place:], look_of(nodes[place:])
                return
    yield nodes, whole
