"""Open the ZIP packages of ``.docx`` and ``.odt``, within limits.

A package of a few kilobytes may unpack to gigabytes, and XML may declare entities that grow
without end: both are refused before anything is unpacked or parsed whole.
"""

from __future__ import annotations

import io
import zipfile
from xml.etree.ElementTree import Element

from portraits.importer.transcript import ImportRefused
from portraits.support.messages import msg

MAX_BYTES = 40_000_000
"""Longest document that is opened."""
MAX_UNPACKED = 120_000_000
"""Bytes of all its parts together, pictures included."""
MAX_PARTS = 4_000
_DOCTYPE = b"<!DOCTYPE"
_ENCRYPTED = 0x1
_DAMAGED = "import_documents.damaged"


class Package:
    """The parts of a document, each read on demand."""

    def __init__(self, data: bytes) -> None:
        """Raise ImportRefused for what cannot be opened within the limits."""
        self.data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ImportRefused(msg(_DAMAGED)) from error
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            megabytes = MAX_UNPACKED // 1_000_000
            raise ImportRefused(msg("import_documents.too_large", megabytes=megabytes))
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise ImportRefused(msg("import_documents.protected"))
        self._sizes = {part.filename: part.file_size for part in parts}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in the order of the package."""
        return tuple(self._sizes)

    def read(self, name: str) -> bytes:
        """Return a part, empty if there is none. Raise ImportRefused for a damaged one."""
        if name not in self._sizes:
            return b""
        try:
            with self._zip.open(name) as part:
                content = part.read(self._sizes[name] + 1)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise ImportRefused(msg(_DAMAGED)) from error
        except Exception as error:  # zlib's own, which has no common base
            if type(error).__module__ != "zlib":
                raise
            raise ImportRefused(msg(_DAMAGED)) from error
        if len(content) > self._sizes[name]:  # the package told less than it holds
            raise ImportRefused(msg(_DAMAGED))
        return content

    def check_xml(self) -> None:
        """Refuse XML that declares entities. Word and LibreOffice never write a DOCTYPE."""
        for name in self._sizes:
            if name.endswith((".xml", ".rels")):
                refuse_doctype(self.read(name))


def refuse_doctype(xml: bytes) -> None:
    """Raise ImportRefused for XML with a DOCTYPE, in whichever Unicode encoding."""
    if _DOCTYPE in xml.replace(b"\0", b"").upper():
        raise ImportRefused(msg("import_documents.entities"))


def parsed(xml: bytes) -> Element:
    """Parse a part. Raise ImportRefused if it is not well formed."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    refuse_doctype(xml)
    try:
        root: Element = fromstring(xml)
    except (SyntaxError, ValueError, DefusedXmlException, RecursionError) as error:
        raise ImportRefused(msg(_DAMAGED)) from error
    return root
