"""Define the inline processors: handles, bare addresses, footnote references, entities, tags.

    mention = "@" name ["@" host]      not inside a word, an address, a link or code
    address = "http" ["s"] "://" ...   the same; punctuation that ends it is not part of it

Where Python-Markdown would store an HTML string, these produce an element, a character or a
token, so that everything in the output is visible in the tree.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.inlinepatterns import (
    HTML_RE,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
)
from markdown.util import ETX, STX, AtomicString

from portraits.model.accounts import account_from_handle
from portraits.model.portrait import Account
from portraits.reader.markdown.tokens import tag_token
from portraits.support.limits import FORBIDDEN, INVISIBLE, PERHAPS_INVISIBLE

_GOES_ON = re.compile(rf"[-·‐‑]?\w|[\u0300-\u036f]|{PERHAPS_INVISIBLE.pattern}")
"""What a handle must not be cut from: a word, an accent, an invisible character."""
Match = tuple[ET.Element | str | None, int | None, int | None]

_NOT_IN_LINKS = ("a", "h1", "h2", "h3", "h4", "h5", "h6")
_PLAIN_LINK = re.compile(r"([^\[\]]*)\]\(([^()<>\"'\s\x02]+)\)")
_UNPUBLISHED = re.compile(f"{FORBIDDEN.pattern}|{INVISIBLE.pattern}")
_TRAILING = ".,;:!?…»”’'\"*_~"


@dataclass(slots=True)
class InlineFindings:
    """What the inline processors found in one text."""

    network: str = "twitter"
    """Network of a bare handle."""
    accounts: dict[ET.Element, Account] = field(default_factory=dict)
    """Link made from a handle -> its account."""
    tags: list[str] = field(default_factory=list)
    """Each tag, comment or forbidden entity, as written; the index is the number of its token."""
    notes: dict[str, str] = field(default_factory=dict)
    """Footnote label -> text."""
    calls: dict[ET.Element, str] = field(default_factory=dict)
    """Footnote reference -> label."""


class _Processor(InlineProcessor):
    """An inline processor that records what it finds."""

    PATTERN = ""

    def __init__(self, md: Markdown, found: InlineFindings) -> None:
        super().__init__(self.PATTERN, md)
        self.found = found


class MentionProcessor(_Processor):
    """Turns a handle in running text into a link to its account.

    A handle is taken whole or not at all: « @even » is not read out of « @even-é », nor out of a
    word that an invisible character or an entity cuts.
    """

    PATTERN = (
        r"(?<![\w@/.=&#:%+\-])@([A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_])?)"
        r"(@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+)?(?![\w@])"
    )
    ANCESTOR_EXCLUDES = _NOT_IN_LINKS

    def handleMatch(  # type: ignore[override]  # the newer interface
        self, m: re.Match[str], data: str
    ) -> Match:
        handle, end = m[0], m.end()
        if _GOES_ON.match(html.unescape(data[end : end + 12])):
            return None, None, None
        account = account_from_handle(handle, self.found.network)
        if account is None and "." in m[1] and not m[2]:  # « @lea.Ensuite »: a missing space
            handle = f"@{m[1].partition('.')[0]}"
            end = m.start() + len(handle)
            account = account_from_handle(handle, self.found.network)
        if account is None:
            return None, None, None
        link = ET.Element("a", {"class": "account", "href": account.url})
        link.text = AtomicString(handle)
        self.found.accounts[link] = account
        return link, m.start(), end


class BareAddressProcessor(_Processor):
    """Turns an address in running text into a link."""

    PATTERN = r"(?<![\w@/.=\"'<])https?://[^\s<>\"`\\\x02\x03]+"
    ANCESTOR_EXCLUDES = _NOT_IN_LINKS

    def handleMatch(  # type: ignore[override]  # the newer interface
        self, m: re.Match[str], data: str
    ) -> Match:
        url = m[0].rstrip(_TRAILING)
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(_TRAILING)
        if len(url) <= len("https://"):
            return None, None, None
        link = ET.Element("a", {"href": url})
        link.text = AtomicString(html.unescape(url))
        return link, m.start(), m.start() + len(url)


class LinkProcessor(LinkInlineProcessor):
    """Parses ``[text](address)``, the usual form with one regular expression; Python-Markdown
    scans text and address character by character."""

    def handleMatch(  # type: ignore[override]  # the newer interface
        self, m: re.Match[str], data: str
    ) -> Match:
        found = _PLAIN_LINK.match(data, m.end())
        if not found:
            return super().handleMatch(m, data)
        link = ET.Element("a", {"href": found[2]})
        link.text = found[1]
        return link, m.start(), found.end()


_LABEL = re.compile(r"\[([^\]]*)\]")


class LinkByReferenceProcessor(ReferenceInlineProcessor):
    """Parses ``[text][label]``; Python-Markdown allows a space between the two, so that a box
    (``[x] [text][label]``) takes the link's text for its label."""

    RE_LINK = _LABEL


class ImageByReferenceProcessor(ImageReferenceInlineProcessor):
    """Parses ``![text][label]``, without a space between the two."""

    RE_LINK = _LABEL


class MailProcessor(_Processor):
    """Parses ``<lea@exemple.ca>``, which Python-Markdown would write as numeric entities."""

    PATTERN = r"<(?:mailto:)?([^<>\s!@]+@[^<>\s@]+\.[^<>\s@]+)>"

    def handleMatch(  # type: ignore[override]  # the newer interface
        self, m: re.Match[str], data: str
    ) -> Match:
        address = self.unescape(m[1])
        link = ET.Element("a", {"href": f"mailto:{address}"})
        link.text = AtomicString(address)
        return link, m.start(), m.end()


class FootnoteCallProcessor(_Processor):
    """Parses ``[^label]`` if the label is defined anywhere in the text."""

    PATTERN = r"\[\^([^\]\n]+)\]"

    def handleMatch(  # type: ignore[override]  # the newer interface
        self, m: re.Match[str], data: str
    ) -> Match:
        if m[1] not in self.found.notes:
            return None, None, None
        call = ET.Element("sup", {"class": "footnote-ref"})
        self.found.calls[call] = m[1]
        return call, m.start(), m.end()


class TagProcessor(_Processor):
    """Replaces a tag or a comment by a token, until opening and closing tags can be paired."""

    PATTERN = HTML_RE

    def handleMatch(  # type: ignore[override]  # the newer interface
        self, m: re.Match[str], data: str
    ) -> Match:
        self.found.tags.append(self.unescape(m[1]))
        return tag_token(len(self.found.tags) - 1), m.start(), m.end()


class EntityProcessor(_Processor):
    """Decodes ``&eacute;``; a forbidden character becomes a token, which is refused later."""

    PATTERN = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});"

    def handleMatch(  # type: ignore[override]  # the newer interface
        self, m: re.Match[str], data: str
    ) -> Match:
        character = html.unescape(m[0])
        if not character or character == "\ufffd" or _UNPUBLISHED.search(character):
            self.found.tags.append(m[0])
            return tag_token(len(self.found.tags) - 1), m.start(), m.end()
        return "".join(map(_escaped, character)), m.start(), m.end()


class InnerStarProcessor(_Processor):
    """Keeps a single ``*`` between letters or digits: « étudiant*e*s », « 2*3*4 »."""

    PATTERN = r"(?<=[^\W_])\*(?=[^\W_])"

    def handleMatch(  # type: ignore[override]  # the newer interface
        self, m: re.Match[str], data: str
    ) -> Match:
        return _escaped("*"), m.start(), m.end()


def _escaped(character: str) -> str:
    """Return ``character`` as Python-Markdown writes one that was escaped: text, never a mark."""
    return f"{STX}{ord(character)}{ETX}"
