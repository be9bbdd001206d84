"""Read the reading list: titles, with their addresses if given.

    reading   = (link | emphasis | text) [separator] [note]
    separator = ":" | "—" | "–" | "-" | "," | "."

A reading is a list item, or a line of a paragraph if the section has no list.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from portraits.model.portrait import Reading
from portraits.reader.entries import (
    EMPHASIS,
    EntryLines,
    Sorted,
    flat,
    line_in,
    lines_of,
    unwrapped,
    without_separator,
)
from portraits.reader.markdown.document import Document
from portraits.reader.rich_text import Typesetter, append, inline_text, nodes_of
from portraits.support.messages import msg
from portraits.support.problems import ProblemCollector


class ReadingReader:
    """Reads the section of one reading list."""

    def __init__(
        self, document: Document, report: ProblemCollector, typesetter: Typesetter
    ) -> None:
        self.document, self.report, self.typesetter = document, report, typesetter

    def sort(self, blocks: list[ET.Element]) -> Sorted:
        """Separate entries from prose: beside a list, a paragraph is prose unless it starts with a
        link."""
        found = Sorted()
        listed = any(block.tag in ("ul", "ol") for block in blocks)
        for block in blocks:
            if block.tag in ("ul", "ol"):
                for item in block:
                    found.entry(line_in(item, self.document), flat(item))
            elif block.tag == "p" and not self.is_prose(block, listed):
                for line in lines_of(block, self.document.lines.get(block, (0,))):
                    if not line.is_blank:
                        found.entry(line.number, line.nodes)
            else:
                found.prose(block, line_in(block, self.document))
        return found

    def is_prose(self, paragraph: ET.Element, listed: bool) -> bool:
        nodes = [node for node in nodes_of(paragraph) if not isinstance(node, str) or node.strip()]
        if nodes and unwrapped(nodes[0]) is not None:
            return False
        return listed or inline_text(paragraph).endswith((":", "."))

    def read(self, blocks: list[ET.Element]) -> tuple[tuple[Reading, ...], Sorted]:
        """Return the readings of a section's blocks, and the entries and prose found."""
        found = self.sort(blocks)
        readings = (self.reading(entry) for entry in found.entries)
        return tuple(reading for reading in readings if reading.title), found

    def reading(self, entry: EntryLines) -> Reading:
        nodes = [node for node in entry.nodes if not isinstance(node, str) or node]
        while nodes and isinstance(nodes[0], str) and not nodes[0].strip():
            nodes.pop(0)
        first = nodes[0] if nodes else ""
        link = unwrapped(first)
        if link is not None:
            url = link.get("href") or ""
            if not url.startswith(("http:", "https:")):
                self.report.error(
                    entry.line,
                    "reading-link",
                    msg("lists.reading_elsewhere"),
                    msg("lists.reading_elsewhere_hint"),
                )
            title, rest = inline_text(link), nodes[1:]
        elif not isinstance(first, str) and first.tag in EMPHASIS | {"cite"}:
            url, title, rest = "", inline_text(first), nodes[1:]
        else:
            holder = ET.Element("div")
            for node in nodes:
                append(holder, node)
            url, title, rest = "", inline_text(holder), []
        return Reading(
            self.typesetter.text(title),
            url,
            self.typesetter.inline(without_separator(rest)),
            entry.line,
        )
