"""XML documents as trees: elements in, bytes out, nothing pasted together.

    document = declaration root
    name     = "{" namespace "}" local | local        (Clark notation)

lxml escapes what stands in text and attributes (``]]>`` becomes ``]]&gt;``, a carriage
return ``&#13;``) and raises ValueError for a character outside the ``Char`` production
of XML 1.0, section 2.2: what is written can be read back, and is the same text. The
only module that knows lxml's untyped interface for writing.

Children that stand in many documents are serialised once: :func:`children` gives them as a
document holds them, :func:`halves` what such a document has before and after them, and
:func:`parts` takes them from it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = Any
"""An lxml element."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_MARK = b"<!--here-->\n"
"""A comment on a line of its own. No text is taken for it: ``<`` in text is escaped."""

_NONE: Mapping[str, str] = {}


def root(
    name: str, namespaces: Mapping[str | None, str] | None = None,
    attributes: Mapping[str, str] = _NONE,
) -> Element:
    """The root element; ``namespaces`` maps prefixes (None for the default) to their names."""
    return etree.Element(name, dict(attributes), nsmap=dict(namespaces or {}))


def child(
    parent: Element, name: str, text: str = "", attributes: Mapping[str, str] = _NONE
) -> Element:
    """A new last child of ``parent``. ValueError where XML cannot hold ``text``."""
    element = etree.SubElement(parent, name, dict(attributes))
    if text:
        element.text = text
    return element


def document(top: Element) -> bytes:
    """The whole document in UTF-8, indented, with its declaration and a final newline."""
    return bytes(etree.tostring(top, encoding="utf-8", xml_declaration=True, pretty_print=True))


def children(top: Element, parent: Element) -> bytes:
    """The children of ``parent`` as they stand in the document ``top``, in whole lines."""
    parent.insert(0, etree.Comment("here"))
    parent.append(etree.Comment("here"))
    return document(top).split(_MARK)[1].rstrip(b" ")


def halves(top: Element, parent: Element) -> tuple[bytes, bytes]:
    """The document ``top`` in two parts: between them, further children of ``parent`` make the
    document that would have been written with them."""
    parent.append(etree.Comment("here"))
    before, after = document(top).split(_MARK)
    return before.rstrip(b" "), after
