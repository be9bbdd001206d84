"""Restrict the HTML of portraits to an allow-list, and check everything that is published.

Contributors are not trusted with HTML. They may write the inline elements of
:data:`INLINE`, with the attributes ``lang``, ``dir`` and ``title`` only; these become
elements of the tree like all others. Every other tag is an error.

As a second line of defence, the serialised HTML is cleaned by nh3, an independent
implementation, under an allow-list, and compared with the original. A difference is an error:
nothing is stripped silently.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import nh3

from portraits.support.limits import FORBIDDEN
from portraits.support.messages import msg
from portraits.support.writing.direction import direction

INLINE = frozenset(
    {
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "var",
        "wbr",
    }
)
"""Elements that a contributor may write as tags."""
ATTRIBUTES = frozenset({"lang", "dir", "title"})
"""Attributes allowed on the elements of INLINE."""
VOID = frozenset({"br", "wbr"})
_EMPTY = VOID | {"hr", "img"}

_ALLOWED_TAGS = set(INLINE) | {
    "a",
    "blockquote",
    "code",
    "details",
    "div",
    "figure",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
}
_ALLOWED_ATTRIBUTES = {
    **{name: set(ATTRIBUTES) for name in INLINE},
    "a": {"href", "title", "class", "id", "aria-label", "role"},
    "code": {"class"},
    "details": {"class"},
    "div": {"class", "role"},
    "figure": {"class"},
    "p": {"class"},
    "td": {"class"},
    "th": {"class"},
    "ol": {"start", "class"},
    "li": {"id", "value"},
    "sup": {"id", "class", *ATTRIBUTES},
}
_CLEANER = nh3.Cleaner(
    tags=_ALLOWED_TAGS,
    attributes=_ALLOWED_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*?)/?>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_VALUE = re.compile(r"[^<>\x00-\x1f]{0,200}")
_LANG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as a contributor wrote it."""

    name: str
    closing: bool
    attributes: tuple[tuple[str, str], ...]
    fault: str = ""
    """Why it is refused, in the editor's language; empty if it is allowed."""


def read_tag(source: str) -> Tag:
    """Parse ``source``, a tag, a comment or an entity; comments and entities have a fault."""
    if source.startswith("<!--"):
        return Tag("", False, (), msg("html.comment"))
    if source.startswith("&"):
        return Tag("", False, (), msg("html.character", entity=source))
    found = _TAG.fullmatch(source)
    if not found:
        return Tag("", False, (), msg("html.not_allowed", source=source[:40]))
    name = found[2].lower()
    if name not in INLINE:
        return Tag(name, bool(found[1]), (), msg("html.tag_not_allowed", tag=found[1] + name))
    attributes = []
    for attribute in _ATTRIBUTE.finditer(found[3]):
        key = attribute[1].lower()
        value = html.unescape(next((part for part in attribute.groups()[1:] if part), ""))
        if key not in ATTRIBUTES:
            return Tag(name, False, (), msg("html.attribute_not_allowed", attribute=key, tag=name))
        wrong = (
            not _VALUE.fullmatch(value)
            or FORBIDDEN.search(value) is not None
            or (key == "lang" and not _LANG.fullmatch(value))
            or (key == "dir" and value not in ("ltr", "rtl", "auto"))
        )
        if wrong:
            return Tag(name, False, (), msg("html.attribute_value", attribute=key, tag=name))
        attributes.append((key, value))
    attributes += _direction(dict(attributes))
    return Tag(name, bool(found[1]), tuple(attributes))


def _direction(attributes: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the direction of a tag that names a language written from right to left, and none."""
    spoken = direction(attributes.get("lang", ""))
    return [("dir", spoken)] if spoken == "rtl" and "dir" not in attributes else []


def html_of(holder: ET.Element) -> str:
    """Serialise the content of ``holder`` as HTML (not XML: void elements are not closed)."""
    if not len(holder):
        return html.escape(holder.text or "", quote=False)
    written = [html.escape(holder.text or "", quote=False)]
    for child in holder:
        _write(child, written)
    return "".join(written)


def outer_html(element: ET.Element) -> str:
    """Serialise ``element`` as HTML, without its tail."""
    written: list[str] = []
    _write(element, written)
    return "".join(written)


def _write(element: ET.Element, written: list[str]) -> None:
    """Serialise ``element`` and its tail (HTML standard, 13.3); of an element without a tag, only
    the content. ElementTree takes four times as long for many small trees."""
    tag: str | None = element.tag
    if tag is not None:
        attributes = [f' {name}="{_quoted(value)}"' for name, value in element.items()]
        written.append(f"<{tag}{''.join(attributes)}>")
    if element.text:
        written.append(html.escape(element.text, quote=False))
    for child in element:
        _write(child, written)
    if tag is not None and tag not in _EMPTY:
        written.append(f"</{tag}>")
    if element.tail:
        written.append(html.escape(element.tail, quote=False))


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace(">", "&gt;").replace('"', "&quot;")


def survives_cleaning(fragments: Iterable[str]) -> bool:
    """Return whether nh3 leaves ``fragments``, HTML that this package produced, unchanged.

    The number of tags and all text must be the same before and after. The fragments are cleaned
    as one text, in a fifth of the time of cleaning them one by one; plain paragraphs and lists,
    most of an interview, contain nothing to clean and are skipped.
    """
    whole = "\n".join([each for each in fragments if not _PLAIN.fullmatch(each)])
    cleaned = _CLEANER.clean(whole)
    return cleaned.replace("&nbsp;", "\u00a0") == whole or _shape(cleaned) == _shape(whole)


_TEXT = r"[^<\r]*+"
_LINE = rf"{_TEXT}(?:<(?:em>{_TEXT}</em|strong>{_TEXT}</strong)>{_TEXT})*+"
_PLAIN = re.compile(
    rf"{_LINE}(?:<(?:p>{_LINE}</p|([ou]l)>{_TEXT}(?:<li>{_LINE}</li>{_TEXT})*+</\1)>{_TEXT})*+"
)
"""Paragraphs and lists without attributes that contain only text, bold and italic."""
_OPENS = re.compile(r"<[/a-z]")


def _shape(fragment: str) -> tuple[str, int]:
    """Return the text and the number of tags: what two serialisers must agree on."""
    return html.unescape(fragment), len(_OPENS.findall(fragment))
