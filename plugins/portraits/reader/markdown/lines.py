"""Find the source line of each block of the tree.

Python-Markdown does not record lines, but its tree contains the text of the source lines in
order, without indentation and marks. Walking both in parallel finds them again: the next line
of text in the tree comes from the next source line that contains it. Lines that add no text to
the tree (blank lines, definitions, fences) are not candidates.
"""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree as ET

from portraits.reader.markdown.blocks import FOOTNOTE, HEADINGS
from portraits.reader.markdown.tokens import FENCE_OPEN

Lines = dict[ET.Element, tuple[int, ...]]
"""Block with direct text -> the 1-based source line of each line of that text."""

Candidates = list[tuple[int, str]]
"""1-based number and text of the source lines that can appear in the tree."""

_DEFINITION = re.compile(r" {0,3}\[[^\[\]]*\]:")
_HEADING = re.compile(r"[ >*+\d.\-]*#|[ >*+\d.\-]*[^\n]*\n[ >]*(?:==|--)")
_EMPTY_HEADING = re.compile(r"[ >*+\d.\-]*#{1,6}[ #]*")
_FAR = 2_000
"""Maximum number of source lines searched for one line of the tree."""


def candidates(lines: list[str], first_line: int) -> tuple[Candidates, Candidates]:
    """Return the candidates for the text itself and those for its footnotes."""
    text: Candidates = []
    notes: Candidates = []
    in_note = after_blank = False
    for number, line in enumerate(lines, first_line):
        if not line or line.isspace():
            after_blank = True
            continue
        if "[^" in line and FOOTNOTE.fullmatch(line):
            in_note = True
        elif in_note and after_blank and not line.startswith("    "):
            in_note = False
        after_blank = False
        if in_note:
            notes.append((number, line))
        elif FENCE_OPEN not in line and not ("]:" in line and _DEFINITION.match(line)):
            text.append((number, line))
    return text, notes


def note_lines(notes: Candidates) -> list[tuple[str, int]]:
    """Return (label, line) of each footnote definition, in order."""
    return [(found[1], number) for number, line in notes if (found := FOOTNOTE.fullmatch(line))]


class _Walk:
    """Walks a tree and the source lines in parallel."""

    def __init__(self, source: Candidates, at: int, fenced: frozenset[ET.Element]) -> None:
        self.source, self.at, self.fenced = source, at, fenced
        self.line = source[at][0] if at < len(source) else 1
        self.found: Lines = {}

    def advance(self, wanted: str, heading: bool) -> None:
        """Move to the next source line that contains ``wanted``; stay if there is none."""
        source = self.source
        for index in range(self.at, min(self.at + _FAR, len(source))):
            number, line = source[index]
            if wanted not in line:
                continue
            if heading and not line.startswith("#"):
                below = source[index + 1][1] if index + 1 < len(source) else ""
                if not _HEADING.match(f"{line}\n{below}"):
                    continue
            self.at, self.line = index + 1, number
            return

    def read(self, text: str, heading: bool = False) -> tuple[int, ...]:
        if "\n" not in text:
            if wanted := text.strip():
                self.advance(wanted, heading)
            return (self.line,)
        numbers = []
        for wanted in text.split("\n"):
            if wanted := wanted.strip():
                self.advance(wanted, heading)
            numbers.append(self.line)
        return tuple(numbers)

    def visit(self, element: ET.Element) -> None:
        tag = element.tag
        if tag == "pre" and element in self.fenced:
            return
        if tag == "tr":
            self.row(element)
            return
        if tag in HEADINGS and not element.text:
            self.empty_heading(element)
        elif element.text and not element.text.isspace():
            text = html.unescape(element.text) if tag == "code" else element.text
            self.found[element] = self.read(text, tag in HEADINGS)
        for child in element:
            self.visit(child)
            if child.tail and not child.tail.isspace():
                self.read(child.tail)

    def row(self, row: ET.Element) -> None:
        """Find the cells of a row, which are all on one line."""
        first = self.at
        for cell in row:
            self.at = first
            if cell.text:
                self.found[cell] = self.read(cell.text)
                first = self.at - 1 if self.at > first else first
        self.at = first + 1

    def empty_heading(self, heading: ET.Element) -> None:
        for index in range(self.at, min(self.at + _FAR, len(self.source))):
            number, line = self.source[index]
            if _EMPTY_HEADING.fullmatch(line):
                self.at, self.line = index + 1, number
                break
        self.found[heading] = (self.line,)


def locate(
    root: ET.Element,
    source: Candidates,
    *,
    start: int = 0,
    fenced: frozenset[ET.Element] = frozenset(),
) -> Lines:
    """Return the lines of every block under ``root``, before inline Markdown is parsed.

    ``start`` is the first source line to search, ``fenced`` the blocks that come from fences.
    """
    at = next((index for index, (number, _) in enumerate(source) if number >= start), len(source))
    walk = _Walk(source, at, fenced)
    walk.visit(root)
    return walk.found
