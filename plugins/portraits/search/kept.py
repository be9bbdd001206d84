"""What of an index the cache keeps.

    state                  -> the series: key of each shard, name of each bucket's file
    key of a shard         -> its segments; the digests of its portraits and their entries

    state          = hash of what the listing says besides the portraits, and of the keys
    key of a shard = hash of the code, the plan, and (language, slug, digest) of its portraits
"""

from __future__ import annotations

from collections.abc import Iterable

from portraits.cache import Cache, code_version
from portraits.digests import digest
from portraits.packing import packed
from portraits.search.shards import Entry, Plan, Shard
from portraits.values import dataclass

Members = tuple[tuple[str, ...], tuple[Entry, ...]]
"""Digest and entry of each portrait of a shard."""


@packed
@dataclass(frozen=True, slots=True)
class Series:
    """A whole index that was made."""

    rest: bytes
    """Hash of what the listing says besides the portraits."""
    keys: tuple[bytes, ...]
    """Key of each shard."""
    names: tuple[str, ...]
    """Fingerprint of each bucket's file."""

    @property
    def state(self) -> bytes:
        return state_of(self.rest, self.keys)

    @property
    def plan(self) -> Plan:
        return Plan(len(self.keys), len(self.names))


def state_of(rest: bytes, keys: Iterable[bytes]) -> bytes:
    """The state of an index: equal states mean equal files."""
    return digest(b"search", rest, *keys)


def shard_key(plan: Plan, members: Iterable[tuple[str, str, str]]) -> bytes:
    """The key of a shard, from (language, slug, digest) of its portraits in order."""
    return digest(code_version(), b"search", repr(plan),
                  *(part for member in members for part in member))


def kept_series(cache: Cache, state: bytes) -> Series | None:
    """The index whose state is ``state``."""
    series: Series | None = cache.get(state)
    return series


def kept_segments(cache: Cache, key: bytes) -> tuple[bytes, ...] | None:
    """The segments of a shard."""
    segments: tuple[bytes, ...] | None = cache.get(digest(b"segments", key))
    return segments


def kept_members(cache: Cache, key: bytes) -> Members | None:
    """The portraits of a shard."""
    members: Members | None = cache.get(digest(b"members", key))
    return members


def keep_series(cache: Cache, series: Series) -> None:
    """Keep an index under its state."""
    cache.put(series.state, series, "search")


def keep_shard(
    cache: Cache, number: int, key: bytes, digests: tuple[str, ...], shard: Shard
) -> None:
    """Keep a shard; ``digests`` are those of its portraits."""
    cache.put(digest(b"segments", key), shard.segments, f"search:segments:{number}")
    cache.put(digest(b"members", key), (digests, shard.entries), f"search:members:{number}")
