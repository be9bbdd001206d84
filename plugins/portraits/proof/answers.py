"""Find the answers of a portrait in its file, as they are typed, and put others in their place.

    file   = front matter introduction (heading answer)*
    answer = the lines between two headings of questions or follow-ups, without blank ones around

What is not replaced keeps every byte: line ends, blank lines, the mark at the beginning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from portraits.model.portrait import Portrait
from portraits.support.digests import digest

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_HEADING = re.compile(r" {0,3}#")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """The answer to one question or follow-up, as it stands in the file."""

    id: str
    """The question's, unique in the portrait."""
    wording: str
    text: str
    """Markdown, with the line end ``\\n``; empty if the question has no answer."""
    first: int
    """Index of its first line in the file; where it would stand, if it is empty."""
    end: int
    """Index after its last line."""

    @property
    def fingerprint(self) -> str:
        """Hash of the text."""
        return fingerprint_of(self.text)


def fingerprint_of(text: str) -> str:
    """Return the hash of an answer: of its words, whatever bytes an accent is made of."""
    return digest(unicodedata.normalize("NFC", text)).hex()[:16]


def lines_of(data: bytes) -> list[str]:
    """Return the lines of a file with their ends."""
    return _LINE.findall(data.decode("utf-8"))


def answers_of(portrait: Portrait, data: bytes) -> tuple[TypedAnswer, ...]:
    """Return the answers of the portrait that was read from ``data``, in reading order."""
    lines = lines_of(data)
    asked = sorted(portrait.questions, key=lambda question: question.line)
    after = [question.line - 1 for question in asked[1:]] + [len(lines)]
    return tuple(
        _answer(question.id, question.wording.text, lines, question.line - 1, end)
        for question, end in zip(asked, after, strict=True)
    )


def _answer(id: str, wording: str, lines: list[str], heading: int, end: int) -> TypedAnswer:
    first = heading + 1
    if not _HEADING.match(lines[heading]):  # underlined: the line below is a part of the heading
        while first < end and not _UNDERLINE.match(lines[first].rstrip("\r\n")):
            first += 1
        first += 1
    start = first
    while first < end and not lines[first].strip():
        first += 1
    while end > first and not lines[end - 1].strip():
        end -= 1
    if first >= end:
        return TypedAnswer(id, wording, "", start, start)
    text = "\n".join(line.rstrip("\r\n") for line in lines[first:end])
    return TypedAnswer(id, wording, text, first, end)


def replaced(data: bytes, answers: tuple[TypedAnswer, ...], texts: Mapping[str, str]) -> bytes:
    """Return the file with other texts for the answers to some questions, by id."""
    lines = lines_of(data)
    newline = next((end for end in ("\r\n", "\n", "\r") if lines and lines[0].endswith(end)), "\n")
    for answer in sorted(answers, key=lambda answer: answer.first, reverse=True):
        if answer.id not in texts:
            continue
        typed = [line + newline for line in texts[answer.id].split("\n")]
        if not answer.text:
            typed = [newline, *typed]
        elif not lines[answer.end - 1].endswith(("\r", "\n")):
            typed[-1] = typed[-1].removesuffix(newline)
        lines[answer.first : answer.end] = typed
    return "".join(lines).encode("utf-8")
