"""The search index as files of the site (see :mod:`portraits.search`).

    recherche/index/portraits.json             the portraits and the names of the other files
    recherche/index/mots/<fingerprint>.words   one bucket of words

The buckets have a folder to themselves because hosts are told by folder what to keep for ever.
They are named after their content. The key of the listing stands for the whole index: it is the
*state* that :mod:`portraits.pages.search_edits` starts from.

Each shard is kept in the cache under the digests of its portraits; a build reads only the
portraits of shards that are not there. When nothing has changed, one entry of the cache
says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial

from portraits import addresses
from portraits.cache import Cache
from portraits.digests import digest
from portraits.pages.assembly import Assembly
from portraits.pages.spec import PageSpec
from portraits.reading import Progress
from portraits.search.kept import (
    Series,
    keep_series,
    keep_shard,
    kept_members,
    kept_segments,
    kept_series,
    shard_key,
    state_of,
)
from portraits.search.listing import listing, words_file
from portraits.search.postings import fingerprint
from portraits.search.shards import Shard, dealt, plan_for, shard_of
from portraits.search.spool import Spool
from portraits.values import dataclass
from portraits.workers import forked

LISTING = f"{addresses.SEARCH_INDEX}portraits.json"
_PARALLEL_FROM = 4
"""Fewer shards than this are indexed sooner than worker processes start."""


def search_files(
    assembly: Assembly, cache: Cache, processes: int = 1, progress: Progress | None = None,
) -> Iterator[PageSpec]:
    """The specs of the index's files. Indexes what the cache does not hold."""
    if not assembly.settings.search:
        return
    index = _Index(assembly, cache, processes, progress)
    for number, name in enumerate(index.names):
        yield words_spec(name, partial(index.bucket, number))
    yield PageSpec(LISTING, index.state, index.listing)


def words_spec(name: str, make: Callable[[], bytes]) -> PageSpec:
    """The spec of a bucket's file, which is named after its content."""
    return PageSpec(words_file(name), name.encode(), make)


@dataclass
class _Index:
    """The index of one build, and what of it the cache holds."""

    assembly: Assembly
    cache: Cache
    processes: int
    progress: Progress | None

    def __post_init__(self) -> None:
        portraits = self.assembly.library.portraits
        self.plan = plan_for(len(portraits))
        self.shards = dealt(portraits, self.plan)
        self.keys = tuple(
            shard_key(self.plan, ((o.lang, o.slug, o.digest) for o in shard))
            for shard in self.shards)
        """The cache key of each shard."""
        self.rest = digest(self.assembly.settings.lang, *self.assembly.library.by_tag)
        self.state = state_of(self.rest, self.keys)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of each bucket's file."""
        series = kept_series(self.cache, self.state)
        if series is None:
            self._spool = self._spooled(self._indexed_and_kept)
            names = (fingerprint(self.bucket(number)) for number in range(self.plan.buckets))
            series = Series(self.rest, self.keys, tuple(names))
            keep_series(self.cache, series)
            self.cache.commit()
        return series.names

    def bucket(self, number: int) -> bytes:
        """Content of a bucket's file."""
        return self._spool.bucket(number)

    def listing(self) -> bytes:
        """Content of the listing."""
        members = (kept_members(self.cache, key) for key in self.keys)
        entries = [known[1] if known else self.indexed(number).entries
                   for number, known in enumerate(members)]
        return listing(entries, self.names,
                       self.assembly.library.by_tag, self.assembly.settings.lang)

    @cached_property
    def _spool(self) -> Spool:
        # The names are known, but files are gone: in whichever process, which keeps nothing.
        return self._spooled(lambda missing: map(self.indexed, missing))

    def _spooled(self, index: Callable[[Sequence[int]], Iterable[Shard]]) -> Spool:
        """The segments of all shards; ``index`` makes those that the cache does not hold."""
        spool = Spool(self.plan.shards)
        missing = []
        for number, key in enumerate(self.keys):
            segments = kept_segments(self.cache, key)
            if segments is None:
                missing.append(number)
            else:
                spool.add(number, segments)
        for number, shard in zip(missing, index(missing), strict=True):
            spool.add(number, shard.segments)
        return spool

    def _indexed_and_kept(self, numbers: Sequence[int]) -> Iterator[Shard]:
        for done, (number, shard) in enumerate(
            zip(numbers, self._indexed(numbers), strict=True), 1
        ):
            if self.progress:
                self.progress("index de recherche", done, len(numbers))
            digests = tuple(outline.digest for outline in self.shards[number])
            keep_shard(self.cache, number, self.keys[number], digests, shard)
            yield shard

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
