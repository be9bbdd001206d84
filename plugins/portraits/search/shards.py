"""How a series is dealt out to shards and buckets, and what is known of each portrait.

    shards  = power of two, 24 to 48 portraits each       what a new portrait indexes again
    buckets = power of two, 12 to 24 portraits each       what a reader loads for a word

A portrait's shard is a hash of its language and slug, so that no other portrait moves when
one comes or goes; only when the series doubles is it dealt out anew.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Sequence

from portraits.model import Portrait, ReadingList, RecommendationList
from portraits.outline import Outline
from portraits.packing import packed
from portraits.search.passages import passages
from portraits.search.postings import segments, words_of
from portraits.values import dataclass

_SHARD_SIZE = 48
_BUCKET_SIZE = 24


@dataclass(frozen=True, slots=True)
class Plan:
    """In how many parts an index is made."""

    shards: int
    buckets: int


@packed
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
        shards[number_of_shard(outline.lang, outline.slug, plan)].append(outline)
    return tuple(tuple(sorted(shard, key=lambda o: (o.lang, o.slug))) for shard in shards)


def number_of_shard(lang: str, slug: str, plan: Plan) -> int:
    """The shard in which a portrait is."""
    return zlib.crc32(f"{lang}/{slug}".encode()) & plan.shards - 1


def shard_of(portraits: Sequence[Portrait], plan: Plan) -> Shard:
    """The shard that holds ``portraits``, given in the order of :func:`dealt`."""
    words = (words_of(passages(portrait)) for portrait in portraits)
    return Shard(tuple(map(entry_of, portraits)), segments(words, plan.buckets))


def entry_of(portrait: Portrait) -> Entry:
    """What the reader's side knows of ``portrait`` at first."""
    return Entry(
        portrait.slug, portrait.lang, (portrait.date - dt.date(1970, 1, 1)).days, portrait.tags,
        _section(portrait.recommendations), _section(portrait.readings))


def _section(section: RecommendationList | ReadingList | None) -> tuple[str, str] | None:
    return (section.question.id, section.question.wording.text) if section else None
