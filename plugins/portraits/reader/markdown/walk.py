"""Walk the inline content of one block and find the line of each part.

The newlines of the source are kept in the block's text, so the line of an inline element is
that of its block plus the newlines before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

BLOCKS = frozenset(
    {
        "p",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "hr",
        "div",
        "figure",
        "details",
        "summary",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    }
)


Place = tuple[int, ET.Element, ET.Element | str]
"""Line, parent, and the inline element or text at that place."""


def inside(block: ET.Element, numbers: tuple[int, ...]) -> Iterator[Place]:
    """Yield the inline elements and texts of ``block`` in order; ``numbers`` are the line numbers
    of its text."""
    at = 0
    last = len(numbers) - 1
    stack = _parts(block)
    while stack:
        parent, part = stack.pop()
        if isinstance(part, str):
            yield numbers[min(at, last)], parent, part
            at += part.count("\n")
            continue
        if part.tag in BLOCKS:
            continue
        parts = _parts(part)
        yield numbers[min(at, last)], parent, part
        # A line break counts as a line, unless the newline after it will be counted.
        if part.tag == "br" and (part.tail is None or not part.tail.startswith("\n")):
            at += 1
        stack.extend(parts)


def _parts(parent: ET.Element) -> list[tuple[ET.Element, ET.Element | str]]:
    """Return the child nodes of ``parent``, texts and elements, last first."""
    parts: list[tuple[ET.Element, ET.Element | str]] = []
    for child in reversed(parent):
        if child.tail:
            parts.append((parent, child.tail))
        parts.append((parent, child))
    if parent.text:
        parts.append((parent, parent.text))
    return parts
