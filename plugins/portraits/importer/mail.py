"""Mail: a message as a mail program saves it, and answers under quoted questions.

    message  = headers body-part* attachment*                 RFC 5322, MIME
    body     = greeting (quoted answer)* [signature]          answers between the quotes
             | answers [signature] attribution quoted          everything above the quote

Between quotes, the last quoted paragraph before an answer is its question, question mark
or not. Above a whole quote, the answers are read as plain text; if they hold no question
but are numbered like the quoted ones, number goes to number, and that is to be reviewed.

The text of a message is taken before its HTML. A file of answers among the attachments is
what the person meant to send, and takes the place of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import MIMEPart

from portraits.importer import answer_file, questions
from portraits.importer.plain_text import (
    blocks_of,
    cleaned,
    decoded,
    escaped,
    in_lists,
    lines_as_blocks,
)
from portraits.importer.questions import Asks
from portraits.importer.transcript import Block, Kind, Style, Transcript, words_of
from portraits.reader.questionnaire import Questionnaire

_HEADERS = re.compile(
    rb"\A(?:From |(?:Return-Path|Received|Delivered-To|MIME-Version|Message-I[Dd]|From|To|Subject|"
    rb"Date|X-[\w-]+|DKIM-Signature|Content-Type):[^\n]*\n(?:[ \t][^\n]*\n|[\w-]+:[^\n]*\n)+\r?\n)"
)
_QUOTE = re.compile(r"(?:>\s?)+")
_ATTRIBUTION = re.compile(
    r"(?:le|on)\s.{4,200}\b(?:a [ée]crit|wrote)\s?:$|.{2,80}(?:a [ée]crit|wrote)\s?:$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"-{3,}\s*(?:message (?:d[’']origine|original|transf[ée]r[ée])|original message|"
    r"forwarded message)\s*-{3,}$|(?:de|from)\s?:\s.*@.*",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"(?:envoy[ée]e? (?:de|depuis|[àa] partir de) (?:mon|ma|l[’']|outlook|yahoo|gmail).{0,60}|"
    r"sent from (?:my|outlook|yahoo|gmail).{0,60}|t[ée]l[ée]charger outlook.{0,40}|"
    r"get outlook.{0,40})\.?$",
    re.IGNORECASE,
)
_ID = re.compile(r"\s*\[(?P<id>[a-z0-9-]+)\]\s*$")
_NUMBER = re.compile(r"(?P<number>\d{1,3})\s?[-.)°:]\s*(?=\S)")


# -- a saved message


def is_message(data: bytes) -> bool:
    """Whether ``data`` is a saved message with its headers."""
    return bool(_HEADERS.match(data.replace(b"\r\n", b"\n")[:20_000]))


@dataclass(frozen=True, slots=True)
class Message:
    """A saved message."""

    body: str
    is_html: bool
    sender: str
    """Name of the person, or empty."""
    around: tuple[Block, ...]
    """Headers and attachments, as boilerplate."""


def message_in(data: bytes) -> Message:
    """The message in ``data``; a file of answers among its attachments is its body."""
    message = message_from_bytes(data, policy=policy.default)
    boilerplate = [
        Block(
            0,
            0,
            f"{name} : {_header(message[name])}",
            "",
            Kind.BOILERPLATE,
            why="en-tête du message",
        )
        for name in ("From", "Date", "Subject")
        if message[name]
    ]
    chosen = message.get_body(("plain", "html"))
    kind = chosen.get_content_subtype() if chosen else "plain"
    text = _content(chosen) if chosen else ""
    for part in message.iter_attachments():
        name = _header(part.get_filename() or part.get_content_type())
        content = _content(part) if part.get_content_maintype() == "text" else ""
        if answer_file.is_answer_file(content):
            boilerplate.append(Block(0, 0, text, "", Kind.UNPLACED, why="message d’accompagnement"))
            text, kind = content, "plain"
        boilerplate.append(Block(0, 0, name, "", Kind.BOILERPLATE, why="pièce jointe"))
    sender = message["From"].addresses[0].display_name if message["From"] else ""
    body, _ = cleaned(text)
    return Message(body, kind == "html", _header(sender), tuple(boilerplate))


def _header(text: object) -> str:
    """A header's text; bytes that it should not have held are read as UTF-8."""
    return str(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _content(part: MIMEPart) -> str:
    """The text of a part; a charset that is missing or false is found as for a file."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    try:
        return payload.decode(part.get_content_charset("ascii"))
    except (LookupError, UnicodeDecodeError):
        return decoded(payload)[0]


# -- answers under quoted questions


def is_quoted_reply(text: str) -> bool:
    """Whether pasted ``text`` holds quoted lines, as a mail program makes them."""
    lines = text.split("\n")
    quoted = sum(line.startswith(">") for line in lines)
    return quoted >= 2 or (quoted > 0 and any(_ATTRIBUTION.match(line.strip()) for line in lines))


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
    boilerplate, runs = _runs(text.split("\n"))
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
        blocks = _between(runs, questionnaire)
    else:
        blocks = _apart(runs, questionnaire)
    ordered = sorted([*boilerplate, *blocks], key=lambda block: block.first)
    return Transcript(source, tuple(ordered), words_of(text), notices=notices, greeting=True)


def _runs(lines: list[str]) -> tuple[list[Block], list[_Run]]:
    """What belongs to the message rather than to the interview, and the runs of lines."""
    boilerplate: list[Block] = []
    runs: list[_Run] = []
    signed = forwarded = False
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        pair = " ".join(part.strip() for part in lines[number : number + 2])
        quote = _QUOTE.match(line)
        size, why = 1, ""
        if not quote and not forwarded and _FORWARDED.match(line):
            forwarded = True
        if lines[number] == "-- " or (not quote and line in ("--", "—")):
            signed = True
        signed = signed and not quote
        if not quote and _ATTRIBUTION.match(line):
            why = "annonce du message cité"
        elif not quote and line and _ATTRIBUTION.match(pair) and not pair.startswith(">"):
            size, why = 2, "annonce du message cité"
        elif not quote and _DEVICE.match(line):
            why = "signature automatique"
        elif signed and line:
            why = "signature"
        if why:
            shown = pair if size == 2 else line
            boilerplate.append(
                Block(number + 1, number + size, shown, "", Kind.BOILERPLATE, why=why)
            )
        elif line or runs:
            quoted = bool(quote) or forwarded or (not line and runs[-1].quoted)
            content = lines[number].strip()[quote.end() :] if quote else lines[number]
            if not runs or (runs[-1].quoted != quoted and line):
                runs.append(_Run(quoted, number + 1, []))
            runs[-1].lines.append(content)
        number += size
        if why and runs:
            runs[-1].lines.extend([""] * size)
    return boilerplate, runs


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
