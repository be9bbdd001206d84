"""The body of a portrait file, from classified blocks.

    body = introduction ("## " question answer ("### " follow-up answer)*)* ff? reading?

Blocks keep their order. A line that stood directly under another stays so, by a hard line
break (two spaces); items of one list stand together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from portraits.importer.escaping import escaped, escaped_heading
from portraits.importer.transcript import Block, Kind, Style

_BULLET = re.compile(r"\A\\?(?:[-–—•·]|\*(?!\*))\s*(?=\S)")
_BOLD_HANDLE = re.compile(r"\A\*\*(@[\w.@-]+)\*\*")
_TITLE_AND_ADDRESS = re.compile(
    r"(?P<title>[^\[\]]*?[^\s:,(—–-])[\s:,(—–-]+<?(?P<address>https?://[^\s<>()]+)[)>]?")
"""A reading as people type it: the title, then where it is."""
_EMPHASIS = re.compile(r"(?<!\\)\*{1,3}")
_HEADINGS = {Kind.QUESTION: "##", Kind.FOLLOW_UP: "###", Kind.FF_HEADING: "##",
             Kind.READING_HEADING: "##"}
_ITEMS = (Kind.FF_ENTRY, Kind.READING)
_PROSE = (Kind.INTRODUCTION, Kind.ANSWER)


@dataclass
class Body:
    """The lines of a body while they are written."""

    lines: list[str] = field(default_factory=list)
    places: list[tuple[int, Block]] = field(default_factory=list)
    """(0-based line of the body, block) of every block with a doubt."""
    added: list[str] = field(default_factory=list)
    """Words that the source does not hold."""
    ids: set[str] = field(default_factory=set)

    def write(self, blocks: Sequence[Block]) -> None:
        """Write every block that belongs into a body."""
        above: Block | None = None
        for block in blocks:
            if block.kind in _HEADINGS:
                self._heading(block)
            elif block.kind in _ITEMS:
                self._item(block, above)
            elif block.kind in _PROSE:
                self._prose(block, above)
            else:
                continue
            above = block

    def _place(self, block: Block) -> None:
        if block.doubt:
            self.places.append((len(self.lines), block))

    def _new_paragraph(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _heading(self, block: Block) -> None:
        self._new_paragraph()
        words = wording_of(block)
        if block.kind is Kind.FF_HEADING and not words.upper().startswith("#FF"):
            words = f"#FF {words}"
            self.added.append("FF")
        if block.kind is Kind.READING_HEADING:
            words = words.rstrip(" :\u00a0")
        question_id = ""
        if block.question_id and block.question_id not in self.ids and block.kind not in (
                Kind.FF_HEADING, Kind.READING_HEADING):
            question_id = f" {{#{block.question_id}}}"
            self.ids.add(block.question_id)
        self._place(block)
        self.lines += [f"{_HEADINGS[block.kind]} {words}{question_id}", ""]

    def _item(self, block: Block, above: Block | None) -> None:
        if block.joined and above and above.kind is block.kind is Kind.FF_ENTRY \
                and not _BULLET.match(block.text) and not block.text.startswith(("@", "[")):
            self._place(block)
            self.lines[-1] += f" {block.markdown}"
            return
        if not above or above.kind is not block.kind:
            self._new_paragraph()
        self._place(block)
        words = _BOLD_HANDLE.sub(r"\1", _BULLET.sub("", block.markdown, count=1))
        if block.kind is Kind.READING and (found := _TITLE_AND_ADDRESS.fullmatch(words)):
            words = f"[{found['title']}]({found['address']})"
        self.lines.append(f"- {words}")

    def _prose(self, block: Block, above: Block | None) -> None:
        under = above is not None and above.kind is block.kind
        listed = under and above is not None and above.bullet and block.bullet
        if block.joined and under and not block.bullet and not block.verbatim \
                and above and not above.bullet and not above.verbatim:
            self.lines[-1] += "  "
        elif not listed:
            self._new_paragraph()
        self._place(block)
        mark = f"{block.bullet}. " if block.bullet.isdigit() else "- " if block.bullet else ""
        self.lines += [mark + line if number == 0 else line
                       for number, line in enumerate(block.markdown.split("\n"))]


def wording_of(block: Block) -> str:
    """The wording of a question as one line of inline Markdown."""
    markdown = " ".join(block.markdown.split())
    if block.style in (Style.STRONG, Style.EMPHASIS, Style.TINTED, Style.ASKED):
        markdown = _EMPHASIS.sub("", markdown)
    if markdown == escaped(block.text):
        return escaped_heading(block.text)
    return markdown.removeprefix("\\") if markdown.startswith("\\#") else markdown
