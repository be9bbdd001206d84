"""Plain text: from bytes to text, from text to blocks.

Bytes are UTF-8 (with or without mark), UTF-16 with its mark, else Windows-1252. That is the
one guess that is made, because old blogs and old mail programs are full of it, and it is
said. Text is put in Unicode's composed form (NFC) with ``\\n`` line ends; control characters
and noncharacters, which no portrait may hold, become spaces.

    text      = paragraph (blank-line paragraph)*
    paragraph = line ("\\n" line)*
    line      = [ "-" | "•" | "–" | number ("-" | "." | ")") ] words

One line is one block. In a text wrapped at a column (a mail) the lines of a sentence are
put together again: a break is a wrap when the next word would not have fitted. Lines
that begin with a bullet, or with numbers that count up from 1, are a list from two on,
blank lines between them or not; « 3- » by itself is only a way to begin a sentence. An item
that is further in by two columns or more belongs to the item above it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from portraits.importer.transcript import Block, ImportRefused, Transcript, words_of
from portraits.reader.escaping import escaped
from portraits.support.limits import FORBIDDEN, visible
from portraits.support.messages import msg

_BINARY = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"\x1f\x8b")
MAX_BYTES = 3_000_000
"""Bytes of one source that is read at once (a WordPress archive is streamed)."""

WRAPPED = range(60, 101)
"""Length of the longest line of a text that was wrapped at a column."""

_BULLET = re.compile(r"(?:[-–—•·‣◦▪●*+]|(?P<number>\d{1,2})\s?[-.)°])\s+(?=\S)")
_TAB = 4
"""Columns of a tab, as in Markdown."""
_INNER = 2
"""Columns by which an item is further in than the one to which it belongs, at least."""


# -- bytes to text


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of ``data`` and notices to the editor about how it was read.

    Raises ImportRefused for an empty, oversized or binary file.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise ImportRefused(msg("import_source.empty"))
    if len(data) > MAX_BYTES:
        raise ImportRefused(
            msg(
                "import_source.too_long",
                megabytes=len(data) // 1_000_000,
                most=MAX_BYTES // 1_000_000,
            )
        )
    for start in _BINARY:
        if data.startswith(start):
            raise ImportRefused(msg("import_source.not_text"))
    text, notices = _text_of(data)
    text, controls = cleaned(text)
    if controls > 10 and controls * 20 > len(text):
        raise ImportRefused(msg("import_source.not_text"))
    if controls:
        notices += (msg("import_source.controls_replaced"),)
    return text, notices


def cleaned(text: str) -> tuple[str, int]:
    """``text`` as portraits may hold it, and how many characters had to go."""
    text, controls = FORBIDDEN.subn(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", visible(text)), controls


def _text_of(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError as error:
            raise ImportRefused(msg("import_source.utf16_cut", byte=error.start)) from None
    if b"\x00" in data:
        raise ImportRefused(msg("import_source.null_bytes"))
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace").replace("\ufffd", " ")
        return text, (msg("import_source.not_utf8"),)


# -- text to blocks


def transcript(source: str, text: str, notices: tuple[str, ...] = ()) -> Transcript:
    """The transcript of a plain ``text``; nothing is decided yet about its blocks."""
    return Transcript(source, blocks_of(text.split("\n")), words_of(text), notices=notices)


def blocks_of(lines: list[str], first: int = 1, *, wrapped: bool = True) -> tuple[Block, ...]:
    """The blocks of ``lines``, the first of which is line ``first`` of the source.

    ``wrapped`` says that a program may have broken lines at a column.
    """
    return in_lists(lines_as_blocks(lines, first, wrapped=wrapped))


def lines_as_blocks(lines: list[str], first: int = 1, *, wrapped: bool = True) -> Iterable[Block]:
    """The same before lists are looked for."""
    longest = max((len(line.rstrip()) for line in lines), default=0)
    width = longest if wrapped and longest in WRAPPED else 0
    start, words, blank_above, indent = 0, "", True, 0
    for number, line in enumerate([*lines, ""], first):
        stripped = line.strip()
        if words and not (stripped and width and _wrapped(lines[number - 1 - first], line, width)):
            block = plain_block(start, number - 1, words, joined=not blank_above)
            yield replace(block, indent=indent) if indent else block
            blank_above, words = False, ""
        if not stripped:
            blank_above = True
        elif words:
            words += " " + stripped
        else:
            start, words = number, stripped
            columns = line.expandtabs(_TAB)
            indent = len(columns) - len(columns.lstrip(" "))


def _wrapped(line: str, following: str, width: int) -> bool:
    """Whether the break after ``line`` was put there by a column, not by the writer."""
    next_word = following.split(maxsplit=1)[0]
    if _BULLET.match(following.lstrip()) or line.rstrip().endswith("?"):
        return False
    return len(line.rstrip()) + 1 + len(next_word) > width


def plain_block(first: int, last: int, text: str, *, joined: bool = False) -> Block:
    """A block of plain text, with the marks of Markdown in it escaped."""
    return Block(first, last, text, escaped(text), joined=joined)


def in_lists(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """``blocks`` with runs of bulleted or numbered lines marked as list items, each with its place
    in the items around it."""
    marked: list[Block] = []
    run: list[_ListedLine] = []
    for block in blocks:
        found = _BULLET.match(block.text)
        item = _item_in(run, block, found) if found else None
        if item is None:
            marked.extend(_items(run))
            run = []
            item = _item_in(run, block, found) if found else None
        if item is None:
            marked.append(block)
        else:
            run.append(item)
    return (*marked, *_items(run))


@dataclass(frozen=True, slots=True)
class _ListedLine:
    """A line that may be an item of a list."""

    block: Block
    mark: re.Match[str]
    above: tuple[_ListedLine, ...]
    """The items around it, the outermost first."""
    number: int
    """Its place in its list, from 1."""


def _item_in(run: list[_ListedLine], block: Block, mark: re.Match[str]) -> _ListedLine | None:
    """``block`` as the next item after ``run``, or None when it does not go on there."""
    opens = mark["number"] in (None, "1")
    if not run:
        return _ListedLine(block, mark, (), 1) if opens else None
    levels = (*run[-1].above, run[-1])
    while len(levels) > 1 and block.indent < levels[-1].block.indent:
        levels = levels[:-1]
    last = levels[-1]
    if opens and block.indent >= last.block.indent + _INNER:
        return _ListedLine(block, mark, levels, 1)
    if mark["number"] is None:
        goes_on = last.mark["number"] is None and last.mark[0][0] == mark[0][0]
    else:
        goes_on = last.mark["number"] is not None and int(mark["number"]) == last.number + 1
    return _ListedLine(block, mark, last.above, last.number + 1) if goes_on else None


def _items(run: list[_ListedLine]) -> list[Block]:
    if len(run) < 2:
        return [item.block for item in run]
    return [
        replace(
            item.block,
            bullet=item.mark["number"] or "-",
            markdown=escaped(item.block.text[item.mark.end() :]),
            indent=sum(_width(around.mark["number"]) for around in item.above),
        )
        for item in run
    ]


def _width(number: str | None) -> int:
    """The columns of an item's mark in Markdown, the space after it included."""
    return len(number) + 2 if number else 2
