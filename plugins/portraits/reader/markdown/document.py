"""Parse one Markdown text into a tree; the only module that runs Python-Markdown.

    Document = root, lines, footnotes, findings of the inline processors

Reuse one reader for many texts: creating it takes as long as parsing two portraits.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import (
    BlockQuoteProcessor,
    CodeBlockProcessor,
    EmptyBlockProcessor,
    HRProcessor,
    ParagraphProcessor,
)
from markdown.inlinepatterns import (
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    SubstituteTagInlineProcessor,
)
from markdown.util import STX

from portraits.reader.markdown.blocks import (
    FENCED,
    BlockFindings,
    FenceProcessor,
    FootnoteDefinitionProcessor,
    HeadingProcessor,
    SwiftReferenceProcessor,
    SwiftTableProcessor,
    UnderlinedHeadingProcessor,
)
from portraits.reader.markdown.fences import take_fences
from portraits.reader.markdown.inline import (
    BareAddressProcessor,
    EntityProcessor,
    FootnoteCallProcessor,
    ImageByReferenceProcessor,
    InlineFindings,
    InnerStarProcessor,
    LinkByReferenceProcessor,
    LinkProcessor,
    MailProcessor,
    MentionProcessor,
    TagProcessor,
)
from portraits.reader.markdown.lines import Lines, candidates, locate, note_lines
from portraits.reader.markdown.lists import ListProcessor
from portraits.reader.markdown.loops import BlockLoop, InlineLoop
from portraits.reader.markdown.marks import with_plain_marks

_BLANK = re.compile(r"\n +(?=\n)")
_HASHES = re.compile(r"#{1,6}(?: |$)")
_UNDERLINE = re.compile(r"(?:--+|==+) *")
_MAY_BE_HEADINGS = ("#", "-", "=")
_ESCAPED = re.compile("\x02(\\d+)\x03")
_BOX = re.compile(r"\[([ xX])\](?=\s)")


@dataclass(frozen=True, slots=True)
class Footnote:
    """One footnote definition."""

    label: str
    body: ET.Element
    """A ``li`` with the note's blocks."""
    line: int


@dataclass(slots=True)
class Document:
    """A parsed text: blocks under ``root``, inline elements inside them."""

    root: ET.Element
    lines: Lines
    found: InlineFindings
    blocks: BlockFindings = field(default_factory=BlockFindings)
    footnotes: list[Footnote] = field(default_factory=list)
    repeated_footnotes: list[tuple[str, int]] = field(default_factory=list)
    definitions: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """Link definitions, by label in lower case."""
    used_definitions: set[str] = field(default_factory=set)
    unclosed_fence: int | None = None
    """Line of an opening fence that is never closed."""

    def unescape(self) -> None:
        """Replace escapes in the texts by the characters meant.

        Until then a text tells ``\\[^1]``, which is text, from ``[^1]``, which is a mark that led
        nowhere.
        """
        for root in (self.root, *(note.body for note in self.footnotes)):
            for element in root.iter():
                if element.text:
                    element.text = unescaped(element.text)
                if element.tail:
                    element.tail = unescaped(element.tail)


class _Definitions(dict[str, tuple[str, str | None]]):
    """Link definitions that record which ones were used."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def __getitem__(self, label: str) -> tuple[str, str | None]:
        self.used.add(label)
        return super().__getitem__(label)

    def clear(self) -> None:
        super().clear()
        self.used = set()


class _Markdown(Markdown):
    """Python-Markdown configured for portraits; only its block and inline parsers are used."""

    def __init__(self, found: InlineFindings, blocks: BlockFindings) -> None:
        self.found, self.blocks = found, blocks
        super().__init__()

    def build_parser(self) -> Self:
        super().build_parser()
        self.ESCAPED_CHARS += ["|", "@", "<", "&", "~"]
        if self.delimiters is not None:
            self.delimiters.add("~", "del", double=True)
        parser = self.parser = BlockLoop(self)
        self.fences = FenceProcessor(parser, self.blocks)
        self.footnotes = FootnoteDefinitionProcessor(parser)
        parser.order = (
            EmptyBlockProcessor(parser),
            SwiftTableProcessor(parser, self.blocks),
            self.footnotes,
            ListProcessor(parser, self.blocks),
            self.fences,
            CodeBlockProcessor(parser),
            HeadingProcessor(parser),
            UnderlinedHeadingProcessor(parser, self.blocks),
            HRProcessor(parser),
            BlockQuoteProcessor(parser),
            SwiftReferenceProcessor(parser),
            ParagraphProcessor(parser),
        )
        inline = self.inlinePatterns.register
        inline(FootnoteCallProcessor(self, self.found), "footnote", 175)
        inline(LinkByReferenceProcessor(REFERENCE_RE, self), "reference", 170)
        inline(LinkProcessor(LINK_RE, self), "link", 160)
        inline(ImageByReferenceProcessor(IMAGE_REFERENCE_RE, self), "image_reference", 140)
        inline(MailProcessor(self, self.found), "automail", 119)
        inline(BareAddressProcessor(self, self.found), "bare_address", 118)
        inline(MentionProcessor(self, self.found), "mention", 116)
        inline(SubstituteTagInlineProcessor(r"(?:  |\\)\n", "br"), "linebreak", 100)
        inline(TagProcessor(self, self.found), "html", 90)
        inline(EntityProcessor(self, self.found), "entity", 80)
        inline(InnerStarProcessor(self, self.found), "inner_star", 70)
        self.inline = InlineLoop(self)
        # Some inline processors look up the tree processor by this name.
        self.treeprocessors.register(self.inline, "inline", 20)
        self.treeprocessors.deregister("unescape")
        return self


class MarkdownReader:
    """A parser that can be reused for one text after another."""

    def __init__(self) -> None:
        self._found = InlineFindings()
        self._blocks = BlockFindings()
        self._markdown = _Markdown(self._found, self._blocks)
        self._definitions = _Definitions()
        self._markdown.references = self._definitions  # type: ignore[assignment]

    def read(self, text: str, *, first_line: int = 1, network: str = "twitter") -> Document:
        """Parse ``text`` (LF line ends, no control characters).

        ``first_line`` is the number of its first line in its file, ``network`` the network of
        handles that do not name one.
        """
        self._markdown.reset()
        found = self._found
        found.network = network
        found.accounts, found.tags, found.notes, found.calls = {}, [], {}, {}
        blocks = self._blocks
        blocks.fenced, blocks.underlined, blocks.signed, blocks.cut_rows = [], [], [], []
        notes = self._markdown.footnotes.definitions = {}
        lines, fences, unclosed = take_fences(text.expandtabs(4))
        lines = with_plain_marks(lines)
        self._markdown.fences.fences = fences
        body, note_source = candidates(lines, first_line)
        source = _BLANK.sub("\n", "\n".join(_separate_headings(lines)) + "\n\n")
        root = ET.Element("div")
        self._markdown.parser.parseChunk(root, source)
        document = Document(
            root,
            {},
            InlineFindings(network, found.accounts, found.tags, found.notes, found.calls),
            BlockFindings(blocks.fenced, blocks.underlined, blocks.signed, blocks.cut_rows),
        )
        container = ET.Element("div")
        self._read_notes(notes, note_lines(note_source), container, document)
        found.notes.update(notes)
        fenced = frozenset(blocks.fenced)
        document.lines = locate(root, body, fenced=fenced)
        for note in document.footnotes:
            document.lines.update(locate(note.body, note_source, start=note.line, fenced=fenced))
        root.append(container)
        self._markdown.inline.run(root)
        for element in root.iter():
            if element.tag == "li":
                _show_box(element)
            _clean_up(element)
        root.remove(container)
        document.definitions = dict(self._definitions)
        document.used_definitions = self._definitions.used
        document.unclosed_fence = None if unclosed is None else unclosed + first_line
        return document

    def _read_notes(
        self,
        notes: dict[str, str],
        at: list[tuple[str, int]],
        container: ET.Element,
        document: Document,
    ) -> None:
        """Parse the blocks of the footnotes; a note may define others."""
        first: dict[str, int] = {}
        for label, line in at:
            if label in first:
                document.repeated_footnotes.append((label, line))
            first.setdefault(label, line)
        for label, text in _growing_items(notes):
            body = ET.SubElement(container, "li")
            holder = ET.Element("div")
            self._markdown.parser.parseChunk(holder, text)
            body.extend(holder)
            document.footnotes.append(Footnote(label, body, first.get(label, 1)))


def _separate_headings(lines: list[str]) -> list[str]:
    """Return the lines with blank ones around headings.

    This does not change the result, but parsing time: Python-Markdown copies the rest of a block
    for each heading in it.
    """
    apart: list[str] = []
    for line in lines:
        if line[:1] not in _MAY_BE_HEADINGS:
            apart.append(line)
        elif _HASHES.match(line):
            apart += ("", line, "")
        else:
            apart.append(line)
            if _UNDERLINE.fullmatch(line):
                apart.append("")
    return apart


def _growing_items(notes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the items of ``notes``, including those added during the iteration."""
    seen: set[str] = set()
    while fresh := [label for label in notes if label not in seen]:
        for label in fresh:
            seen.add(label)
            yield label, notes[label]


def unescaped(text: str) -> str:
    """Return ``text`` with the characters that were escaped in it."""
    return _ESCAPED.sub(lambda found: chr(int(found[1])), text) if STX in text else text


def _show_box(item: ET.Element) -> None:
    """Replace ``[ ]`` or ``[x]`` at the start of a list item by a box."""
    first = item if item.text else next(iter(item), item)
    if first.text and (found := _BOX.match(first.text)):
        first.text = ("☐" if found[1] == " " else "☑") + first.text[3:]


def _clean_up(element: ET.Element) -> None:
    """Undo what Python-Markdown writes for its own serialiser, but for the escapes in text
    (:meth:`Document.unescape`), and turn its string subclasses into plain ``str``."""
    text = element.text
    if text:
        if element.tag == FENCED:
            element.tag = "code"
        elif element.tag == "code":
            text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        element.text = str(text)
    if element.tail:
        element.tail = str(element.tail)
    if not element.attrib:
        return
    if alignment := element.get("align"):
        del element.attrib["align"]
        element.set("class", f"align-{alignment}")
    for name, value in element.items():
        if STX in value or "&" in value:
            element.set(name, html.unescape(unescaped(value)))
