"""Read a message as a mail program saves it: its text, who sent it, what is attached.

    message = headers body-part* attachment*                 RFC 5322, MIME

The text of a message is taken before its HTML. A file of answers among the attachments is what the
person meant to send, and takes the place of the body.

Flowed text (RFC 3676, ``format=flowed``, ``delsp``) is put together again. A charset that is
missing or false is found as for a file; ``iso-8859-1`` is read as Windows-1252, which mail programs
send under that name (Encoding Standard, section 4.2, does the same).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from itertools import groupby

from portraits.importer import answer_file
from portraits.importer.plain_text import cleaned, decoded
from portraits.importer.transcript import Block, Kind

_HEADERS = re.compile(
    rb"\A(?:From |(?:Return-Path|Received|Delivered-To|MIME-Version|Message-I[Dd]|From|To|Subject|"
    rb"Date|X-[\w-]+|DKIM-Signature|Content-Type):[^\n]*\n(?:[ \t][^\n]*\n|[\w-]+:[^\n]*\n)+\r?\n)"
)
_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "utf-8"}
"""What is meant by a charset that mail programs put on everything."""
_DEPTH = re.compile(r">*")
_UNREADABLE = (MessageError, ValueError, LookupError, AttributeError, TypeError)
"""What the standard library raises for headers that are no headers."""


@dataclass(frozen=True, slots=True)
class Message:
    """A saved message."""

    body: str
    is_html: bool
    sender: str
    """Name of the person, or empty."""
    around: tuple[Block, ...]
    """Headers and attachments, as boilerplate."""


def is_message(data: bytes) -> bool:
    """Whether ``data`` is a saved message with its headers."""
    return bool(_HEADERS.match(data.replace(b"\r\n", b"\n")[:20_000]))


def message_in(data: bytes) -> Message:
    """The message in ``data``; a file of answers among its attachments is its body."""
    message = message_from_bytes(data, policy=policy.default)
    boilerplate = [
        Block(0, 0, f"{name} : {said}", "", Kind.BOILERPLATE, why="en-tête du message")
        for name in ("From", "Date", "Subject")
        if (said := _header(message, name))
    ]
    chosen = message.get_body(("plain", "html"))
    kind = chosen.get_content_subtype() if chosen else "plain"
    text = _content(chosen) if chosen else ""
    for part in message.iter_attachments():
        name = _clean(part.get_filename() or part.get_content_type())
        content = _content(part) if part.get_content_maintype() == "text" else ""
        if answer_file.is_answer_file(content):
            boilerplate.append(Block(0, 0, text, "", Kind.UNPLACED, why="message d’accompagnement"))
            text, kind = content, "plain"
        boilerplate.append(Block(0, 0, name, "", Kind.BOILERPLATE, why="pièce jointe"))
    body, _ = cleaned(text)
    return Message(body, kind == "html", _sender(message), tuple(boilerplate))


def _header(message: EmailMessage, name: str) -> str:
    """A header's text, or empty for one that cannot be read."""
    try:
        return _clean(message[name] or "")
    except _UNREADABLE:
        return ""


def _sender(message: EmailMessage) -> str:
    try:
        addresses = message["From"].addresses if message["From"] else ()
        return _clean(addresses[0].display_name) if addresses else ""
    except _UNREADABLE:
        return ""


def _clean(text: object) -> str:
    """The text of a header; bytes that it should not have held are read as UTF-8."""
    return str(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


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
