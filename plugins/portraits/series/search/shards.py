"""Distribute portraits over shards and words over buckets.

    shards  = power of two, 24 to 48 portraits each       what a new portrait indexes again
    buckets = power of two, 12 to 24 portraits each       what a reader loads for a word

A hash of its language and slug decides the shard of a portrait, so that adding or removing one
moves no other; portraits are redistributed only when the series doubles.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

BITS = 16
"""Number of bits of the hash that distributes portraits."""
_SHARD_SIZE = 48
_BUCKET_SIZE = 24


@dataclass(frozen=True, slots=True)
class Plan:
    """The numbers of shards and buckets of an index."""

    shards: int
    buckets: int

    def shard(self, hashed: int) -> int:
        """Return the shard of a portrait whose hash is ``hashed``."""
        return hashed * self.shards >> BITS

    def hashes(self, shard: int) -> tuple[int, int]:
        """Return the lowest and the highest hash of a shard."""
        size = (1 << BITS) // self.shards
        return shard * size, (shard + 1) * size - 1


def plan_for(portraits: int) -> Plan:
    """Return the plan of a series of that many portraits."""
    return Plan(min(_parts(portraits, _SHARD_SIZE), 1 << BITS), _parts(portraits, _BUCKET_SIZE))


def _parts(portraits: int, size: int) -> int:
    """Return the smallest power of two that makes parts of at most ``size`` portraits."""
    return 1 << (max(0, portraits - 1) // size).bit_length()


def hash_of(lang: str, slug: str) -> int:
    """Return the hash, of BITS bits, that decides a portrait's shard."""
    return zlib.crc32(f"{lang}/{slug}".encode()) & (1 << BITS) - 1
