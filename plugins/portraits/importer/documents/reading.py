"""Tell documents apart by their content, and read them."""

from __future__ import annotations

import re
from collections.abc import Callable

from portraits.importer.documents import opendocument, page, pdf, rich_text, word
from portraits.importer.documents.package import Package
from portraits.importer.transcript import ImportRefused, Transcript
from portraits.support.messages import msg

_ZIP, _PDF, _RTF = b"PK\x03\x04", b"%PDF-", b"{\\rtf"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FLAT = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*>\s*(?:<!--.*?-->\s*)*<office:document\b", re.DOTALL
)
_OLD = "import_documents.old_word"


def is_document(data: bytes) -> bool:
    """Return whether a file is a document of a word processor or a PDF, readable or not.

    A PDF may begin with other bytes (ISO 32000-1, annex H.3.4.1).
    """
    return (
        data.startswith((_ZIP, _RTF, _OLE)) or _PDF in data[:1024] or bool(_FLAT.match(data[:4000]))
    )


def transcript(source: str, data: bytes) -> Transcript:
    """Return what a document says. Raise ImportRefused."""
    try:
        return _reader(data)(source, data)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in ("mammoth", "striprtf", "pypdf"):
            raise
        raise ImportRefused(msg("import_documents.missing_library", library=error.name)) from error


def _reader(data: bytes) -> Callable[[str, bytes], Transcript]:
    if data.startswith(_OLE):
        raise ImportRefused(msg(_OLD))
    if data.startswith(_RTF):
        return rich_text.transcript
    if data.startswith(_ZIP):
        return _packed
    return pdf.transcript if _PDF in data[:1024] else _flat


def _packed(source: str, data: bytes) -> Transcript:
    package = Package(data)
    if "word/document.xml" in package.names:
        return page.transcript(source, word.document(package))
    if package.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
        return page.transcript(source, opendocument.document(data, package))
    raise ImportRefused(msg("import_documents.not_a_document"))


def _flat(source: str, data: bytes) -> Transcript:
    return page.transcript(source, opendocument.document(data, None))
