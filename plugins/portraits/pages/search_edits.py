"""The search index after an edit of a few texts, from what the last build left behind.

Where the same portraits stand in the series, an edit is seen in its portrait's shard, and there
in the segments of the words that it adds or takes away. The files that hold these are taken as
they are published and get the new segments; all else stays as it is. Nothing more of the series
is read, however long it is.

What is taken is not trusted: the state names the shard, the digest that the portrait had there,
and the files by the hash of what they hold. Where one of them is not as it should be there
is no short way, and :func:`portraits.pages.search_pages.search_files` makes the same files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial

from portraits.cache import Cache
from portraits.model import Portrait
from portraits.pages.search_pages import LISTING, words_spec
from portraits.pages.spec import PageSpec
from portraits.search.kept import (
    Series,
    keep_series,
    keep_shard,
    kept_members,
    kept_segments,
    kept_series,
    shard_key,
)
from portraits.search.listing import with_names, words_file
from portraits.search.passages import passages
from portraits.search.postings import changed_segments, fingerprint, with_segments, words_of
from portraits.search.shards import Plan, Shard, entry_of, number_of_shard
from portraits.values import dataclass


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A portrait whose text alone is another: it stands where it stood, under the same name."""

    lang: str
    slug: str
    before: str
    """:attr:`Outline.digest` in the published series."""
    after: str
    """The same now."""
    load: Callable[[], tuple[Portrait, Portrait]]
    """Reads the portrait as it was and as it is."""


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """What edits change of the published index."""

    specs: tuple[PageSpec, ...]
    """The files that are new, and the listing, which is always the last."""
    gone: tuple[str, ...]
    """Addresses of files that are no part of the site any more."""
    state: bytes
    """What the next edit starts from: the key of the listing."""


class _Unexpected(Exception):
    """Something is not there, or is not what the state says."""


def search_files_of_edits(
    state: bytes, edits: Iterable[TextEdit], published: Callable[[str], bytes], cache: Cache,
) -> SearchFiles | None:
    """The files of the index after ``edits``; None where they must be made from the series.

    ``state`` is the key of the published listing; ``published`` gives the content of a
    published file by its address, and raises OSError where there is none.
    """
    series = kept_series(cache, state)
    if series is None:
        return None
    try:
        return _after(series, edits, published, cache)
    except (_Unexpected, OSError):
        return None


def _after(
    series: Series, edits: Iterable[TextEdit], published: Callable[[str], bytes], cache: Cache,
) -> SearchFiles:
    in_shard: defaultdict[int, list[TextEdit]] = defaultdict(list)
    for edit in edits:
        in_shard[number_of_shard(edit.lang, edit.slug, series.plan)].append(edit)
    keys = list(series.keys)
    in_bucket: defaultdict[int, dict[int, bytes]] = defaultdict(dict)
    for shard, its_edits in in_shard.items():
        keys[shard], segments = _edited_shard(
            cache, series.plan, shard, keys[shard], its_edits)
        for bucket, segment in segments.items():
            in_bucket[bucket][shard] = segment
    names = list(series.names)
    specs = []
    for bucket, changed in sorted(in_bucket.items()):
        before = published(words_file(names[bucket]))
        if fingerprint(before) != names[bucket]:
            raise _Unexpected
        content = with_segments(before, changed)
        names[bucket] = fingerprint(content)
        specs.append(words_spec(names[bucket], partial(bytes, content)))
    listing = with_names(published(LISTING), series.names, names)
    if listing is None:
        raise _Unexpected
    now = Series(series.rest, tuple(keys), tuple(names))
    keep_series(cache, now)
    gone = sorted(set(series.names) - set(names))
    return SearchFiles(
        (*specs, PageSpec(LISTING, now.state, partial(bytes, listing))),
        tuple(map(words_file, gone)), now.state)


def _edited_shard(
    cache: Cache, plan: Plan, shard: int, key: bytes, edits: Iterable[TextEdit],
) -> tuple[bytes, dict[int, bytes]]:
    """The key of the shard after ``edits``, and what it has in other words in which bucket."""
    members, segments = kept_members(cache, key), kept_segments(cache, key)
    if members is None or segments is None:
        raise _Unexpected
    digests, entries = list(members[0]), members[1]
    positions = {(entry.lang, entry.slug): number for number, entry in enumerate(entries)}
    before, after = {}, {}
    for edit in edits:
        position = positions.get((edit.lang, edit.slug), -1)
        old, new = edit.load()
        if (position < 0 or digests[position] != edit.before
                or entry_of(new) != entries[position]):
            raise _Unexpected
        digests[position] = edit.after
        before[position], after[position] = words_of(passages(old)), words_of(passages(new))
    try:
        changed = changed_segments(segments, before, after, plan.buckets)
    except ValueError as error:
        raise _Unexpected from error
    key = shard_key(plan, ((entry.lang, entry.slug, digest)
                           for entry, digest in zip(entries, digests, strict=True)))
    keep_shard(cache, shard, key, tuple(digests), Shard(entries, tuple(
        changed.get(bucket, segment) for bucket, segment in enumerate(segments))))
    return key, changed
