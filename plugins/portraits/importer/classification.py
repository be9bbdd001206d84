"""What each block of a transcript is.

    source = [title] introduction* credit* interview ( follow | others | reading | page )*

In three steps:

1. Labels come off: who speaks (:mod:`portraits.importer.voices`), and numbers that count up
   before questions. They are reported.
2. A survey finds how questions look in this source: headings of one level, bold lines, quoted
   lines, or plain paragraphs that ask. The look that most questions share tells them from
   answers in which somebody asks too.
3. Every block is read once, in order, knowing in which part of the source it stands.

The questionnaire is the strongest evidence. What is decided on weak evidence gets a review
comment, which the portrait file and the report show to the editor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import islice

from portraits.importer import questions, sections
from portraits.importer.people.names import called
from portraits.importer.questions import Asks, decided, match
from portraits.importer.sections import (
    OTHER_PORTRAITS,
    boilerplate_of,
    credit_in,
    opens_other_portraits,
)
from portraits.importer.transcript import Block, Kind, Style, Transcript, words_of
from portraits.importer.turns import dashes, items, quotations, same_line, tables
from portraits.importer.turns.cutting import split
from portraits.importer.voices import without_labels
from portraits.reader.questionnaire import Questionnaire
from portraits.settings import Settings
from portraits.support.messages import msg
from portraits.support.transliteration import unaccented

_NUMBER = re.compile(
    r"(?:(?:question|q)\s?)?(?:n[o°]\s?)?(?P<number>\d{1,3})\s?[-.)°:–/]+\s*(?=\S)", re.IGNORECASE
)
_ASKED = (Kind.QUESTION, Kind.FOLLOW_UP)
_LOOKS = (Style.STRONG, Style.EMPHASIS, Style.TINTED)
_LINK = re.compile(
    r"(?<![\\!])\[(?P<words>[^\[\]]*)\]\(<?(?P<address>[^()\s>]*(?:\([^()]*\)[^()\s>]*)*)>?"
    r"(?:\s+[\"'](?P<title>[^\"]*)[\"'])?\)"
)
_REMARK = re.compile(
    r"(?:attention|note|nb|ps|p\.s\.|mise a jour|update|a noter|edit|photo|rappel)\b"
)


def classified(
    transcript: Transcript, settings: Settings, questionnaire: Questionnaire, lang: str
) -> Transcript:
    """``transcript`` with every block's kind decided."""
    spoken = questions.language_of("\n".join(block.text for block in transcript.blocks))
    blocks = tuple(_in_turns(transcript.blocks, spoken))
    names = called(transcript.facts, transcript.blocks)
    asked = tuple(_asks(block, questionnaire, lang, spoken, names) for block in blocks)
    reading = _Classifier(
        settings,
        questionnaire,
        lang,
        spoken,
        names,
        transcript.greeting,
        blocks,
        _survey_of(blocks, asked, settings),
        transcript.facts.title,
    )
    return replace(transcript, blocks=tuple(reading.decide()))


# -- labels


def _in_turns(blocks: Sequence[Block], spoken: str) -> Sequence[Block]:
    """``blocks`` with labels and signs as boilerplate of their own, and voices marked."""
    for step in (
        tables.opened,
        quotations.opened,
        items.opened,
        dashes.opened,
        without_labels,
        _without_numbers,
        same_line.cut,
    ):
        blocks = step(blocks, spoken)
    return blocks


def _without_numbers(blocks: Sequence[Block], spoken: str) -> Sequence[Block]:
    numbered = [
        (place, found)
        for place, block in enumerate(blocks)
        if block.kind is Kind.UNKNOWN and not block.bullet and (found := _NUMBER.match(block.text))
    ]
    asking = [
        (place, found)
        for place, found in numbered
        if questions.asks(blocks[place].text[found.end() :], spoken) is not Asks.NO
    ]
    styles = {blocks[place].style for place, _ in numbered}
    if len(asking) * 2 < len(numbered) or len(styles) > 1 or not _count_up(numbered):
        numbered = asking
    if not _count_up(numbered):
        return blocks
    ends = {place: found.end() for place, found in numbered}
    result: list[Block] = []
    for place, block in enumerate(blocks):
        if place in ends:
            result.extend(
                split(block, ends[place], block.style, msg("import_block.question_number"))
            )
        else:
            result.append(block)
    return result


def _count_up(numbered: list[tuple[int, re.Match[str]]]) -> bool:
    counted = [int(found["number"]) for _, found in numbered]
    return len(counted) >= 2 and counted == sorted(set(counted))


# -- the survey


@dataclass(frozen=True, slots=True)
class _Survey:
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
    """Position of the first block that is not boilerplate: where a title may stand."""
    shown: Counter[Style]
    """Blocks of each look."""
    asking: Counter[Style]
    """Those of them that may be questions."""


def _survey_of(blocks: Sequence[Block], asked: tuple[Asks, ...], settings: Settings) -> _Survey:
    """The survey of ``blocks``."""
    asking = [
        block
        for block, asks in zip(blocks, asked, strict=True)
        if asks is Asks.YES or (asks and block.style in _LOOKS)
    ]
    open_blocks = [block for block in blocks if block.kind is Kind.UNKNOWN]
    style = (
        Style.ASKED
        if any(block.style is Style.ASKED for block in open_blocks)
        else _shared_style(asking, open_blocks, settings)
    )
    plain = [block.joined for block in asking if block.style is Style.PLAIN]
    last = max(
        (
            number
            for number, block in enumerate(blocks)
            if asked[number] is Asks.YES and block.style is style
        ),
        default=-1,
    )
    last_asking = max((number for number, asks in enumerate(asked) if asks), default=-1)
    first_text = next(
        (
            number
            for number, block in enumerate(blocks)
            if block.kind is Kind.UNKNOWN and not boilerplate_of(block.text)
        ),
        0,
    )
    return _Survey(
        asked,
        style,
        sum(plain) * 2 > len(plain),
        last,
        last_asking,
        first_text,
        Counter(block.style for block in blocks),
        Counter(block.style for block, asks in zip(blocks, asked, strict=True) if asks),
    )


def _asks(
    block: Block, questionnaire: Questionnaire, lang: str, spoken: str, names: frozenset[str]
) -> Asks:
    if block.kind is not Kind.UNKNOWN or block.bullet:
        return Asks.NO
    if block.question_id:
        return Asks.YES
    short = questions.word_count(block.text) <= questions.MOST_WORDS
    if short and decided(match(block.text, questionnaire, lang, names)):
        return Asks.YES
    return questions.asks(block.text, spoken)


def _shared_style(asking: list[Block], blocks: list[Block], settings: Settings) -> Style:
    shown = Counter(block.style for block in asking)
    every = Counter(
        block.style
        for block in blocks
        if not (
            questions.is_recommendation_heading(block.text)
            or boilerplate_of(block.text)
            or sections.opens_reading(block.text, settings)
        )
    )
    marked = [
        style for style in shown if style is not Style.PLAIN and shown[style] * 3 >= every[style]
    ]
    best = max(marked, key=lambda style: (shown[style], style.value), default=Style.PLAIN)
    enough = shown[best] >= 2 and shown[best] * 2 >= shown[Style.PLAIN]
    return best if enough or (shown[best] and not shown[Style.PLAIN]) else Style.PLAIN


# -- the reading


class _Part(Enum):
    """Where in the source the reading has come to."""

    HEAD = auto()
    INTERVIEW = auto()
    FF = auto()
    FOLLOW = auto()
    OTHERS = auto()
    READING = auto()
    AFTER = auto()
    """Below the interview: sources, who wrote it…"""
    CLOSED = auto()


@dataclass
class _Classifier:
    """One pass over the blocks of one source."""

    settings: Settings
    questionnaire: Questionnaire
    lang: str
    spoken: str
    """The language that the words are in, if it is neither French nor English."""
    names: frozenset[str]
    """What the person may be called."""
    greeting: bool
    blocks: tuple[Block, ...]
    survey: _Survey
    title: str = ""
    """The title that the source gives outside its text, if any."""
    part: _Part = _Part.HEAD
    previous: Kind | None = None

    def decide(self) -> Iterator[Block]:
        """The blocks with their kinds, in order."""
        for number, block in enumerate(self.blocks):
            decided_block = block if block.kind is not Kind.UNKNOWN else self._kind(number, block)
            if decided_block.kind is not Kind.BOILERPLATE:
                self.previous = decided_block.kind
            if decided_block.kind in _ASKED:
                yield from _without_links(decided_block)
            else:
                yield decided_block

    # -- one block

    def _kind(self, number: int, block: Block) -> Block:
        answering = self.previous in _ASKED
        if self.part is _Part.CLOSED:
            return replace(block, kind=Kind.BOILERPLATE, why=msg("import_block.after_end"))
        if (found := boilerplate_of(block.text)) and (found.ends or not answering):
            if found.ends and number > self.survey.last_question:
                self.part = _Part.CLOSED
            elif found.is_rule and self.part in (_Part.FOLLOW, _Part.OTHERS, _Part.READING):
                self.part = _Part.INTERVIEW
            return replace(block, kind=Kind.BOILERPLATE, why=msg(found.why))
        if not answering and (opened := self._section(number, block)):
            return opened
        if question := self._question(number, block):
            self.part = _Part.FF if question.kind is Kind.FF_HEADING else _Part.INTERVIEW
            return question
        return self._inside(number, block)

    def _section(self, number: int, block: Block) -> Block | None:
        """A heading that opens another part than a question does."""
        following = self.blocks[number + 1] if number + 1 < len(self.blocks) else None
        if opens_other_portraits(block.text):
            self.part = _Part.OTHERS
            return replace(block, kind=Kind.BOILERPLATE, why=msg(OTHER_PORTRAITS))
        if sections.opens_follow(block.text, following):
            self.part = _Part.FOLLOW
            return replace(block, kind=Kind.BOILERPLATE, why=msg("import_block.follow_heading"))
        if sections.opens_reading(block.text, self.settings):
            self.part = _Part.READING
            return replace(block, kind=Kind.READING_HEADING)
        return self._closing(number, block) if self.part is _Part.INTERVIEW else None

    def _closing(self, number: int, block: Block) -> Block | None:
        """A word of thanks, or the heading of what stands below the interview."""
        set_off = block.style is not Style.PLAIN and block.style is self.survey.style
        if not (set_off or block.style.level or number > self.survey.last_asking) or block.joined:
            return None
        if sections.thanks(block.text):
            return replace(block, kind=Kind.UNPLACED, why=msg("import_block.thanks"))
        if sections.opens_after(block.text) or sections.opens_follow_lines(block.text):
            self.part = _Part.AFTER
            return replace(block, kind=Kind.UNPLACED, why=msg("import_block.heading_below"))
        return None

    def _inside(self, number: int, block: Block) -> Block:
        """A block that asks nothing, by the part in which it stands."""
        if self.part is _Part.HEAD:
            return self._in_head(number, block)
        if self.part is _Part.OTHERS:
            return replace(block, kind=Kind.BOILERPLATE, why=msg(OTHER_PORTRAITS))
        if self.part is _Part.READING:
            return replace(block, kind=Kind.READING)
        if self.part is _Part.AFTER:
            return replace(block, kind=Kind.UNPLACED, why=msg("import_block.below"))
        if self.part is _Part.FOLLOW:
            if sections.is_follow_line(block.text):
                return replace(block, kind=Kind.FOLLOW_LINE)
            return replace(block, kind=Kind.UNPLACED, why=msg("import_block.no_account"))
        if self.part is _Part.FF and (
            sections.is_entry(block) or (block.joined and self.previous is Kind.FF_ENTRY)
        ):
            return replace(block, kind=Kind.FF_ENTRY)
        credits_somebody = sections.is_credit_alone(block.text) or (
            credit_in(block.text) and number > self.survey.last_question
        )
        if credits_somebody and self.previous not in _ASKED:
            return replace(block, kind=Kind.CREDIT)
        if block.style.level:
            return _intertitle(block)
        return replace(block, kind=Kind.ANSWER, review=block.review or self._doubt(number, block))

    def _doubt(self, number: int, block: Block) -> str:
        """What the editor should know about a block that is taken for part of an answer."""
        asks = self.survey.asked[number]
        if self.previous in _ASKED and asks:
            return msg("import_block.question_as_answer")
        if sections.is_credit_alone(block.text):
            return msg("import_block.credit_in_answer")
        if asks:
            return msg("import_block.question_in_answer")
        if questions.asks_within(block.text, self.spoken):
            return msg("import_block.asks_within")
        if block.style in _LOOKS and (
            block.style is self.survey.style or self._is_look_of_questions(block.style)
        ):
            return msg("import_block.look_in_answer")
        return ""

    def _in_head(self, number: int, block: Block) -> Block:
        if credit_in(block.text):
            return replace(block, kind=Kind.CREDIT)
        alone = self.survey.dense or not any(b.joined for b in self.blocks[number + 1 : number + 2])
        if block.style is Style.H1 or (
            number == self.survey.first_text
            and alone
            and sections.is_title(block)
            and (not self.title or set(words_of(block.text)) <= set(words_of(self.title)))
        ):
            return replace(block, kind=Kind.TITLE)
        if self.greeting and self.survey.last_asking >= 0:
            return replace(block, kind=Kind.UNPLACED, why=msg("import_block.before_first"))
        if block.style.level:
            return _intertitle(block)
        unsure = self.survey.asked[number] or questions.asks_within(block.text, self.spoken)
        review = msg("import_block.asked_in_introduction") if unsure else ""
        return replace(block, kind=Kind.INTRODUCTION, review=review)

    # -- questions

    def _question(self, number: int, block: Block) -> Block | None:
        """``block`` as a question or a follow-up, or None when it asks nothing."""
        asks = self.survey.asked[number]
        if block.bullet or block.verbatim or self._is_title(block):
            return None
        following = self.blocks[number + 1 : number + 3]
        if questions.is_recommendation_heading(block.text) and (
            block.style is self.survey.style
            or block.style.level
            or self.survey.style is Style.PLAIN
            or any(map(sections.is_entry, following[:1]))
        ):
            return self._ff(block)
        matches = match(block.text, self.questionnaire, self.lang, self.names) if asks else ()
        known = block.question_id or decided(matches)
        if self.survey.style is Style.PLAIN:
            review = self._plain_review(number, block, asks, bool(known))
        else:
            review = self._styled_review(
                number, block, asks, bool(matches and matches[0].score == 1.0)
            )
        if review is None:
            return None
        if sections.asks_whom_to_follow(block.text, following):
            return self._ff(block)
        if self.previous is Kind.ANSWER and not self._asked_after(number, 1):
            why = msg("import_block.asked_last")
            return replace(block, kind=Kind.UNPLACED, why=why)
        if self._hangs(block, known):
            kind = Kind.FOLLOW_UP
            review = review or ("" if block.style.level else msg("import_block.short_follow_up"))
        else:
            kind = Kind.QUESTION
        return replace(block, kind=kind, question_id=known, review=block.review or review)

    def _is_title(self, block: Block) -> bool:
        """Whether ``block`` is the heading of the page above questions that look otherwise."""
        return (
            block.style is Style.H1
            and self.part is _Part.HEAD
            and self.survey.style not in (Style.H1, Style.PLAIN)
        )

    def _ff(self, block: Block) -> Block:
        starts = block.text.lstrip("* ").upper().startswith("#FF")
        return replace(
            block, kind=Kind.FF_HEADING, review="" if starts else msg("import_block.ff_added")
        )

    def _hangs(self, block: Block, known: str) -> bool:
        if self.part is not _Part.INTERVIEW or known or self.previous in _ASKED:
            return False
        if block.style.level and self.survey.style.level:
            return self._is_deeper(block)
        return questions.is_rejoinder(block.text, self.spoken)

    def _is_deeper(self, block: Block) -> bool:
        """Whether ``block`` is a heading under those of the questions."""
        return 0 < self.survey.style.level < block.style.level

    def _plain_review(self, number: int, block: Block, asks: Asks, known: bool) -> str | None:
        """What is to review about a plain paragraph being a question, perhaps nothing; None: it
        is not."""
        if asks is Asks.NO and not known:
            return None
        if block.style.level or known or self._is_look_of_questions(block.style):
            return ""
        if block.joined and not self.survey.dense:
            return None
        if self._belongs_to_head(number, block):
            return None
        follows = next(iter(self._asked_after(number, 1)), Asks.YES)
        if self.previous in _ASKED:
            answers = follows is not Asks.NO and questions.tells_first(block.text)
            speaks = questions.addresses(block.text, self.spoken)
            return msg("import_block.two_in_a_row") if speaks and not answers else None
        if asks is Asks.MAYBE:
            return None if follows is Asks.YES else msg("import_block.perhaps_question")
        return (
            msg("import_block.perhaps_unanswered")
            if follows is Asks.YES and not questions.addresses(block.text, self.spoken)
            else ""
        )

    def _is_look_of_questions(self, style: Style) -> bool:
        """Whether what looks so asks more often than not: answers can be in bold, too."""
        return style in _LOOKS and self.survey.asking[style] * 2 >= self.survey.shown[style]

    def _belongs_to_head(self, number: int, block: Block) -> bool:
        """Whether a question that stands before all others belongs to the introduction: it speaks
        to nobody, and no answer stands between it and the next question."""
        if self.part is not _Part.HEAD or self.survey.last_asking <= number:
            return False
        if questions.addresses(block.text, self.spoken) and number + 1 < len(self.blocks):
            return False
        asks = self.survey.asked[number] is Asks.YES and not questions.tells_first(block.text)
        following = [asked is Asks.NO for asked in self._asked_after(number, 2)]
        return not asks or following != [True, False]

    def _asked_after(self, number: int, count: int) -> list[Asks]:
        """How much the next ``count`` blocks look like questions, signs and labels left out."""
        after = range(number + 1, len(self.blocks))
        places = (place for place in after if self.blocks[place].kind is Kind.UNKNOWN)
        return [self.survey.asked[place] for place in islice(places, count)]

    def _styled_review(self, number: int, block: Block, asks: Asks, exact: bool) -> str | None:
        """The same where questions are set off by the markup."""
        if block.style is self.survey.style:
            if asks or (block.text.rstrip().endswith("?") and self.part is not _Part.HEAD):
                return ""
            if self.part is _Part.AFTER:
                return None
            if self.survey.style in _LOOKS and not self._is_said_between_answers(number, block):
                return None
            return msg("import_block.look_alone")
        if exact and questions.word_count(block.text) >= 3:
            return msg("import_block.words_alone")
        if self._is_deeper(block):
            return "" if asks and self.part is not _Part.HEAD else None
        if block.style is not Style.PLAIN and (
            asks is Asks.YES or (asks and self.part is not _Part.HEAD and not block.joined)
        ):
            return msg("import_block.other_look")
        return None

    def _is_said_between_answers(self, number: int, block: Block) -> bool:
        """Whether a line that asks nothing, but looks as questions do, is the interviewer's: nearly
        all that looks so asks, and answers stand above and below."""
        if self.previous is not Kind.ANSWER or _REMARK.match(unaccented(block.text)):
            return False
        shown, asking = self.survey.shown[block.style], self.survey.asking[block.style]
        around = (self.blocks[number - 1], *self.blocks[number + 1 : number + 2])
        return (
            len(around) == 2
            and all(other.style is not block.style for other in around)
            and asking * 5 >= 3 * shown
            and (
                questions.addresses(block.text, self.spoken)
                or (shown >= 4 and questions.word_count(block.text) >= 4)
            )
            and not questions.speaks_of_self(block.text, self.spoken)
        )


def _intertitle(block: Block) -> Block:
    """A heading that asks nothing, whatever its level: what stands below belongs to the answer."""
    why = msg("import_block.subheading")
    return replace(block, kind=Kind.UNPLACED, why=why)


def _without_links(block: Block) -> Iterator[Block]:
    """Yield a question as words alone; the addresses that it linked to go to the report."""
    links = list(_LINK.finditer(block.markdown))
    if not links:
        yield block
        return
    yield replace(
        block,
        markdown=_LINK.sub(lambda found: found["words"], block.markdown),
        review=block.review or msg("import_block.question_without_link"),
    )
    for link in links:
        yield Block(
            block.first,
            block.last,
            " ".join(filter(None, (link["address"], link["title"]))),
            "",
            Kind.UNPLACED,
            why=msg("import_block.link_of_question"),
        )
