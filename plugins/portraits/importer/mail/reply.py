"""Read the text of a reply: answers under quoted questions, above them, or inside the original.

    reply = greeting (quoted answer)* [signature]          answers between the quotes
          | answers [signature] attribution quoted          everything above the quote
          | greeting header question answer …               typed into the original, unquoted

Between quotes, the last quoted paragraph before an answer is its question, question mark or not.
Above a whole quote, the answers are read as plain text; if they hold no question but are numbered
like the quoted ones, number goes to number, and that is to be reviewed. Where nothing above the
original answers, and paragraphs stand between its questions, the answers are these paragraphs.
Voices alternate with the depth of quotation. Without any question, numbers are the questionnaire's.

What belongs to the message (:mod:`portraits.importer.mail.surroundings`) is left out and told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from portraits.importer import questions
from portraits.importer.mail import returned, sent
from portraits.importer.mail.initials import without_initials
from portraits.importer.mail.lines import MessageLine, SortedLines, sorted_lines
from portraits.importer.mail.numbered import UNANSWERED, answered_by_number, numbers_in
from portraits.importer.mail.remarks import remarked
from portraits.importer.mail.surroundings import attribution_at, header_at
from portraits.importer.plain_text import blocks_of, in_lists, lines_as_blocks, plain_block
from portraits.importer.questions import Asks
from portraits.importer.transcript import Block, Kind, Style, Transcript, words_of
from portraits.reader.escaping import escaped
from portraits.reader.questionnaire import Questionnaire
from portraits.support.messages import msg

_ID = re.compile(r"\s*\[(?P<id>[a-z0-9-]+)\]\s*$")
_NUMBER = re.compile(r"(?P<number>\d{1,3})\s?[-.)°:]\s*(?=\S)")


def is_reply(text: str) -> bool:
    """Whether pasted ``text`` holds a quotation, or the header of a message, as mail programs make
    them."""
    lines = without_initials(text)[0].split("\n")
    quoted = sum(line.startswith(">") for line in lines)
    return (
        quoted >= 2
        or (quoted > 0 and any(_announces(lines, at) for at in range(len(lines))))
        or any(header_at(lines, at) > 1 for at, line in enumerate(lines) if ":" in line)
    )


def _announces(lines: Sequence[str], at: int) -> bool:
    below = next((line for line in lines[at + 1 : at + 4] if line.strip()), "")
    return bool(lines[at].strip()) and bool(
        attribution_at(lines[at : at + 1], 0, quote_below=below.startswith(">"))
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of one voice: quoted, or the writer's own."""

    quoted: bool
    first: int
    lines: list[str]

    @property
    def says_something(self) -> bool:
        return any(line.strip() for line in self.lines)


def transcript(
    source: str,
    text: str,
    questionnaire: Questionnaire,
    notices: tuple[str, ...] = (),
    writer: str = "",
) -> Transcript:
    """The transcript of a message's body; ``writer`` is who sent it, if known."""
    text, told_of_initials = without_initials(text)
    notices = (*notices, told_of_initials) if told_of_initials else notices
    lines = text.split("\n")
    if found := sent.passages(lines, questionnaire):
        return returned.transcript(source, text, found, questionnaire, notices, writer)
    given = sorted_lines(lines, writer)
    runs = _runs(given, _asking_depth(given))
    blocks = _blocks(runs, questionnaire)
    added: tuple[str, ...] = ()
    if not any(block.kind is Kind.UNKNOWN and _is_asked(block) for block in blocks):
        inside = _answered_inside(given, questionnaire)
        loose = [
            block
            for run in runs
            if not run.quoted
            for block in lines_as_blocks(run.lines, run.first)
        ]
        if inside:
            blocks = inside
        elif not any(run.quoted for run in runs):
            by_number, added = _from_the_questionnaire(loose, questionnaire)
            blocks = by_number or blocks
    ordered = sorted([*given.boilerplate, *blocks], key=lambda block: block.first)
    told = tuple(remarked(ordered))
    words = (*words_of(text), *added)
    return Transcript(source, told, words, notices=notices, greeting=True)


def _asking_depth(given: SortedLines) -> int:
    """0 when most questions are quoted an even number of times, as in a message that was sent on,
    else 1."""
    asking = Counter(
        line.depth % 2
        for line in given.lines
        if line.depth and line.says_something and questions.asks(line.text) is Asks.YES
    )
    return 0 if asking[0] > asking[1] else 1


def _is_asked(block: Block) -> bool:
    return block.style is Style.ASKED or questions.asks(block.text) is Asks.YES


def _from_the_questionnaire(
    own: Sequence[Block], questionnaire: Questionnaire
) -> tuple[list[Block], tuple[str, ...]]:
    """Answers without questions under those of the questionnaire that have their numbers, and the
    words of these; nothing when the numbers do not count up."""
    asked = {
        number: (
            replace(
                plain_block(0, 0, entry.wordings[0][1]), kind=Kind.QUESTION, question_id=entry.id
            ),
        )
        for number, entry in enumerate(questionnaire.entries, 1)
    }
    if not numbers_in(own, asked):
        return [], ()
    blocks = [block for block in answered_by_number(own, asked) if not block.is_because(UNANSWERED)]
    wordings = (block.text for block in blocks if block.kind is Kind.QUESTION)
    return blocks, tuple(word for text in wordings for word in words_of(text))


def is_numbered(text: str, questionnaire: Questionnaire) -> bool:
    """Whether a text without questions holds three answers or more to the questionnaire, each with
    its number."""
    blocks = tuple(lines_as_blocks(text.split("\n")))
    known = dict(enumerate(questionnaire.entries, 1))
    numbers = numbers_in(blocks, known)
    return len(numbers) > 2 and min(numbers) < 3 and not any(map(_is_asked, blocks))


def _blocks(runs: list[_Run], questionnaire: Questionnaire) -> list[Block]:
    answered = [
        number
        for number, run in enumerate(runs[:-1])
        if run.quoted and runs[number + 1].says_something
    ]
    several = sum(
        block.style is Style.ASKED
        for run in runs
        if run.quoted
        for block in _quoted(run, questionnaire)
    )
    if len(answered) >= 2 or (answered and several <= 1):
        return list(_between(runs, questionnaire))
    return list(_apart(runs, questionnaire))


def _own(run: _Run, questionnaire: Questionnaire) -> Iterable[Block]:
    """The paragraphs of a run in which somebody answered without any quotation."""
    for block in blocks_of(run.lines, run.first):
        found = _ID.search(block.text)
        if found and found["id"] in questionnaire.by_id:
            yield from _bare(replace(block, style=Style.ASKED), questionnaire)
        else:
            yield block


def _answered_inside(given: SortedLines, questionnaire: Questionnaire) -> list[Block]:
    """The paragraphs of a message whose writer answered inside the original, or nothing.

    In an original without marks, an answer is a paragraph that asks nothing, below one that asks.
    In a quotation it may be the interviewer's as well: most questions need one, and each is to be
    reviewed.
    """
    start = given.original or next((line.number for line in given.lines if line.depth), 0)
    if not start:
        return []
    runs = _cut_where(given.lines, lambda line: False)
    blocks = [block for run in runs for block in _own(run, questionnaire)]
    there = [block for block in blocks if block.first >= start and block.kind is Kind.UNKNOWN]
    asked = [
        block
        for block, following in pairwise(there)
        if _is_asked(block) and questions.asks(following.text) is Asks.NO
    ]
    if given.original:
        return _without_closing(blocks, given.correspondents) if asked else []
    if len(asked) < 2 or len(asked) * 2 < sum(map(_is_asked, there)):
        return []
    return [
        replace(block, style=Style.ASKED, review=msg(returned.IN_QUOTE))
        if block in asked
        else block
        for block in _without_closing(blocks, given.correspondents)
    ]


def _without_closing(blocks: list[Block], names: Sequence[str]) -> list[Block]:
    """``blocks`` with the name under a message, one of ``names``, as boilerplate."""
    known = [set(words_of(name)) for name in names if name]
    return [
        replace(block, kind=Kind.BOILERPLATE, why=msg("import_mail.quoted_signature"))
        if block.kind is Kind.UNKNOWN
        and (said := set(words_of(block.text)))
        and any(said <= name for name in known)
        else block
        for block in blocks
    ]


def _runs(given: SortedLines, asks_at: int = 1) -> list[_Run]:
    """The lines of the interview, in runs of one voice; those of the message leave blanks.

    The interviewer's words are quoted an odd number of times, or an even one with ``asks_at`` 0.
    """
    asked_at = 0

    def is_quoted(line: MessageLine) -> bool:
        nonlocal asked_at
        if line.in_original or line.depth % 2 == asks_at:
            asked_at = line.depth
            return True
        return not line.answers(asked_at)

    return _cut_where(given.lines, is_quoted)


def _cut_where(
    lines: Iterable[MessageLine], is_quoted: Callable[[MessageLine], bool]
) -> list[_Run]:
    runs: list[_Run] = []
    for line in lines:
        if line.says_something:
            quoted = is_quoted(line)
            if not runs or runs[-1].quoted != quoted:
                runs.append(_Run(quoted, line.number, []))
        if runs:
            runs[-1].lines.append(line.text if line.says_something else "")
    return runs


def _quoted(run: _Run, questionnaire: Questionnaire) -> list[Block]:
    """The paragraphs of a quoted run; those that ask are marked."""
    blocks = []
    for block in lines_as_blocks(run.lines, run.first):
        asks = questions.asks(block.text)
        found = _ID.search(block.text)
        known = bool(found and found["id"] in questionnaire.by_id)
        style = Style.ASKED if known or asks is not Asks.NO else Style.PLAIN
        blocks.append(replace(block, style=style, joined=False))
    return blocks


def _bare(block: Block, questionnaire: Questionnaire) -> list[Block]:
    """A question without its number and its ``[id]``, which the questionnaire by e-mail has."""
    text, question_id, labels = block.text, "", []
    if number := _NUMBER.match(text):
        text = text[number.end() :]
        labels.append((number.group().strip(), msg("import_block.question_number")))
    if (found := _ID.search(text)) and found["id"] in questionnaire.by_id:
        text, question_id = text[: found.start()], found["id"]
        labels.append((question_id, msg("import_mail.question_id")))
    return [
        *(
            Block(block.first, block.first, label, "", Kind.BOILERPLATE, why=why)
            for label, why in labels
        ),
        replace(block, text=text, markdown=escaped(text), question_id=question_id),
    ]


def _between(runs: list[_Run], questionnaire: Questionnaire) -> Iterable[Block]:
    for number, run in enumerate(runs):
        if not run.quoted:
            yield from blocks_of(run.lines, run.first)
            continue
        quoted = _quoted(run, questionnaire)
        is_answered = number + 1 < len(runs) and runs[number + 1].says_something
        for place, block in enumerate(quoted, 1):
            if is_answered and place == len(quoted):
                yield from _bare(replace(block, style=Style.ASKED), questionnaire)
            else:
                why = UNANSWERED if block.style is Style.ASKED else "import_mail.quoted_text"
                yield replace(block, kind=Kind.BOILERPLATE, why=msg(why))


def _apart(runs: list[_Run], questionnaire: Questionnaire) -> Iterable[Block]:
    """The answers above or below a quote that they do not interrupt."""
    own = [
        block for run in runs if not run.quoted for block in lines_as_blocks(run.lines, run.first)
    ]
    quoted = [block for run in runs if run.quoted for block in _quoted(run, questionnaire)]
    asked = [block for block in quoted if block.style is Style.ASKED]
    paired = (
        []
        if any(questions.asks(block.text) is Asks.YES for block in own)
        else _paired(own, asked, questionnaire)
    )
    used = {id(block) for block in asked} if paired else set()
    for block in quoted:
        if id(block) not in used:
            yield replace(block, kind=Kind.BOILERPLATE, why=msg("import_mail.quoted_message"))
    yield from paired or in_lists(own)


def _paired(own: list[Block], asked: list[Block], questionnaire: Questionnaire) -> list[Block]:
    """Numbered answers under the quoted questions of the same number, or nothing."""
    by_number = {
        int(label["number"]) if (label := _NUMBER.match(block.text)) else place: _bare(
            block, questionnaire
        )
        for place, block in enumerate(asked, 1)
    }
    if len(by_number) < len(asked) or not numbers_in(own, by_number):
        return []
    return list(answered_by_number(own, by_number))
