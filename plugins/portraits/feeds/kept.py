"""Entries that need not be made again for each feed that carries them.

    key = source, language, question (empty for a whole portrait), hash of what the entry shows

A build of everything keeps the last few that it made. A build after edits finds all others where
they stand: in the published feeds, of which it rewrites some for the edited portrait's sake.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from portraits.feeds.formats import FORMATS

EntryKey = tuple[str, str, str, bytes]
Forms = Mapping[str, bytes]
"""File name of a feed -> the entry in its format."""
RECENT = 400
_Whose = tuple[str, str, str]


class Entries(Protocol):
    """Where entries are kept."""

    def expect(self, address: str, keys: Sequence[EntryKey]) -> None:
        """Note that the feeds at ``address`` carry these, in order."""

    def get(self, key: EntryKey) -> Forms | None:
        """The entry under ``key``, if it is there."""

    def keep(self, key: EntryKey, entry: Forms) -> None:
        """Keep an entry that was made."""


class RecentEntries:
    """The last entries that were made."""

    def __init__(self) -> None:
        self._kept: dict[EntryKey, Forms] = {}

    def expect(self, address: str, keys: Sequence[EntryKey]) -> None:
        """Of no use here."""

    def get(self, key: EntryKey) -> Forms | None:
        return self._kept.get(key)

    def keep(self, key: EntryKey, entry: Forms) -> None:
        if len(self._kept) >= RECENT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = entry


class PublishedEntries(RecentEntries):
    """Those of the site in folder ``output``, where only the portraits from the sources
    ``edited`` are not as they were published."""

    def __init__(self, output: Path, edited: Collection[str]) -> None:
        super().__init__()
        self._output, self._edited = output, edited
        self._expected: dict[_Whose, tuple[str, Sequence[EntryKey]]] = {}
        self._published: dict[_Whose, dict[str, bytes]] = {}
        self._taken: set[str] = set()

    def expect(self, address: str, keys: Sequence[EntryKey]) -> None:
        for key in keys:
            self._expected.setdefault(key[:3], (address, keys))

    def get(self, key: EntryKey) -> Forms | None:
        if key[0] in self._edited:
            return super().get(key)
        if key[:3] in self._expected:
            self._take(*self._expected[key[:3]])
        found = self._published.get(key[:3], {})
        return found if len(found) == len(FORMATS) else super().get(key)

    def _take(self, address: str, keys: Sequence[EntryKey]) -> None:
        if address in self._taken:
            return
        self._taken.add(address)
        for form in FORMATS:
            with suppress(OSError, ValueError):
                pieces = form.pieces((self._output / address / form.file_name).read_bytes())
                if len(pieces) == len(keys):
                    for key, piece in zip(keys, pieces, strict=True):
                        self._published.setdefault(key[:3], {})[form.file_name] = piece
