"""SVG for drawings that stand inside a page, under a content policy without inline style.

A drawing holds elements, presentation attributes and classes: no ``style``, no script. Its
colours are ``currentColor`` and the system colour ``Canvas`` (CSS Color 4, section 6.2),
which follow the page's light or dark scheme until a style sheet says better. Coordinates
are rounded to a tenth of a unit, so that the bytes are few and the same everywhere.
"""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

NAMESPACE = "http://www.w3.org/2000/svg"
ELLIPSIS = "…"


def number(value: float) -> str:
    """``value`` to a tenth, without ``.0`` and without a negative zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def add(parent: Element, tag: str, text: str = "", **attributes: str | float) -> Element:
    """Append an element; ``_`` in attribute names is ``-`` and a trailing one is dropped, so
    that ``class_`` and ``text_anchor`` can be written."""
    child = SubElement(parent, tag, {
        name.rstrip("_").replace("_", "-"):
            value if isinstance(value, str) else number(value)
        for name, value in attributes.items()
    })
    child.text = text or None
    return child


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
    return Markup(tostring(svg, encoding="unicode"))  # noqa: S704 - escaped by the serialiser


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
