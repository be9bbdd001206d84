"""A message as a mail program saves it: headers, body, attachments.

    message = headers body-part* attachment*          (RFC 5322, MIME)

Its text is taken before its HTML. A file of answers among the attachments is what the
person meant to send, and takes the place of the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import MIMEPart

from portraits.importer import reply
from portraits.importer.plain_text import cleaned, decoded
from portraits.importer.transcript import Block, Kind

_HEADERS = re.compile(
    rb"\A(?:From |(?:Return-Path|Received|Delivered-To|MIME-Version|Message-I[Dd]|From|To|Subject|"
    rb"Date|X-[\w-]+|DKIM-Signature|Content-Type):[^\n]*\n(?:[ \t][^\n]*\n|[\w-]+:[^\n]*\n)+\r?\n)")


def is_message(data: bytes) -> bool:
    """Whether ``data`` is a saved message with its headers."""
    return bool(_HEADERS.match(data.replace(b"\r\n", b"\n")[:20_000]))


@dataclass(frozen=True, slots=True)
class Message:
    """A saved message."""

    body: str
    is_html: bool
    sender: str
    """Name of the person, or empty."""
    around: tuple[Block, ...]
    """Headers and attachments, as blocks of furniture."""


def message_in(data: bytes) -> Message:
    """The message in ``data``; a file of answers among its attachments is its body."""
    message = message_from_bytes(data, policy=policy.default)
    furniture = [
        Block(0, 0, f"{name} : {_header(message[name])}", "", Kind.FURNITURE,
              why="en-tête du message")
        for name in ("From", "Date", "Subject") if message[name]
    ]
    chosen = message.get_body(("plain", "html"))
    kind = chosen.get_content_subtype() if chosen else "plain"
    text = _content(chosen) if chosen else ""
    for part in message.iter_attachments():
        name = _header(part.get_filename() or part.get_content_type())
        content = _content(part) if part.get_content_maintype() == "text" else ""
        if reply.is_reply(content):
            furniture.append(Block(0, 0, text, "", Kind.UNPLACED, why="message d’accompagnement"))
            text, kind = content, "plain"
        furniture.append(Block(0, 0, name, "", Kind.FURNITURE, why="pièce jointe"))
    sender = message["From"].addresses[0].display_name if message["From"] else ""
    body, _ = cleaned(text)
    return Message(body, kind == "html", _header(sender), tuple(furniture))


def _header(text: object) -> str:
    """A header's text; bytes that it should not have held are read as UTF-8."""
    return str(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _content(part: MIMEPart) -> str:
    """The text of a part; a charset that is missing or false is found as for a file."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    try:
        return payload.decode(part.get_content_charset("ascii"))
    except (LookupError, UnicodeDecodeError):
        return decoded(payload)[0]
