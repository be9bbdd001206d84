"""Split a list section into entries and prose; shared by recommendations and readings.

An entry is a list item, or a line of a paragraph; everything else is prose and is kept,
before the first entry or after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from portraits.reader.markdown.document import Document
from portraits.reader.markdown.walk import BLOCKS
from portraits.reader.rich_text import Node, nodes_of

EMPHASIS = frozenset({"em", "strong", "b", "i"})

_SEPARATOR = re.compile(r"\s*(?:[:—–,;.…-]+(?=\s|$)|:)?\s*")


@dataclass(slots=True)
class Line:
    """One line of inline content, with its line number."""

    number: int
    nodes: list[Node] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return all(isinstance(node, str) and not node.strip() for node in self.nodes)


@dataclass(slots=True)
class EntryLines:
    """The content of one entry, continuation lines included."""

    line: int
    nodes: list[Node]


@dataclass(slots=True)
class Sorted:
    """The blocks of a list section: prose before, entries, prose after."""

    before: list[ET.Element] = field(default_factory=list)
    entries: list[EntryLines] = field(default_factory=list)
    after: list[ET.Element] = field(default_factory=list)
    prose_since: list[int] = field(default_factory=list)
    """Lines of prose since the last entry."""
    between: list[int] = field(default_factory=list)
    """Lines of prose with entries on both sides."""

    def prose(self, block: ET.Element, line: int) -> None:
        (self.after if self.entries else self.before).append(block)
        if self.entries and line:
            self.prose_since.append(line)

    def entry(self, line: int, nodes: list[Node]) -> None:
        self.between += self.prose_since
        self.prose_since = []
        self.entries.append(EntryLines(line, nodes))


def lines_of(element: ET.Element, numbers: tuple[int, ...]) -> list[Line]:
    """Split the inline content of ``element`` at newlines and line breaks.

    ``numbers`` are the line numbers of its text.
    """
    at = 0
    lines = [Line(numbers[0])]

    def new() -> None:
        nonlocal at
        at += 1
        lines.append(Line(numbers[min(at, len(numbers) - 1)]))

    broken = False
    for node in nodes_of(element):
        if isinstance(node, str):
            first, *rest = node.split("\n")
            if broken and not first.strip() and rest:  # the newline after a <br> is the same break
                first, *rest = rest
            broken = False
            lines[-1].nodes.append(first)
            for piece in rest:
                new()
                lines[-1].nodes.append(piece)
        elif node.tag == "br":
            new()
            broken = True
        elif node.tag not in BLOCKS:
            broken = False
            lines[-1].nodes.append(node)
    return lines


def flat(item: ET.Element) -> list[Node]:
    """Flatten a list item to inline content: its blocks in sequence, separated by spaces."""
    nodes: list[Node] = []
    for node in nodes_of(item):
        if isinstance(node, str) or node.tag not in BLOCKS:
            nodes.append(node)
        else:
            if nodes:
                nodes.append(" ")
            nodes += flat(node)
    return nodes


def line_in(item: ET.Element, document: Document) -> int:
    """Return the line of the first text in ``item``, or 0."""
    for element in item.iter():
        if element in document.lines:
            return document.lines[element][0]
    return 0


def unwrapped(node: Node) -> ET.Element | None:
    """Return ``node`` if it is a link, the link if ``node`` is emphasis around one, else None."""
    if isinstance(node, str):
        return None
    if node.tag in EMPHASIS and len(node) == 1 and not (node.text or node[0].tail or "").strip():
        return unwrapped(node[0])
    return node if node.tag == "a" else None


def without_separator(nodes: list[Node]) -> list[Node]:
    """Drop the separator (« : », « — »…) at the start of ``nodes``, the text after an entry's
    account or title."""
    if nodes and isinstance(nodes[0], str):
        return [_SEPARATOR.sub("", nodes[0], count=1), *nodes[1:]]
    return nodes
