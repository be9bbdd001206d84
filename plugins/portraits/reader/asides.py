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
        one, the = (
            ("une transcription", "la transcription")
            if is_transcript
            else ("un aparté", "l’aparté")
        )
        if name not in _NAMES:
            report.error(
                numbers[0],
                "unknown-aside",
                f"« {mark[0].strip()} » n’ouvre rien que l’on connaisse",
                did_you_mean(name, _NAMES)
                or "une remarque de la rédaction commence par « > [!aparté] »",
            )
        elif quote not in list(document.root):
            report.error(
                numbers[0],
                "aside-out-of-place",
                f"{one} dans une liste ou dans une citation",
                "placez-le seul, entre deux paragraphes de la réponse",
            )
        elif (without := _unquoted(lines, numbers, first_line)) is not None:
            report.error(
                without,
                "aside-runs-on",
                f"{the} se poursuit sur une ligne sans « > »",
                "commencez la ligne par « > », ou séparez-la de la transcription par un paragraphe "
                "de la réponse si elle n’en est pas"
                if is_transcript
                else "commencez la ligne par « > », ou séparez-la de l’aparté par un paragraphe de "
                "la réponse si elle n’est pas de la rédaction",
            )
        elif not (
            _set_transcript(quote, mark, words.text("portrait.transcript"))
            if is_transcript
            else _set(quote, mark, words.text("portrait.aside"))
        ):
            report.error(
                numbers[0], "empty-aside", f"{one} sans texte", "écrivez-le à la suite de la marque"
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


def _set_transcript(quote: ET.Element, mark: re.Match[str], words: str) -> bool:
    """Turn ``quote`` into a fold under the label ``words``; return whether it has content."""
    found = _cut_mark(quote, mark)
    quote.tag = "details"
    quote.attrib = {"class": TRANSCRIPT}
    label = ET.Element("summary")
    label.text = words
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
                    f"« {found[0]} » n’ouvre pas de transcription",
                    "commencez-la par « > [!transcription] », après le son, et chacune de ses "
                    "lignes par « > »",
                )
            elif found:
                report.error(
                    line + part.count("\n", 0, found.start()),
                    "aside-out-of-place",
                    f"« {found[0]} » n’ouvre pas d’aparté",
                    "commencez-le par « > [!aparté] », après un paragraphe de la réponse, et "
                    "chacune de ses lignes par « > »",
                )


def _lines(document: Document, quote: ET.Element) -> Iterator[int]:
    for block in quote.iter():
        yield from document.lines.get(block, ())
