"""Entries that were made, for the other feeds that carry them.

    key = source, language, question (empty for a whole portrait), hash of what the entry shows

A build that writes all feeds keeps the last few in memory. A build after an edit keeps them in
the cache: who mends the newest portrait three times has its neighbours' entries made once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from portraits.cache import Cache
from portraits.digests import digest

EntryKey = tuple[str, str, str, bytes]
Forms = Mapping[str, bytes]
"""File name of a feed -> the entry in its format."""
RECENT = 400


class Entries(Protocol):
    """Where entries are kept."""

    def get(self, key: EntryKey) -> Forms | None:
        """The entry under ``key``, if it is there."""

    def keep(self, key: EntryKey, entry: Forms) -> None:
        """Keep an entry."""


class RecentEntries:
    """The last entries that were made, in memory."""

    def __init__(self) -> None:
        self._kept: dict[EntryKey, Forms] = {}

    def get(self, key: EntryKey) -> Forms | None:
        return self._kept.get(key)

    def keep(self, key: EntryKey, entry: Forms) -> None:
        if len(self._kept) >= RECENT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = entry


class CachedEntries:
    """Entries in the cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._recent = RecentEntries()

    def get(self, key: EntryKey) -> Forms | None:
        found = self._recent.get(key)
        if found is None:
            found = self._cache.get(_cache_key(key))
            if found is not None:
                self._recent.keep(key, found)
        return found

    def keep(self, key: EntryKey, entry: Forms) -> None:
        self._recent.keep(key, entry)
        self._cache.put(_cache_key(key), dict(entry), "entry:" + ":".join(key[:3]))


def _cache_key(key: EntryKey) -> bytes:
    return digest(b"entry", *key)
