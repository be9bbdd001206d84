"""A WordPress export (WXR) as one transcript an interview.

The file is streamed and forgotten item by item, so that its size does not matter; XML
with entities or a document type of its own is refused (defusedxml). Posts and pages are
read as HTML after WordPress's own paragraph rule; comments are kept beside the portrait
without the addresses that people gave in confidence; other items are listed.
"""

from __future__ import annotations

import codecs
import datetime as dt
import operator
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from portraits.importer.accounting.pieces import Piece, Sort
from portraits.importer.html.redirects import former_path
from portraits.importer.html.shortcodes import decoded, unescaped, without_shortcodes
from portraits.importer.transcript import Block, Facts, ImportRefused, Kind, Transcript, words_of
from portraits.support.limits import FORBIDDEN
from portraits.support.messages import msg

_SPACES = bytes.maketrans(bytes({*range(32)} - {9, 10, 13}), b" " * 29)
_REFERENCE = re.compile(rb"&#(\d{1,7}|[xX][0-9a-fA-F]{1,6});")
_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)""")
_ODD = re.compile("[\udc80-\udcff]")
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_LONGEST = 12
"""Bytes of a reference, which two readings of a file may share."""
_PUBLIC = "publish"
_STATES = {
    "draft": "import_wordpress.draft",
    "pending": "import_wordpress.pending",
    "auto-draft": "import_wordpress.auto_draft",
    "future": "import_wordpress.scheduled",
    "private": "import_wordpress.private",
    "trash": "import_wordpress.trash",
}
"""States of WordPress that are not public, and the keys of what is said of them."""
_GUTENBERG = re.compile(r"<!--\s*/?(?:wp:.*?|more.*?|nextpage)-->", re.DOTALL)
_SHORTCODE = re.compile(r"\s*\[/?[a-z][\w-]*(?:\s[^\]]*)?/?\]\s*$")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CODES = "import_wordpress.shortcode"
_READ = ("post", "page")
_ATTACHMENT = "attachment"
_COMMENTS = ("", "comment")
"""Types of comments that people wrote; pingbacks and trackbacks are links of other sites."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it was shown, and whether it was."""

    id: str
    parent: str
    author: str
    url: str
    date: str
    approved: bool
    text: str
    """HTML as WordPress kept it."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post or page of the archive."""

    transcript: Transcript
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """An item that is no text: an attachment, a menu entry."""

    kind: str
    """Its type in WordPress; empty if it has none."""
    title: str
    address: str

    @property
    def is_attachment(self) -> bool:
        return self.kind == _ATTACHMENT

    @property
    def shown_kind(self) -> str:
        """What the editor calls it."""
        if self.is_attachment:
            return msg("import_wordpress.attachment")
        return self.kind or msg("import_wordpress.item")


def is_export(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a WordPress export."""
    return b"<rss" in head and b"wordpress.org/export" in head


class _WithoutControls:
    """A file for an XML parser, with spaces for what XML forbids: old texts hold a control
    character here and there, typed or as a reference, for which no article should be lost."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._held = b""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._begun = False
        self.replaced = 0
        self.guessed = 0
        """Bytes that are not UTF-8, though the file says so, read as Windows-1252."""

    def _in_utf8(self, data: bytes) -> bytes:
        if not self._begun:
            self._begun = True
            said = _ENCODING.match(data)
            if said is None or said[1].lower() in (b"utf-8", b"utf8"):
                self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        if self._decoder is None:
            return data
        text = self._decoder.decode(data, final=not data)
        if not text.isascii() and (odd := len(_ODD.findall(text))):
            self.guessed += odd
            text = text.translate(_WINDOWS)
        return text.encode("utf-8")

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in data:
            return data  # two bytes a character: not ours to judge
        data = self._in_utf8(data)
        data, self._held = self._held + data, b""
        if size > 0 and data and (cut := data.rfind(b"&", max(len(data) - _LONGEST, 1))) > 0:
            data, self._held = data[:cut], data[cut:]
        plain = _REFERENCE.sub(self._allowed, data.translate(_SPACES))
        self.replaced += sum(map(operator.ne, data, data.translate(_SPACES)))
        return plain

    def _allowed(self, found: re.Match[bytes]) -> bytes:
        """A numeric reference, or a space for one to a character that XML forbids."""
        digits = found[1].decode("ascii").lower()
        number = int(digits[1:], 16) if digits.startswith("x") else int(digits)
        if number > 0x10FFFF or FORBIDDEN.match(chr(number)):
            self.replaced += 1
            return b" "
        return found.group()


def items(
    path: Path,
    progress: Callable[[int], None] = lambda _: None,
    remark: Callable[[str], None] = lambda _: None,
) -> Iterator[Post | Other]:
    """Every item of the export at ``path``, in its order.

    ``progress`` is told the number of each item, ``remark`` what was changed.

    Raises ImportRefused where the XML ends, is broken or dangerous: what came before has
    been given out already.
    """
    from defusedxml.ElementTree import iterparse

    authors: dict[str, str] = {}
    pictures: dict[str, str] = {}
    count = 0
    with ExitStack() as stack:
        file = _WithoutControls(stack.enter_context(path.open("rb")))
        stack.enter_context(_readable())
        for _, element in iterparse(file, events=("end",)):
            name = _local(element.tag)
            if name == "author" and (login := _text(element, "author_login")):
                authors[login] = _plain(_text(element, "author_display_name")) or login
                element.clear()
            elif name == "item":
                count += 1
                found = _item(path.name, element, authors, pictures)
                element.clear()
                progress(count)
                yield found
    if file.replaced:
        remark(msg("import_wordpress.controls_replaced", count=file.replaced))
    if file.guessed:
        remark(msg("import_wordpress.not_utf8", count=file.guessed))


@contextmanager
def _readable() -> Iterator[None]:
    """Raise ImportRefused for XML that cannot be read."""
    from defusedxml.common import DefusedXmlException

    try:
        yield
    except DefusedXmlException:
        raise ImportRefused(msg("import_wordpress.entities")) from None
    except ParseError as error:
        line, column = error.position
        raise ImportRefused(msg("import_wordpress.cut", line=line, column=column)) from None
    except (LookupError, ValueError) as error:
        raise ImportRefused(msg("import_wordpress.encoding", error=str(error))) from None


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _local(child.tag) == name)


def _text(element: Element, name: str) -> str:
    child = next(_children(element, name), None)
    return (child.text or "").strip() if child is not None else ""


def _plain(text: str) -> str:
    """A title or a tag as it is seen: WordPress keeps references, and sometimes tags, in them."""
    from portraits.importer.html.soup import soup_of, text_of

    marked = "&" in text or re.search(r"</[a-z]+>|<br", text, re.IGNORECASE)
    return " ".join(text_of(soup_of(text)).split()) if marked else text


def _content(element: Element) -> str:
    return next(
        (
            child.text or ""
            for child in element
            if _local(child.tag) == "encoded" and "content" in child.tag
        ),
        "",
    )


def _meta(element: Element, key: str) -> str:
    return next(
        (
            _text(meta, "meta_value")
            for meta in _children(element, "postmeta")
            if _text(meta, "meta_key") == key
        ),
        "",
    )


def _item(
    source: str, element: Element, authors: dict[str, str], pictures: dict[str, str]
) -> Post | Other:
    kind, link = _text(element, "post_type"), _text(element, "link")
    title = _plain(_text(element, "title"))
    if kind == _ATTACHMENT:
        address = _text(element, "attachment_url") or link
        pictures[_text(element, "post_id")] = address
        return Other(kind, title, address)
    if kind not in _READ or _text(element, "status") == "inherit":
        return Other(kind, title, link)
    shown = title or link
    article = (
        msg("import_wordpress.article", file=source, title=shown)
        if shown
        else msg("import_wordpress.untitled", file=source)
    )
    transcript = _transcript(article, element, title, link, authors, pictures)
    return Post(transcript, tuple(_comments(element)))


def _transcript(
    source: str,
    element: Element,
    title: str,
    link: str,
    authors: dict[str, str],
    pictures: dict[str, str],
) -> Transcript:
    from portraits.importer.html import page

    login = _text(element, "creator")
    tags = tuple(
        dict.fromkeys(
            _plain((child.text or "").strip())
            for child in _children(element, "category")
            if child.get("domain") in ("post_tag", "category")
            and (child.text or "").strip()
            and child.get("nicename") not in ("uncategorized", "non-classe")
        )
    )
    withheld = _withheld(element)
    slug = unquote(_text(element, "post_name"))
    path = former_path(link)
    facts = Facts(
        title=title,
        date=_date(_text(element, "post_date")),
        tags=tags,
        authors=(authors.get(login, login),) if login else (),
        status="draft" if withheld else "published",
        withheld=withheld,
        slug=slug if _SLUG.fullmatch(slug) else "",
        aliases=(path,) if path else (),
        photo=pictures.get(_meta(element, "_thumbnail_id"), ""),
    )
    said = [title, str(facts.date or ""), *tags, *facts.authors, facts.slug, *facts.aliases]
    content = decoded(_GUTENBERG.sub("", _content(element)))
    shown, codes = without_shortcodes(content)
    extra = [
        Block(code.line, code.line, code.text, "", Kind.UNPLACED, why=msg(_CODES)) for code in codes
    ]
    if link and not path:
        extra.append(
            Block(1, 1, link, "", Kind.UNPLACED, why=msg("import_wordpress.former_address"))
        )
    excerpt = _excerpt(element)
    if excerpt:
        extra.append(Block(1, 1, excerpt, "", Kind.UNPLACED, why=msg("import_wordpress.excerpt")))
    html = _as_html(shown)
    words = [*words_of("\n".join([*said, excerpt, "" if path else link]))]
    notices = (msg("import_wordpress.lines_of_article"),)
    if not re.sub(r"<[^>]*>", "", html).strip():
        words += words_of("\n".join(code.text for code in codes))
        return Transcript(source, tuple(extra), tuple(words), facts, notices)
    read = page.transcript(source, html, notices, base=link)
    blocks = tuple(
        replace(block, kind=Kind.UNPLACED, why=msg(_CODES))
        if block.kind is Kind.UNKNOWN and _SHORTCODE.match(block.text)
        else block
        for block in read.blocks
    )
    facts = replace(facts, photo=facts.photo or read.facts.photo)
    pieces = _raw_pieces(content, link)
    return Transcript(
        source,
        (*extra, *blocks),
        (*words, *(piece.text for piece in pieces if piece.sort is Sort.WORD)),
        facts,
        read.notices,
        pieces=pieces,
    )


def _withheld(element: Element) -> str:
    """A message: why WordPress does not show a post to everybody; empty if it does."""
    if _text(element, "post_password"):
        return msg("import_wordpress.password")
    state = _text(element, "status")
    if state == _PUBLIC:
        return ""
    if told := _STATES.get(state):
        return msg(told)
    if state:
        return msg("import_wordpress.unknown_state", state=state)
    return msg("import_wordpress.no_state")


def _as_html(content: str) -> str:
    """WordPress's content with its paragraphs, as a browser gets it."""
    from pelican.tools.pelican_import import decode_wp_content

    html: str = decode_wp_content(content)
    return html


def _raw_pieces(content: str, base: str) -> tuple[Piece, ...]:
    """What a reader sees of the content as WordPress keeps it, before anything is made of it."""
    from portraits.importer.accounting.visible import pieces_of
    from portraits.importer.html.page import tidied
    from portraits.importer.html.soup import soup_of

    soup = soup_of(unescaped(content))
    tidied(soup, base)
    return pieces_of(soup)


def _excerpt(element: Element) -> str:
    return next(
        (
            " ".join((child.text or "").split())
            for child in element
            if _local(child.tag) == "encoded" and "excerpt" in child.tag
        ),
        "",
    )


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def _comments(element: Element) -> Iterator[Comment]:
    for comment in _children(element, "comment"):
        if (
            _text(comment, "comment_approved") in ("spam", "trash", "post-trashed")
            or _text(comment, "comment_type") not in _COMMENTS
        ):
            continue
        yield Comment(
            id=_text(comment, "comment_id"),
            parent=_text(comment, "comment_parent"),
            author=_text(comment, "comment_author"),
            url=_text(comment, "comment_author_url"),
            date=_text(comment, "comment_date"),
            approved=_text(comment, "comment_approved") == "1",
            text=_text(comment, "comment_content"),
        )
