"""The index's bytes: which words stand in which passages.

The portraits are dealt out to *shards* and the words to *buckets*; a *segment* is what one
shard has in one bucket, and a bucket's file is the segments of all shards. An edit changes
the segments of one shard, and only those whose words it adds or takes away.

    file     = (shard, length, segment)*               length in bytes, shards ascending
    segment  = (shared, rest, letter{rest}, portrait* 0)*         terms ascending
    portrait = step, count, passage{count}             step from the portrait before, from -1
    passage  = 2 × its number + 1 if the word is in the heading     ascending

``shared`` bytes of a term are those of the term before; letters are UTF-8. Every number is
written as LEB128 (:mod:`portraits.series.search.leb128`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from portraits.series.search.leb128 import numbers
from portraits.series.search.passages import Passage
from portraits.series.search.words import KEPT_LETTERS, terms

Words = Mapping[str, bytes]
"""Term -> its passages in one portrait as they are written: ``count, passage{count}``."""
Postings = Mapping[str, Sequence[tuple[int, bytes]]]
"""Term -> for each portrait that holds it, its position in the shard and its passages."""


@lru_cache(maxsize=1 << 16)
def _hash(letters: str) -> int:
    """FNV-1a, 32 bits, of the UTF-8 form."""
    state = 0x811C9DC5
    for byte in letters.encode():
        state = (state ^ byte) * 0x01000193 & 0xFFFFFFFF
    return state


def bucket(term: str, buckets: int) -> int:
    """The bucket of a term: words that begin alike share one, so that the beginning of a
    word finds its continuations there. ``buckets`` is a power of two."""
    state = _hash(term[:KEPT_LETTERS])
    return (state ^ state >> 16) & buckets - 1


def words_of(passages: Iterable[Passage]) -> Words:
    """What one portrait brings to its shard."""
    found: dict[str, bytes] = {}  # bytes grow faster than lists of the few numbers that there are
    known = found.get
    for number, (heading, text) in enumerate(passages):
        in_heading = _terms_of_heading(heading)
        code = numbers((number << 1 | 1,))
        for term in in_heading:
            found[term] = known(term, b"") + code
        code = numbers((number << 1,))
        for term in terms(text) - in_heading:
            found[term] = known(term, b"") + code
    return {term: _COUNTS[len(codes)] + codes if codes.isascii() else _counted(codes)
            for term, codes in found.items()}


@lru_cache(maxsize=1 << 12)
def _terms_of_heading(heading: str) -> frozenset[str]:
    """Questions are the same in portrait after portrait."""
    return frozenset(terms(heading))


def _counted(codes: bytes) -> bytes:
    """Numbers that are written, after how many they are: as many as last bytes."""
    return numbers((sum(byte < 128 for byte in codes),)) + codes


_COUNTS = tuple(numbers((count,)) for count in range(65))
"""As many numbers as can be written with a byte each for one term: 64 passages."""


def segments(shard: Iterable[Words], buckets: int) -> tuple[bytes, ...]:
    """The segments of a shard, one a bucket, from the words of its portraits."""
    postings: defaultdict[str, list[tuple[int, bytes]]] = defaultdict(list)
    for position, words in enumerate(shard):
        for term, written in words.items():
            postings[term].append((position, written))
    return tuple(segment({term: postings[term] for term in sorted(terms_here)})
                 for terms_here in dealt(postings, buckets))


def dealt(terms_found: Iterable[str], buckets: int) -> list[list[str]]:
    """The terms of each bucket."""
    found: list[list[str]] = [[] for _ in range(buckets)]
    for term in terms_found:
        found[bucket(term, buckets)].append(term)
    return found


def segment(postings: Postings) -> bytes:
    """A segment; terms and positions are in their order."""
    written = bytearray()
    before = b""
    for term, portraits in postings.items():
        letters = term.encode()
        shared = _shared(before, letters)
        written += numbers((shared, len(letters) - shared)) + letters[shared:]
        before = letters
        last = -1
        for position, passages in portraits:
            step = position - last
            if step < 128:  # nearly always: that is a number in itself
                written.append(step)
            else:
                written += numbers((step,))
            written += passages
            last = position
        written += b"\0"
    return bytes(written)


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes they begin with in common."""
    for position, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return position
    return min(len(one), len(other))


def in_file(shard: int, segment: bytes) -> bytes:
    """A segment as it stands in its bucket's file: nothing where there is no word."""
    return numbers((shard, len(segment))) + segment if segment else b""


def fingerprint(content: bytes) -> str:
    """What a bucket's file is called."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()
