"""What a view is: rows that are derived from other rows, part by part.

A *part* of a view has a key (an account, a question, a portrait) and gives the rows that this key
owns. It is derived again when something that it asked has changed; where its rows are then the
same, nothing further happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from portraits.series.reads import Series
from portraits.settings import Settings


@dataclass(frozen=True, slots=True)
class View:
    """One view. Its functions look at nothing but the tables and the settings."""

    name: str
    tables: tuple[type, ...]
    """The tables that it fills."""
    keys: Callable[[Series, Settings], Iterable[str]]
    """The key of each of its parts."""
    rows: Callable[[Series, Settings, str], Iterable[tuple[Any, ...]]]
    """The rows of the part with a key; each names the key in its first column."""


def once(series: Series, settings: Settings) -> tuple[str, ...]:
    """The keys of a view that has one part."""
    return ("",)
