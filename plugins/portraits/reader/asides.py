"""Set apart what the editor says inside an answer, an aside, and what a sound says, its transcript.

    aside      = "> [!aparté]" text (newline ">" text)*
    transcript = "> [!transcription]" text (newline ">" text)*

Both are block quotes that begin with a mark in the manner of GitHub's alerts. Every one of their
lines begins with ``>``: what follows without it is the person's answer, and Markdown would add it
to the block quote. The words of an aside are the editor's: they are in the HTML of an answer, not
in its text. Those of a transcript are the person's (:mod:`portraits.reader.sounds`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from portraits.reader.markdown.document import Document
from portraits.reader.markdown.walk import inside
from portraits.support.catalogue import catalogue, interface_language
from portraits.support.messages import msg
from portraits.support.problems import ProblemCollector, did_you_mean

ASIDE = "aside"
"""Class of the element that an aside becomes."""

TRANSCRIPT = "transcript"
"""Class of the element that a transcript becomes."""

_TRANSCRIPTS = ("transcription", "transcript")
_NAMES = ("aparté", "aside", *_TRANSCRIPTS)
_MARK = re.compile(r"\[!([^\[\]\n]{0,40})\][ \t]*\n?")
_STRAY = re.compile(
    r"!?\[\s*!?\s*(?:apart[ée]s?|aside|transcri(?:ption|pt)s?)\s*\](?![\[(])", re.IGNORECASE
)
_QUOTED = re.compile(r" {0,3}>")


def set_asides(
    document: Document, report: ProblemCollector, *, text: str, first_line: int, lang: str
) -> None:
    """Turn the marked block quotes of ``document`` into asides and transcripts with a label in
    ``lang``.

    ``text`` is the source, which starts at line ``first_line``: every line of them must begin
    with ``>`` there. Problems go to ``report``.
    """
    lines = text.split("\n")
    handled: set[ET.Element] = set()
    for quote in list(document.root.iter("blockquote")):
        opening = quote[0] if len(quote) else quote
        mark = _MARK.match(opening.text or "") if opening.tag == "p" else None
        if mark is None:
            continue
        handled.add(opening)
        numbers = sorted(_lines(document, quote))
        name = mark[1].strip().casefold()
        words = catalogue(interface_language(lang))
        is_transcript = name in _TRANSCRIPTS
        if name not in _NAMES:
            report.error(
                numbers[0],
                "unknown-aside",
                msg("asides.unknown_mark", mark=mark[0].strip()),
                did_you_mean(name, _NAMES) or msg("asides.unknown_mark_hint"),
            )
        elif quote not in list(document.root):
            report.error(
                numbers[0],
                "aside-out-of-place",
                msg("asides.nested_transcript" if is_transcript else "asides.nested_aside"),
                msg("asides.nested_hint"),
            )
        elif (without := _unquoted(lines, numbers, first_line)) is not None:
            report.error(
                without,
                "aside-runs-on",
                msg("asides.transcript_runs_on" if is_transcript else "asides.aside_runs_on"),
                msg(
                    "asides.transcript_runs_on_hint"
                    if is_transcript
                    else "asides.aside_runs_on_hint"
                ),
            )
        elif not (
            _set_transcript(document, quote, mark, words.text("portrait.transcript"))
            if is_transcript
            else _set(quote, mark, words.text("portrait.aside"))
        ):
            report.error(
                numbers[0],
                "empty-aside",
                msg("asides.empty_transcript" if is_transcript else "asides.empty_aside"),
                msg("asides.empty_hint"),
            )
    _report_stray(document, report, handled)


def _unquoted(lines: list[str], numbers: list[int], first_line: int) -> int | None:
    """Return the first line from the first to the last of ``numbers`` that lacks its ``>``."""
    for number in range(numbers[0], numbers[-1] + 1):
        if not _QUOTED.match(lines[number - first_line]):
            return number
    return None


def _set(quote: ET.Element, mark: re.Match[str], words: str) -> bool:
    """Turn ``quote`` into an aside under the label ``words``; return whether it has content."""
    found = _cut_mark(quote, mark)
    quote.tag = "div"
    quote.attrib = {"class": ASIDE, "role": "note"}
    label = ET.Element("p", {"class": "aside__label"})
    label.text = words
    quote.insert(0, label)
    return found


def _set_transcript(document: Document, quote: ET.Element, mark: re.Match[str], words: str) -> bool:
    """Turn ``quote`` into a fold under the label ``words``; return whether it has content."""
    first_line = min(_lines(document, quote))
    found = _cut_mark(quote, mark)
    quote.tag = "details"
    quote.attrib = {"class": TRANSCRIPT}
    label = ET.Element("summary")
    label.text = words
    document.lines[label] = (first_line,)  # what follows the mark may have no line: a rule
    quote.insert(0, label)
    return found


def _cut_mark(quote: ET.Element, mark: re.Match[str]) -> bool:
    """Take ``mark`` away from the beginning of ``quote``; return whether anything follows it."""
    first = quote[0]
    first.text = (first.text or "")[mark.end() :]
    if not first.text.strip() and not len(first):
        quote.remove(first)
    return len(quote) > 0


def _report_stray(document: Document, report: ProblemCollector, handled: set[ET.Element]) -> None:
    """Report marks that open nothing: misspelt, or not at the beginning of a block quote."""
    for block, numbers in document.lines.items():
        if block.tag == "code" or block in handled:
            continue
        for line, parent, part in inside(block, numbers):
            if not isinstance(part, str) or parent.tag == "code":
                continue
            found = _STRAY.search(part)
            if found and "transcri" in found[0].casefold():
                report.error(
                    line + part.count("\n", 0, found.start()),
                    "aside-out-of-place",
                    msg("asides.stray_transcript", mark=found[0]),
                    msg("asides.stray_transcript_hint"),
                )
            elif found:
                report.error(
                    line + part.count("\n", 0, found.start()),
                    "aside-out-of-place",
                    msg("asides.stray_aside", mark=found[0]),
                    msg("asides.stray_aside_hint"),
                )


def _lines(document: Document, quote: ET.Element) -> Iterator[int]:
    for block in quote.iter():
        yield from document.lines.get(block, ())
