"""Which reader a file needs: told by what it holds, its extension only as a last word.

    WordPress export | saved message | file of answers | HTML | Markdown | quoted mail | text
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from portraits.importer import answer_file, mail, plain_text, wordpress
from portraits.importer.plain_text import decoded
from portraits.importer.transcript import ImportRefused, Transcript, words_of
from portraits.reader.questionnaire import Questionnaire

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|body|head)\b",
                   re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"</?(?:p|div|h[1-6]|strong|br|b|em|ul|ol|li|dl|dt|dd|table|span)\b[^>]*>",
                   re.IGNORECASE)
_MARKDOWN = re.compile(
    r"(?m)^(?:#{1,4}\s+\S|(?:\*\*|__)[^*_\n]+(?:\*\*|__)|\[[^\]]+\]:\s*\S|=====*$)")
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""")
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml")


def is_wordpress(path: Path) -> bool:
    """Whether the file at ``path`` is a WordPress export, which is streamed."""
    with path.open("rb") as file:
        return wordpress.is_export(file.read(8_000))


def transcript_of(source: str, data: bytes, questionnaire: Questionnaire) -> Transcript:
    """The transcript of one source of any other kind. Raises ImportRefused."""
    if mail.is_message(data):
        return _message(source, mail.message_in(data), questionnaire)
    text, notices = decoded(_unicode(data))
    if answer_file.is_answer_file(text):
        return answer_file.transcript(source, text, notices)
    if _is_html(source, text):
        from portraits.importer.html import page

        return page.transcript(source, text, notices)
    if _is_markdown(source, text):
        from portraits.importer.markdown import document

        return document.transcript(source, text, notices)
    if _XML.match(data):
        raise ImportRefused("ce XML n’est pas une exportation de WordPress — exportez depuis "
                            "Outils > Exporter, ou donnez les pages HTML")
    if mail.is_quoted_reply(text):
        return mail.transcript(source, text, questionnaire, notices)
    return plain_text.transcript(source, text, notices)


def _message(
    source: str, message: mail.Message, questionnaire: Questionnaire,
) -> Transcript:
    body = message.body
    if not body.strip():
        raise ImportRefused("le message n’a pas de texte — enregistrez sa pièce jointe à part")
    if message.is_html:
        from portraits.importer.html import page

        body = page.as_mail_text(body)
    if answer_file.is_answer_file(body):
        read = answer_file.transcript(source, body)
    else:
        read = mail.transcript(source, body, questionnaire)
    words = tuple(word for block in message.around for word in words_of(block.text))
    facts = read.facts if read.facts.name else replace(read.facts, name=message.sender)
    return replace(read, blocks=(*message.around, *read.blocks), words=(*words, *read.words),
                   facts=facts)


def _unicode(data: bytes) -> bytes:
    """``data`` in UTF-8 when its head declares another known encoding, else as it is."""
    head = data[:2_000]
    declared = _DECLARED.search(head) if b"<" in head else None
    if declared is None or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return data
    name = declared[1].decode("ascii").lower()
    if name not in ("iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "cp1252", "macintosh"):
        return data
    name = "cp1252" if name in ("iso-8859-1", "latin1") else name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(name, "replace").encode("utf-8")
    return data


def _is_html(source: str, text: str) -> bool:
    if _PAGE.match(text):
        return True
    if source.lower().endswith((".html", ".htm", ".xhtml")):
        return True
    return not source.lower().endswith((".md", ".markdown", ".txt")) \
        and text.lstrip().startswith("<") and len(_TAGS.findall(text)) >= 4


def _is_markdown(source: str, text: str) -> bool:
    if source.lower().endswith((".md", ".markdown", ".mdown", ".mdx")):
        return True
    first = text.split("\n", 1)[0].rstrip()
    fenced = first in ("---", "+++") and text.find(f"\n{first}", 3) > 0
    return fenced or len(_MARKDOWN.findall(text)) >= 3
