"""How a series is dealt out to shards and buckets.

    shards  = power of two, 24 to 48 portraits each       what a new portrait indexes again
    buckets = power of two, 12 to 24 portraits each       what a reader loads for a word

A portrait's shard is a hash of its language and slug, so that no other portrait moves when
one comes or goes; only when the series doubles is it dealt out anew.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

BITS = 16
"""Of the hash that deals portraits out."""
_SHARD_SIZE = 48
_BUCKET_SIZE = 24


@dataclass(frozen=True, slots=True)
class Plan:
    """In how many parts an index is made."""

    shards: int
    buckets: int

    def shard(self, hashed: int) -> int:
        """The shard of a portrait whose hash is ``hashed``."""
        return hashed * self.shards >> BITS

    def hashes(self, shard: int) -> tuple[int, int]:
        """The lowest and the highest hash of a shard."""
        size = (1 << BITS) // self.shards
        return shard * size, (shard + 1) * size - 1


def plan_for(portraits: int) -> Plan:
    """The plan of a series of that many portraits."""
    return Plan(min(_parts(portraits, _SHARD_SIZE), 1 << BITS), _parts(portraits, _BUCKET_SIZE))


def _parts(portraits: int, size: int) -> int:
    """The least power of two that makes parts of at most ``size`` portraits."""
    return 1 << (max(0, portraits - 1) // size).bit_length()


def hash_of(lang: str, slug: str) -> int:
    """What a portrait is dealt out by: BITS bits."""
    return zlib.crc32(f"{lang}/{slug}".encode()) & (1 << BITS) - 1
