"""Report the marks that Markdown left in the text, swallowed, or read otherwise than meant.

A mark that leads nowhere is published as typed: a heading without a space is a paragraph, lines
that begin with dashes run together, stars that never close stay stars. Each kind is a row of
:data:`LINE_STARTS` or :data:`ANYWHERE`. Rows are tried on the text of the tree before its escapes
are undone, so that what was escaped, or is code, is text and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree as ET

from portraits.reader.markdown.blocks import HEADINGS, UNDER_HEADER
from portraits.reader.markdown.document import Document, unescaped
from portraits.reader.markdown.fences import take_fences
from portraits.reader.markdown.walk import inside
from portraits.support.messages import msg
from portraits.support.problems import ProblemCollector, Severity

_SHORT = 45
"""Characters of a line that no program wrapped."""
_STOPS = (".", "!", "?", "…", "»", ",", ";")
_CAPITAL = re.compile(r"[^\W\d_a-zà-ÿ]")
_FF = re.compile(r"ff\b", re.IGNORECASE)
_ELSEWHERE = "\ufffc"
"""Stands for a link, a picture or code in the text of a line."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A kind of mark that leads nowhere.

    ``message`` and ``hint`` are keys of messages; their values are what was ``found`` and the named
    groups of ``pattern``.
    """

    sign: str
    """What a paragraph must hold for ``pattern`` to match in it, as a regular expression."""
    pattern: re.Pattern[str]
    code: str
    message: str
    hint: str
    severity: Severity = Severity.WARNING


GLUED_HEADING = Leftover(
    r"(?m:^\s*##)",
    re.compile(r" {0,3}(?P<hashes>#{2,6})(?P<wording>[^\s#].*)"),
    "glued-heading",
    "leftovers.glued_heading",
    "leftovers.glued_heading_hint",
    Severity.ERROR,
)
"""A heading without a space, which :func:`spaced_headings` mends where it opens a line."""

LINE_STARTS = (
    GLUED_HEADING,
    Leftover(
        r"(?m:^\s*##)",
        re.compile(r"#{7,}"),
        "glued-heading",
        "leftovers.too_many_hashes",
        "leftovers.too_many_hashes_hint",
        Severity.ERROR,
    ),
    Leftover(
        r"(?m:^\s*(?:\||:?-))",
        UNDER_HEADER,
        "not-a-table",
        "leftovers.not_a_table",
        "leftovers.not_a_table_hint",
    ),
)
"""Marks at the start of a line."""

RUN_TOGETHER = Leftover(
    r"(?m:^\s*(?:[–—:]|\d{1,3}[.)]|[A-Za-z]\)))",
    re.compile(r"(?:[–—:]|\d{1,3}[.)]|[A-Za-z]\))\s"),
    "run-together",
    "leftovers.run_together",
    "leftovers.run_together_hint",
)
"""Starts of lines that are not the first of their paragraph."""

NO_QUESTION = Leftover(
    r"\{[#.]",
    re.compile(r"\{[#.][\w-]+\}$"),
    "attribute-list",
    "leftovers.id_without_question",
    "leftovers.remove_braces_hint",
)
"""An id where there is no heading."""

ANYWHERE = (
    NO_QUESTION,
    Leftover(
        r"\{:",
        re.compile(r"\{:[^{}\n]*\}"),
        "attribute-list",
        "leftovers.changes_nothing",
        "leftovers.remove_braces_hint",
        Severity.ERROR,
    ),
    Leftover(
        r"\[\^",
        re.compile(r"\[\^[^\]\n]{1,80}\]"),
        "unknown-footnote",
        "leftovers.unknown_footnote",
        "leftovers.unknown_footnote_hint",
        Severity.ERROR,
    ),
    Leftover(
        r"\]\[",
        re.compile(r"\[[^\[\]]{1,200}\]\[(?P<label>[^\[\]\n]{1,200})\]"),
        "unknown-reference",
        "leftovers.unknown_reference",
        "leftovers.unknown_reference_hint",
    ),
    Leftover(
        r"\]\[",
        re.compile(r"\[(?P<label>[^\[\]]{1,200})\]\[\]"),
        "unknown-reference",
        "leftovers.unknown_reference",
        "leftovers.unknown_reference_hint",
    ),
    Leftover(
        r"\] +\(|\)\[",
        re.compile(rf"\[[^\[\]]{{1,200}}\] +\({_ELSEWHERE}|\([^()]{{1,200}}\)\[{_ELSEWHERE}\]"),
        "not-a-link",
        "leftovers.not_a_link",
        "leftovers.not_a_link_hint",
    ),
    Leftover(
        r"\*\*",
        re.compile(r"\*\*+"),
        "stray-mark",
        "leftovers.bold_not_closed",
        "leftovers.bold_not_closed_hint",
    ),
    Leftover(
        "~~",
        re.compile(r"~~"),
        "stray-mark",
        "leftovers.struck_not_closed",
        "leftovers.struck_not_closed_hint",
    ),
    Leftover(
        "==",
        re.compile(r"==[^\s=][^=\n]*=="),
        "stray-mark",
        "leftovers.shown_as_typed",
        "leftovers.highlight_hint",
    ),
    Leftover(
        r"[~^]",
        re.compile(r"(?<=\w)~\w{1,4}~|(?<=\w)\^\w{1,4}\^"),
        "stray-mark",
        "leftovers.shown_as_typed",
        "leftovers.sub_or_sup_hint",
    ),
    Leftover(
        "```", re.compile(r"```+"), "stray-mark", "leftovers.shown_as_typed", "leftovers.fence_hint"
    ),
)
"""Marks anywhere in a line."""

COMMENT = Leftover(
    "<!--",
    re.compile(r"<!--"),
    "raw-html",
    "leftovers.comment",
    "leftovers.comment_hint",
    Severity.ERROR,
)

_SIGNS = re.compile(
    "|".join(dict.fromkeys(row.sign for row in (*LINE_STARTS, RUN_TOGETHER, *ANYWHERE, COMMENT)))
)
"""Matches the sign of any row; most paragraphs have none."""
_GLUED_ON_ANY_LINE = re.compile(f"^{GLUED_HEADING.pattern.pattern}", re.MULTILINE)


def spaced_headings(text: str, report: ProblemCollector, first_line: int) -> str:
    """Return ``text`` with a space after the hashes of each heading that lacks it.

    Each is reported; what follows is then read as it was meant. ``text`` is Markdown that starts
    at line ``first_line`` of its file.
    """
    if not _GLUED_ON_ANY_LINE.search(text):
        return text
    lines = text.split("\n")
    outside_fences, _, _ = take_fences(text)
    for number, content in enumerate(outside_fences):
        if found := GLUED_HEADING.pattern.match(content):
            hashes, wording = found[1], found[2].strip()
            if _FF.match(wording):
                wording = f"#{wording}"
            parts = {"hashes": hashes, "wording": wording}
            _tell(GLUED_HEADING, parts, number + first_line, report)
            lines[number] = f"{hashes} {wording}"
    return "\n".join(lines)


def check_leftovers(document: Document, report: ProblemCollector, *, trusted: bool) -> None:
    """Report the marks left in ``document``, whose escapes are not undone yet.

    ``trusted``: comments are published as HTML.
    """
    anywhere = ANYWHERE if trusted else (*ANYWHERE, COMMENT)
    for block, numbers in document.lines.items():
        if block.tag == "code":
            report.warn(
                numbers[0],
                "indented-code",
                msg("leftovers.indented_code", start=_start(block)),
                msg("leftovers.indented_code_hint"),
            )
            continue
        if not _SIGNS.search("".join(block.itertext())):
            continue
        for at, (number, text) in enumerate(_texts(block, numbers)):
            if at and (found := RUN_TOGETHER.pattern.match(text)):
                _report(RUN_TOGETHER, found, number, report, shown=text)
            for leftover in LINE_STARTS:
                if found := leftover.pattern.match(text):
                    _report(leftover, found, number, report)
            for leftover in anywhere:
                if leftover is NO_QUESTION and block.tag in HEADINGS:
                    continue
                for found in leftover.pattern.finditer(text):
                    _report(leftover, found, number, report)
    _misread(document, report)


def check_swallowed(
    text: str, document: Document, report: ProblemCollector, first_line: int
) -> None:
    """Report what is not published of ``text``, the source of ``document``.

    An unclosed fence swallows the rest, an unused definition leaves no trace in the tree.
    """
    if document.unclosed_fence is not None:
        report.error(
            document.unclosed_fence,
            "unclosed-fence",
            msg("leftovers.unclosed_fence"),
            msg("leftovers.unclosed_fence_hint"),
        )
    for label, line in document.repeated_footnotes:
        report.error(
            line,
            "repeated-footnote",
            msg("leftovers.repeated_footnote", label=label),
            msg("leftovers.repeated_footnote_hint"),
        )
    for label in sorted(document.definitions.keys() - document.used_definitions):
        line, written = _definition(text, f"[{label}]:", first_line)
        report.error(
            line,
            "unused-definition",
            msg("leftovers.unused_definition", written=written),
            msg("leftovers.unused_definition_hint", written=written),
        )


def _definition(text: str, start: str, first_line: int) -> tuple[int, str]:
    """Return the number of the line that starts with ``start`` (lower case), and its start as
    written."""
    for number, line in enumerate(text.split("\n"), first_line):
        if line.lstrip().lower().startswith(start):
            return number, line.lstrip()[: len(start)]
    return first_line, start


def check_short_lines(
    document: Document, blocks: list[ET.Element], report: ProblemCollector
) -> None:
    """Report paragraphs of ``blocks`` made of short lines, which Markdown joins into one.

    Lines that a program wrapped are long, and people who write a sentence a line end it with a
    stop. What is left, from three lines on, is a list or verse.
    """
    for block in blocks:
        if block.tag != "p" or "\n" not in "".join(block.itertext()):
            continue
        if block.find("br") is not None:
            continue
        lines = [text for _, text in _texts(block, document.lines.get(block, (0,)))]
        breaks = sum(
            len(line) < _SHORT
            and not line.endswith(_STOPS)
            and _CAPITAL.match(following) is not None
            for line, following in pairwise(lines)
        )
        if breaks > 1 and breaks == len(lines) - 1:
            report.warn(
                document.lines[block][0],
                "joined-lines",
                msg("leftovers.joined_lines", count=len(lines), first=_readable(lines[0])),
                msg("leftovers.joined_lines_hint"),
            )


def _misread(document: Document, report: ProblemCollector) -> None:
    """Report what Markdown read as something that people seldom mean."""
    for heading in document.blocks.underlined:
        report.warn(
            _line(document, heading),
            "underlined-heading",
            msg("leftovers.underlined_heading", heading=_start(heading)),
            msg("leftovers.underlined_heading_hint"),
        )
    for item in document.blocks.signed:
        report.warn(
            _line(document, item),
            "lost-sign",
            msg("leftovers.lost_sign", start=_start(item)),
            msg("leftovers.lost_sign_hint"),
        )
    for row in document.blocks.cut_rows:
        report.error(
            _line(document, row),
            "table-row-too-long",
            msg("leftovers.table_row_too_long"),
            msg("leftovers.table_row_too_long_hint"),
        )


def _line(document: Document, element: ET.Element) -> int:
    return next((document.lines[part][0] for part in element.iter() if part in document.lines), 0)


def _start(element: ET.Element) -> str:
    return _short(unescaped("".join(element.itertext())).partition("\n")[0].strip())


def _readable(text: str) -> str:
    """Return ``text`` of :func:`_texts` for a message."""
    return _short(unescaped(text).replace(_ELSEWHERE, "…"))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _texts(block: ET.Element, numbers: tuple[int, ...]) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each line of ``block``; links, pictures and code stand as
    one character."""
    if not len(block):
        lines = (block.text or "").split("\n")
        last = len(numbers) - 1
        for at, text in enumerate(lines):
            yield numbers[min(at, last)], text.strip()
        return
    texts: dict[int, str] = {}
    hidden: set[ET.Element] = set()
    for number, parent, part in inside(block, numbers):
        if parent in hidden:
            if not isinstance(part, str):
                hidden.add(part)
        elif isinstance(part, str):
            for at, text in enumerate(part.split("\n"), number):
                texts[at] = texts.get(at, "") + text
        elif part.tag in ("a", "img", "code"):
            hidden.add(part)
            texts[number] = texts.get(number, "") + _ELSEWHERE
    for number, text in texts.items():
        yield number, text.strip()


def _report(
    leftover: Leftover, found: re.Match[str], number: int, report: ProblemCollector, shown: str = ""
) -> None:
    parts = {"found": shown or found[0], **found.groupdict(default="")}
    _tell(leftover, parts, number, report)


def _tell(
    leftover: Leftover, parts: Mapping[str, str], number: int, report: ProblemCollector
) -> None:
    """Report ``leftover`` on line ``number``; ``parts`` are what was found and its groups."""
    values = {name: _readable(part) for name, part in parts.items()}
    tell = report.error if leftover.severity is Severity.ERROR else report.warn
    tell(number, leftover.code, msg(leftover.message, **values), msg(leftover.hint, **values))
