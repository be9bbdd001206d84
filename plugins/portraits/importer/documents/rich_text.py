"""Read an RTF document (Rich Text Format 1.9) with striprtf, as plain text.

The library keeps the words, the paragraphs and the lists, and no bold or italics: the report says
so. It also drops notes and pictures, and shows text that was deleted with changes tracked: notes
and pictures are counted and told, and a document with such text is refused.
"""

from __future__ import annotations

import re

from portraits.importer import plain_text
from portraits.importer.transcript import ImportRefused, Transcript
from portraits.support.messages import msg

_DELETED = re.compile(rb"\\deleted(?!0)(?![a-z])")
_DROPPED = {
    "import_documents.rtf_notes": re.compile(rb"\\footnote(?![a-z])"),
    "import_documents.rtf_comments": re.compile(rb"\\annotation(?![a-z])"),
    "import_documents.rtf_pictures": re.compile(rb"\\pict(?![a-z])"),
}
_LOST = "import_documents.rtf_looks"


def transcript(source: str, data: bytes) -> Transcript:
    """Return what a document says. Raise ImportRefused."""
    from striprtf.striprtf import rtf_to_text

    if _DELETED.search(data):
        raise ImportRefused(msg("import_documents.rtf_deleted_text"))
    notices = [msg(_LOST)]
    for told, mark in _DROPPED.items():
        if count := len(mark.findall(data)):
            notices.append(msg(told, count=count))
    if data.count(b"{") > data.count(b"}"):
        raise ImportRefused(msg("import_documents.rtf_cut"))
    try:
        # Letters beyond ASCII are escaped; a writer that does not is read in its usual code page.
        text: str = rtf_to_text(  # type: ignore[no-untyped-call]
            data.decode("cp1252", "replace"), errors="replace"
        )
    except Exception as error:  # the library raises whatever a malformed document makes it raise
        raise ImportRefused(msg("import_documents.rtf_unreadable")) from error
    if not text.strip():
        raise ImportRefused(msg("import_documents.rtf_without_text"))
    return plain_text.transcript(source, text, tuple(notices))
