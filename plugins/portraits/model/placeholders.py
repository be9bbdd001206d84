"""Placeholders in a portrait's HTML: places that other files decide about.

    placeholder = U+FDD0 ("link" | "image") decimal U+FDD1

U+FDD0 and U+FDD1 are noncharacters (Unicode Standard, section 23.7, "intended for
process-internal use"); a source that contains them is refused, so a placeholder can only come
from the parser. A link's placeholder stands for a whole ``href`` value, an image's for a
whole figure.
"""

from __future__ import annotations

from collections.abc import Mapping

OPEN, CLOSE = "\ufdd0", "\ufdd1"


def link_placeholder(number: int) -> str:
    """The placeholder for ``portrait.links[number]``."""
    return f"{OPEN}link{number}{CLOSE}"


def image_placeholder(number: int) -> str:
    """The placeholder for ``portrait.images[number]``."""
    return f"{OPEN}image{number}{CLOSE}"


def has_placeholders(html: str) -> bool:
    """Whether anything in ``html`` is to be filled."""
    return OPEN in html


def fill(html: str, filling: Mapping[str, str]) -> str:
    """``html`` with each placeholder replaced by ``filling[placeholder]``.

    Raises KeyError for a placeholder that nothing fills: a page must never ship one.
    """
    if not has_placeholders(html):
        return html
    first, *rest = html.split(OPEN)
    parts = [first]
    for piece in rest:
        name, _, tail = piece.partition(CLOSE)
        parts.append(filling[f"{OPEN}{name}{CLOSE}"])
        parts.append(tail)
    return "".join(parts)
