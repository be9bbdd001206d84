"""Read a Word document (``.docx``, ECMA-376) with mammoth.

mammoth keeps headings, bold, italics, lists, tables, links and footnotes, and leaves out what was
deleted with changes tracked. The comments of whoever proofread the text go to the report.
"""

from __future__ import annotations

import io
from typing import Any

from portraits.importer.documents.package import Package, parsed
from portraits.importer.html import page
from portraits.importer.photo import AttachedImage
from portraits.importer.transcript import Block, ImportRefused, Kind, Transcript

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Titre'] => h1:fresh",
        "p[style-name='Subtitle'] => p:fresh > em",
        "p[style-name='Sous-titre'] => p:fresh > em",
        "strike => s",
    )
)
"""What mammoth does not map by itself; it knows « heading 1 » whatever its local name."""


def html_of(package: Package) -> tuple[str, list[AttachedImage]]:
    """Return the text as HTML, without its pictures, and the pictures in their order."""
    import mammoth

    package.check_xml()
    images: list[AttachedImage] = []

    def keep(image: Any) -> dict[str, str]:
        with image.open() as stream:
            name = (image.alt_text or "").strip() or image.content_type
            images.append(AttachedImage(name, stream.read(), embedded=True))
        return {"src": ""}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(package.data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(keep),
            external_file_access=False,
        )
    except Exception as error:  # the library raises whatever a malformed part makes it raise
        raise ImportRefused(
            "le document Word ne se laisse pas lire — enregistrez-le de nouveau, ou en HTML"
        ) from error
    return result.value, images


def transcript(source: str, package: Package) -> tuple[Transcript, list[AttachedImage]]:
    """Return what a document says, and its pictures. Raise ImportRefused."""
    html, images = html_of(package)
    return page.transcript(source, html), images


def comments_in(package: Package) -> tuple[Block, ...]:
    """Return the comments, for the report."""
    xml = package.read("word/comments.xml")
    if not xml:
        return ()
    found = []
    for comment in parsed(xml).iter(f"{_W}comment"):
        text = " ".join(
            "".join(node.text or "" for node in paragraph.iter(f"{_W}t"))
            for paragraph in comment.iter(f"{_W}p")
        ).strip()
        who = comment.get(f"{_W}author") or ""
        if text:
            found.append(remark(text, who))
    return tuple(found)


def remark(text: str, who: str) -> Block:
    """Return the comment of a document as a block of the report."""
    told = f"{who} : {text}" if who else text
    return Block(0, 0, told, "", Kind.UNPLACED, why="commentaire du document, non repris")
