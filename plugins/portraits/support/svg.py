"""Build inline SVG that works under a content security policy without inline style.

A drawing uses elements, presentation attributes and classes: no ``style``, no script. Its
colours are ``currentColor`` and the system colour ``Canvas`` (CSS Color 4, section 6.2),
which follow the page's light or dark scheme unless a style sheet overrides them. Coordinates
are rounded to a tenth of a unit: shorter files, and the same bytes on every machine.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import starmap
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

NAMESPACE = "http://www.w3.org/2000/svg"
ELLIPSIS = "…"


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """Format ``value`` to a tenth, without ``.0`` or a negative zero. Cached, because drawings
    share the coordinates of their columns and rows."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def add(parent: Element, tag: str, text: str = "", **attributes: str | float) -> Element:
    """Append an element to ``parent`` and return it.

    ``_`` in attribute names becomes ``-`` and a trailing one is dropped: ``class_``,
    ``text_anchor``.
    """
    child = SubElement(
        parent,
        tag,
        {
            _attribute(name): value if isinstance(value, str) else number(value)
            for name, value in attributes.items()
        },
    )
    child.text = text or None
    return child


@lru_cache(maxsize=256)
def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def drawing(
    left: float,
    top: float,
    width: float,
    height: float,
    *,
    name: str,
    title: str,
    description: str,
    class_: str,
    role: str,
) -> Element:
    """Return an empty drawing with an accessible title and description.

    ``name`` prefixes ids and must be unique in the page. ``role`` is ``img`` for a picture and
    ``group`` for one that contains links: children of an ``img`` are presentational (WAI-ARIA
    1.2, section 5.2.8), which a link must not be. Sizes are in user units.
    """
    svg = Element(
        "svg",
        {
            "xmlns": NAMESPACE,
            "class": class_,
            "role": role,
            "viewBox": " ".join(map(number, (left, top, width, height))),
            "width": number(width),
            "height": number(height),
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-description",
        },
    )
    add(svg, "title", title, id=f"{name}-title")
    add(svg, "desc", description, id=f"{name}-description")
    return svg


def serialised(svg: Element) -> Markup:
    """Serialise the drawing as markup that is valid both inside HTML and as a file of its own."""
    written: list[str] = []
    _write(svg, written)
    return Markup("".join(written))  # noqa: S704 - _write escapes


def _write(element: Element, written: list[str]) -> None:
    """Serialise ``element`` (XML 1.0, sections 2.4, 3.1 and 3.3.3).

    The output is that of ElementTree, which takes three times as long because it collects
    namespaces first; every portrait has a drawing.
    """
    written.append(f"<{element.tag}")
    written += starmap(_written_attribute, element.items())
    if not element.text and not len(element):
        written.append(" />")
        return
    written.append(f">{_escaped(element.text or '', _IN_TEXT)}")
    for child in element:
        _write(child, written)
    written.append(f"</{element.tag}>")


@lru_cache(maxsize=4096)
def _written_attribute(name: str, value: str) -> str:
    return f' {name}="{_escaped(value, _IN_ATTRIBUTES)}"'


_IN_TEXT = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_IN_ATTRIBUTES = (*_IN_TEXT, ('"', "&quot;"), ("\r", "&#13;"), ("\n", "&#10;"), ("\t", "&#09;"))


def _escaped(value: str, special: tuple[tuple[str, str], ...]) -> str:
    for char, entity in special:
        value = value.replace(char, entity)
    return value


@lru_cache(maxsize=4096)
def text_width(text: str, size: float) -> float:
    """Estimate the width of ``text`` set at ``size``, in units.

    No font is available, so this is a generous average per letter, corrected for wide and narrow
    ones. Cached, because a name appears in many drawings.
    """
    wide = sum(1 for char in text if char in "mwMW@—…" or char.isupper())
    narrow = sum(1 for char in text if char in "iljtfrI.,:;'’!|() -")
    return size * (0.57 * len(text) + 0.14 * wide - 0.2 * narrow)


def shortened(text: str, width: float, size: float) -> str:
    """Truncate ``text`` with an ellipsis to an estimated ``width``, in units."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + ELLIPSIS, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
