"""Rows made up by hand, for what knows nothing of portraits, and a workspace for them.

tagged("ana", "musique", day=3)      the portrait « ana », of the 3rd of January, has a tag
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from portraits.series.database import Database
from portraits.series.reads import Series
from portraits.series.tables import TermRow, position_of

IDENTITY = b"this code, these settings"


def place(source: str, day: int) -> str:
    """The position of a portrait of a day of January 2024."""
    return position_of(dt.date(2024, 1, day), source, "fr", source)


def day_number(day: int) -> int:
    """How a change names a day of January 2024: the less, the newer."""
    return int(place("", day)[:7])


def tagged(
    source: str,
    tag: str = "musique",
    *,
    day: int = 1,
    shown: bool = True,
    label: str = "",
    number: int = 0,
    lang: str = "fr",
) -> TermRow:
    """A portrait has a tag."""
    position = place(source, day) if shown else None
    return TermRow(source, position, int(shown), lang, number, f"tag/{tag}", label or tag.title())


def write(database: Database, source: str, *rows: TermRow) -> None:
    """Let ``rows`` be the tags of a portrait."""
    with database.transaction():
        database.replace(source, rows, (TermRow,))


def reader(database: Database, key: str, ask: Callable[[Series], Any]) -> int:
    """A node that asked for something: its number."""
    with database.transaction(), database.series.recorded() as reads:
        ask(database.series)
        node = database.node("page", key)
        database.keep_reads(node, reads)
        database.unread = False
    return node


def concerned(database: Database) -> set[str]:
    """The keys of the nodes that are concerned by what was written since the last call."""
    with database.transaction():
        return {key for _, _, key in database.keys_of(database.settle())}
