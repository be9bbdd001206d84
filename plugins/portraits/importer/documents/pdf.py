"""Read the text of a PDF (ISO 32000) with pypdf, and put its lines together again.

A PDF has lines, no paragraphs, and letters with a typeface and a size. What its pages repeat goes
to the report; what is left is joined, within one look, and becomes HTML:

    a word cut by a hyphen at the end of a line    communau- | té        joined, and told
    a full line, and one that goes on in lower case                      one paragraph
    a short line that ends a sentence; before and after a question       the end of one
    letters larger than most                                             a heading
    a typeface called bold                                               bold
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from portraits.importer.html import page as html_page
from portraits.importer.transcript import Block, ImportRefused, Kind, Transcript, words_of
from portraits.support.messages import msg

MAX_PAGES = 300
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.)?\s*[-–—]?\s*\d{1,4}\s*(?:(?:/|sur|de|of)\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE
)
_EDGE = 2
"""Lines at the top and at the bottom of a page that may be running heads."""
_OFTEN = 3
"""Pages on which a line must stand to be a running head."""
_FULL = 0.8
"""Part of the longest lines from which a line is full."""
_LARGE = 1.15
"""How much larger than most letters those of a heading are."""
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-–—•*▪◦]|\d{1,2}[.)])\s")
_CUT = re.compile(r"(\w+)-$")
_ENDS = (".", "!", "?", ":", "…", "»", "”", ")")


@dataclass(frozen=True, slots=True)
class _PrintedLine:
    """A line of a page. Its look is that of most of its letters."""

    text: str
    size: float
    """Height of its letters, in points."""
    bold: bool


def transcript(source: str, data: bytes) -> Transcript:
    """Return what a document says. Raise ImportRefused."""
    pages = list(_pages_of(data))
    if not any(pages):
        raise ImportRefused(msg("import_documents.pdf_without_text"))
    pages, repeated = _without_heads(pages)
    joined: list[str] = []
    html = "".join(_html([line for lines in pages for line in lines], joined))
    notices = [msg("import_documents.pdf_order")]
    if joined:
        notices.append(msg("import_documents.pdf_words_joined", words=", ".join(joined)))
    read = html_page.transcript(source, html, tuple(notices))
    around = tuple(
        Block(0, 0, line, "", Kind.BOILERPLATE, why=msg("import_documents.pdf_edge"))
        for line in repeated
    )
    words = (word for block in around for word in words_of(block.text))
    return replace(read, blocks=(*read.blocks, *around), words=(*read.words, *words))


def _pages_of(data: bytes) -> Iterator[list[_PrintedLine]]:
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ImportRefused(msg("import_documents.pdf_protected"))
        if len(reader.pages) > MAX_PAGES:
            raise ImportRefused(
                msg("import_documents.pdf_pages", count=len(reader.pages), most=MAX_PAGES)
            )
        for page in reader.pages:
            yield _lines(page)
    except ImportRefused:
        raise
    except Exception as error:  # a malformed file makes the library raise anything
        raise ImportRefused(msg("import_documents.pdf_damaged")) from error


def _lines(page: Any) -> list[_PrintedLine]:
    """Return the lines of a page that have letters, in the order of the file."""
    lines: list[list[tuple[str, float, bool]]] = [[]]

    def take(text: str, matrix: Any, text_matrix: Any, font: Any, size: float) -> None:
        height = abs(size * text_matrix[3] * matrix[3]) or size
        bold = bool(font and _BOLD.search(str(font.get("/BaseFont", ""))))
        first, *others = text.split("\n")
        lines[-1].append((first, height, bold))
        lines.extend([(other, height, bold)] for other in others)

    page.extract_text(visitor_text=take)
    found = []
    for pieces in lines:
        text = " ".join("".join(piece for piece, _, _ in pieces).split())
        if text:
            looks = Counter[tuple[float, bool]]()
            for piece, height, bold in pieces:
                looks[round(height, 1), bold] += len(piece.strip())
            (size, bold), _ = looks.most_common(1)[0]
            found.append(_PrintedLine(text, size, bold))
    return found


def _without_heads(
    pages: Sequence[list[_PrintedLine]],
) -> tuple[list[list[_PrintedLine]], list[str]]:
    """Return the pages without running heads and page numbers, and each of these once."""
    edges = [{_bare(line.text) for line in (*page[:_EDGE], *page[-_EDGE:])} for page in pages]
    count = Counter(line for edge in edges for line in edge)
    least = max(_OFTEN, (len(pages) + 1) // 2)
    told: dict[str, None] = {}

    def is_head(line: str, place: int, length: int) -> bool:
        if _EDGE <= place < length - _EDGE:
            return False
        return bool(_PAGE_NUMBER.fullmatch(line)) or count[_bare(line)] >= least

    kept = []
    for page in pages:
        lines = []
        for place, line in enumerate(page):
            if is_head(line.text, place, len(page)):
                told[line.text] = None
            else:
                lines.append(line)
        kept.append(lines)
    return kept, list(told)


def _bare(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _html(lines: Sequence[_PrintedLine], joined: list[str]) -> Iterator[str]:
    """Yield the paragraphs; add the words that were put together to ``joined``."""
    usual = Counter[float]()
    for line in lines:
        usual[line.size] += len(line.text)
    body = usual.most_common(1)[0][0]
    bold = sum(len(line.text) for line in lines if line.bold) > sum(
        len(line.text) for line in lines if not line.bold
    )
    for line in _paragraphs(lines, joined):
        text = escape(line.text, quote=False)
        if line.size > body * _LARGE:
            yield f"<h2>{text}</h2>"
        elif line.bold and not bold:
            yield f"<p><b>{text}</b></p>"
        else:
            yield f"<p>{text}</p>"


def _paragraphs(lines: Sequence[_PrintedLine], joined: list[str]) -> Iterator[_PrintedLine]:
    lengths = sorted(len(line.text) for line in lines)
    full = _FULL * lengths[len(lengths) * 9 // 10]
    whole: _PrintedLine | None = None
    last = ""
    for line in lines:
        alike = whole and (whole.size, whole.bold) == (line.size, line.bold)
        if whole and alike and _goes_on(last, line.text, full):
            whole = replace(whole, text=_joined(whole.text, line.text, joined))
        else:
            if whole:
                yield whole
            whole = line
        last = line.text
    if whole:
        yield whole


def _joined(text: str, line: str, joined: list[str]) -> str:
    cut = _CUT.search(text)
    if not cut or not line[:1].islower():
        return f"{text} {line}"
    word = re.match(r"\w+", line)
    joined.append(f"{cut[1]}-{word[0] if word else ''}")
    return text[:-1] + line


def _goes_on(last: str, line: str, full: float) -> bool:
    if _ITEM.match(line) or last.endswith("?"):
        return False
    if line.endswith("?") and last.endswith(_ENDS) and not line[:1].islower():
        return False  # a question after a whole sentence
    if _CUT.search(last) or line[:1].islower():
        return True
    return len(last) >= full and not (last.endswith(_ENDS) and len(last) < full * 1.1)
