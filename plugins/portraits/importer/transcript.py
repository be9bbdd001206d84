"""A transcript: what a source holds, in its order, whatever its format.

    Transcript = Facts Block*

Blocks keep the lines that they come from, so that whatever is to be reviewed can be found.
A block is one paragraph, one line of a paragraph (``joined``), one list item, or one piece
of finished Markdown that must stay whole (``verbatim``: a table, a code block).

A word is a run of letters and digits; a symbol (an emoji, ``%``, ``€``) counts as one.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from portraits.importer.accounting.pieces import Piece
from portraits.support.messages import EditorMessage

_WORD = re.compile(r"[^\W_]+|[%$]|[^\x00-\x7f\w\s]")
_REFERENCE = re.compile(r"&#?\w+;")


class Kind(StrEnum):
    """What a block is in an interview."""

    UNKNOWN = "unknown"
    TITLE = "title"
    INTRODUCTION = "introduction"
    CREDIT = "credit"
    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    ANSWER = "answer"
    FF_HEADING = "ff-heading"
    FF_ENTRY = "ff-entry"
    READING_HEADING = "reading-heading"
    READING = "reading"
    FOLLOW_LINE = "follow-line"
    """One line of « Pour suivre … »."""
    BOILERPLATE = "boilerplate"
    """Belongs to the old page, not to the interview."""
    UNPLACED = "unplaced"
    """Belongs to the interview, perhaps, but the portrait has no place for it."""


class Style(StrEnum):
    """How a block looks in its source: what tells questions from answers."""

    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    TINTED = "tinted"
    """Wholly inside an element with a colour, a size or a class of its own."""
    ASKED = "asked"
    """The markup itself says that this is a question: quoted in an e-mail, ``dt``…"""
    H1 = "h1"
    H2 = "h2"
    H3 = "h3"
    H4 = "h4"
    H5 = "h5"
    H6 = "h6"

    @property
    def level(self) -> int:
        """Level of a heading; 0 for what is not one."""
        return int(self.value[1]) if self.value[1:].isdigit() else 0


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a source."""

    first: int
    """1-based first line in the source."""
    last: int
    text: str
    """The words as they stand in the source: what the report quotes and detection reads."""
    markdown: str
    """The same as it would stand in a portrait."""
    kind: Kind = Kind.UNKNOWN
    style: Style = Style.PLAIN
    joined: bool = False
    """Stands directly under the block above, without a blank line."""
    bullet: str = ""
    """``-`` or a number when the block is a list item; ``text`` then begins with it."""
    indent: int = 0
    """Columns by which a list item stands in the text of the items around it; of a line of plain
    text, the spaces before it."""
    verbatim: bool = False
    """Finished Markdown, perhaps of several lines."""
    why: str = ""
    """Message: why it is boilerplate or has no place."""
    review: str = ""
    """Message: what the editor should look at."""
    question_id: str = ""
    """Id in the questionnaire, when the source or the matching gives it."""

    def is_because(self, *keys: str) -> bool:
        """Whether ``why`` is one of these messages, in whichever language it is said."""
        return isinstance(self.why, EditorMessage) and self.why.key in keys


@dataclass(frozen=True, slots=True)
class Facts:
    """What a source says about the portrait outside its text. Empty: not said."""

    title: str = ""
    name: str = ""
    role: str = ""
    organization: str = ""
    date: dt.date | None = None
    modified: dt.date | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    status: str = ""
    """Published only if the source shows it plainly to everybody."""
    withheld: str = ""
    """Message: why the source does not show it to everybody, which the editor should know."""
    slug: str = ""
    lang: str = ""
    summary: str = ""
    series: str = ""
    aliases: tuple[str, ...] = ()
    photo: str = ""
    """Address or file name of the photo."""
    credit: str = ""
    doubts: tuple[str, ...] = ()
    """Messages: what the editor should confirm about the facts."""


@dataclass(frozen=True, slots=True)
class AttachedPhoto:
    """A photo that came with a source, to be written beside the portrait."""

    name: str
    """Its file name in the source."""
    content: bytes
    """A JPEG without metadata."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """One interview before it becomes a portrait."""

    source: str
    """The file as the editor named it."""
    blocks: tuple[Block, ...]
    words: tuple[str, ...]
    """Every word of the source, counted by the reader on the source itself."""
    facts: Facts = Facts()
    notices: tuple[str, ...] = ()
    """Messages: what the reader did that the editor should know (encoding…)."""
    photo: AttachedPhoto | None = None
    greeting: bool = False
    """Text before the first question is a letter's greeting, not an introduction."""
    pieces: tuple[Piece, ...] = ()
    """What a reader of the source sees, from a format that shows more than words."""


class ImportRefused(Exception):
    """A source that cannot be read at all; the message names the remedy."""


# -- words


def words_of(text: str) -> tuple[str, ...]:
    """The words of a plain text, in order, in Unicode's composed form (NFC)."""
    text = unicodedata.normalize("NFC", text)
    return tuple(text[start:end] for start, end in word_spans(text))


def word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each word of ``text``, which is in composed form, begins and ends."""
    for found in _WORD.finditer(text):
        word = found.group()
        if word.isalnum() or word in "%$" or unicodedata.category(word[0])[0] == "S":
            yield found.span()


def words_of_markdown(text: str) -> tuple[str, ...]:
    """The words of a Markdown text; character references are undone (backslashes are no words)."""
    return words_of(_REFERENCE.sub(lambda found: html.unescape(found.group()), text))


def words_of_value(value: object) -> tuple[str, ...]:
    """The words of a front matter value: scalars, and scalars inside lists and mappings."""
    if isinstance(value, dict):
        return tuple(word for part in value.values() for word in words_of_value(part))
    if isinstance(value, list | tuple):
        return tuple(word for part in value for word in words_of_value(part))
    return () if value is None or isinstance(value, bool) else words_of(str(value))
