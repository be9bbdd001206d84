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
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from portraits.importer import questions
from portraits.importer.mail.surroundings import (
    ATTRIBUTION,
    DEVICE,
    NOTICE,
    ORIGINAL,
    RULE,
    header_at,
    is_contact,
    private_words,
    sender_in,
)
from portraits.importer.plain_text import blocks_of, escaped, in_lists, lines_as_blocks
from portraits.importer.questions import Asks
from portraits.importer.transcript import Block, Kind, Style, Transcript, words_of
from portraits.reader.questionnaire import Questionnaire

_QUOTE = re.compile(r"(?:>\s?)+")
_ID = re.compile(r"\s*\[(?P<id>[a-z0-9-]+)\]\s*$")
_NUMBER = re.compile(r"(?P<number>\d{1,3})\s?[-.)°:]\s*(?=\S)")


def is_reply(text: str) -> bool:
    """Whether pasted ``text`` holds a quotation, or the header of a message, as mail programs make
    them."""
    lines = text.split("\n")
    quoted = sum(line.startswith(">") for line in lines)
    return (
        quoted >= 2
        or (quoted > 0 and any(ATTRIBUTION.match(line.strip()) for line in lines))
        or any(header_at(lines, at) > 1 for at, line in enumerate(lines) if ":" in line)
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
    source: str, text: str, questionnaire: Questionnaire, notices: tuple[str, ...] = ()
) -> Transcript:
    """The transcript of a message's body."""
    lines = text.split("\n")
    reading = _MessageLines(lines, original_is_quoted=True)
    blocks = _blocks(reading.runs, questionnaire)
    own = [block for block in blocks if block.kind is Kind.UNKNOWN]
    if reading.original and not any(
        block.style is Style.ASKED or questions.asks(block.text) is Asks.YES for block in own
    ):
        inside = _MessageLines(lines, original_is_quoted=False)
        plain = [block for run in inside.runs for block in _own(run, questionnaire)]
        if _answered_inside(plain, reading.original):
            reading = inside
            blocks = _without_closing(plain, reading.correspondents)
    ordered = sorted([*reading.boilerplate, *blocks], key=lambda block: block.first)
    marked = tuple(_marked(block) for block in ordered)
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


def _without_closing(blocks: list[Block], names: list[str]) -> list[Block]:
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


def _marked(block: Block) -> Block:
    """``block`` with a remark about what may be private in it."""
    if block.kind is Kind.BOILERPLATE or block.review or not (held := private_words(block.text)):
        return block
    return replace(block, review=f"contient {held} : à publier ?")


class _MessageLines:
    """Sorts the lines of a message: the interview's, in runs of one voice, and the message's."""

    def __init__(self, lines: list[str], *, original_is_quoted: bool) -> None:
        self.lines, self.original_is_quoted = lines, original_is_quoted
        self.boilerplate: list[Block] = []
        self.runs: list[_Run] = []
        self.original = 0
        """Line at which the original message starts, or 0."""
        self.correspondents: list[str] = []
        """Who wrote the messages whose headers are in the text."""
        self._signed = self._noticed = False
        at = 0
        while at < len(lines):
            at += self._line(at)

    def _line(self, at: int) -> int:
        """Read the line at ``at``, and those that belong to it; return their number."""
        raw = self.lines[at]
        line, quote = raw.strip(), _QUOTE.match(raw)
        size, why = (1, "") if quote else self._surroundings(at)
        if quote:
            self._signed = self._noticed = False
        if why:
            self._leave_out(at, size, why)
        elif line or self.runs:
            original = bool(self.original) and self.original_is_quoted
            quoted = bool(quote) or original or (not line and self.runs[-1].quoted)
            content = line[quote.end() :] if quote else raw
            if not self.runs or (self.runs[-1].quoted != quoted and line):
                self.runs.append(_Run(quoted, at + 1, []))
            self.runs[-1].lines.append(content)
        if why and self.runs:
            self.runs[-1].lines.extend([""] * size)
        return size

    def _leave_out(self, at: int, size: int, why: str) -> None:
        shown = " ".join(line.strip() for line in self.lines[at : at + size]).strip()
        if shown:
            self.boilerplate.append(Block(at + 1, at + size, shown, "", Kind.BOILERPLATE, why=why))

    def _surroundings(self, at: int) -> tuple[int, str]:
        """Return how many lines from ``at`` belong to the message, and in French what they are."""
        raw = self.lines[at]
        line = raw.strip()
        pair = " ".join(part.strip() for part in self.lines[at : at + 2])
        if not line:
            self._noticed = False
            return 1, ""
        if size := header_at(self.lines, at):
            self.original = self.original or at + size + 1
            self.correspondents.append(sender_in(self.lines[at : at + size]))
            self._signed = self._noticed = False
            return size, "en-tête d’un message"
        if ORIGINAL.match(line):
            self.original = self.original or at + 2
            self._signed = False
            return 1, "annonce du message cité"
        if ATTRIBUTION.match(line):
            return 1, "annonce du message cité"
        if ATTRIBUTION.match(pair) and not pair.startswith(">"):
            return 2, "annonce du message cité"
        if raw == "-- " or line in ("--", "—"):
            self._signed = True
        if self._signed:
            return 1, "signature"
        self._noticed = self._noticed or NOTICE.match(line) is not None
        if self._noticed:
            return 1, "avis de confidentialité"
        if RULE.fullmatch(line):
            return 1, "filet"
        if DEVICE.match(line):
            return 1, "signature automatique"
        return 1, "coordonnées" if is_contact(line) else ""


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
