"""Speed up Python-Markdown's two loops by running only the processors that can match.

    block  = letter text-without-newline         a paragraph, no processor is tried
           | "#" text-without-newline            tried as a heading first
           | anything else                       every block processor is tried
    inline = text without any mark               no processor is tried
           | anything else                       only processors whose mark is in the text

Most of an interview is one-line paragraphs with few marks, for which stock Python-Markdown would
try thirty processors in vain. The result is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor

from portraits.reader.markdown.blocks import HeadingProcessor
from portraits.reader.markdown.tokens import FENCE_OPEN

_MARKS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "bare_address": ("://",),
    "mention": ("@",),
    "linebreak": ("  \n", "\\\n"),
    "html": ("<",),
    "entity": ("&",),
    "inner_star": ("*",),
    "em_strong": ("*", "_", "~~"),
}
"""Inline processor -> marks, one of which a text must contain for it to match."""
_EVERY_MARK = tuple(dict.fromkeys(mark for marks in _MARKS.values() for mark in marks))
_MARKED = re.compile(r"[`\\\[<@&*_~/\n]")
"""Matches a character of every mark."""


_LINK_DEFINITIONS = frozenset(
    {"reference", "image_reference", "short_reference", "short_image_ref"}
)
"""Inline processors that match only in a text with link definitions."""


class BlockLoop(BlockParser):
    """Picks the processor for each block."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.order: tuple[BlockProcessor, ...] = ()
        self._heading = HeadingProcessor(self)

    def parseBlocks(self, parent: ET.Element, blocks: list[str]) -> None:
        """Parse ``blocks`` into children of ``parent``, removing them from the list."""
        while blocks:
            block = blocks[0]
            if block.startswith("\n") and not (len(parent) and parent[-1].tag == "pre"):
                block = blocks[0] = block.lstrip("\n")  # blank lines matter only in code
            if "\n" not in block and FENCE_OPEN not in block:
                if block[:1].isalpha():
                    ET.SubElement(parent, "p").text = blocks.pop(0)
                    continue
                if block.startswith("#") and self._heading.test(parent, block):
                    self._heading.run(parent, blocks)
                    continue
            for processor in self.order:
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class InlineLoop(InlineProcessor):
    """Runs on each block of a tree only the inline processors that can match its text.

    Registered instead of the stock processor, whose code does the work: it is called for one block
    at a time, with ``inlinePatterns`` reduced to the processors whose mark is in the block.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._by_marks: dict[tuple[bool, tuple[str, ...]], list[Pattern]] = {}

    def run(self, tree: ET.Element, ancestors: list[str] | None = None) -> ET.Element:
        """Parse the inline Markdown in ``tree``.

        ``ancestors`` are not needed: the only ancestor that processors test for outside the block
        is a heading, which is the block itself.
        """
        for block in list(self._marked(tree)):
            self.inlinePatterns = self.due("\n".join(block.itertext()))  # type: ignore[assignment]
            if block is tree:
                super().run(tree)
                break
            alone = ET.Element(tree.tag)
            alone.append(block)
            super().run(alone)
        return tree

    def _marked(self, parent: ET.Element) -> Iterator[ET.Element]:
        """Yield the outermost elements of ``parent`` with text to process."""
        if any(block.tail and self.due(block.tail) for block in parent):
            yield parent  # elements made from a tail become children of the parent
            return
        for block in parent:
            if block.text and self.due(block.text):
                yield block
            elif len(block):
                yield from self._marked(block)

    def due(self, text: str) -> list[Pattern]:
        """Return the processors that may match ``text``, in order of priority."""
        if not _MARKED.search(text):
            return []
        marks = tuple([mark for mark in _EVERY_MARK if mark in text])
        key = (bool(self.md.references), marks)
        if key not in self._by_marks:
            patterns = self.md.inlinePatterns
            self._by_marks[key] = [
                patterns[name]
                for name in sorted(_MARKS, key=patterns.get_index_for_name)
                if not set(marks).isdisjoint(_MARKS[name])
                and (self.md.references or name not in _LINK_DEFINITIONS)
            ]
        return self._by_marks[key]
