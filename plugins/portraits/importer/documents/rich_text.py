"""Read an RTF document (Rich Text Format 1.9) with striprtf, as plain text.

The library keeps the words, the paragraphs and the lists, and no bold or italics: the report says
so. It also drops notes and pictures, and shows text that was deleted with changes tracked: notes
and pictures are counted and told, and a document with such text is refused.
"""

from __future__ import annotations

import re

from portraits.importer import plain_text
from portraits.importer.transcript import ImportRefused, Transcript

_DELETED = re.compile(rb"\\deleted(?!0)(?![a-z])")
_DROPPED = {
    "notes": re.compile(rb"\\footnote(?![a-z])"),
    "commentaires": re.compile(rb"\\annotation(?![a-z])"),
    "images": re.compile(rb"\\pict(?![a-z])"),
}
_LOST = "RTF : le gras et l’italique ne sont pas repris — un .docx ou un .odt les garderait"


def transcript(source: str, data: bytes) -> Transcript:
    """Return what a document says. Raise ImportRefused."""
    from striprtf.striprtf import rtf_to_text

    if _DELETED.search(data):
        raise ImportRefused(
            "le document RTF garde du texte supprimé (suivi des modifications) — acceptez ou "
            "refusez-les toutes, ou enregistrez-le en .docx"
        )
    notices = [_LOST]
    for what, mark in _DROPPED.items():
        if count := len(mark.findall(data)):
            notices.append(f"RTF : {what}, non repris, à reprendre à la main : {count}")
    if data.count(b"{") > data.count(b"}"):
        raise ImportRefused("le document RTF est incomplet : la fin manque — redemandez-le")
    try:
        # Letters beyond ASCII are escaped; a writer that does not is read in its usual code page.
        text: str = rtf_to_text(  # type: ignore[no-untyped-call]
            data.decode("cp1252", "replace"), errors="replace"
        )
    except Exception as error:  # the library raises whatever a malformed document makes it raise
        raise ImportRefused(
            "le document RTF ne se laisse pas lire — enregistrez-le en .docx ou en texte"
        ) from error
    if not text.strip():
        raise ImportRefused("le document RTF ne contient aucun texte")
    return plain_text.transcript(source, text, tuple(notices))
