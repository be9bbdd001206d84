"""Read a Word document (``.docx``, ECMA-376) with mammoth.

mammoth keeps headings, bold, italics, lists, tables, links and footnotes, and leaves out what was
deleted with changes tracked. The words to account for are counted in the document itself. Comments,
headers and footers go to the report.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from portraits.importer.documents.package import Package, parsed
from portraits.importer.documents.page import WordProcessed, aside, below_title
from portraits.importer.photo import AttachedImage
from portraits.importer.transcript import Block, ImportRefused, Kind, words_of
from portraits.support.messages import msg

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED = (f"{_W}del", f"{_W}moveFrom")
_BREAKS = (f"{_W}tab", f"{_W}br", f"{_W}cr")
_STYLES = """
p[style-name='Title'] => h1.document-title:fresh
p[style-name='Titre'] => h1.document-title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Sous-titre'] => p:fresh
"""
"""What mammoth does not map by itself; it knows « heading 1 » whatever its local name."""


def document(package: Package) -> WordProcessed:
    """Return what a document says. Raise ImportRefused."""
    import mammoth

    package.check_xml()
    images: list[AttachedImage] = []

    def keep(image: Any) -> dict[str, str]:
        with image.open() as stream:
            name = (image.alt_text or "").strip() or msg(
                "import_documents.picture", number=len(images) + 1
            )
            images.append(AttachedImage(name, stream.read(), embedded=True))
        return {"src": ""}

    try:
        html: str = mammoth.convert_to_html(
            io.BytesIO(package.data),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(keep),
            external_file_access=False,
        ).value
    except Exception as error:  # the library raises whatever a malformed part makes it raise
        raise ImportRefused(msg("import_documents.word_unreadable")) from error
    roots = [
        parsed(package.read(name))
        for name in package.names
        if name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1
    ]
    texts = _named(roots, "document", "footnotes", "endnotes")
    deleted = sum(
        len(words_of(found.text or "")) for root in texts for found in root.iter(f"{_W}delText")
    )
    notices = []
    if deleted:
        notices.append(msg("import_documents.deleted_words", count=deleted))
    edges = dict.fromkeys(_spaced(root) for root in _named(roots, "hdr", "ftr"))
    return WordProcessed(
        below_title(html),
        tuple(word for root in texts for word in words_of("".join(_text(root)))),
        (
            *(
                remark(_spaced(one), one.get(f"{_W}author") or "")
                for root in _named(roots, "comments")
                for one in root
            ),
            *aside(list(edges), msg("import_documents.edge")),
        ),
        tuple(images),
        tuple(notices),
    )


def _named(roots: list[Element], *names: str) -> list[Element]:
    return [root for name in names for root in roots if root.tag == _W + name]


def _spaced(element: Element) -> str:
    return " ".join("".join(_text(element)).split())


def _text(element: Element) -> Iterator[str]:
    """The text that a reader sees; of two writings of one text box, the one for old programs."""
    if element.tag in _DELETED or element.tag == f"{_MC}Choice":
        return
    if element.tag == f"{_W}t":
        yield element.text or ""
    elif element.tag in _BREAKS:
        yield " "
    elif element.tag == f"{_W}noBreakHyphen":
        yield "\u2011"
    for inner in element:
        yield from _text(inner)
    if element.tag == f"{_W}p":
        yield "\n"


def remark(text: str, who: str) -> Block:
    """Return the comment of a document as a block of the report."""
    told = msg("import_documents.comment_by", who=who, text=text) if who else text
    return Block(0, 0, told, "", Kind.UNPLACED, why=msg("import_documents.comment"))
