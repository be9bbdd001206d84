"""Create and fill placeholders in a portrait's HTML, for content that depends on other files.

    placeholder = U+FDD0 ("link" | "image") decimal U+FDD1

U+FDD0 and U+FDD1 are noncharacters (Unicode Standard, section 23.7, "intended for
process-internal use"); a source that contains them is refused, so a placeholder can only come
from the parser. A link's placeholder replaces a whole ``href`` value, an image's a whole figure.
"""

from __future__ import annotations

from collections.abc import Mapping

OPEN, CLOSE = "\ufdd0", "\ufdd1"


def link_placeholder(number: int) -> str:
    """Return the placeholder for ``portrait.links[number]``."""
    return f"{OPEN}link{number}{CLOSE}"


def image_placeholder(number: int) -> str:
    """Return the placeholder for ``portrait.images[number]``."""
    return f"{OPEN}image{number}{CLOSE}"


def has_placeholders(html: str) -> bool:
    """Return whether ``html`` contains a placeholder."""
    return OPEN in html


def fill(html: str, filling: Mapping[str, str]) -> str:
    """Replace each placeholder in ``html`` by ``filling[placeholder]``.

    Raises KeyError for a placeholder without a value: a page must never ship one.
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
