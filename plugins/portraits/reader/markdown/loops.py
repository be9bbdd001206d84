"""Python-Markdown's two loops over its processors, trying only those that a text can need.

    block  = letter text-without-newline         a paragraph, whatever stands in it
           | "#" text-without-newline            a heading, if it is one
           | anything else                       each block processor is asked
    inline = text without any mark               nothing to do
           | anything else                       the processors whose mark it holds

Most of an interview is paragraphs of one line with few marks or none; asked one after the
other, thirty processors would find that out thirty times. What they find is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor

from portraits.reader.markdown.blocks import HeadingProcessor
from portraits.reader.markdown.tokens import FENCE_OPEN

_MARKS = {
    "backtick": ("`",), "escape": ("\\",), "footnote": ("[^",), "reference": ("[",),
    "link": ("[",), "image_link": ("![",), "image_reference": ("![",), "short_reference": ("[",),
    "short_image_ref": ("![",), "autolink": ("<",), "automail": ("<",), "bare_address": ("://",),
    "mention": ("@",), "linebreak": ("  \n",), "html": ("<",), "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""Name of an inline processor -> of these a text must hold one for it to match."""
_EVERY_MARK = tuple(dict.fromkeys(mark for marks in _MARKS.values() for mark in marks))
_MARKED = re.compile(r"[`\\\[<@&*_/\n]")
"""A character of each of them."""


_LINK_DEFINITIONS = frozenset({
    "reference", "image_reference", "short_reference", "short_image_ref"})
"""Inline processors that find nothing in a text which defines no link."""


class BlockLoop(BlockParser):
    """Finds the processor of each block."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.order: tuple[BlockProcessor, ...] = ()
        self._paragraph = ParagraphProcessor(self)
        self._heading = HeadingProcessor(self)

    def parseBlocks(self, parent: ET.Element, blocks: list[str]) -> None:
        """Add to ``parent`` what ``blocks`` hold, which are used up."""
        while blocks:
            block = blocks[0]
            if block.startswith("\n") and not (len(parent) and parent[-1].tag == "pre"):
                block = blocks[0] = block.lstrip("\n")  # blank lines matter to code alone
            if "\n" not in block and FENCE_OPEN not in block:
                if block[:1].isalpha():
                    if self.state.isstate("list"):
                        self._paragraph.run(parent, blocks)
                    else:
                        ET.SubElement(parent, "p").text = blocks.pop(0)
                    continue
                if block.startswith("#") and self._heading.test(parent, block):
                    self._heading.run(parent, blocks)
                    continue
            for processor in self.order:
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class InlineLoop(InlineProcessor):
    """Applies inline processors to each block of a tree: those that its text can need.

    Registered in place of the stock processor, which does the work. It is given one block at a
    time, and in ``inlinePatterns`` only the processors whose mark the block holds."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._by_marks: dict[tuple[bool, tuple[str, ...]], list[Pattern]] = {}

    def run(self, tree: ET.Element, ancestors: list[str] | None = None) -> ET.Element:
        """Make elements of all marks in ``tree``. Of what stands above a text, processors ask for
        nothing but a heading, which is its block."""
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
        """The blocks in ``parent`` in which processors are due, each with all that it holds."""
        if any(block.tail and self.due(block.tail) for block in parent):
            yield parent  # where what is made of a tail goes
            return
        for block in parent:
            if block.text and self.due(block.text):
                yield block
            elif len(block):
                yield from self._marked(block)

    def due(self, text: str) -> list[Pattern]:
        """The processors that may find something in ``text``, in their order."""
        if not _MARKED.search(text):
            return []
        marks = tuple([mark for mark in _EVERY_MARK if mark in text])
        key = (bool(self.md.references), marks)
        if key not in self._by_marks:
            patterns = self.md.inlinePatterns
            self._by_marks[key] = [
                patterns[name] for name in sorted(_MARKS, key=patterns.get_index_for_name)
                if not set(marks).isdisjoint(_MARKS[name])
                and (self.md.references or name not in _LINK_DEFINITIONS)]
        return self._by_marks[key]
