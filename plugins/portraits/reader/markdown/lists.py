"""Define the block processor for lists, nested to any depth.

    list   = item (blank* item)*                 all with the same mark
    item   = [ ]{0,3} mark (" "+ content | NEWLINE)
    mark   = "-" | "+" | "*"
           | number ("." | ")")                  a number of at most three digits

(CommonMark 0.31, sections 5.2 and 5.3.) What is indented as far as an item's content belongs to
it, and so does a line that goes on without indentation. The first item has content: a mark alone is
text. A list may follow a paragraph without a blank line, if its number, if it has one, is 1: people
type

    Mes outils :
    - un carnet

Numbers are kept: an item whose number is not the next one carries it (``value``), except where
all are 1, Markdown's own way to say « count for me ». A number of four digits is a year at the
start of a sentence, not a mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from portraits.reader.markdown.blocks import BlockFindings
from portraits.reader.markdown.tokens import FENCE_OPEN

_ITEM = re.compile(r"( {0,3})(?:([-+*])|(\d{1,3})([.)]))(?:( +)(?=\S)| *$)")
_MAY_START = re.compile(r"(?:^|\n) {0,3}(?:[-+*]|\d{1,3}[.)]) ")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *")
_HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
_NEW_BLOCK = re.compile(rf"{_HEADING.pattern}| {{0,3}}(?:>|\[\^[^\]]+\]:)")
_CODE_INDENT = 4
"""More spaces than this after a mark belong to indented code."""


@dataclass(slots=True)
class _Item:
    """One item: its number, how far its content is indented, and the lines of the content."""

    number: int
    indent: int
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Mark:
    """The mark of an item."""

    kind: str
    """The bullet, or the character after the number."""
    number: int
    """The number, or 0 for a bullet."""
    indent: int
    """Column of the content."""
    content: str
    """The rest of the line."""


def _mark(line: str) -> _Mark | None:
    """Return the mark at the start of ``line``, or None."""
    found = _ITEM.match(line)
    if found is None or _RULE.fullmatch(line):
        return None
    space = len(found[5] or " ")
    indent = found.end() if space <= _CODE_INDENT else found.end() - space + 1
    if not found[5]:
        indent = len(found[0].rstrip()) + 1
    return _Mark(found[2] or found[4], int(found[3] or 0), indent, line[indent:])


def _first(lines: list[str]) -> int | None:
    """Return the index of the line at which the first list of a block starts, or None."""
    for at, line in enumerate(lines):
        mark = _mark(line)
        if mark and mark.content.strip() and (at == 0 or mark.number <= 1):
            return at
    return None


def _next_block(blocks: list[str]) -> str:
    """Return the first of ``blocks`` after removing empty ones before it; empty if none is left."""
    while blocks and not blocks[0].strip():
        blocks.pop(0)
    return blocks[0] if blocks else ""


class ListProcessor(BlockProcessor):
    """Parses one list, with the blocks that are indented into its items."""

    def __init__(self, parser: BlockParser, found: BlockFindings) -> None:
        super().__init__(parser)
        self.found = found
        self._at: int | None = None

    def test(self, parent: ET.Element, block: str) -> bool:
        self._at = _first(block.split("\n")) if _MAY_START.search(block) else None
        return self._at is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        start = self._at or 0
        if start:
            self.parser.parseBlocks(parent, ["\n".join(lines[:start])])
        lines = lines[start:]
        while lines and _first(lines) == 0:  # a list with other marks may follow at once
            reading = _ListReader(lines)
            while not reading.rest and (block := _next_block(blocks)) and reading.goes_on(block):
                reading.block(blocks.pop(0))
            self._build(parent, reading)
            lines = reading.rest
        if lines:
            blocks.insert(0, "\n".join(lines))

    def _build(self, parent: ET.Element, reading: _ListReader) -> None:
        numbers = [item.number for item in reading.items]
        listing = ET.SubElement(parent, "ol" if reading.kind in ".)" else "ul")
        counted = listing.tag == "ul" or (len(numbers) > 1 and set(numbers) == {1})
        if not counted and numbers[0] != 1:
            listing.set("start", str(numbers[0]))
        expected = numbers[0]
        for item in reading.items:
            element = ET.SubElement(listing, "li")
            if not counted and item.number != expected:
                element.set("value", str(item.number))
            expected = item.number + 1
            self.parser.parseChunk(element, "\n".join(item.lines).rstrip("\n "))
            if not reading.loose and len(element) and element[0].tag == "p":
                element.text = element[0].text
                element.remove(element[0])
        if len(numbers) == 1 and reading.kind in "+-" and reading.items[0].lines[0][:1].isdigit():
            self.found.signed.append(listing[0])


class _ListReader:
    """Reads the lines of one list, block after block."""

    def __init__(self, lines: list[str]) -> None:
        """``lines`` begin with the mark of the first item."""
        self.kind = ""
        self.items: list[_Item] = []
        self.loose = False
        """Whether a blank line separates items, or blocks of an item."""
        self.rest: list[str] = []
        """Lines of the current block that are after the list."""
        self._read(lines, after_blank=False)

    def goes_on(self, block: str) -> bool:
        """Return whether the list goes on in ``block``, which follows a blank line."""
        line = block.lstrip("\n").partition("\n")[0]
        return self._inside(line) or self._next(line) is not None

    def block(self, block: str) -> None:
        """Read the next block, of which :meth:`goes_on` is true."""
        lines = block.lstrip("\n").split("\n")
        self.items[-1].lines.append("")
        self._read(lines, after_blank=True)

    def _inside(self, line: str) -> bool:
        """Return whether ``line`` is indented as far as the content of the last item.

        A heading is not: no list of a portrait can contain one, and it may be indented a little.
        """
        indent = self.items[-1].indent
        return bool(line.strip()) and not line[:indent].strip() and not _HEADING.match(line)

    def _next(self, line: str) -> _Mark | None:
        """Return the mark of ``line`` if it is the first item, or the next one of the list."""
        mark = _mark(line)
        return mark if mark and (not self.items or mark.kind == self.kind) else None

    def _read(self, lines: list[str], *, after_blank: bool) -> None:
        for at, line in enumerate(lines):
            if self.items and self._inside(line):
                item = self.items[-1]
                own = line[item.indent :]
                if after_blank and not self.loose:
                    nested = any(map(_mark, item.lines))
                    self.loose = not (nested and (own.startswith(" ") or _mark(own)))
                item.lines.append(own)
            elif mark := self._next(line):
                self.kind = mark.kind
                self.loose = self.loose or after_blank
                self.items.append(_Item(mark.number, mark.indent, [mark.content]))
            elif not after_blank and self._is_lazy(line):
                self.items[-1].lines.append(line.lstrip(" "))
            else:
                self.rest = lines[at:]
                return
            after_blank = False

    def _is_lazy(self, line: str) -> bool:
        """Return whether ``line`` goes on with the paragraph above it without indentation."""
        return bool(self.items[-1].lines[-1].strip()) and not (
            _mark(line) or _RULE.fullmatch(line) or _NEW_BLOCK.match(line) or FENCE_OPEN in line
        )
