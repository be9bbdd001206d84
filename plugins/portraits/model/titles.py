"""Make a portrait's title from a pattern of the settings or of a catalogue.

    pattern = (text | "{name}" | "{role}" | "{organization}")*

A field without a value takes along the text between it and the field before it, or after it if
it is the first: of ``{name}, {role} ({organization})`` remain ``Ada, informaticienne``,
``Ada (evenko)`` or ``Ada``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter

from portraits.support.writing.elision import Elision, before

FIELDS = ("name", "role", "organization")
_CLOSED_BY = {"(": ")", "[": "]", "«": "»", "“": "”", '"': '"'}


def is_pattern(text: str) -> bool:
    """Return whether all that stands in braces in ``text`` is one of FIELDS."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:  # a lone brace
        return False
    return all(
        field is None or (field in FIELDS and not spec and not conversion)
        for _, field, spec, conversion in parts
    )


def title_of(pattern: str, values: Mapping[str, str], elisions: Sequence[Elision] = ()) -> str:
    """Return ``pattern`` with the ``values`` of its fields; the name if nothing remains.

    A word before a value is written as the language of the title writes it there: « d’Ana ».
    """
    title, closing = "", ""
    begun = drops_next = False
    for literal, field, _, _ in Formatter().parse(pattern):
        text = "" if drops_next else literal
        if closing and text.lstrip().startswith(closing):
            text = text.lstrip().removeprefix(closing)
        closing, drops_next = "", False
        value = values[field] if field else ""
        if value or not field:
            title += (before(text, value, elisions) if value else text) + value
            begun = begun or bool(value)
        elif begun:
            closing = _CLOSED_BY.get(text.rstrip()[-1:], "")
        else:
            opened = text.rstrip()
            title += opened[:-1] if opened[-1:] in _CLOSED_BY else text
            drops_next = True
    return title.strip() or values["name"]
