"""Read the plural rules of a catalogue, and say which form a number takes.

The rules are those of Unicode CLDR, in its notation (Unicode Technical Standard 35, part 3,
« Plural rules syntax »), as far as counts need it:

    rule     = both ("or" both)*
    both     = relation ("and" relation)*
    relation = operand ["%" number] ("=" | "!=") range ("," range)*
    operand  = "n" (the number) | "i" (its whole part) | "v" (how many decimals are shown)
    range    = number [".." number]

A number that no rule takes has the form ``other``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""The forms that CLDR knows, in its order. Every language has ``other``."""

Rule = Callable[[int | float], bool]
_RELATION = re.compile(
    r"\s*([niv])\s*(?:%\s*(\d+)\s*)?(!?=)\s*(\d+(?:\.\.\d+)?(?:\s*,\s*\d+(?:\.\.\d+)?)*)\s*"
)


def plural_rule(text: str) -> Rule:
    """Return a rule as a function from a number to whether it takes the form.

    Raise ValueError for a text that is no rule.
    """
    either = [list(map(_relation, both.split(" and "))) for both in text.split(" or ")]
    return lambda number: any(all(holds(number) for holds in both) for both in either)


def _relation(text: str) -> Rule:
    found = _RELATION.fullmatch(text)
    if not found:
        raise ValueError(text.strip())
    operand, modulus, sign, listed = found.groups()
    ranges = [_range(one) for one in listed.split(",")]

    def holds(number: int | float) -> bool:
        value = _value(operand, number)
        value = value % int(modulus) if modulus else value
        among = value == int(value) and any(low <= value <= high for low, high in ranges)
        return among == (sign == "=")

    return holds


def _range(text: str) -> tuple[int, int]:
    low, _, high = text.partition("..")
    return int(low), int(high or low)


def _value(operand: str, number: int | float) -> int | float:
    if operand == "v":
        return 0 if isinstance(number, int) else len(str(number).partition(".")[2])
    return int(abs(number)) if operand == "i" else abs(number)


def category(rules: Mapping[str, Rule], number: int | float) -> str:
    """Return the form that ``number`` takes: the first whose rule it fulfils, else ``other``."""
    return next((name for name, holds in rules.items() if holds(number)), "other")
