"""What the two lists of a portrait share: lines, entries and the prose around them.

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
    """One line of inline content and where it stands."""

    number: int
    nodes: list[Node] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return all(isinstance(node, str) and not node.strip() for node in self.nodes)


@dataclass(slots=True)
class EntryLines:
    """A line that starts an entry, with the lines that go on with it."""

    line: int
    nodes: list[Node]


@dataclass(slots=True)
class Sorted:
    """The blocks of a list's section: prose before, entries, prose after."""

    before: list[ET.Element] = field(default_factory=list)
    entries: list[EntryLines] = field(default_factory=list)
    after: list[ET.Element] = field(default_factory=list)
    prose_since: list[int] = field(default_factory=list)
    """Lines of prose that came after an entry."""
    between: list[int] = field(default_factory=list)
    """Lines of prose that had entries on both sides."""

    def prose(self, block: ET.Element, line: int) -> None:
        (self.after if self.entries else self.before).append(block)
        if self.entries and line:
            self.prose_since.append(line)

    def entry(self, line: int, nodes: list[Node]) -> None:
        self.between += self.prose_since
        self.prose_since = []
        self.entries.append(EntryLines(line, nodes))


def lines_of(element: ET.Element, numbers: tuple[int, ...]) -> list[Line]:
    """The inline content of ``element`` cut at newlines and line breaks."""
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
            if broken and not first.strip() and rest:
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
    """The content of a list item as inline content: its blocks, one after the other."""
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
    """Line of the first text in ``item``."""
    for element in item.iter():
        if element in document.lines:
            return document.lines[element][0]
    return 0


def unwrapped(node: Node) -> ET.Element | None:
    """The link that ``node`` is, or that is all there is in its emphasis."""
    if isinstance(node, str):
        return None
    if node.tag in EMPHASIS and len(node) == 1 and not (node.text or node[0].tail or "").strip():
        return unwrapped(node[0])
    return node if node.tag == "a" else None


def without_separator(nodes: list[Node]) -> list[Node]:
    """``nodes`` without the mark between what an entry names and what it says of it."""
    if nodes and isinstance(nodes[0], str):
        return [_SEPARATOR.sub("", nodes[0], count=1), *nodes[1:]]
    return nodes
