"""Which reader a file needs: told by what it holds, its extension only as a last word.

WordPress export | saved message | document of a word processor, PDF | file of answers | captions
| HTML | our questionnaire as text | Markdown | quoted mail | text
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from portraits.importer import answer_file, captions, plain_text, wordpress
from portraits.importer.documents import package
from portraits.importer.documents import reading as documents
from portraits.importer.mail import message as mail_message
from portraits.importer.mail import reply as mail_reply
from portraits.importer.mail import sent
from portraits.importer.mail.emphasis import with_bold
from portraits.importer.plain_text import decoded
from portraits.importer.transcript import ImportRefused, Transcript, words_of
from portraits.reader.questionnaire import Questionnaire
from portraits.support.messages import msg

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html|body|head)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(
    r"</?(?:p|div|h[1-6]|strong|br|b|em|ul|ol|li|dl|dt|dd|table|span)\b[^>]*>", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"(?m)^(?:#{1,4}\s+\S|(?:\*\*|__)[^*_\n]+(?:\*\*|__)|\[[^\]]+\]:\s*\S|=====*$)"
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""")
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml")


def is_wordpress(path: Path) -> bool:
    """Whether the file at ``path`` is a WordPress export, which is streamed."""
    with path.open("rb") as file:
        return wordpress.is_export(file.read(8_000))


def bytes_of(path: Path) -> bytes:
    """Return the content of the file at ``path``, or as much as shows that it is too long.

    A message or a document may be longer than a text, for its photo. Raises ImportRefused, OSError.
    """
    with path.open("rb") as file:
        data = file.read(plain_text.MAX_BYTES + 1)
        limit, what = 0, ""
        if mail_message.is_message(data):
            limit = mail_message.MAX_BYTES
            what = "import_source.message_too_long"
        elif documents.is_document(data):
            limit = package.MAX_BYTES
            what = "import_source.document_too_long"
        if limit:
            data += file.read(limit - len(data) + 1)
            if len(data) > limit:
                raise ImportRefused(msg(what, megabytes=limit // 1_000_000))
    return data


def _message(
    source: str, message: mail_message.Message, questionnaire: Questionnaire
) -> Transcript:
    body = _body_of(message)
    if not body.strip():
        raise ImportRefused(msg("import_source.message_without_text"))
    if len(body) > plain_text.MAX_BYTES:
        raise ImportRefused(msg("import_source.message_text_too_long"))
    if answer_file.is_answer_file(body):
        read = answer_file.transcript(source, body)
    else:
        read = mail_reply.transcript(source, body, questionnaire, writer=message.sender)
    words = tuple(word for block in message.around for word in words_of(block.text))
    facts = read.facts
    if message.sender and not facts.name:
        doubt = msg("import_source.name_of_sender", name=message.sender)
        facts = replace(facts, name=message.sender, doubts=(*facts.doubts, doubt))
        words += words_of(message.sender)
    blocks = with_bold(read.blocks, _bold_in(message.alternative)) if "*" in body else read.blocks
    return replace(
        read,
        blocks=(*message.around, *blocks),
        words=(*words, *read.words),
        facts=facts,
        photo=message.photo,
    )


def text_in(data: bytes) -> str:
    """Return the text of a file, or of a saved message with what is attached to it.

    Raises ImportRefused for what is no text.
    """
    if not mail_message.is_message(data):
        return decoded(_unicode(data))[0]
    return _body_of(mail_message.message_in(data))


def _body_of(message: mail_message.Message) -> str:
    return "\n".join(_as_text(text) if is_html else text for text, is_html in message.texts)


def _bold_in(html: str) -> list[str]:
    """The words that ``html`` shows in bold, piece by piece."""
    from portraits.importer.html.soup import soup_of

    return [" ".join(tag.get_text().split()) for tag in soup_of(html).find_all(["b", "strong"])]


def _as_text(html: str) -> str:
    from portraits.importer.html import page

    return page.as_mail_text(html)


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
    return (
        not source.lower().endswith((".md", ".markdown", ".txt"))
        and text.lstrip().startswith("<")
        and len(_TAGS.findall(text)) >= 4
    )


def _is_markdown(source: str, text: str) -> bool:
    if source.lower().endswith((".md", ".markdown", ".mdown", ".mdx")):
        return True
    first = text.split("\n", 1)[0].rstrip()
    fenced = first in ("---", "+++") and text.find(f"\n{first}", 3) > 0
    return fenced or len(_MARKDOWN.findall(text)) >= 3


@dataclass(frozen=True)
class Source:
    """A file to import."""

    name: str
    data: bytes
    questionnaire: Questionnaire

    @cached_property
    def _decoded(self) -> tuple[str, tuple[str, ...]]:
        return decoded(_unicode(self.data))

    @property
    def text(self) -> str:
        """The content as text. Raises ImportRefused for what is none."""
        return self._decoded[0]

    @property
    def notices(self) -> tuple[str, ...]:
        """What to say about how the content was read as text."""
        return self._decoded[1]


@dataclass(frozen=True, slots=True)
class ImportFormat:
    """A kind of file that can be imported."""

    recognizes: Callable[[Source], bool]
    """Returns True if a source is of this format."""
    transcript: Callable[[Source], Transcript]
    """Returns what the source says. Raises ImportRefused."""


def _read_message(source: Source) -> Transcript:
    return _message(source.name, mail_message.message_in(source.data), source.questionnaire)


def _read_reply(source: Source) -> Transcript:
    return mail_reply.transcript(source.name, source.text, source.questionnaire, source.notices)


def _is_returned_page(source: Source) -> bool:
    """Whether a page is a message saved as HTML, in which our questionnaire came back."""
    return (
        any(f"[{entry.id}]" in source.text for entry in source.questionnaire.entries)
        and _is_html(source.name, source.text)
        and sent.holds_ours(_as_text(source.text).split("\n"), source.questionnaire)
    )


def _read_returned_page(source: Source) -> Transcript:
    text = _as_text(source.text)
    return mail_reply.transcript(source.name, text, source.questionnaire, source.notices)


def _read_html(source: Source) -> Transcript:
    from portraits.importer.html import page

    return page.transcript(source.name, source.text, source.notices)


def _read_markdown(source: Source) -> Transcript:
    from portraits.importer.markdown import document

    return document.transcript(source.name, source.text, source.notices)


def _refuse_xml(source: Source) -> Transcript:
    raise ImportRefused(msg("import_source.not_wordpress"))


FORMATS: tuple[ImportFormat, ...] = (
    ImportFormat(lambda source: mail_message.is_message(source.data), _read_message),
    ImportFormat(
        lambda source: documents.is_document(source.data),
        lambda source: documents.transcript(source.name, source.data),
    ),
    ImportFormat(
        lambda source: answer_file.is_answer_file(source.text),
        lambda source: answer_file.transcript(source.name, source.text, source.notices),
    ),
    ImportFormat(
        lambda source: captions.is_captions(source.text),
        lambda source: captions.transcript(source.name, source.text, source.notices),
    ),
    ImportFormat(_is_returned_page, _read_returned_page),
    ImportFormat(lambda source: _is_html(source.name, source.text), _read_html),
    ImportFormat(
        lambda source: sent.holds_ours(source.text.split("\n"), source.questionnaire), _read_reply
    ),
    ImportFormat(lambda source: _is_markdown(source.name, source.text), _read_markdown),
    ImportFormat(lambda source: bool(_XML.match(source.data)), _refuse_xml),
    ImportFormat(
        lambda source: (
            mail_reply.is_reply(source.text)
            or mail_reply.is_numbered(source.text, source.questionnaire)
        ),
        _read_reply,
    ),
)
"""The formats, in the order in which they are tried. What none of them recognizes is plain text."""


def transcript_of(source: str, data: bytes, questionnaire: Questionnaire) -> Transcript:
    """Return the transcript of one source of any other kind. Raises ImportRefused."""
    given = Source(source, data, questionnaire)
    for form in FORMATS:
        if form.recognizes(given):
            return form.transcript(given)
    return plain_text.transcript(source, given.text, given.notices)
