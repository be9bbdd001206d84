"""Read the text of a reply: answers under quoted questions, above them, or inside the original.

    reply = greeting (quoted answer)* [signature]          answers between the quotes
          | answers [signature] attribution quoted          everything above the quote
          | greeting header question answer …               typed into the original, unquoted

Between quotes, the last quoted paragraph before an answer is its question, question mark or not.
Above a whole quote, the answers are read as plain text; if they hold no question but are numbered
like the quoted ones, number goes to number, and that is to be reviewed. Where nothing above the
original answers, and paragraphs stand between its questions, the answers are these paragraphs.

What belongs to the message (:mod:`portraits.importer.mail.surroundings`) is left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from portraits.importer import questions
from portraits.importer.mail import returned, sent
from portraits.importer.mail.lines import SortedLines, sorted_lines
from portraits.importer.mail.surroundings import attribution_at, header_at
from portraits.importer.plain_text import blocks_of, escaped, in_lists, lines_as_blocks
from portraits.importer.questions import Asks
from portraits.importer.transcript import Block, Kind, Style, Transcript, words_of
from portraits.reader.questionnaire import Questionnaire

_ID = re.compile(r"\s*\[(?P<id>[a-z0-9-]+)\]\s*$")
_NUMBER = re.compile(r"(?P<number>\d{1,3})\s?[-.)°:]\s*(?=\S)")


def is_reply(text: str) -> bool:
    """Whether pasted ``text`` holds a quotation, or the header of a message, as mail programs make
    them."""
    lines = text.split("\n")
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
    lines = text.split("\n")
    if found := sent.passages(lines, questionnaire):
        return returned.transcript(source, text, found, questionnaire, notices, writer)
    given = sorted_lines(lines, writer)
    blocks = _blocks(_runs(given, original_is_quoted=True), questionnaire)
    own = [block for block in blocks if block.kind is Kind.UNKNOWN]
    if given.original and not any(
        block.style is Style.ASKED or questions.asks(block.text) is Asks.YES for block in own
    ):
        runs = _runs(given, original_is_quoted=False)
        plain = [block for run in runs for block in _own(run, questionnaire)]
        if _answered_inside(plain, given.original):
            blocks = _without_closing(plain, given.correspondents)
    ordered = sorted([*given.boilerplate, *blocks], key=lambda block: block.first)
    marked = tuple(map(returned.marked, ordered))
    return Transcript(source, marked, words_of(text), notices=notices, greeting=True)


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


def _answered_inside(blocks: list[Block], original: int) -> bool:
    """Whether a paragraph that asks nothing follows one that asks, in the original message, which
    starts at line ``original``."""
    there = [block for block in blocks if block.first >= original and block.kind is Kind.UNKNOWN]
    return any(
        (block.style is Style.ASKED or questions.asks(block.text) is Asks.YES)
        and questions.asks(following.text) is Asks.NO
        for block, following in pairwise(there)
    )


def _without_closing(blocks: list[Block], names: Sequence[str]) -> list[Block]:
    """``blocks`` with the name under a message, one of ``names``, as boilerplate."""
    known = [set(words_of(name)) for name in names if name]
    return [
        replace(block, kind=Kind.BOILERPLATE, why="signature du message cité")
        if block.kind is Kind.UNKNOWN
        and (said := set(words_of(block.text)))
        and any(said <= name for name in known)
        else block
        for block in blocks
    ]


def _runs(given: SortedLines, *, original_is_quoted: bool, asks_at: int = 1) -> list[_Run]:
    """The lines of the interview, in runs of one voice; those of the message leave blanks."""
    runs: list[_Run] = []
    for line in given.lines:
        original = line.in_original and original_is_quoted
        said = line.says_something
        if said or (not line.why and runs):
            quoted = runs[-1].quoted if not said else original or line.depth % 2 == asks_at
            if not runs or (runs[-1].quoted != quoted and said):
                runs.append(_Run(quoted, line.number, []))
            runs[-1].lines.append(line.text)
        elif runs:
            runs[-1].lines.append("")
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
        labels.append((number.group().strip(), "numéro de question"))
    if (found := _ID.search(text)) and found["id"] in questionnaire.by_id:
        text, question_id = text[: found.start()], found["id"]
        labels.append((question_id, "repère de question"))
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
                why = (
                    "question laissée sans réponse" if block.style is Style.ASKED else "texte cité"
                )
                yield replace(block, kind=Kind.BOILERPLATE, why=why)


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
            yield replace(block, kind=Kind.BOILERPLATE, why="message cité")
    yield from paired or in_lists(own)


def _paired(own: list[Block], asked: list[Block], questionnaire: Questionnaire) -> list[Block]:
    """Numbered answers under the quoted questions of the same number, or nothing."""
    starts = {
        place: found for place, block in enumerate(own) if (found := _NUMBER.match(block.text))
    }
    numbers = [int(found["number"]) for found in starts.values()]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)) or len(numbers) > len(asked):
        return []
    result: list[Block] = []
    for place, block in enumerate(own):
        if found := starts.get(place):
            question = asked[int(found["number"]) - 1]
            *label, question = _bare(question, questionnaire)
            result += [replace(part, first=block.first, last=block.first) for part in label]
            result.append(
                replace(
                    question,
                    first=block.first,
                    last=block.first,
                    review="réponse rattachée à la question par son numéro",
                )
            )
            result.append(
                Block(
                    block.first,
                    block.first,
                    found.group().strip(),
                    "",
                    Kind.BOILERPLATE,
                    why="numéro de réponse",
                )
            )
            block = _without_start(block, found.end())
        result.append(block)
    result += [
        replace(block, kind=Kind.BOILERPLATE, why="question laissée sans réponse")
        for block in asked[len(numbers) :]
    ]
    return result


def _without_start(block: Block, end: int) -> Block:
    """``block`` without the first ``end`` characters of its text."""
    rest = next(iter(lines_as_blocks([block.text[end:]], block.first, wrapped=False)), block)
    return replace(rest, last=block.last)
