"""Python-Markdown's two loops over its processors, trying only those that a text can need.

    block  = letter text-without-newline         a paragraph, whatever stands in it
           | anything else                       each block processor is asked
    inline = text without any mark               nothing to do
           | anything else                       the processors whose mark it holds

Most of an interview is paragraphs of one line with few marks or none; asked one after the
other, thirty processors would find that out thirty times. What they find is the same.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from portraits.markdown_structure.tokens import FENCE_OPEN

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


class BlockLoop(BlockParser):
    """Finds the processor of each block."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.order: tuple[BlockProcessor, ...] = ()
        self._paragraph = ParagraphProcessor(self)

    def parseBlocks(self, parent: ET.Element, blocks: list[str]) -> None:
        """Add to ``parent`` what ``blocks`` hold, which are used up."""
        while blocks:
            block = blocks[0]
            if block.startswith("\n") and not (len(parent) and parent[-1].tag == "pre"):
                block = blocks[0] = block.lstrip("\n")  # blank lines matter to code alone
            if block[:1].isalpha() and "\n" not in block and FENCE_OPEN not in block:
                self._paragraph.run(parent, blocks)
                continue
            for processor in self.order:
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class InlineLoop(InlineProcessor):
    """Applies inline processors to each text of a tree."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._by_marks: dict[tuple[str, ...], tuple[tuple[int, Pattern], ...]] = {}

    def due(self, text: str) -> tuple[tuple[int, Pattern], ...]:
        """The processors that may find something in ``text``, with their places in the order."""
        if not _MARKED.search(text):
            return ()
        marks = tuple([mark for mark in _EVERY_MARK if mark in text])
        if marks not in self._by_marks:
            patterns = self.md.inlinePatterns
            self._by_marks[marks] = tuple(
                (place, patterns[name])
                for place, name in sorted((patterns.get_index_for_name(n), n) for n in _MARKS)
                if not set(marks).isdisjoint(_MARKS[name]))
        return self._by_marks[marks]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        """What the base class does for each text, under its name for it."""
        if isinstance(data, AtomicString):
            return data
        for place, pattern in self.due(data):
            start, matched = 0, place >= patternIndex
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, place, start)
        return data
