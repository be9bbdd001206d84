"""Build XML documents as element trees and serialise them, never by joining strings.

    document = declaration root
    name     = "{" namespace "}" local | local        (Clark notation)

lxml escapes text and attributes (``]]>`` becomes ``]]&gt;``, a carriage return ``&#13;``)
and raises ValueError for a character outside the ``Char`` production of XML 1.0, section 2.2,
so the output can be parsed back to the same text. This is the only module that uses lxml's
untyped API for writing.

Children shared by many documents are serialised once: :func:`children` returns their bytes,
:func:`halves` the bytes of a document before and after them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = Any
"""An lxml element."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_MARK = b"<!--here-->\n"
"""A marker comment on a line of its own. Text cannot be mistaken for it: ``<`` is escaped."""

_NONE: Mapping[str, str] = {}


def root(
    name: str,
    namespaces: Mapping[str | None, str] | None = None,
    attributes: Mapping[str, str] = _NONE,
) -> Element:
    """Return a root element. ``namespaces`` maps prefixes (None: the default) to their URIs."""
    return etree.Element(name, dict(attributes), nsmap=dict(namespaces or {}))


def child(
    parent: Element, name: str, text: str = "", attributes: Mapping[str, str] = _NONE
) -> Element:
    """Append a child to ``parent`` and return it. Raises ValueError for text XML cannot hold."""
    element = etree.SubElement(parent, name, dict(attributes))
    if text:
        element.text = text
    return element


def document(top: Element) -> bytes:
    """Return the document in UTF-8, indented, with its declaration and a final newline."""
    return bytes(etree.tostring(top, encoding="utf-8", xml_declaration=True, pretty_print=True))


def children(top: Element, parent: Element) -> bytes:
    """Return the children of ``parent`` as serialised in the document ``top``, in whole lines.

    Modifies ``parent``, which gets two marker comments.
    """
    parent.insert(0, etree.Comment("here"))
    parent.append(etree.Comment("here"))
    return document(top).split(_MARK)[1].rstrip(b" ")


def halves(top: Element, parent: Element) -> tuple[bytes, bytes]:
    """Return the document ``top`` in two parts, cut where further children of ``parent`` go.

    Modifies ``parent``, which gets a marker comment.
    """
    parent.append(etree.Comment("here"))
    before, after = document(top).split(_MARK)
    return before.rstrip(b" "), after
