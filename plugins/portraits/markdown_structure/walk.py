"""Walking inside one block, line by line.

The newlines of a block's source survive in its text, so the line of an inline element is
that of its block plus the newlines before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from portraits.values import dataclass

BLOCKS = frozenset({
    "p", "ul", "ol", "li", "blockquote", "pre", "table", "thead", "tbody", "tr", "td", "th", "hr",
    "div", "h1", "h2", "h3", "h4", "h5", "h6",
})


@dataclass(frozen=True, slots=True)
class Place:
    """An inline element, or a stretch of text, with its line."""

    line: int
    parent: ET.Element
    element: ET.Element | None = None
    text: str = ""


def inside(block: ET.Element, numbers: tuple[int, ...]) -> Iterator[Place]:
    """Everything inline in ``block`` in order; ``numbers`` are the lines of its text."""
    at = 0
    last = len(numbers) - 1
    stack: list[tuple[ET.Element, ET.Element | None, str]] = _parts(block)
    while stack:
        parent, element, text = stack.pop()
        if element is None:
            yield Place(numbers[min(at, last)], parent, None, text)
            at += text.count("\n")
            continue
        if element.tag in BLOCKS:
            continue
        parts = _parts(element)
        yield Place(numbers[min(at, last)], parent, element)
        if element.tag == "br" and (element.tail is None or not element.tail.startswith("\n")):
            at += 1
        stack.extend(parts)


def _parts(parent: ET.Element) -> list[tuple[ET.Element, ET.Element | None, str]]:
    """What stands directly in ``parent``, last first."""
    parts: list[tuple[ET.Element, ET.Element | None, str]] = []
    for child in reversed(parent):
        if child.tail:
            parts.append((parent, None, child.tail))
        parts.append((parent, child, ""))
    if parent.text:
        parts.append((parent, None, parent.text))
    return parts
