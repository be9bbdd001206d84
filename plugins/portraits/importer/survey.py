"""How questions look in one source: what has to be known before any block is judged.

Headings of one level, bold lines, quoted lines, or plain paragraphs that ask: the look
that most questions share tells them from answers in which somebody asks too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from portraits.importer import questions, sections
from portraits.importer.questions import Asks, decided, match
from portraits.importer.sections import furniture_of
from portraits.importer.transcript import Block, Kind, Style
from portraits.reader.questionnaire import Questionnaire
from portraits.settings import Settings


@dataclass(frozen=True, slots=True)
class Survey:
    """What all blocks of a source together tell."""

    asked: tuple[Asks, ...]
    """How much each block looks like a question by itself; YES for the questionnaire's."""
    style: Style
    """The look that questions share; PLAIN when no mark-up tells them."""
    dense: bool
    """Answers stand directly under their questions, without blank lines."""
    last_question: int
    """Position of the last block that is surely a question, or -1."""
    last_asking: int
    """Position of the last block that may be a question, whatever its look, or -1."""
    first_text: int
    """Position of the first block that is not furniture: where a title may stand."""


def survey_of(
    blocks: Sequence[Block], settings: Settings, questionnaire: Questionnaire, lang: str,
) -> Survey:
    """The survey of ``blocks``."""
    asked = tuple(_asks(block, questionnaire, lang) for block in blocks)
    asking = [block for block, asks in zip(blocks, asked, strict=True) if asks is Asks.YES]
    open_blocks = [block for block in blocks if block.kind is Kind.UNKNOWN]
    style = (Style.ASKED if any(block.style is Style.ASKED for block in open_blocks)
             else _shared_style(asking, open_blocks, settings))
    plain = [block.joined for block in asking if block.style is Style.PLAIN]
    last = max((number for number, block in enumerate(blocks)
                if asked[number] is Asks.YES and block.style is style), default=-1)
    last_asking = max((number for number, asks in enumerate(asked) if asks), default=-1)
    first_text = next((number for number, block in enumerate(blocks)
                       if block.kind is Kind.UNKNOWN and not furniture_of(block.text)), 0)
    return Survey(asked, style, sum(plain) * 2 > len(plain), last, last_asking, first_text)


def _asks(block: Block, questionnaire: Questionnaire, lang: str) -> Asks:
    if block.kind is not Kind.UNKNOWN or block.bullet:
        return Asks.NO
    if block.question_id:
        return Asks.YES
    short = questions.word_count(block.text) <= questions.MOST_WORDS
    if short and decided(match(block.text, questionnaire, lang)):
        return Asks.YES
    return questions.asks(block.text)


def _shared_style(asking: list[Block], blocks: list[Block], settings: Settings) -> Style:
    shown = Counter(block.style for block in asking)
    every = Counter(
        block.style for block in blocks
        if not (questions.is_recommendation_heading(block.text) or furniture_of(block.text)
                or sections.opens_reading(block.text, settings)))
    marked = [style for style in shown
              if style is not Style.PLAIN and shown[style] * 3 >= every[style]]
    best = max(marked, key=lambda style: (shown[style], style.value), default=Style.PLAIN)
    enough = shown[best] >= 2 and shown[best] * 2 >= shown[Style.PLAIN]
    return best if enough or (shown[best] and not shown[Style.PLAIN]) else Style.PLAIN
