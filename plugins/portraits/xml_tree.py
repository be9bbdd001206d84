"""XML documents as trees: elements in, bytes out, nothing pasted together.

    document = declaration root
    name     = "{" namespace "}" local | local        (Clark notation)

lxml escapes what stands in text and attributes (``]]>`` becomes ``]]&gt;``, a carriage
return ``&#13;``) and raises ValueError for a character outside the ``Char`` production
of XML 1.0, section 2.2: what is written can be read back, and is the same text. The
only module that knows lxml's untyped interface for writing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from lxml import etree

Element: TypeAlias = Any
"""An lxml element."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

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
