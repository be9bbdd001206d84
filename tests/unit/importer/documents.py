"""Documents as word processors write them, built by hand: no word processor is needed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_WORD_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPEN_NS = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
) + (' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"')


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """Return a ZIP package of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


# -- Word


def run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """Return a run of a Word paragraph."""
    look = f"{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}"
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(inside: str, style: str = "", numbered: int = 0) -> str:
    """Return a Word paragraph; ``numbered`` is the number of its list."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered:
        look += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>'
    return f"<w:p><w:pPr>{look}</w:pPr>{inside}</w:p>"


def docx(body: str, more: dict[str, bytes | str] | None = None, relations: str = "") -> bytes:
    """Return a Word document with French styles, as Word writes them."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Titre", "Title"), ("Titre1", "heading 1"), ("Titre2", "heading 2"))
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    return zipped(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="xml" ContentType="application/xml"/>'
                '<Default Extension="jpeg" ContentType="image/jpeg"/></Types>'
            ),
            "_rels/.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
                "</Relationships>"
            ),
            "word/_rels/document.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="s" Type="{_REL}/styles" Target="styles.xml"/>'
                f'<Relationship Id="n" Type="{_REL}/numbering" Target="numbering.xml"/>'
                f'<Relationship Id="f" Type="{_REL}/footnotes" Target="footnotes.xml"/>'
                f"{relations}</Relationships>"
            ),
            "word/styles.xml": f"<w:styles {_WORD_NS}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {_WORD_NS}>{numbering}</w:numbering>",
            "word/document.xml": (f"<w:document {_WORD_NS}><w:body>{body}</w:body></w:document>"),
            "word/footnotes.xml": f"<w:footnotes {_WORD_NS}></w:footnotes>",
            **(more or {}),
        }
    )


def word_part(tag: str, inside: str) -> str:
    """Return a part of a Word document: ``footnotes``, ``comments``."""
    return f"<w:{tag} {_WORD_NS}>{inside}</w:{tag}>"


def word_picture(relation: str) -> str:
    """Return a run that shows a picture."""
    return (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Image 1"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


# -- OpenDocument


def odt_xml(body: str, styles: str = "") -> str:
    """Return the content of a text of LibreOffice; a style « gras » is bold."""
    automatic = (
        '<style:style style:name="gras" style:family="text"><style:text-properties'
        ' fo:font-weight="bold"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="P0"/>'
        '<style:style style:name="P0" style:family="paragraph"><style:text-properties'
        ' fo:font-weight="bold"/></style:style>'
        '<style:style style:name="i" style:family="text"><style:text-properties'
        ' fo:font-style="italic"/></style:style>'
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/>'
        f"</text:list-style>{styles}"
    )
    return (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )


def odt(body: str, more: dict[str, bytes | str] | None = None, kind: str = "text") -> bytes:
    """Return a document of LibreOffice."""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": (
                f"<office:document-content {_OPEN_NS}>{odt_xml(body)}</office:document-content>"
            ),
            **(more or {}),
        }
    )


def fodt(body: str) -> bytes:
    """Return the same in one XML file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<office:document {_OPEN_NS}>{odt_xml(body)}</office:document>"
    ).encode()


# -- RTF


def rtf(*paragraphs: str) -> bytes:
    """Return an RTF document, as TextEdit writes it."""
    body = "\\par\n".join(
        "".join(
            letter if ord(letter) < 128 else f"\\'{letter.encode('cp1252').hex()}" for letter in one
        )
        for one in paragraphs
    )
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl\\f0 Helvetica;}}\\f0\\fs24 {body}}}".encode()


# -- PDF


def pdf(*pages: Sequence[str]) -> bytes:
    """Return a PDF with these lines on each page: « # » begins a large one, « * » a bold one."""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        shown = b"".join(
            {"#": b"/F1 18 Tf ", "*": b"/F2 11 Tf "}.get(line[0], b"/F1 11 Tf ")
            + b"("
            + line.lstrip("#*").encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)")
            + b") Tj T*\n"
            for line in lines
        )
        stream = b"BT /F1 11 Tf 24 TL 50 780 Td\n" + shown + b"ET"
        objects += [
            (
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources"
                f" << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {6 + 2 * number} 0 R >>"
            ).encode(),
            f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream",
        ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + one + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    out.write(
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return out.getvalue()
