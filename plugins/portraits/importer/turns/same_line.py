"""A question and its answer on one line, with nothing but the « ? » between them.

    line = words "?" answer          « Le matin ou le soir? Le matin. »

Only where most lines of the source are so: elsewhere somebody who answers asks herself something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from portraits.importer import questions
from portraits.importer.questions import Asks
from portraits.importer.questions.languages import speech_of
from portraits.importer.transcript import Block, Kind, Style
from portraits.importer.turns.cutting import markdown_after
from portraits.importer.turns.items import MARK, without_mark
from portraits.support.messages import msg

_LINE = re.compile(r"(?P<question>[^.!?…]{2,160}\?)[»”]?\s*[-–—:]?\s*(?P<answer>[^\s?].*)$")
_FEWEST = 3
_MOST = 0.6
"""Least share of such lines from the first one on."""


def cut(blocks: Sequence[Block], lang: str) -> list[Block]:
    """``blocks`` with such lines cut in two."""
    if any(block.style is Style.ASKED for block in blocks):
        return list(blocks)
    given, blocks = blocks, [part for block in blocks for part in _unlisted(block)]
    found = {
        place: line["question"]
        for place, block in enumerate(blocks)
        if _may_be_cut(block)
        and (line := _LINE.match(block.text))
        and not speech_of(lang).first_person.search(line["question"])
        and (block.markdown.startswith("**") or not line["answer"].rstrip().endswith("?"))
    }
    open_blocks = [
        place
        for place, block in enumerate(blocks)
        if block.kind is Kind.UNKNOWN and block.text and place >= min(found, default=0)
    ]
    whole = sum(
        questions.asks(blocks[place].text, lang) is Asks.YES
        for place in open_blocks
        if place not in found
    )
    if len(found) < _FEWEST or len(found) < _MOST * len(open_blocks) or whole > len(found) / 2:
        return list(given)
    result: list[Block] = []
    for place, block in enumerate(blocks):
        if place not in found:
            result.append(block)
            continue
        question = found[place]
        end = block.markdown.find("?") + 1
        result.append(
            replace(
                block,
                text=question,
                markdown=block.markdown[:end],
                style=Style.ASKED,
                review=msg("import_block.same_line"),
            )
        )
        result.append(
            replace(
                block,
                text=block.text[len(question) :].strip(),
                markdown=markdown_after(block.markdown, question),
                joined=False,
            )
        )
    return result


def _unlisted(block: Block) -> list[Block]:
    """An item that holds a question and its answer, as a paragraph."""
    text = MARK.sub("", block.text, count=1)
    return without_mark(block, Style.PLAIN) if block.bullet and _LINE.match(text) else [block]


def _may_be_cut(block: Block) -> bool:
    return (
        block.kind is Kind.UNKNOWN
        and block.style is Style.PLAIN
        and not block.bullet
        and not block.verbatim
        and block.markdown.count("?") == block.text.count("?")
    )
