"""Read the answers to the questionnaire by e-mail, wherever they stand in what came back.

    answers = ( question answer )*                    below each question, or on its line
            | ( number answer )* questions            above or below all of them, numbered

What stands below a question is its answer: what its writer typed, when the questions are quoted;
anything, when they are not. Where nothing was typed outside the quotation, the answers are inside.
Voices alternate with the depth of quotation, so an answer of a first round is quoted twice; what
the interviewer asks below it is a follow-up.

Whatever rests on a number, or on words that stand in a quotation, is to be reviewed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from portraits.importer import questions
from portraits.importer.mail.cutting import cut
from portraits.importer.mail.lines import MessageLine, sorted_lines
from portraits.importer.mail.numbered import (
    BEFORE,
    NUMBER,
    UNANSWERED,
    answered_by_number,
    numbers_in,
    shortened,
)
from portraits.importer.mail.remarks import remarked
from portraits.importer.mail.sent import Passage, PassageKind
from portraits.importer.plain_text import blocks_of, lines_as_blocks, plain_block
from portraits.importer.questions import Asks
from portraits.importer.sections import credit_in, is_entry
from portraits.importer.transcript import Block, Facts, Kind, Transcript, words_of
from portraits.reader.questionnaire import Questionnaire
from portraits.support.messages import msg

_LABEL = re.compile(r"(?:(?P<word>r[ée]ponse|r[ée]p\.?|answer)|r|a)\s?:\s*", re.IGNORECASE)
"""What people write before their answers: « Réponse : », or one letter before several of them."""
IN_QUOTE = "import_mail.answer_in_quote"
_INSERTED = "import_mail.quote_between"
_CHANGED = "import_mail.reworded"
_ASIDE = "import_mail.quote_aside"
_OURS = {
    PassageKind.GREETING: "import_mail.greeting",
    PassageKind.INSTRUCTION: "import_mail.instruction",
    PassageKind.RECOMMENDATIONS: UNANSWERED,
    PassageKind.PHOTO: "import_mail.instruction",
    PassageKind.THANKS: "import_mail.greeting",
}
_OUTSIDE = {
    PassageKind.GREETING: BEFORE,
    PassageKind.INSTRUCTION: BEFORE,
    PassageKind.PHOTO: "import_block.about_photo",
    PassageKind.THANKS: "import_mail.after",
}


def transcript(
    source: str,
    text: str,
    found: Sequence[Passage],
    questionnaire: Questionnaire,
    notices: tuple[str, ...] = (),
    writer: str = "",
) -> Transcript:
    """Return the transcript of a message in which ``found`` was recognized."""
    reading = _Returned(text.split("\n"), found, questionnaire, writer)
    blocks = tuple(remarked(reading.blocks()))
    if unanswered := sum(block.is_because(UNANSWERED) for block in blocks):
        notices = (*notices, msg("import_mail.unanswered", count=unanswered))
    facts = Facts(name=_name(found))
    words = (*words_of(text), *reading.added, *words_of(facts.name))
    return Transcript(source, blocks, words, facts, notices)


def _name(found: Sequence[Passage]) -> str:
    """The name in our greeting, which the editor gave, when it is a whole one."""
    greeting = next((one.text for one in found if one.kind is PassageKind.GREETING), "")
    name = greeting.partition(" ")[2].strip(" ,!")
    return name if len(name.split()) > 1 else ""


@dataclass(frozen=True, slots=True)
class _VoiceRun:
    """Lines of one voice."""

    is_writer: bool
    depth: int
    lines: tuple[MessageLine, ...]

    def blocks(self, *, in_lists: bool = True) -> list[Block]:
        """The paragraphs of the run; not ``in_lists``, numbers may be those of answers."""
        numbers = [line.number for line in self.lines]
        read = blocks_of if in_lists else lines_as_blocks
        return [
            replace(block, first=numbers[block.first - 1], last=numbers[block.last - 1])
            for block in read([line.text for line in self.lines])
        ]


@dataclass(slots=True)
class _Gap:
    """What stands between two passages."""

    passage: Passage | None
    """The one above, or None at the beginning."""
    lists: bool
    """Whether recommendations stand here: below their heading, or below the line on it."""
    lines: list[MessageLine] = field(default_factory=list)
    runs: tuple[_VoiceRun, ...] = ()

    @property
    def asks(self) -> bool:
        return self.passage is not None and self.passage.kind is PassageKind.QUESTION

    @property
    def is_answered(self) -> bool:
        """Whether the person who is interviewed wrote something here."""
        return any(run.is_writer for run in self.runs)


class _Returned:
    """One message, cut at what we sent."""

    def __init__(
        self,
        lines: Sequence[str],
        found: Sequence[Passage],
        questionnaire: Questionnaire,
        writer: str,
    ) -> None:
        self.questionnaire = questionnaire
        depths = Counter(
            one.depth % 2 for one in found if one.kind is PassageKind.QUESTION and one.depth
        )
        self.asker = 0 if depths[0] > depths[1] else 1
        """0 when the interviewer's words are quoted an even number of times, else 1."""
        spoken = Counter(one.lang for one in found if one.lang)
        self.lang = spoken.most_common(1)[0][0] if spoken else ""
        self.added: list[str] = []
        """Words of the questionnaire that the message does not hold."""
        self.boilerplate: list[Block] = []
        self.gaps = _gaps(found)
        self._fill(lines, found, writer)
        self.by_number = _by_number(found)
        self.lettered = sum(
            any(_LABEL.match(line.text) for line in run.lines[:1])
            for gap in self.gaps
            if gap.asks
            for run in gap.runs
        )
        """Answers that begin with a label."""

    # -- what stands between the passages

    def _fill(self, lines: Sequence[str], found: Sequence[Passage], writer: str) -> None:
        rest = cut(lines, found)
        closed = {place for place, line in enumerate(rest) if line.below is None}
        given = sorted_lines([line.text for line in rest], writer, closed)
        self.boilerplate = [
            replace(block, first=rest[block.first - 1].number, last=rest[block.last - 1].number)
            for block in given.boilerplate
        ]
        for origin, line in zip(rest, given.lines, strict=True):
            if origin.below is not None:
                text = "" if line.why else line.text
                self.gaps[origin.below].lines.append(replace(line, number=origin.number, text=text))
        for gap in self.gaps:
            gap.runs = self._runs(gap)

    def _runs(self, gap: _Gap) -> tuple[_VoiceRun, ...]:
        runs: list[tuple[bool, list[MessageLine]]] = []
        asked_at = gap.passage.depth if gap.passage else 0
        for line in gap.lines:
            if line.says_something:
                writes = self._writes(line) and line.answers(asked_at)
                asked_at = asked_at if self._writes(line) else line.depth
                if not runs or runs[-1][0] != writes:
                    runs.append((writes, []))
            if runs:
                runs[-1][1].append(line)
        return tuple(_VoiceRun(writes, run[0].depth, tuple(run)) for writes, run in runs)

    def _writes(self, line: MessageLine) -> bool:
        """Return whether the person who is interviewed wrote ``line``."""
        return line.depth % 2 != self.asker

    def _read_quotation(self) -> None:
        """Look for answers inside the quotation as well."""
        for gap in self.gaps:
            if gap.asks or gap.lists:
                gap.runs = tuple(
                    replace(run, is_writer=run.is_writer or not all(map(_is_added, run.blocks())))
                    for run in gap.runs
                )

    # -- the blocks

    def blocks(self) -> list[Block]:
        """Every block of the message, in order, with its kind decided."""
        loose = [
            block
            for gap in self.gaps
            if not gap.asks
            for run in gap.runs
            if run.is_writer
            for block in run.blocks(in_lists=False)
        ]
        added = self._numbered_by_the_interviewer()
        numbers = numbers_in(loose, {**added, **self.by_number})
        below = sum(gap.asks and gap.is_answered for gap in self.gaps)
        if len(numbers) > 2 * below:
            blocks = list(self._answered_by_number(loose, added))
        else:
            if not below:
                self._read_quotation()
            blocks = [block for place in range(len(self.gaps)) for block in self._gap(place)]
        return sorted([*self.boilerplate, *blocks], key=lambda block: block.first)

    def _gap(self, place: int) -> Iterator[Block]:
        gap = self.gaps[place]
        passage = gap.passage
        if passage is None:
            yield from _outside(gap, msg(BEFORE))
        elif gap.asks:
            yield from self._exchange(gap, passage)
        elif gap.lists:
            yield from self._recommended(place, passage)
        else:
            yield _ours(passage)
            for block in _outside(gap, msg(_OUTSIDE[passage.kind])):
                is_photo = passage.kind is PassageKind.PHOTO and block.kind is Kind.UNPLACED
                credited = is_photo and credit_in(block.text)
                yield replace(block, kind=Kind.CREDIT, why="") if credited else block

    def _exchange(self, gap: _Gap, passage: Passage) -> Iterator[Block]:
        if not gap.is_answered:
            answered = {gap.passage for gap in self.gaps if gap.asks and gap.is_answered}
            known = any(one and one.id == passage.id for one in answered)
            yield from _unanswered(
                passage, "import_mail.question_repeated" if known else UNANSWERED
            )
            yield from _outside(gap, "")
            return
        first = gap.runs[0]
        yield from _labels(passage)
        if not first.is_writer and _last_asked(first.blocks()):
            yield replace(self._question(passage), kind=Kind.BOILERPLATE, why=msg(UNANSWERED))
        else:
            is_quoted = first.depth > 0 and not self._writes(first.lines[0])
            changed = _CHANGED if passage.text and not passage.lang else ""
            doubt = _INSERTED if not first.is_writer else IN_QUOTE if is_quoted else changed
            yield replace(self._question(passage), review=msg(doubt) if doubt else "")
        for place, run in enumerate(gap.runs):
            if run.is_writer:
                yield from self._answer(run, passage)
            elif place + 1 < len(gap.runs):
                yield from _asked(run, passage, after_answer=place > 0)
            else:
                for block in run.blocks():
                    yield replace(
                        block, kind=Kind.BOILERPLATE, why=msg("import_mail.quoted_message")
                    )

    def _answer(self, run: _VoiceRun, passage: Passage) -> Iterator[Block]:
        """The paragraphs of an answer; its number and « Réponse : » come off."""
        number = re.search(r"\d+", passage.number)
        mixed = not run.depth and not passage.depth
        for place, block in enumerate(run.blocks()):
            label = None
            if not place and not block.bullet:
                found = NUMBER.match(block.text)
                same = found and number and found["number"] == number[0]
                label = found if same else self._label(block)
            if label and words_of(block.text[label.end() :]):
                line, shown = block.first, label[0].strip()
                yield Block(
                    line, line, shown, "", Kind.BOILERPLATE, why=msg("import_mail.answer_label")
                )
                block = shortened(block, label.end())
            asks = mixed and not block.bullet and questions.asks(block.text) is Asks.YES
            review = msg("import_block.question_in_answer") if asks else ""
            yield replace(block, kind=Kind.ANSWER, review=review)

    def _label(self, block: Block) -> re.Match[str] | None:
        """« Réponse : » before an answer, or a letter that stands before several answers."""
        found = _LABEL.match(block.text)
        return found if found and (found["word"] or self.lettered > 1) else None

    def _question(self, passage: Passage) -> Block:
        text = passage.text
        if not words_of(text):
            text = self.questionnaire.by_id[passage.id].wording(self.lang)
            self.added += words_of(text)
        block = plain_block(*_lines(passage), text)
        return replace(block, kind=Kind.QUESTION, question_id=passage.id)

    def _recommended(self, place: int, passage: Passage) -> Iterator[Block]:
        gap = self.gaps[place]
        listed = [part for part in self.gaps[place : place + 2] if part.lists and part.is_answered]
        if passage.kind is PassageKind.RECOMMENDATIONS and listed:
            yield from _labels(passage)
            yield replace(plain_block(*_lines(passage), passage.text), kind=Kind.FF_HEADING)
        else:
            yield _ours(passage)
        for run in gap.runs:
            entry = False
            for block in run.blocks():
                if run.is_writer:
                    entry = is_entry(block) or (entry and block.joined)
                    yield replace(block, kind=Kind.FF_ENTRY if entry else Kind.ANSWER)
                else:
                    yield replace(
                        block, kind=Kind.BOILERPLATE, why=msg("import_mail.quoted_message")
                    )

    # -- answers by number

    def _answered_by_number(
        self, loose: Sequence[Block], added: dict[int, Block]
    ) -> Iterator[Block]:
        """The answers above or below all questions, under the questions of their numbers."""
        asked = {number: tuple(_without_number(block)) for number, block in added.items()}
        asked |= {number: (self._question(one),) for number, one in self.by_number.items()}
        yield from answered_by_number(loose, dict(sorted(asked.items())))
        for gap in self.gaps:
            if gap.passage is not None and gap.passage in self.by_number.values():
                yield from _labels(gap.passage)
            elif gap.passage is not None and gap.asks:
                yield from _unanswered(gap.passage, "import_mail.question_repeated")
            elif gap.passage is not None:
                yield _ours(gap.passage)
            aside = [run for run in gap.runs if gap.asks or not run.is_writer]
            for block in (block for run in aside for block in run.blocks()):
                if block not in added.values():
                    yield replace(block, kind=Kind.UNPLACED, why=msg(_ASIDE))

    def _numbered_by_the_interviewer(self) -> dict[int, Block]:
        """Number -> a question that was added to the questionnaire before it was sent."""
        return {
            int(found["number"]): block
            for gap in self.gaps
            for run in gap.runs
            if gap.asks or not run.is_writer
            for block in run.blocks()
            if _is_added(block) and (found := NUMBER.match(block.text))
            if int(found["number"]) not in self.by_number
        }


def _gaps(found: Sequence[Passage]) -> list[_Gap]:
    """What stands before ``found`` and below each of them, still empty."""
    gaps = [_Gap(None, lists=False)]
    for passage in found:
        above = gaps[-1].passage
        explained = above is not None and above.kind is PassageKind.RECOMMENDATIONS
        gaps.append(
            _Gap(
                passage,
                lists=passage.kind is PassageKind.RECOMMENDATIONS
                or (explained and passage.kind is PassageKind.INSTRUCTION),
            )
        )
    return gaps


def _by_number(found: Sequence[Passage]) -> dict[int, Passage]:
    """Number -> the first question that has it, or that stands in its place."""
    asked: dict[str, Passage] = {}
    for one in found:
        if one.kind is PassageKind.QUESTION:
            asked.setdefault(one.id, one)
    return {
        int(label[0]) if (label := re.search(r"\d+", one.number)) else place: one
        for place, one in enumerate(asked.values(), 1)
    }


def _lines(passage: Passage) -> tuple[int, int]:
    """The first and the last line of ``passage``, from 1."""
    return passage.start[0] + 1, passage.end[0] + 1


def _ours(passage: Passage) -> Block:
    text = f"{passage.number} {passage.text}".strip()
    return Block(*_lines(passage), text, "", Kind.BOILERPLATE, why=msg(_OURS[passage.kind]))


def _labels(passage: Passage) -> Iterator[Block]:
    """The number of a question and its id, which the site writes itself."""
    line, _ = _lines(passage)
    if passage.number:
        yield Block(
            line,
            line,
            passage.number,
            "",
            Kind.BOILERPLATE,
            why=msg("import_block.question_number"),
        )
    if passage.shown_id:
        yield Block(
            line, line, passage.shown_id, "", Kind.BOILERPLATE, why=msg("import_mail.question_id")
        )


def _unanswered(passage: Passage, key: str) -> Iterator[Block]:
    """A question without an answer, and what came back with it; ``key`` says which."""
    why = msg(key)
    yield from _labels(passage)
    if words_of(passage.text):
        yield Block(*_lines(passage), passage.text, "", Kind.BOILERPLATE, why=why)
    else:
        yield Block(*_lines(passage), "", "", Kind.BOILERPLATE, why=why)


def _outside(gap: _Gap, why: str) -> Iterator[Block]:
    """What answers no question: the writer's words are kept apart, the interviewer's are not the
    portrait's."""
    for run in gap.runs:
        kind, told = (
            (Kind.UNPLACED, why)
            if run.is_writer
            else (Kind.BOILERPLATE, msg("import_mail.quoted_message"))
        )
        for block in run.blocks():
            yield replace(block, kind=kind, why=told)


def _last_asked(blocks: Sequence[Block]) -> Block | None:
    """The last of ``blocks`` that asks something, or that the interviewer numbered."""
    asking = [block for block in blocks if _asks(block)]
    return asking[-1] if asking else None


def _is_added(block: Block) -> bool:
    """Whether the interviewer added this question, as the next number of the questionnaire."""
    found = NUMBER.match(block.text)
    return found is not None and questions.asks(block.text[found.end() :]) is not Asks.NO


def _asks(block: Block) -> bool:
    return bool(NUMBER.match(block.text)) or questions.asks(block.text) is not Asks.NO


def _asked(run: _VoiceRun, passage: Passage, *, after_answer: bool) -> Iterator[Block]:
    """What the interviewer added, before the writer goes on: its last paragraph that asks is the
    question; after an answer, its last one whatever its look."""
    blocks = run.blocks()
    asked = _last_asked(blocks) or (blocks[-1] if after_answer else None)
    for block in blocks:
        if block is not asked:
            yield replace(block, kind=Kind.UNPLACED, why=msg(_ASIDE))
        elif run.depth < passage.depth:
            review = msg("import_mail.next_round")
            yield replace(block, kind=Kind.FOLLOW_UP, bullet="", review=review)
        else:
            yield from _without_number(block)


def _without_number(block: Block) -> Iterator[Block]:
    """A question that the interviewer added, below its number."""
    line, length = block.first, 0
    if found := NUMBER.match(block.text):
        length = found.end()
        label = found[0].strip()
        yield Block(
            line, line, label, "", Kind.BOILERPLATE, why=msg("import_block.question_number")
        )
    review = msg("import_mail.question_added")
    yield replace(shortened(block, length), kind=Kind.QUESTION, joined=False, review=review)
