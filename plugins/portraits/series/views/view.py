"""Define a view: rows that are derived from other rows, part by part.

A *part* of a view has a key (an account, a question, a portrait) and yields the rows that this key
owns. It is derived again when something that it read has changed; if its rows come out the same,
nothing that depends on them is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from portraits.series.reads import Series
from portraits.settings import Settings


@dataclass(frozen=True, slots=True)
class View:
    """One view. Its functions read nothing but the tables and the settings."""

    name: str
    tables: tuple[type, ...]
    """The tables that it fills."""
    keys: Callable[[Series, Settings], Iterable[str]]
    """The key of each of its parts."""
    rows: Callable[[Series, Settings, str], Iterable[tuple[Any, ...]]]
    """The rows of the part with a key; the first column of each is the key."""


def once(series: Series, settings: Settings) -> tuple[str, ...]:
    """Return the only key of a view that has one part."""
    return ("",)
