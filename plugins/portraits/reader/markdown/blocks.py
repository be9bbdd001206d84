"""Define the block processors for headings, code fences, tables, definitions and footnotes.

    heading  = [ ]{0,3} "#"{1,6} (" " wording | NEWLINE)
             | wording NEWLINE ("=" "="+ | "-" "-"+)

The space after the hashes is required (CommonMark 0.31, section 4.2; Python-Markdown does not
require it), because a line of a portrait may start with a hashtag: « #jeudiconfession ».
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree import ElementTree as ET

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, ReferenceProcessor
from markdown.extensions.tables import TableProcessor
from markdown.util import AtomicString

from portraits.reader.markdown.fences import Fence
from portraits.reader.markdown.tokens import FENCE, FENCE_OPEN

FENCED = "fence"
"""Temporary tag of fenced code: Python-Markdown would append an indented block that follows to a
``pre`` that contains a ``code``."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_HASHES = re.compile(r"(?:^|\n) {0,3}(#{1,6})(?: +([^\n]*))?(?=\n|$)")
_CLOSING_HASHES = re.compile(r" +#+ *$")
_UNDERLINED = re.compile(r" {0,3}([^\n]*)\n {0,3}(?:(={2,})|-{2,}) *(?=\n|$)")
_NOT_UNDERLINED = re.compile(r"(?:[-+*>|#]|\d+\.)\s|[>|#\[]")
UNDER_HEADER = re.compile(r" *\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *")
_BETWEEN_CELLS = re.compile(r"[\s|\\]")
FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\n]+)\]:[ ]*(.*)")


@dataclass(slots=True)
class BlockFindings:
    """What the block processors found in one text, beside its tree."""

    fenced: list[ET.Element] = field(default_factory=list)
    """Code that was in fences."""
    underlined: list[ET.Element] = field(default_factory=list)
    """Headings made by a line of three dashes under a text, which may have been meant as a rule."""
    signed: list[ET.Element] = field(default_factory=list)
    """The only item of a list, if it is a number: its mark may have been meant as a sign."""
    cut_rows: list[ET.Element] = field(default_factory=list)
    """Rows of tables with more cells than their table has columns."""


class FenceProcessor(BlockProcessor):
    """Replaces the token of a fence by its code."""

    fences: list[Fence]

    def __init__(self, parser: BlockParser, found: BlockFindings) -> None:
        super().__init__(parser)
        self.found = found

    def test(self, parent: ET.Element, block: str) -> bool:
        return FENCE_OPEN in block

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        before, _, _ = block.partition(FENCE_OPEN)
        if before.strip():
            self.parser.parseBlocks(parent, [before.rstrip("\n ")])
        found = FENCE.match(block, len(before))
        fence = self.fences[int(found[1])] if found else Fence("", "")
        pre = ET.SubElement(parent, "pre")
        code = ET.SubElement(pre, FENCED)
        self.found.fenced.append(pre)
        if fence.language:
            code.set("class", f"language-{fence.language}")
        code.text = AtomicString(fence.code)
        rest = block[found.end() :].lstrip("\n") if found else ""
        if rest.strip():
            blocks.insert(0, rest)


class HeadingProcessor(BlockProcessor):
    """Parses headings written with hashes."""

    found: re.Match[str] | None = None

    def test(self, parent: ET.Element, block: str) -> bool:
        self.found = _HASHES.search(block) if "#" in block else None
        return self.found is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block, found = blocks.pop(0), self.found
        if found is None:
            return
        if before := block[: found.start()]:
            self.parser.parseBlocks(parent, [before])
        heading = ET.SubElement(parent, f"h{len(found[1])}")
        wording = found[2] or ""
        heading.text = (_CLOSING_HASHES.sub("", wording) if "#" in wording else wording).strip()
        if after := block[found.end() :].lstrip("\n"):
            blocks.insert(0, after)


class UnderlinedHeadingProcessor(BlockProcessor):
    """Parses headings underlined with ``===`` or ``---``."""

    def __init__(self, parser: BlockParser, found: BlockFindings) -> None:
        super().__init__(parser)
        self.found = found

    def test(self, parent: ET.Element, block: str) -> bool:
        return (
            ("\n-" in block or "\n=" in block or "\n " in block)
            and _UNDERLINED.match(block) is not None
            and _NOT_UNDERLINED.match(block.lstrip()) is None
        )

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        found = _UNDERLINED.match(block)
        if found is None:
            return
        heading = ET.SubElement(parent, "h1" if found[2] else "h2")
        heading.text = found[1].strip()
        if found[0].rstrip().endswith("\n---"):
            self.found.underlined.append(heading)
        if after := block[found.end() :].lstrip("\n"):
            blocks.insert(0, after)


class SwiftTableProcessor(TableProcessor):
    """Parses tables; skips blocks without a ``|`` quickly.

    A table may follow a paragraph without a blank line. It ends at a line without ``|``.
    """

    def __init__(self, parser: BlockParser, found: BlockFindings) -> None:
        super().__init__(parser, {"use_align_attribute": True})
        self.found = found

    def test(self, parent: ET.Element, block: str) -> bool:
        if "|" not in block or "\n" not in block or FENCE_OPEN in block:
            return False  # a fence takes its part of the block first
        lines = block.split("\n")
        start = _header(lines)
        return start is not None and super().test(parent, "\n".join(lines[start:]))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        """Parse a table, and note the rows of which Python-Markdown drops the last cells."""
        lines = blocks.pop(0).split("\n")
        start = _header(lines) or 0
        if start:
            blocks.insert(0, "\n".join(lines[start:]))
            self.parser.parseBlocks(parent, ["\n".join(lines[:start])])
            return
        end = next((at for at, line in enumerate(lines) if "|" not in line), len(lines))
        following = _header(lines[2:end])
        if following is not None:
            end = following + 2
        if end < len(lines):
            blocks.insert(0, "\n".join(lines[end:]))
        blocks.insert(0, "\n".join(lines[:end]))
        super().run(parent, blocks)
        rows = parent[-1].findall("tbody/tr")
        self.found.cut_rows += [
            row
            for row, line in zip(rows, lines[2:end], strict=False)
            if _ink("".join(row.itertext())) != _ink(line)
        ]


def _header(lines: list[str]) -> int | None:
    """Return the index of the first line with the line of a table's dashes under it, or None."""
    for at, (line, below) in enumerate(pairwise(lines)):
        if "|" in line and UNDER_HEADER.fullmatch(below):
            return at
    return None


def _ink(row: str) -> str:
    """Return the text of a table's row without what separates its cells."""
    return _BETWEEN_CELLS.sub("", row)


class SwiftReferenceProcessor(ReferenceProcessor):
    """Parses link definitions; skips blocks without ``]:`` quickly."""

    def test(self, parent: ET.Element, block: str) -> bool:
        return "]:" in block


class FootnoteDefinitionProcessor(BlockProcessor):
    """Removes ``[^label]: text`` and its continuation from the text, and stores it.

    A definition extends to the next one or to the end of its block, and over the indented blocks
    that follow.
    """

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self.definitions: dict[str, str] = {}

    def test(self, parent: ET.Element, block: str) -> bool:
        return "[^" in block and "]:" in block

    def run(self, parent: ET.Element, blocks: list[str]) -> bool:
        lines = blocks[0].split("\n")
        first = next((at for at, line in enumerate(lines) if FOOTNOTE.fullmatch(line)), None)
        if first is None:
            return False
        blocks.pop(0)
        if any(line.strip() for line in lines[:first]):
            self.parser.parseBlocks(parent, ["\n".join(lines[:first])])
        label = ""
        text: list[str] = []
        for line in lines[first:]:
            if found := FOOTNOTE.fullmatch(line):
                self.define(label, text)
                label, text = found[1], [found[2]]
            else:
                text.append(line.removeprefix("    "))
        while blocks and blocks[0].lstrip("\n").startswith("    "):
            text.append("")
            text += [line.removeprefix("    ") for line in blocks.pop(0).lstrip("\n").split("\n")]
        self.define(label, text)
        return True

    def define(self, label: str, text: list[str]) -> None:
        if label:
            self.definitions.setdefault(label, "\n".join(text).strip("\n"))
