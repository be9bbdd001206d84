"""Bytes to text: UTF-8 (with or without mark), UTF-16 with its mark, else Windows-1252.

Windows-1252 is the one guess that is made, because old blogs and old mail programs are
full of it, and it is said. Text is put in Unicode's composed form (NFC) with ``\\n`` line
ends; control characters and noncharacters, which no portrait may hold, become spaces.
"""

from __future__ import annotations

import codecs
import unicodedata

from portraits.importer.transcript import ImportRefused
from portraits.support.limits import FORBIDDEN

_BINARY = (b"%PDF", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"\xd0\xcf\x11\xe0",
           b"{\\rtf", b"RIFF", b"\x1f\x8b")
_REMEDIES = {
    b"%PDF": "c’est un PDF : copiez-en le texte dans un fichier .txt",
    b"PK\x03\x04": "c’est un document Word, OpenDocument ou une archive : "
                   "enregistrez-le en texte ou en HTML",
    b"\xd0\xcf\x11\xe0": "c’est un ancien document Word : enregistrez-le en texte ou en HTML",
    b"{\\rtf": "c’est un document RTF : enregistrez-le en texte ou en HTML",
}
MAXIMUM = 3_000_000
"""Bytes of one source that is read at once (a WordPress archive is streamed)."""


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of ``data`` and French notices about how it was read.

    Raises ImportRefused for an empty, oversized or binary file.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise ImportRefused("le fichier est vide")
    if len(data) > MAXIMUM:
        raise ImportRefused(
            f"le fichier fait {len(data) // 1_000_000} Mo — au plus {MAXIMUM // 1_000_000} Mo")
    for start in _BINARY:
        if data.startswith(start):
            raise ImportRefused("ce n’est pas du texte — "
                                + _REMEDIES.get(start, "donnez un fichier texte, HTML ou XML"))
    text, notices = _decoded(data)
    text, controls = cleaned(text)
    if controls > 10 and controls * 20 > len(text):
        raise ImportRefused("ce n’est pas du texte — donnez un fichier texte, HTML ou XML")
    if controls:
        notices += ("des caractères de contrôle ont été remplacés par des espaces",)
    return text, notices


def cleaned(text: str) -> tuple[str, int]:
    """``text`` as portraits may hold it, and how many characters had to go."""
    text, controls = FORBIDDEN.subn(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text), controls


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), ()
        except UnicodeDecodeError as error:
            raise ImportRefused(f"UTF-16 interrompu à l’octet {error.start} — "
                                "le fichier a sans doute été coupé") from None
    if b"\x00" in data:
        raise ImportRefused("le fichier contient des octets nuls : ce n’est pas du texte — "
                            "donnez un fichier texte, HTML ou XML")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace").replace("\ufffd", " ")
        return text, ("le texte n’est pas en UTF-8 : il a été lu en Windows-1252 ; "
                      "vérifiez les accents",)
