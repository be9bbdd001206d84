"""The search index as files of the site (see :mod:`portraits.search`).

    recherche/index/portraits.json             the portraits and the names of the other files
    recherche/index/mots/<fingerprint>.words   one bucket of words

The buckets have a folder to themselves because hosts are told by folder what to keep for ever.
Their names change with the code as well as with the words: new code may write other bytes.

Each shard is kept in the cache under the digests of its portraits; a build reads only the
portraits of shards that are not there. When nothing has changed, one entry of the cache
says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from portraits import addresses
from portraits.cache import Cache, code_version
from portraits.digests import digest
from portraits.pages.assembly import Assembly
from portraits.pages.spec import PageSpec
from portraits.search.listing import listing
from portraits.search.postings import bucket_file
from portraits.search.shards import Entry, Shard, bucket_keys, dealt, plan_for, shard_of
from portraits.workers import forked

LISTING = f"{addresses.SEARCH_INDEX}portraits.json"
_PARALLEL_FROM = 4
"""Fewer shards than this are indexed sooner than worker processes start."""


def search_files(assembly: Assembly, cache: Cache, processes: int = 1) -> Iterator[PageSpec]:
    """The specs of the index's files. Indexes what the cache does not hold."""
    if not assembly.settings.search:
        return
    index = _Index(assembly, cache, processes)
    keys = index.bucket_keys()
    files = [f"{addresses.SEARCH_WORDS}{key.hex()[:16]}.words" for key in keys]
    for bucket, (key, file) in enumerate(zip(keys, files, strict=True)):
        yield PageSpec(file, key, partial(index.bucket, bucket))
    names = tuple(file.removeprefix(addresses.SEARCH_INDEX) for file in files)
    yield PageSpec(
        LISTING,
        assembly.key("search-listing", index.key, names, tuple(assembly.library.by_tag)),
        partial(index.listing, names))


_Facts = tuple[tuple[Entry, ...], bytes]
"""A shard's entries, and the digests of its segments."""


@dataclass
class _Index:
    """The index of one build, and what of it the cache holds."""

    assembly: Assembly
    cache: Cache
    processes: int

    def __post_init__(self) -> None:
        portraits = self.assembly.library.portraits
        self.plan = plan_for(len(portraits))
        self.shards = dealt(portraits, self.plan)
        base = digest(code_version(), b"search", repr(self.plan))
        self.keys = [
            digest(base, *(part for o in shard for part in (o.lang, o.slug, o.digest)))
            for shard in self.shards]
        """The cache key of each shard."""
        self.key = digest(*self.keys)

    def bucket_keys(self) -> list[bytes]:
        """The key of each bucket's file, in order."""
        known: list[bytes] | None = self.cache.get(self.key)
        if known is None:
            words = bucket_keys([digests for _, digests in self._facts])
            known = [digest(code_version(), key) for key in words]
            self.cache.put(self.key, known)
            self.cache.commit()
        return known

    def bucket(self, number: int) -> bytes:
        """Content of a bucket's file."""
        return bucket_file(segments[number] for segments in self._segments)

    def listing(self, names: Sequence[str]) -> bytes:
        """Content of the listing."""
        return listing([entries for entries, _ in self._facts], names,
                       self.assembly.library.by_tag, self.assembly.settings.lang)

    @cached_property
    def _facts(self) -> list[_Facts]:
        wanted = {_facts_key(key): number for number, key in enumerate(self.keys)}
        kept: dict[int, _Facts] = {
            wanted[key]: facts for key, facts in self.cache.get_many(wanted)}
        missing = [number for number in range(len(self.keys)) if number not in kept]
        for number, shard in zip(missing, self._indexed(missing), strict=True):
            kept[number] = shard.entries, shard.digests
            self.cache.put(_facts_key(self.keys[number]), kept[number])
            self.cache.put(self.keys[number], shard.segments)
        return [kept[number] for number in range(len(self.keys))]

    @cached_property
    def _segments(self) -> list[tuple[bytes, ...]]:
        return [self.cache.get(key) or self.indexed(number).segments
                for number, key in enumerate(self.keys)]

    def indexed(self, number: int) -> Shard:
        """A shard, made from its portraits."""
        return shard_of([self.assembly.load(outline) for outline in self.shards[number]],
                        self.plan)

    def _indexed(self, numbers: Sequence[int]) -> Iterator[Shard]:
        if self.processes < 2 or len(numbers) < _PARALLEL_FROM:
            yield from map(self.indexed, numbers)
            return
        global _index
        _index = self
        with forked(self.processes) as pool:
            yield from pool.imap(_indexed_in_worker, numbers)
        _index = None


_index: _Index | None = None


def _indexed_in_worker(number: int) -> Shard:
    assert _index is not None  # noqa: S101 - set before the fork
    return _index.indexed(number)


def _facts_key(key: bytes) -> bytes:
    return digest(b"facts", key)
