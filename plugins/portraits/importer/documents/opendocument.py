"""Read a text of LibreOffice or of Google Docs: ``.odt``, or ``.fodt`` in one XML file.

OpenDocument 1.3, part 3. What the reader needs of it as HTML:

    text:h level        h1 … h6            text:p            p
    text:span, style    b i s sup sub      text:a            a
    text:list           ul, ol             table:table       table
    text:note           a note at the end, called by a link   text:line-break, s, tab

A style may have a parent: bold and italics come from the nearest that says so. Text that was
deleted with changes tracked stands in ``text:tracked-changes``, which is passed over.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element

from portraits.importer.documents.package import Package, parsed
from portraits.importer.documents.page import WordProcessed, below_title
from portraits.importer.documents.word import remark
from portraits.importer.photo import AttachedImage
from portraits.importer.transcript import Block, ImportRefused
from portraits.support.messages import msg

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _STYLE, _TABLE = f"{{{_NS}text:1.0}}", f"{{{_NS}style:1.0}}", f"{{{_NS}table:1.0}}"
_OFFICE, _DRAW = f"{{{_NS}office:1.0}}", f"{{{_NS}drawing:1.0}}"
_FO = f"{{{_NS}xsl-fo-compatible:1.0}}"
_XLINK, _DC = "{http://www.w3.org/1999/xlink}", "{http://purl.org/dc/elements/1.1/}"
_DEEPEST = 200
"""Levels of elements: more than any document that was written has."""
_SKIPPED = {
    f"{_TEXT}tracked-changes",
    f"{_TEXT}sequence-decls",
    f"{_OFFICE}forms",
    f"{_TEXT}bookmark-start",
    f"{_TEXT}alphabetical-index-mark",
    f"{_TEXT}table-of-content",
}


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says of letters; None where it says nothing."""

    parent: str = ""
    tags: Mapping[str, bool] = field(default_factory=dict)


@dataclass
class _OpenText:
    """One document while it is read."""

    package: Package | None
    looks: dict[str, _Look] = field(default_factory=dict)
    numbered: set[str] = field(default_factory=set)
    """Names of the list styles that number their items."""
    notes: list[str] = field(default_factory=list)
    images: list[AttachedImage] = field(default_factory=list)
    comments: list[Block] = field(default_factory=list)

    # -- styles

    def learn(self, root: Element) -> None:
        """Learn the styles of a part."""
        for style in root.iter(f"{_STYLE}style"):
            tags: dict[str, bool] = {}
            for letters in style.iter(f"{_STYLE}text-properties"):
                _tags_of(letters, tags)
            name = style.get(f"{_STYLE}name") or ""
            self.looks[name] = _Look(style.get(f"{_STYLE}parent-style-name") or "", tags)
        for listed in root.iter(f"{_TEXT}list-style"):
            first = next(iter(listed), None)
            if first is not None and first.tag == f"{_TEXT}list-level-style-number":
                self.numbered.add(listed.get(f"{_STYLE}name") or "")

    def tags(self, name: str) -> list[str]:
        """Return the HTML elements of a style, with what it takes from its parents."""
        said: dict[str, bool] = {}
        for _ in range(20):  # a style may name itself as its parent
            look = self.looks.get(name)
            if look is None:
                break
            said = {**look.tags, **said}
            name = look.parent
        return sorted(tag for tag, on in said.items() if on)

    # -- blocks

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[str]:
        """Yield the HTML of the blocks of an element."""
        if depth > _DEEPEST:
            raise ImportRefused(msg("import_documents.endless"))
        for element in parent:
            tag = element.tag
            if tag in _SKIPPED:
                continue
            if tag == f"{_TEXT}h":
                level = min(max(int(element.get(f"{_TEXT}outline-level") or 1), 1), 6)
                yield f"<h{level}>{self.inline(element, depth)}</h{level}>"
            elif tag == f"{_TEXT}p":
                name = element.get(f"{_TEXT}style-name") or ""
                yield self._paragraph(name, self.inline(element, depth))
            elif tag == f"{_TEXT}list":
                yield self._list(element, depth)
            elif tag == f"{_TABLE}table":
                yield self._table(element, depth)
            else:
                yield from self.blocks(element, depth + 1)

    def _paragraph(self, style: str, html: str) -> str:
        parent = self._titled(style)
        if parent:
            return f"<{parent}>{html}</h1>"
        return f"<p>{_wrapped(html, self.tags(style))}</p>"

    def _titled(self, style: str) -> str:
        """Return the tag of a title, which Google Docs and LibreOffice write as a paragraph."""
        for _ in range(20):
            if style in ("Title", "Titre"):
                return 'h1 class="document-title"'
            look = self.looks.get(style)
            if look is None:
                return ""
            style = look.parent
        return ""

    def _list(self, element: Element, depth: int, style: str = "") -> str:
        style = element.get(f"{_TEXT}style-name") or style
        tag = "ol" if style in self.numbered else "ul"
        items = []
        for item in element:
            if item.tag == f"{_TEXT}list-item":
                parts = [
                    self._list(part, depth + 1, style)
                    if part.tag == f"{_TEXT}list"
                    else "".join(self.blocks(_only(part), depth + 1))
                    for part in item
                ]
                items.append(f"<li>{''.join(parts)}</li>")
        first = next((item.get(f"{_TEXT}start-value") for item in element), None)
        start = f' start="{int(first)}"' if first and first.isdigit() and tag == "ol" else ""
        return f"<{tag}{start}>{''.join(items)}</{tag}>"

    def _table(self, element: Element, depth: int) -> str:
        rows = []
        for row in element.iter(f"{_TABLE}table-row"):
            cells = [
                f"<td>{''.join(self.blocks(cell, depth + 1))}</td>"
                for cell in row
                if cell.tag == f"{_TABLE}table-cell"
            ]
            rows.append(f"<tr>{''.join(cells)}</tr>")
        return f"<table>{''.join(rows)}</table>"

    # -- text

    def inline(self, parent: Element, depth: int) -> str:
        """Return the HTML of what stands in a paragraph."""
        if depth > _DEEPEST:
            raise ImportRefused(msg("import_documents.endless"))
        parts = [escape(parent.text or "", quote=False)]
        for element in parent:
            parts.append(self._piece(element, depth + 1))
            parts.append(escape(element.tail or "", quote=False))
        return "".join(parts)

    def _piece(self, element: Element, depth: int) -> str:
        tag = element.tag
        if tag in _SKIPPED:
            return ""
        if tag == f"{_TEXT}line-break":
            return "<br>"
        if tag == f"{_TEXT}s":
            count = element.get(f"{_TEXT}c") or "1"
            return " " * min(int(count) if count.isdigit() else 1, 80)
        if tag == f"{_TEXT}tab":
            return "\t"
        if tag == f"{_TEXT}note":
            return self._note(element, depth)
        if tag in (f"{_OFFICE}annotation", f"{_OFFICE}annotation-end"):
            self._comment(element)
            return ""
        if tag == f"{_DRAW}frame":
            return self._frame(element, depth)
        html = self.inline(element, depth)
        if tag == f"{_TEXT}a":
            return f'<a href="{escape(element.get(f"{_XLINK}href") or "")}">{html}</a>'
        if tag == f"{_TEXT}span":
            return _wrapped(html, self.tags(element.get(f"{_TEXT}style-name") or ""))
        return html

    def _note(self, element: Element, depth: int) -> str:
        number = len(self.notes) + 1
        self.notes.append("")  # a note may hold another
        body = element.find(f"{_TEXT}note-body")
        html = "".join(self.blocks(body, depth)) if body is not None else ""
        back = f'<a href="#appel-{number}">↑</a>'
        whole = f"{html[:-4]} {back}</p>" if html.endswith("</p>") else f"{html}<p>{back}</p>"
        self.notes[number - 1] = f'<li id="note-{number}">{whole}</li>'
        return f'<sup><a href="#note-{number}" id="appel-{number}">[{number}]</a></sup>'

    def _comment(self, element: Element) -> None:
        text = " ".join("".join(part.itertext()) for part in element.iter(f"{_TEXT}p")).strip()
        if text:
            self.comments.append(remark(text, element.findtext(f"{_DC}creator") or ""))

    def _frame(self, element: Element, depth: int) -> str:
        for image in element.iter(f"{_DRAW}image"):
            if content := self._image(image):
                name = element.get(f"{_DRAW}name") or "image"
                self.images.append(AttachedImage(name, content, embedded=True))
        boxes = element.findall(f"{_DRAW}text-box")
        return "".join(html for box in boxes for html in self.blocks(box, depth + 1))

    def _image(self, image: Element) -> bytes:
        inside = image.findtext(f"{_OFFICE}binary-data")
        if inside:
            try:
                return base64.b64decode("".join(inside.split()), validate=True)
            except (binascii.Error, ValueError):
                return b""
        href = image.get(f"{_XLINK}href") or ""
        return self.package.read(href.removeprefix("./")) if self.package else b""


def _tags_of(letters: Element, tags: dict[str, bool]) -> None:
    """Note what text properties say of letters."""
    weight, slant = letters.get(f"{_FO}font-weight"), letters.get(f"{_FO}font-style")
    if weight:
        tags["b"] = weight == "bold" or (weight.isdigit() and int(weight) >= 600)
    if slant:
        tags["i"] = slant in ("italic", "oblique")
    through = letters.get(f"{_STYLE}text-line-through-style")
    if through:
        tags["s"] = through != "none"
    position = letters.get(f"{_STYLE}text-position") or ""
    if position.startswith(("super", "sub")):
        tags["sup" if position.startswith("super") else "sub"] = True


def _wrapped(html: str, tags: list[str]) -> str:
    if not html.strip():
        return html
    for tag in tags:
        html = f"<{tag}>{html}</{tag}>"
    return html


def _only(element: Element) -> Element:
    """Return an element that holds another one alone, to read it as a block."""
    holder = Element("holder")
    holder.append(element)
    return holder


def document(data: bytes, package: Package | None) -> WordProcessed:
    """Return what a text says.

    ``data`` is the file of a ``.fodt``; of an ``.odt``, ``package`` has the parts. Raise
    ImportRefused.
    """
    reading = _OpenText(package)
    if package:
        for part in ("styles.xml", "content.xml"):
            if xml := package.read(part):
                root = parsed(xml)
                reading.learn(root)
    else:
        root = parsed(data)
        reading.learn(root)
    body = root.find(f".//{_OFFICE}text")
    if body is None:
        raise ImportRefused(msg("import_documents.no_text_document"))
    html = "".join(reading.blocks(body))
    if reading.notes:
        html += f"<ol>{''.join(reading.notes)}</ol>"
    return WordProcessed(
        below_title(html), aside=tuple(reading.comments), images=tuple(reading.images)
    )
