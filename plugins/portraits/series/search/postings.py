"""Encode the index: which words occur in which passages.

The portraits are distributed over *shards* and the words over *buckets*; a *segment* is the part of
a bucket that comes from one shard, and a bucket's file is the segments of all shards. An edit
changes only segments of one shard, and only those whose words it adds or removes.

    file     = (shard, length, segment)*               length in bytes, shards ascending
    segment  = (shared, rest, letter{rest}, portrait* 0)*         terms ascending
    portrait = step, count, passage{count}             step from the previous portrait, from -1
    passage  = 2 × its number + 1 if the word is in the heading     ascending

``shared`` is the number of bytes shared with the previous term; letters are UTF-8. Every number is
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
"""Term -> its passages in one portrait, encoded: ``count, passage{count}``."""
Postings = Mapping[str, Sequence[tuple[int, bytes]]]
"""Term -> for each portrait that contains it, its position in the shard and its encoded
passages."""


@lru_cache(maxsize=1 << 16)
def _hash(letters: str) -> int:
    """Return the 32-bit FNV-1a hash of the UTF-8 form, which ``search-index.js`` computes too."""
    state = 0x811C9DC5
    for byte in letters.encode():
        state = (state ^ byte) * 0x01000193 & 0xFFFFFFFF
    return state


def bucket(term: str, buckets: int) -> int:
    """Return the bucket of a term; ``buckets`` is a power of two.

    Words with the same first letters share a bucket, so that a search for the beginning of a word
    loads one file.
    """
    state = _hash(term[:KEPT_LETTERS])
    return (state ^ state >> 16) & buckets - 1


def words_of(passages: Iterable[Passage]) -> Words:
    """Return the terms of one portrait with their encoded passages."""
    found: dict[str, bytes] = {}  # appending to short bytes is faster than to lists
    known = found.get
    for number, (heading, text) in enumerate(passages):
        in_heading = _terms_of_heading(heading)
        code = numbers((number << 1 | 1,))
        for term in in_heading:
            found[term] = known(term, b"") + code
        code = numbers((number << 1,))
        for term in terms(text) - in_heading:
            found[term] = known(term, b"") + code
    return {
        term: _COUNTS[len(codes)] + codes if codes.isascii() else _counted(codes)
        for term, codes in found.items()
    }


@lru_cache(maxsize=1 << 12)
def _terms_of_heading(heading: str) -> frozenset[str]:
    """Return the terms of a heading, cached: portraits share their questions."""
    return frozenset(terms(heading))


def _counted(codes: bytes) -> bytes:
    """Prefix encoded numbers with their count, which is the number of bytes below 128."""
    return numbers((sum(byte < 128 for byte in codes),)) + codes


_COUNTS = tuple(numbers((count,)) for count in range(65))
"""Encoded counts up to 64 passages, for the usual case of one byte per passage."""


def segments(shard: Iterable[Words], buckets: int) -> tuple[bytes, ...]:
    """Return the segments of a shard, one per bucket, from the words of its portraits."""
    postings: defaultdict[str, list[tuple[int, bytes]]] = defaultdict(list)
    for position, words in enumerate(shard):
        for term, written in words.items():
            postings[term].append((position, written))
    return tuple(
        segment({term: postings[term] for term in sorted(terms_here)})
        for terms_here in dealt(postings, buckets)
    )


def dealt(terms_found: Iterable[str], buckets: int) -> list[list[str]]:
    """Distribute terms over buckets: return the terms of each bucket, in their order."""
    found: list[list[str]] = [[] for _ in range(buckets)]
    for term in terms_found:
        found[bucket(term, buckets)].append(term)
    return found


def segment(postings: Postings) -> bytes:
    """Encode a segment; terms and positions must be sorted."""
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
            if step < 128:  # nearly always: one byte is its own encoding
                written.append(step)
            else:
                written += numbers((step,))
            written += passages
            last = position
        written += b"\0"
    return bytes(written)


def _shared(one: bytes, other: bytes) -> int:
    """Return the length in bytes of the common prefix."""
    for position, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return position
    return min(len(one), len(other))


def in_file(shard: int, segment: bytes) -> bytes:
    """Return a segment as its bucket's file contains it; empty if it has no words."""
    return numbers((shard, len(segment))) + segment if segment else b""


def fingerprint(content: bytes) -> str:
    """Return the name of a bucket's file: a hash of its content."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()
