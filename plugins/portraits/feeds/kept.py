"""What feeds carry, and their entries that need not be made again for each feed.

    key = source, language, question (empty for a whole portrait), hash of what the entry shows

A build of everything keeps the last few entries that it made. A build after edits finds all but
those of the edited portraits in the published feeds, and puts new ones in between: neither the
other portraits nor what is known of them is read. Most edits concern no feed; so nothing here
needs the formats.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from portraits.packing import packed
from portraits.values import dataclass

EntryKey = tuple[str, str, str, bytes]
Forms = Mapping[str, bytes]
"""File name of a feed -> the entry in its format."""
RECENT = 400


@packed
@dataclass(frozen=True, slots=True)
class Following:
    """Something that can be followed: where its feeds stand, and what they carry."""

    address: str
    title: str
    lang: str
    question: str
    """Id of the question whose answers alone are carried; empty for whole portraits."""
    updated: dt.datetime
    """When a portrait that is carried was last changed."""
    entries: tuple[EntryKey, ...]
    """Newest first."""


class Entries(Protocol):
    """Where entries are kept."""

    def standing(
        self, address: str, keys: Sequence[EntryKey], pieces: Callable[[bytes], list[bytes]]
    ) -> Sequence[bytes | None]:
        """The entries under ``keys`` of the feed at ``address``, which ``pieces`` takes apart,
        as they are published; None for each that may be another."""

    def get(self, key: EntryKey) -> Forms | None:
        """The entry under ``key``, if it was made a moment ago."""

    def keep(self, key: EntryKey, entry: Forms) -> None:
        """Keep an entry that was made."""


class RecentEntries:
    """The last entries that were made."""

    def __init__(self) -> None:
        self._kept: dict[EntryKey, Forms] = {}

    def standing(
        self, address: str, keys: Sequence[EntryKey], pieces: Callable[[bytes], list[bytes]]
    ) -> Sequence[bytes | None]:
        return [None] * len(keys)

    def get(self, key: EntryKey) -> Forms | None:
        return self._kept.get(key)

    def keep(self, key: EntryKey, entry: Forms) -> None:
        if len(self._kept) >= RECENT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = entry


class PublishedEntries(RecentEntries):
    """Those of the site in folder ``output`` as well, where only the portraits from the sources
    ``edited`` are not as they were published."""

    def __init__(self, output: Path, edited: Collection[str]) -> None:
        super().__init__()
        self._output, self._edited = output, edited

    def standing(
        self, address: str, keys: Sequence[EntryKey], pieces: Callable[[bytes], list[bytes]]
    ) -> Sequence[bytes | None]:
        try:
            found = pieces((self._output / address).read_bytes())
        except (OSError, ValueError):
            found = []
        if len(found) != len(keys):
            return [None] * len(keys)
        return [None if key[0] in self._edited else piece
                for key, piece in zip(keys, found, strict=True)]
