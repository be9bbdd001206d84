"""Derive the search index (:mod:`portraits.series.search`): what each shard has, names of files."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from itertools import chain

from portraits.series.reads import Series
from portraits.series.search.postings import fingerprint, in_file, segments
from portraits.series.search.shards import Plan, plan_for
from portraits.series.search.spelling import spelling_files, spelt
from portraits.series.tables import BucketRow, SegmentRow, SpellingRow
from portraits.series.views.view import View
from portraits.settings import Settings


def _count(series: Series) -> int:
    count: int = series.sql("SELECT count(*) FROM vocabulary WHERE position IS NOT NULL")[0][0]
    return count


def _shards(series: Series, settings: Settings) -> Iterator[str]:
    """Yield the keys of the shards. A key contains the plan, because another plan has other
    shards."""
    if settings.search:
        plan = plan_for(_count(series))
        yield from (f"{plan.shards}/{plan.buckets}/{shard}" for shard in range(plan.shards))


def _segments(series: Series, settings: Settings, key: str) -> Iterator[SegmentRow | SpellingRow]:
    shards, buckets, shard = map(int, key.split("/"))
    members = series.in_shard(*Plan(shards, buckets).hashes(shard))
    ordered = sorted((row.lang, row.slug, row.words) for row in members)
    words = [marshal.loads(words) for _, _, words in ordered]  # noqa: S302 - our own database
    for bucket, segment in enumerate(segments(words, buckets)):
        yield SegmentRow(key, bucket, shard, in_file(shard, segment))
    for number, terms in enumerate(spelt({*chain(*words)}, spelling_files(buckets))):
        if terms:
            yield SpellingRow(key, number, " ".join(terms))


def _buckets(series: Series, settings: Settings) -> Iterator[str]:
    if settings.search:
        yield from map(str, range(plan_for(_count(series)).buckets))


def bucket_content(series: Series, bucket: int) -> bytes:
    """Return the content of a file of the index: the segments of all shards."""
    return b"".join(row.content for row in series.rows(SegmentRow, "bucket", bucket))


def _bucket(series: Series, settings: Settings, key: str) -> Iterator[BucketRow]:
    yield BucketRow(int(key), fingerprint(bucket_content(series, int(key))))


SEGMENTS = View("segments", (SegmentRow, SpellingRow), _shards, _segments)
BUCKETS = View("buckets", (BucketRow,), _buckets, _bucket)
