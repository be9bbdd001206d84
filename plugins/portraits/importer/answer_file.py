"""The file of answers that the form of :mod:`portraits.editor` saves, and reads back whole.

    file    = "portraits-reponses 1" NEWLINE note section* "@@ fin" NEWLINE
    section = "@@ " key [" " id] NEWLINE content NEWLINE NEWLINE
    key     = "nom" | "langue" | "fonction" | "organisation" | "comptes" | "photo" | "credit"
            | "question" | "reponse" | "recommandations" | "lectures" | "mot"

Content is text as it was typed, any number of lines, blank ones included. A line of it
that begins with ``@@``, or with backslashes and then ``@@``, gets one more backslash in
front. ``@@ fin`` tells a whole file from one that was cut. ``editor/form/form.js`` writes this.

In an answer, emphasis is what the form shows as such while it is typed, and nothing more:

    emphasis = "*" words "*" | "**" words "**"

It stands between spaces, quotation marks or punctuation. Underscores stay: they are in handles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from portraits.importer.plain_text import blocks_of, plain_block
from portraits.importer.sections import is_entry, is_follow_line
from portraits.importer.transcript import Block, Facts, ImportRefused, Kind, Transcript, words_of
from portraits.support.catalogue import Catalogue, catalogue, interface_language
from portraits.support.messages import msg

MAGIC, VERSION = "portraits-reponses", "1"
END = "fin"

PROOF_MAGIC = "portraits-epreuve"
"""Begins the reply to a proof, which has the same form (``portraits.proof.reply``)."""

_FIRST = {
    magic: re.compile(rf"(?P<quoted>[> ]*){magic} (?P<version>\d+)\s*$")
    for magic in (MAGIC, PROOF_MAGIC)
}
_MARKER = re.compile(r"@@ (?P<key>[a-z-]+)(?: (?P<id>[\w-]+))?\s*$")
_ESCAPED = re.compile(r"\\*@@")
_EMPHASIS = re.compile(
    r"""(^|[\s(«“"'’])"""
    r"""((?:\\\*){1,2})((?:[^\W_]|[«“"(])(?:[^*]*[^\s\\*])?)\2"""
    r"""(?=$|[\s.,;:!?…)»”"'’])"""
)
"""Emphasis in a line in which every mark is escaped."""
_UNANSWERED = "import_block.unanswered"


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """One marked part of a file of answers."""

    key: str
    id: str
    content: str
    line: int = 0
    """1-based line of the marker; 0 when it was never in a file."""


def is_answer_file(text: str) -> bool:
    """Whether ``text`` holds a file of answers, perhaps inside a quoted message."""
    return _begins(text, MAGIC)


def is_proof_reply(text: str) -> bool:
    """Whether ``text`` holds the reply to a proof, perhaps inside a quoted message."""
    return _begins(text, PROOF_MAGIC)


def _begins(text: str, magic: str) -> bool:
    return magic in text and any(map(_FIRST[magic].match, text.split("\n")))


def sections_of(text: str, magic: str = MAGIC) -> tuple[AnswerSection, ...]:
    """The sections of a file, as they were typed.

    Text around the file and its note come as sections with the key ``""``. Raises
    ImportRefused for another version, or when the end is missing.
    """
    lines = text.split("\n")
    start, first = next(
        (number, opened)
        for number, line in enumerate(lines)
        if (opened := _FIRST[magic].match(line))
    )
    if first["version"] != VERSION:
        raise ImportRefused(msg("import_source.unknown_version", version=first["version"]))
    if quoted := first["quoted"].rstrip():
        lines = [re.sub(rf"^{re.escape(quoted)} ?", "", line) for line in lines]
    found: list[AnswerSection] = [AnswerSection("", "", "\n".join(lines[:start]), 1)]
    section, content = AnswerSection("", "", "", start + 2), list[str]()
    for number, line in enumerate(lines[start + 1 :], start + 2):
        marker = _MARKER.match(line)
        if marker is None:
            content.append(line[1:] if line.startswith("\\") and _ESCAPED.match(line) else line)
            continue
        if content and not content[-1]:
            content.pop()
        found.append(replace(section, content="\n".join(content)))
        if marker["key"] == END:
            return (*found, AnswerSection("", "", "\n".join(lines[number:]), number + 1))
        section, content = AnswerSection(marker["key"], marker["id"] or "", "", number), []
    raise ImportRefused(msg("import_source.answers_cut"))


def transcript(source: str, text: str, notices: tuple[str, ...] = ()) -> Transcript:
    """The transcript of a file of answers; every block's kind is known."""
    sections = sections_of(text)
    facts = _facts(sections)
    blocks = tuple(_blocks(sections, catalogue(interface_language(facts.lang))))
    words = words_of("\n".join(section.content for section in sections))
    return Transcript(source, blocks, words, facts, notices)


def _facts(sections: tuple[AnswerSection, ...]) -> Facts:
    one = {section.key: " ".join(section.content.split()) for section in sections}
    return Facts(
        name=one.get("nom", ""),
        lang=one.get("langue", ""),
        role=one.get("fonction", ""),
        organization=one.get("organisation", ""),
    )


def _blocks(sections: tuple[AnswerSection, ...], form: Catalogue) -> Iterator[Block]:
    question: Block | None = None
    for section in sections:
        lines = section.content.split("\n")
        typed = blocks_of(lines, section.line + 1, wrapped=False)
        match section.key:
            case "nom" | "fonction" | "organisation" | "langue":
                pass
            case "question":
                words = " ".join(section.content.split())
                question = replace(
                    plain_block(section.line + 1, section.line + len(lines), words),
                    kind=Kind.QUESTION,
                    question_id=section.id,
                )
            case "reponse":
                if question and typed:
                    yield question
                elif question:
                    yield replace(question, kind=Kind.BOILERPLATE, why=msg(_UNANSWERED))
                question = None
                yield from _kind(map(_emphasized, typed), Kind.ANSWER)
            case "comptes":
                for block in typed:
                    if is_follow_line(block.text):
                        yield replace(block, kind=Kind.FOLLOW_LINE)
                    else:
                        yield replace(
                            block, kind=Kind.UNPLACED, why=msg("import_source.account_to_write")
                        )
            case "recommandations":
                yield from _listed(
                    typed, Kind.FF_HEADING, form.text("questionnaire.recommendations"), section.line
                )
            case "lectures":
                yield from _listed(
                    typed, Kind.READING_HEADING, form.writing.reading_headings[0], section.line
                )
            case "credit":
                yield from _kind(typed, Kind.CREDIT)
            case "photo":
                yield from _kind(typed, Kind.UNPLACED, msg("import_block.about_photo"))
            case "mot":
                yield from _kind(typed, Kind.UNPLACED, msg("import_source.word_to_editors"))
            case _:
                yield from _kind(typed, Kind.BOILERPLATE, msg("import_source.around_answers"))
    if question:
        yield replace(question, kind=Kind.BOILERPLATE, why=msg(_UNANSWERED))


def _emphasized(block: Block) -> Block:
    """Return a block of plain text with the emphasis that was typed in it."""
    return replace(
        block,
        markdown=_EMPHASIS.sub(
            lambda found: found[1] + (mark := found[2].replace("\\", "")) + found[3] + mark,
            block.markdown,
        ),
    )


def _kind(blocks: Iterable[Block], kind: Kind, why: str = "") -> Iterator[Block]:
    return (replace(block, kind=kind, why=why) for block in blocks)


def _listed(typed: tuple[Block, ...], kind: Kind, heading: str, line: int) -> Iterator[Block]:
    """A list with the heading that the form shows over it."""
    if typed:
        yield Block(line, line, heading, heading, kind)
    item = Kind.FF_ENTRY if kind is Kind.FF_HEADING else Kind.READING
    for block in typed:
        entry = item is Kind.READING or is_entry(block)
        yield replace(block, kind=item if entry else Kind.ANSWER)
