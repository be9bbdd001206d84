"""How a series is dealt out to shards and buckets, and what is known of each portrait.

    shards  = power of two, 24 to 48 portraits each       what an edit indexes again
    buckets = power of two, 12 to 24 portraits each       what a reader loads for a word

A portrait's shard is a hash of its language and slug, so that no other portrait moves when
one comes or goes; only when the series doubles is it dealt out anew.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from portraits.digests import digest
from portraits.model import Portrait, ReadingList, RecommendationList
from portraits.outline import Outline
from portraits.search.passages import passages
from portraits.search.postings import segments

_SHARD_SIZE = 48
_BUCKET_SIZE = 24
_DIGEST_BYTES = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """In how many parts an index is made."""

    shards: int
    buckets: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What the reader's side knows of a portrait before it loads its text."""

    slug: str
    lang: str
    day: int
    """Days since 1970-01-01."""
    tags: tuple[str, ...]
    recommendations: tuple[str, str] | None
    """Fragment and wording of the #FF list."""
    readings: tuple[str, str] | None
    """Fragment and wording of the reading list."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard of the index, made."""

    entries: tuple[Entry, ...]
    """Its portraits; their position is their number in the segments."""
    segments: tuple[bytes, ...]
    """What it has in each bucket."""

    @property
    def digests(self) -> bytes:
        """Eight bytes a bucket that stand for the segments."""
        return b"".join(digest(segment)[:_DIGEST_BYTES] for segment in self.segments)


def plan_for(portraits: int) -> Plan:
    """The plan of a series of that many portraits."""
    return Plan(_parts(portraits, _SHARD_SIZE), _parts(portraits, _BUCKET_SIZE))


def _parts(portraits: int, size: int) -> int:
    """The least power of two that makes parts of at most ``size`` portraits."""
    return 1 << (max(0, portraits - 1) // size).bit_length()


def dealt(outlines: Sequence[Outline], plan: Plan) -> tuple[tuple[Outline, ...], ...]:
    """The portraits of each shard, in order of language and slug."""
    shards: list[list[Outline]] = [[] for _ in range(plan.shards)]
    for outline in outlines:
        shards[zlib.crc32(f"{outline.lang}/{outline.slug}".encode()) & plan.shards - 1].append(
            outline)
    return tuple(tuple(sorted(shard, key=lambda o: (o.lang, o.slug))) for shard in shards)


def shard_of(portraits: Sequence[Portrait], plan: Plan) -> Shard:
    """The shard that holds ``portraits``, given in the order of :func:`dealt`."""
    return Shard(tuple(map(_entry, portraits)), segments(map(passages, portraits), plan.buckets))


def _entry(portrait: Portrait) -> Entry:
    return Entry(
        portrait.slug, portrait.lang, (portrait.date - dt.date(1970, 1, 1)).days, portrait.tags,
        _section(portrait.recommendations), _section(portrait.readings))


def _section(section: RecommendationList | ReadingList | None) -> tuple[str, str] | None:
    return (section.question.id, section.question.wording.text) if section else None


def bucket_keys(digests: Sequence[bytes]) -> list[bytes]:
    """The key of each bucket's file, from the digests of all shards: 16 bytes that change
    when a segment in it does."""
    together = memoryview(b"".join(digests)).cast("Q")
    buckets = len(digests[0]) // _DIGEST_BYTES if digests else 0
    return [digest(b"search", together[bucket::buckets].tobytes()) for bucket in range(buckets)]
