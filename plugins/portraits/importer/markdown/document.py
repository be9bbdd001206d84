"""Markdown written for another generator, as a transcript.

    body  = ( heading | list | quotation | code | table | html | rule | paragraph )*

Paragraphs stay Markdown. Links by reference get their addresses where they stand, since
each answer is read by itself; raw HTML becomes Markdown; shortcodes and Liquid tags,
which nobody expands any more, go to the report.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from portraits.importer.html.redirects import DIRECT, direct
from portraits.importer.markdown import inline
from portraits.importer.markdown.front_matter import (
    facts_of,
    front_matter,
    visibility,
    words_of_facts,
)
from portraits.importer.markdown.inline import IMAGE
from portraits.importer.markdown.shortcodes import without_shortcodes
from portraits.importer.transcript import Block, Kind, Style, Transcript, words_of_markdown
from portraits.support.messages import msg

_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})\s+(?P<words>.*?)\s*#*\s*$")
_ATTRIBUTES = re.compile(r"\s*(?P<all>\{:?\s*[#.][^}]*\})\s*$")
_UNDERLINE = re.compile(r" {0,3}(?:(?P<one>=+)|-{2,})\s*$")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_ITEM = re.compile(r" {0,3}(?:[-*+]|(?P<number>\d{1,3})[.)])\s+(?=\S)")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_SHORTCODE = re.compile(r"\s*\[/?[a-z_-]+(?:\s[^\]]*)?\](?!\()\s*$")
_TAG = re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>")
_BARE_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,9}\s*/?>")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`]+")
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]]+\]:")
_PICTURES = ("import_markdown.picture", "import_html.picture")
"""Keys of what is said of pictures."""
_TABLE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")


def transcript(source: str, text: str, notices: tuple[str, ...] = ()) -> Transcript:
    """The transcript of a Markdown file. Raises ImportRefused for unreadable front matter."""
    values, body, first = front_matter(text)
    facts, left = facts_of(values, PurePath(source).stem)
    status, withheld = visibility(values)
    facts = replace(facts, status=status, withheld=withheld)
    body, led = _with_direct_addresses(body)
    if led:
        notices += (msg(DIRECT, count=led),)
    reading = _MarkdownBody(first)
    blocks = list(reading.read(body))
    pictures = [block for block in blocks if block.is_because(*_PICTURES)]
    if not facts.photo and pictures:
        facts = replace(facts, photo=pictures[0].text.rsplit(" ", 1)[-1])
    words = (*words_of_facts(values, facts), *reading.words)
    return Transcript(source, (*left, *blocks), words, facts, notices)


def _with_direct_addresses(body: str) -> tuple[str, int]:
    """``body`` without redirects in its addresses, and how many there were."""
    led = 0

    def changed(found: re.Match[str]) -> str:
        nonlocal led
        meant = direct(found.group())
        if meant == found.group():
            return meant
        led += 1
        return meant.replace("(", "%28").replace(")", "%29")

    return _ADDRESS.sub(changed, body), led


@dataclass
class _MarkdownBody:
    """The body of one file while it is read."""

    first: int
    words: list[str] = field(default_factory=list)
    definitions: dict[str, str] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)

    def read(self, body: str) -> Iterator[Block]:
        """The blocks of ``body``, in order."""
        for found in _COMMENT.finditer(body, 0, body.rfind("-->") + 3):
            if found[1].strip():
                yield self.boilerplate(
                    body.count("\n", 0, found.start()),
                    found[1].strip(),
                    msg("import_markdown.comment"),
                )
        end = body.rfind("-->") + 3 if "-->" in body else 0
        body = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), body[:end]) + body[end:]
        body, codes = without_shortcodes(body)
        for number, code in codes:
            yield self.shortcode(number, code)
        lines = body.split("\n")
        for number, line in enumerate(lines):
            if defined := inline.definition(line):
                self.definitions.setdefault(*defined)
                yield self.boilerplate(number, line.strip(), msg("import_markdown.link_definition"))
                lines[number] = ""
        place = 0
        while place < len(lines):
            size = yield from self.chunk(lines, place)
            place += size
        if self.used:
            yield Block(
                self.first,
                self.first,
                " ".join(self.used),
                "",
                Kind.BOILERPLATE,
                why=msg("import_markdown.link_labels"),
            )

    def chunk(self, lines: list[str], place: int) -> Generator[Block, None, int]:
        """The block that begins at ``place``; returns how many lines it takes."""
        line = lines[place]
        if not line.strip():
            return 1
        if fence := _FENCE.match(line):
            close = next(
                (
                    n
                    for n in range(place + 1, len(lines))
                    if lines[n].strip().startswith(fence["fence"])
                ),
                len(lines) - 1,
            )
            yield self.verbatim(place, lines[place : close + 1])
            return close + 1 - place
        if _SHORTCODE.match(line):
            yield self.shortcode(place, line.strip())
            return 1
        if heading := _HEADING.match(line):
            yield from self.heading(place, heading["words"], len(heading["marks"]))
            return 1
        if _RULE.match(line):
            yield Block(self.first + place, self.first + place, "***", "")
            return 1
        size = next(
            (n for n in range(1, len(lines) - place) if self.ends(lines, place, n)),
            len(lines) - place,
        )
        chunk = lines[place : place + size]
        if len(chunk) > 1 and (under := _UNDERLINE.match(chunk[-1])):
            yield from self.heading(
                place, " ".join(part.strip() for part in chunk[:-1]), 1 if under["one"] else 2
            )
            return size
        if _ITEM.match(line):
            size = _list_size(lines, place)
            yield from self.listed(place, lines[place : place + size])
        elif line.lstrip().startswith(">") and any(map(_TAG.search, chunk)):
            yield from self.html(place, len(chunk), "\n".join(chunk))
        elif any(_TABLE.match(part) for part in chunk) and all(map(_one_cell, chunk)):
            yield from self.cells(place, chunk)
        elif (
            line.lstrip().startswith(">")
            or line.startswith(("    ", "\t"))
            or _FOOTNOTE.match(line)
            or any(_TABLE.match(part) for part in chunk)
        ):
            yield from self.without_pictures(place, chunk)
        else:
            yield from self.paragraph(place, chunk)
        return size

    def ends(self, lines: list[str], place: int, size: int) -> bool:
        """Whether a paragraph that begins at ``place`` ends before its line ``size``."""
        line = lines[place + size]
        item = None if _ITEM.match(lines[place]) else _ITEM.match(line)
        return (
            not line.strip()
            or bool(_HEADING.match(line))
            or bool(_FENCE.match(line))
            or bool(item and item["number"] in (None, "1"))
            or bool(_UNDERLINE.match(lines[place + size - 1]) and size > 1)
            or (line.lstrip().startswith(">") and not lines[place].lstrip().startswith(">"))
        )

    # -- kinds of blocks

    def in_full(self, text: str) -> str:
        """Inline Markdown with every link in full; its words are counted."""
        self.words += words_of_markdown(_BARE_TAG.sub("", text))
        text = inline.without_escaped_shortcodes(text)
        return inline.with_addresses(text, self.definitions, self.used)

    def boilerplate(self, place: int, text: str, why: str) -> Block:
        self.words += words_of_markdown(text)
        return Block(self.first + place, self.first + place, text, "", Kind.BOILERPLATE, why=why)

    def shortcode(self, place: int, text: str) -> Block:
        why = msg("import_markdown.shortcode")
        return replace(self.boilerplate(place, text, why), kind=Kind.UNPLACED)

    def verbatim(self, place: int, chunk: list[str]) -> Block:
        markdown = self.in_full("\n".join(line.rstrip() for line in chunk))
        return Block(
            self.first + place,
            self.first + place + len(chunk) - 1,
            "\n".join(chunk),
            markdown,
            verbatim=True,
        )

    def without_pictures(self, place: int, chunk: list[str]) -> Iterator[Block]:
        """A piece that stays whole, but for its pictures."""
        lines = []
        for number, line in enumerate(chunk, place):
            shown = (
                line
                if line.startswith("    ")
                else (yield from self.pictures(number, number, line))
            )
            lines.append(shown.rstrip())
        yield self.verbatim(place, lines)

    def heading(self, place: int, words: str, level: int) -> Iterator[Block]:
        if attributes := _ATTRIBUTES.search(words):
            yield self.boilerplate(
                place, attributes["all"], msg("import_markdown.heading_attributes")
            )
            words = words[: attributes.start()]
        words = yield from self.pictures(place, place, words)
        if _TAG.search(words):
            yield from self.html(place, 1, words, Style(f"h{level}"))
            return
        markdown = self.in_full(words)
        if text := inline.plain(markdown):
            yield Block(
                self.first + place, self.first + place, text, markdown, style=Style(f"h{level}")
            )

    def listed(self, place: int, chunk: list[str]) -> Iterator[Block]:
        """A flat list as items, another one whole."""
        if any(_TAG.search(line) for line in chunk):
            yield from self.html(place, len(chunk), "\n".join(chunk))
            return
        opening = _ITEM.match(chunk[0])
        inside = len(opening.group()) if opening else 0
        nested = any(
            line.startswith((" ", "\t"))
            and (
                (_ITEM.match(line.lstrip()) and _indent(line) >= inside)
                or not chunk[number - 1].strip()
            )
            for number, line in enumerate(chunk)
            if line.strip()
        )
        if nested:
            yield from self.without_pictures(place, _indented_by_four(chunk))
            return
        chunk = _counted_on(chunk)
        starts = [n for n, line in enumerate(chunk) if _ITEM.match(line)]
        for start, end in zip(starts, [*starts[1:], len(chunk)], strict=True):
            found = _ITEM.match(chunk[start])
            words = " ".join(part.strip() for part in chunk[start:end])
            words = yield from self.pictures(place + start, place + end - 1, words)
            bullet = found["number"] if found and found["number"] else "-"
            mark = len(found.group().lstrip()) if found else 0
            markdown = self.in_full(words)[mark:].lstrip()
            prefix = f"{bullet} " if bullet != "-" else ""
            yield Block(
                self.first + place + start,
                self.first + place + end - 1,
                prefix + inline.plain(markdown),
                markdown,
                bullet=bullet,
            )

    def cells(self, place: int, chunk: list[str]) -> Iterator[Block]:
        """A table of one column, which frames text: each cell is a paragraph."""
        for number, line in enumerate(chunk, place):
            if not _TABLE.match(line):
                yield from self.paragraph(number, [line.strip().strip("|").strip()])

    def html(self, place: int, size: int, text: str, style: Style = Style.PLAIN) -> Iterator[Block]:
        """Markdown with HTML in it: rendered, then read as a page is."""
        import markdown as renderer

        from portraits.importer.html.page import blocks_and_pieces, words_in

        text = inline.with_addresses(text, self.definitions, self.used)
        text = text.replace("\\\n", "  \n")
        blocks, pieces = blocks_and_pieces(renderer.markdown(text, extensions=["md_in_html"]))
        self.words += words_in(pieces)
        for block in blocks:
            yield replace(
                block,
                first=self.first + place,
                last=self.first + place + size - 1,
                style=style if style.level else block.style,
            )

    def paragraph(self, place: int, chunk: list[str]) -> Iterator[Block]:
        if any(_TAG.search(line) for line in chunk):
            yield from self.html(place, len(chunk), "\n".join(chunk))
            return
        joined = False
        for start, end in _logical_lines(chunk):
            words = " ".join(line.strip().removesuffix("\\") for line in chunk[start:end])
            for block in self.lines_of(place + start, place + end - 1, words):
                yield replace(block, joined=joined) if block.kind is Kind.UNKNOWN else block
                joined = joined or block.kind is Kind.UNKNOWN

    def pictures(self, first: int, last: int, words: str) -> Generator[Block, None, str]:
        """Pictures, and links around nothing else, as blocks; returns ``words`` without them."""
        words = inline.with_smileys(words)
        for picture in IMAGE.finditer(words):
            shown = " ".join(filter(None, (picture["alt"], picture["title"], picture["src"])))
            self.words += words_of_markdown(picture.group())
            extra = picture.group().rpartition(")")[2]
            yield Block(
                self.first + first,
                self.first + last,
                f"{extra} {shown}".strip(),
                "",
                Kind.UNPLACED,
                why=msg("import_markdown.picture"),
            )
        words = IMAGE.sub(" ", words)
        for link in inline.EMPTY_LINK.finditer(words):
            why = msg("import_html.link_without_words")
            yield replace(self.boilerplate(first, link["address"], why), kind=Kind.UNPLACED)
        return inline.EMPTY_LINK.sub(" ", words)

    def lines_of(self, first: int, last: int, words: str) -> Iterator[Block]:
        """One logical line: its pictures, then the bold question before its answer, or itself."""
        words = yield from self.pictures(first, last, words)
        markdown = self.in_full(words).strip()
        head, rest = inline.question_apart(markdown)
        for part in filter(None, (head, rest)):
            style, marked = inline.look(part)
            if text := inline.plain(marked):
                yield Block(self.first + first, self.first + last, text, marked, style=style)


def _one_cell(row: str) -> bool:
    return "|" not in row.strip().strip("|").replace("\\|", "")


def _logical_lines(chunk: list[str]) -> list[tuple[int, int]]:
    """Lines that a reader sees as lines: hard breaks, lists of accounts, bold first lines."""
    accounts = sum(line.lstrip().startswith("@") for line in chunk) > 1
    spans, start = [], 0
    for number, line in enumerate(chunk):
        hard = line.endswith(("  ", "\\")) or (
            accounts and number + 1 < len(chunk) and chunk[number + 1].lstrip().startswith("@")
        )
        style, _ = inline.look(line)
        labelled = number + 1 < len(chunk) and re.match(
            r"\s*(?:\*\*|__)[^*_]+[:：]\s*(?:\*\*|__)", chunk[number + 1]
        )
        if (
            hard
            or (style is Style.STRONG and number == start)
            or labelled
            or number == len(chunk) - 1
        ):
            spans.append((start, number + 1))
            start = number + 1
    return spans


def _indent(line: str) -> int:
    """Columns before the words of a line; a tab goes to the next fourth one."""
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip())


def _counted(line: str, above: int) -> tuple[str, int]:
    """An item with the number that is seen, and this number: all may be typed « 1. »."""
    found = _ITEM.match(line)
    if not found or not found["number"]:
        return line, 0
    number = max(int(found["number"]), above + 1)
    return line[: found.start("number")] + str(number) + line[found.end("number") :], number


def _counted_on(chunk: list[str]) -> list[str]:
    """The lines of a flat list with the numbers that are seen."""
    lines, above = [], 0
    for line in chunk:
        if _ITEM.match(line):
            line, above = _counted(line, above)
        lines.append(line)
    return lines


def _indented_by_four(chunk: list[str]) -> list[str]:
    """A list in lists with four spaces a level, however its author indented and numbered it."""
    levels: list[tuple[int, int]] = []
    lines: list[str] = []
    for line in chunk:
        indent = _indent(line)
        above = 0
        if _ITEM.match(line.lstrip()):
            while levels and indent <= levels[-1][0]:
                above = levels.pop()[1]
            item, number = _counted(line.lstrip(), above)
            lines.append("    " * len(levels) + item)
            levels.append((indent, number))
        else:
            lines.append("    " * len(levels) + line.lstrip() if line.strip() else "")
    return lines


def _list_size(lines: list[str], place: int) -> int:
    """Lines of the list that begins at ``place``: its items, what is indented, blanks between."""
    end = place + 1
    for number in range(place + 1, len(lines)):
        line = lines[number]
        goes_on = line.strip() and (
            line.startswith(("  ", "\t"))
            or (lines[number - 1].strip() and not _HEADING.match(line))
        )
        if _ITEM.match(line) or goes_on:
            end = number + 1
        elif line.strip():
            break
    return end - place
