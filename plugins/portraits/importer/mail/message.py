"""Read a message as a mail program saves it: its text, who sent it, what is attached.

    message = headers body-part* attachment*                 RFC 5322, MIME

Of alternatives the text is taken before the HTML. A text that goes on behind a picture is one text.
A file of answers among the attachments is what the person meant to send, and takes the place of the
body. Other attachments are not read, and that is told: answers may be in them.

Flowed text (RFC 3676, ``format=flowed``, ``delsp``) is put together again. A charset that is
missing or false is found as for a file; ``iso-8859-1`` is read as Windows-1252, which mail programs
send under that name (Encoding Standard, section 4.2, does the same).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from itertools import groupby

from portraits.importer import answer_file
from portraits.importer.mail.sender import readable, sender_of
from portraits.importer.photo import AttachedImage, chosen_photo
from portraits.importer.plain_text import cleaned, decoded
from portraits.importer.transcript import AttachedPhoto, Block, Kind
from portraits.support.messages import msg

_HEADERS = re.compile(
    rb"\A(?:From |(?:Return-Path|Received|Delivered-To|MIME-Version|Message-I[Dd]|From|To|Subject|"
    rb"Date|X-[\w-]+|DKIM-Signature|Content-Type):[^\n]*\n(?:[ \t][^\n]*\n|[\w-]+:[^\n]*\n)+\r?\n)"
)
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "utf-8"}
"""What is meant by a charset that mail programs put on everything."""
_DEPTH = re.compile(r">*")
_UNREADABLE = (MessageError, ValueError, LookupError, AttributeError, TypeError)
"""What the standard library raises for headers that are no headers."""
_OF_NO_INTEREST = ("application/pgp-signature", "application/pkcs7-signature", "text/calendar")
MAX_BYTES = 40_000_000
"""Bytes of a message: what mail servers accept, attachments in base 64 included."""


@dataclass(frozen=True, slots=True)
class Message:
    """A saved message."""

    texts: tuple[tuple[str, bool], ...]
    """(text, whether it is HTML) of each part of the body, in order."""
    sender: str
    """Name of the person, or empty."""
    around: tuple[Block, ...]
    """Headers and attachments."""
    photo: AttachedPhoto | None = None
    alternative: str = ""
    """The same as HTML, when the texts are not."""


def is_message(data: bytes) -> bool:
    """Whether ``data`` is a saved message with its headers."""
    return bool(_HEADERS.match(data[:40_000].replace(b"\r\n", b"\n")[:20_000]))


def message_in(data: bytes) -> Message:
    """The message in ``data``; a file of answers among its attachments is its body."""
    message = message_from_bytes(data, policy=policy.default)
    around = [
        Block(
            0,
            0,
            msg("import_mail.header_line", name=name, text=said),
            "",
            Kind.BOILERPLATE,
            why=msg("import_mail.header"),
        )
        for name in ("From", "Date", "Subject")
        if (said := _header(message, name))
    ]
    texts: list[tuple[str, bool]] = []
    images: list[AttachedImage] = []
    answers = ""
    for part in _leaves(message):
        name = readable(_filename(part))
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and not name and not _is_attached(part):
            texts.append((cleaned(_content(part))[0], kind == "text/html"))
        elif part.get_content_maintype() == "image":
            images.append(_image(part, name or kind))
        elif kind.startswith("text/") and _is_ours(_content(part)):
            answers = cleaned(_content(part))[0]
            around.append(
                _attachment(name or kind, Kind.BOILERPLATE, msg("import_mail.attachment"))
            )
        elif kind in _OF_NO_INTEREST:
            around.append(
                _attachment(name or kind, Kind.BOILERPLATE, msg("import_mail.attachment"))
            )
        else:
            why = msg("import_mail.unread_attachment")
            around.append(_attachment(name or kind, Kind.UNPLACED, why))
    texts = [(text, is_html) for text, is_html in texts if text.strip()]
    if answers:
        why = msg("import_mail.covering_message")
        around += [Block(0, 0, text, "", Kind.UNPLACED, why=why) for text, _ in texts]
        texts = [(answers, False)]
    photo, told = chosen_photo(images)
    body = "\n".join(text for text, _ in texts)
    alternative = "" if any(is_html for _, is_html in texts) else _html_in(message)
    return Message(tuple(texts), sender_of(message, body), (*around, *told), photo, alternative)


def _is_ours(text: str) -> bool:
    return answer_file.is_answer_file(text) or answer_file.is_proof_reply(text)


def _html_in(message: EmailMessage) -> str:
    return "\n".join(
        _content(part)
        for part in message.walk()
        if part.get_content_type() == "text/html"
        and isinstance(part, MIMEPart)
        and not _is_attached(part)
    )


def _leaves(part: MIMEPart) -> Iterator[MIMEPart]:
    """Yield what ``part`` holds, in order: of alternatives one text, and all that is no text. A
    message in the message is not opened."""
    if not part.is_multipart() or part.get_content_maintype() == "message":
        yield part
        return
    parts = [inner for inner in part.iter_parts() if isinstance(inner, MIMEPart)]
    if part.get_content_type() != "multipart/alternative":
        for inner in parts:
            yield from _leaves(inner)
        return
    leaves = [list(_leaves(inner)) for inner in parts]
    chosen = next(
        (
            leaf
            for wanted in ("text/plain", "text/html")
            for several in leaves
            for leaf in several
            if leaf.get_content_type() == wanted and _content(leaf).strip()
        ),
        None,
    )
    for several in leaves:
        taken = any(leaf is chosen for leaf in several)
        yield from (leaf for leaf in several if taken or leaf.get_content_maintype() != "text")


def _is_attached(part: MIMEPart) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except _UNREADABLE:
        return False


def _filename(part: MIMEPart) -> str:
    try:
        return part.get_filename() or ""
    except _UNREADABLE:
        return ""


def _attachment(name: str, kind: Kind, why: str) -> Block:
    return Block(0, 0, name, "", kind, why=why)


def _image(part: MIMEPart, name: str) -> AttachedImage:
    try:
        payload = part.get_payload(decode=True)
    except _UNREADABLE:
        payload = None
    content = payload if isinstance(payload, bytes) else b""
    embedded = not _is_attached(part) and bool(part.get("Content-ID"))
    return AttachedImage(name, content, embedded)


def _header(message: EmailMessage, name: str) -> str:
    """A header's text, or empty for one that cannot be read."""
    try:
        return readable(message[name] or "")
    except _UNREADABLE:
        return ""


def _content(part: MIMEPart) -> str:
    """The text of a part."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    charset = part.get_content_charset("utf-8")
    try:
        text = payload.decode(_MEANT.get(charset, charset))
    except (LookupError, UnicodeDecodeError):
        text = decoded(payload)[0]
    parameters = dict(part.get_params(failobj=[]))
    if parameters.get("format", "").lower() == "flowed":
        return _unflowed(text, joined=parameters.get("delsp", "").lower() == "yes")
    return text


def _unflowed(text: str, *, joined: bool) -> str:
    """Flowed ``text`` with each paragraph on one line; ``joined``: the space at a break goes.

    A line that ends in a space goes on in the next one of the same depth of quotation. A line that
    begins with ``>`` that the person typed was stuffed with a space, which stays: only a ``>`` at
    the start of a line is a mark of quotation.
    """
    lines: list[str] = []
    read = (_depth(line) for line in text.replace("\r\n", "\n").split("\n"))
    for depth, group in groupby(read, key=lambda pair: pair[0]):
        open_line = ""
        for _, line in group:
            if open_line and not line:
                lines += [depth + open_line.rstrip(), depth]
                open_line = ""
            elif line == "-- " or not line.endswith(" "):
                lines.append(depth + open_line + line)
                open_line = ""
            else:
                open_line += line[:-1] if joined else line
        if open_line:
            lines.append(depth + open_line.rstrip())
    return "\n".join(lines)


def _depth(line: str) -> tuple[str, str]:
    """(marks of quotation, the rest of a flowed line without its stuffing)."""
    marks = _DEPTH.match(line)[0]  # type: ignore[index]
    rest = line[len(marks) :].removeprefix(" ")
    if not marks and rest.startswith(">"):
        return "", line
    return marks, rest
