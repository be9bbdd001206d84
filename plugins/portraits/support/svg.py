"""SVG for drawings that stand inside a page, under a content policy without inline style.

A drawing holds elements, presentation attributes and classes: no ``style``, no script. Its
colours are ``currentColor`` and the system colour ``Canvas`` (CSS Color 4, section 6.2),
which follow the page's light or dark scheme until a style sheet says better. Coordinates
are rounded to a tenth of a unit, so that the bytes are few and the same everywhere.
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
    """``value`` to a tenth, without ``.0`` and without a negative zero. Kept, because drawings
    have their columns and rows in common."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def add(parent: Element, tag: str, text: str = "", **attributes: str | float) -> Element:
    """Append an element; ``_`` in attribute names is ``-`` and a trailing one is dropped, so
    that ``class_`` and ``text_anchor`` can be written."""
    child = SubElement(parent, tag, {
        _attribute(name): value if isinstance(value, str) else number(value)
        for name, value in attributes.items()
    })
    child.text = text or None
    return child


@lru_cache(maxsize=256)
def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def drawing(
    left: float, top: float, width: float, height: float, *, name: str, title: str,
    description: str, class_: str, role: str,
) -> Element:
    """An empty drawing, named for those who cannot see it.

    ``name`` makes ids that are unique in the page. ``role`` is ``img`` for a picture and
    ``group`` for one that holds links: what is inside an ``img`` is presentational (WAI-ARIA
    1.2, section 5.2.8), and a link must not be.
    """
    svg = Element("svg", {
        "xmlns": NAMESPACE, "class": class_, "role": role,
        "viewBox": " ".join(map(number, (left, top, width, height))),
        "width": number(width), "height": number(height),
        "aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-description",
    })
    add(svg, "title", title, id=f"{name}-title")
    add(svg, "desc", description, id=f"{name}-description")
    return svg


def serialised(svg: Element) -> Markup:
    """The drawing as markup, valid both inside HTML and as a file of its own."""
    written: list[str] = []
    _write(svg, written)
    return Markup("".join(written))  # noqa: S704 - escaped as it was written


def _write(element: Element, written: list[str]) -> None:
    """Serialise ``element`` (XML 1.0, sections 2.4, 3.1 and 3.3.3). ElementTree writes the same, in
    three times the time: it looks for namespaces first, and every portrait has a drawing."""
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
    """About how wide ``text`` is, in units, when set at ``size``: a generous average, since no
    font is at hand. Wide letters count for more, narrow ones for less. Kept, because a name
    stands in many drawings."""
    wide = sum(1 for char in text if char in "mwMW@—…" or char.isupper())
    narrow = sum(1 for char in text if char in "iljtfrI.,:;'’!|() -")
    return size * (0.57 * len(text) + 0.14 * wide - 0.2 * narrow)


def shortened(text: str, width: float, size: float) -> str:
    """``text``, cut with an ellipsis so that it is at most about ``width`` units wide."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + ELLIPSIS, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
