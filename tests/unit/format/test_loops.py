"""Processors that are not asked would have found nothing."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown.blockparser import BlockParser
from markdown.inlinepatterns import LinkInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE
from portraits.reader.markdown.document import MarkdownReader
from portraits.reader.markdown.inline import LinkProcessor
from portraits.reader.markdown.loops import BlockLoop, InlineLoop
from portraits.reader.markdown.tokens import TAG

PIECES = (
    "a",
    "é",
    " ",
    "\n",
    "\n\n",
    "    ",
    "- ",
    "1. ",
    "> ",
    "## ",
    "#",
    "---",
    "===",
    "*",
    "_",
    "**",
    "`",
    "```\n",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "[^1]",
    "\n\n[^1]: ",
    "[a]: http://b.c",
    "![",
    "<b>",
    "</b>",
    "<a@b.ca>",
    "@lea",
    "@a@b.ca",
    "http://b.ca/c",
    "&eacute;",
    "&",
    "  \n",
    "|",
    "a|b\n-|-\n",
    "{#id}",
    ":",
    "!",
    "_a_",
    "*a*",
    "`a`",
    "\\*",
    "[a](b.md)",
    "![a](b.jpg)",
    "](",
    "](http://b.ca/c)",
    "](<b c>)",
    ' "c")',
    "'",
    '"',
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def tree(text: str) -> str:
    """The tree of ``text``, its tags as they were written and not by their numbers."""
    document = MarkdownReader().read(text)
    roots = [document.root, *(note.body for note in document.footnotes)]
    written = "".join(ET.tostring(root, "unicode") for root in roots)
    # What the library leaves of its own numbers where marks overlap; each block counts anew here.
    written = INLINE_PLACEHOLDER_RE.sub("left over", written)
    return TAG.sub(lambda found: document.found.tags[int(found[1])], written)


def asked_one_after_the_other(self: BlockLoop, parent: ET.Element, blocks: list[str]) -> None:
    while blocks:
        for processor in self.order:
            if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                break


@settings(max_examples=250)
@given(text=TEXTS)
@example("a [^1]\n\n[^1]: b")
@example("a [b][c]\n\n[c]: http://b.c")
@example("a [c]\n\n[c]: http://b.c")
@example("a ![b][c]\n\n[c]: b.jpg")
@example("a ![c]\n\n[c]: b.jpg")
@example("a <http://b.ca/c>")
@example("- a *b*\n\n    c *d*\n\n<b>e</b>")
@example("- a\n    - b\n\n    *c* @lea\n\n    d")
@example("## a @lea *b*\n\n- ## @lea")
@example("- # a\n*b* @lea\n\n1. # a\nb *c*\n\n   *d*")
def test_the_tree_is_that_of_all_processors_asked_in_turn(text: str) -> None:
    found = tree(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BlockLoop, "parseBlocks", asked_one_after_the_other)
        patch.setattr(LinkProcessor, "handleMatch", LinkInlineProcessor.handleMatch)
        patch.setattr(InlineLoop, "run", InlineProcessor.run)
        assert tree(text) == found


def test_the_loops_stand_in_the_place_of_public_ones() -> None:
    assert "parseBlocks" in vars(BlockParser)
    assert "run" in vars(InlineProcessor)
