"""What each block of a transcript is.

    source = [title] introduction* credit* interview ( follow | others | reading | page )*

Questions look alike in one source: headings of one level, bold lines, quoted lines, or
plain paragraphs that ask. The look that most questions share is found first; then every
block is read once, in order, knowing in which part of the source it stands. The
questionnaire is the strongest evidence. What is decided on weak evidence gets a doubt,
which the portrait file and the report show to the editor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from portraits.importer import questions, sections
from portraits.importer.questions import Asks, decided, match
from portraits.importer.sections import (
    OTHER_PORTRAITS,
    credit_in,
    furniture_of,
    opens_other_portraits,
)
from portraits.importer.speakers import without_labels
from portraits.importer.survey import Survey, survey_of
from portraits.importer.transcript import Block, Kind, Style, Transcript
from portraits.reader.questionnaire import Questionnaire
from portraits.settings import Settings

_ASKED = (Kind.QUESTION, Kind.FOLLOW_UP)
_LOOKS = (Style.STRONG, Style.EMPHASIS, Style.TINTED)


class _Part(Enum):
    """Where in the source the reading has come to."""

    HEAD = auto()
    INTERVIEW = auto()
    FF = auto()
    FOLLOW = auto()
    OTHERS = auto()
    READING = auto()
    CLOSED = auto()


def classified(
    transcript: Transcript, settings: Settings, questionnaire: Questionnaire, lang: str,
) -> Transcript:
    """``transcript`` with every block's kind decided."""
    blocks = tuple(without_labels(transcript.blocks))
    reading = _Reading(settings, questionnaire, lang, transcript.greeting, blocks,
                       survey_of(blocks, settings, questionnaire, lang))
    return replace(transcript, blocks=tuple(reading.decide()))


@dataclass
class _Reading:
    """One pass over the blocks of one source."""

    settings: Settings
    questionnaire: Questionnaire
    lang: str
    greeting: bool
    blocks: tuple[Block, ...]
    survey: Survey
    part: _Part = _Part.HEAD
    previous: Kind | None = None

    def decide(self) -> Iterator[Block]:
        """The blocks with their kinds, in order."""
        for number, block in enumerate(self.blocks):
            decided_block = block if block.kind is not Kind.UNKNOWN else self._kind(number, block)
            if decided_block.kind is not Kind.FURNITURE:
                self.previous = decided_block.kind
            yield decided_block

    # -- one block

    def _kind(self, number: int, block: Block) -> Block:
        answering = self.previous in _ASKED
        if self.part is _Part.CLOSED:
            return replace(block, kind=Kind.FURNITURE, why="après la fin de l’entrevue")
        if (found := furniture_of(block.text)) and (found.ends or not answering):
            if found.ends and number > self.survey.last_question:
                self.part = _Part.CLOSED
            elif found.is_rule and self.part in (_Part.FOLLOW, _Part.OTHERS, _Part.READING):
                self.part = _Part.INTERVIEW
            return replace(block, kind=Kind.FURNITURE, why=found.why)
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
            return replace(block, kind=Kind.FURNITURE, why=OTHER_PORTRAITS)
        if sections.opens_follow(block.text, following):
            self.part = _Part.FOLLOW
            return replace(block, kind=Kind.FURNITURE,
                           why="titre des comptes à suivre : le site l’écrit lui-même")
        if sections.opens_reading(block.text, self.settings):
            self.part = _Part.READING
            return replace(block, kind=Kind.READING_HEADING)
        return None

    def _inside(self, number: int, block: Block) -> Block:
        """A block that asks nothing, by the part in which it stands."""
        if self.part is _Part.HEAD:
            return self._in_head(number, block)
        if self.part is _Part.OTHERS:
            return replace(block, kind=Kind.FURNITURE, why=OTHER_PORTRAITS)
        if self.part is _Part.READING:
            return replace(block, kind=Kind.READING)
        if self.part is _Part.FOLLOW:
            if sections.is_follow_line(block.text):
                return replace(block, kind=Kind.FOLLOW_LINE)
            return replace(block, kind=Kind.UNPLACED, why="parmi les comptes à suivre, "
                           "mais ce n’est pas « réseau : compte »")
        if self.part is _Part.FF and (
            sections.is_entry(block) or (block.joined and self.previous is Kind.FF_ENTRY)
        ):
            return replace(block, kind=Kind.FF_ENTRY)
        if credit_in(block.text) and number > self.survey.last_question:
            return replace(block, kind=Kind.CREDIT)
        if block.style.level:
            return self._heading(block)
        doubt = ""
        if self.previous in _ASKED and self.survey.asked[number]:
            doubt = "se lit comme une question, prise pour une réponse"
        elif self.survey.asked[number] is Asks.YES and not block.joined and not block.bullet:
            doubt = "se lit comme une question, laissée dans la réponse"
        return replace(block, kind=Kind.ANSWER, doubt=block.doubt or doubt)

    def _heading(self, block: Block) -> Block:
        if self._is_deeper(block) and self.previous is not Kind.FF_HEADING:
            return replace(block, kind=Kind.FOLLOW_UP, doubt="intertitre pris pour une relance")
        return replace(block, kind=Kind.UNPLACED,
                       why="intertitre : un portrait n’a que des questions pour titres")

    def _in_head(self, number: int, block: Block) -> Block:
        if credit_in(block.text):
            return replace(block, kind=Kind.CREDIT)
        alone = self.survey.dense or not any(b.joined for b in self.blocks[number + 1: number + 2])
        if block.style is Style.H1 or (
            number == self.survey.first_text and alone and sections.is_title(block)
        ):
            return replace(block, kind=Kind.TITLE)
        if self.greeting and self.survey.last_asking >= 0:
            return replace(block, kind=Kind.UNPLACED, why="avant la première question du message")
        if block.style.level:
            return self._heading(block)
        doubt = "question de l’introduction ?" if self.survey.asked[number] else ""
        return replace(block, kind=Kind.INTRODUCTION, doubt=doubt)

    # -- questions

    def _question(self, number: int, block: Block) -> Block | None:
        """``block`` as a question or a follow-up, or None when it asks nothing."""
        asks = self.survey.asked[number]
        if block.bullet or block.verbatim:
            return None
        following = self.blocks[number + 1: number + 3]
        if questions.is_recommendation_heading(block.text) and (
            block.style is self.survey.style or block.style.level
            or self.survey.style is Style.PLAIN or any(map(sections.is_entry, following[:1]))
        ):
            return self._ff(block)
        matches = match(block.text, self.questionnaire, self.lang) if asks else ()
        known = block.question_id or decided(matches)
        if self.survey.style is Style.PLAIN:
            doubt = self._plain_doubt(number, block, asks, bool(known))
        else:
            doubt = self._styled_doubt(block, asks, bool(matches and matches[0].score == 1.0))
        if doubt is None:
            return None
        if sections.asks_whom_to_follow(block.text, following):
            return self._ff(block)
        if self._hangs(block, known):
            kind = Kind.FOLLOW_UP
            doubt = doubt or ("" if block.style.level else
                              "question courte prise pour une relance (###)")
        else:
            kind = Kind.QUESTION
        return replace(block, kind=kind, question_id=known, doubt=block.doubt or doubt)

    def _ff(self, block: Block) -> Block:
        starts = block.text.lstrip("* ").upper().startswith("#FF")
        return replace(block, kind=Kind.FF_HEADING, doubt="" if starts else
                       "« #FF » ajouté devant ce titre, qui ouvre la liste des recommandations")

    def _hangs(self, block: Block, known: str) -> bool:
        if self.part is not _Part.INTERVIEW or known or self.previous in _ASKED:
            return False
        if block.style.level and self.survey.style.level:
            return self._is_deeper(block)
        return questions.is_rejoinder(block.text)

    def _is_deeper(self, block: Block) -> bool:
        """Whether ``block`` is a heading under those of the questions."""
        return 0 < self.survey.style.level < block.style.level

    def _plain_doubt(self, number: int, block: Block, asks: Asks, known: bool) -> str | None:
        """The doubt (perhaps empty) about a plain paragraph being a question; None: it is not."""
        if asks is Asks.NO and not known:
            return None
        if block.style.level or block.style in _LOOKS or known:
            return ""
        if block.joined and not self.survey.dense:
            return None
        if self.part is _Part.HEAD and (
            not questions.addresses(block.text) or number + 1 >= len(self.blocks)
        ) and self.survey.last_asking > number:
            return None
        if self.previous in _ASKED:
            return "deux questions de suite" if questions.addresses(block.text) else None
        follows = self.survey.asked[number + 1] if number + 1 < len(self.blocks) else Asks.YES
        if asks is Asks.MAYBE:
            return None if follows is Asks.YES else "question ?"
        return "question sans réponse ?" if follows is Asks.YES and not questions.addresses(
            block.text) else ""

    def _styled_doubt(self, block: Block, asks: Asks, exact: bool) -> str | None:
        """The same where questions are set off by the markup."""
        if block.style is self.survey.style:
            if asks:
                return ""
            if self.survey.style in _LOOKS and (
                self.part is _Part.HEAD or questions.word_count(block.text) > 15
                or block.text.rstrip().endswith((".", "!", ","))
            ):
                return None
            return "mis en forme comme les questions, mais n’en a pas l’air"
        if exact and questions.word_count(block.text) >= 3:
            return "mot pour mot une question du questionnaire, mais pas mise en forme comme elles"
        if self._is_deeper(block):
            return "" if asks and self.part is not _Part.HEAD else None
        if block.style is not Style.PLAIN and asks is Asks.YES:
            return "question mise en forme autrement que les autres"
        return None
