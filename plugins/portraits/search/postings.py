"""The index's bytes: which words stand in which passages.

The portraits are dealt out to *shards* and the words to *buckets*; a *segment* is what one
shard has in one bucket, and a bucket's file is the segments of all shards. An edit changes
the segments of one shard, and only those whose words it adds or takes away.

    file     = (shard, length, segment)*               length in bytes, shards ascending
    segment  = (shared, rest, letter{rest}, portrait* 0)*         terms ascending
    portrait = step, count, passage{count}             step from the portrait before, from -1
    passage  = 2 × its number + 1 if the word is in the heading     ascending

``shared`` bytes of a term are those of the term before; letters are UTF-8. Every number is
written seven bits a byte, least significant first, the high bit set on all bytes but the
last (LEB128, DWARF 5, section 7.6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from portraits.search.passages import Passage
from portraits.search.words import KEPT_LETTERS, terms_of_each


def numbers(values: Sequence[int]) -> bytes:
    """Numbers that are not negative, as LEB128. There is at least one."""
    if max(values) < 128:
        return bytes(values)
    encoded = bytearray()
    for value in values:
        while value >= 128:
            encoded.append(value & 127 | 128)
            value >>= 7
        encoded.append(value)
    return bytes(encoded)


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


def segments(shard: Iterable[Iterable[Passage]], buckets: int) -> tuple[bytes, ...]:
    """The segments of a shard, one a bucket, from the passages of its portraits."""
    postings: defaultdict[str, bytearray] = defaultdict(bytearray)
    last: dict[str, int] = {}
    for position, passages in enumerate(shard):
        for term, codes in _occurrences(passages).items():
            postings[term] += numbers((position - last.get(term, -1), len(codes), *codes))
            last[term] = position
    dealt: list[list[str]] = [[] for _ in range(buckets)]
    for term in sorted(postings):
        dealt[bucket(term, buckets)].append(term)
    return tuple(_segment(terms_here, postings) for terms_here in dealt)


def _occurrences(passages: Iterable[Passage]) -> dict[str, list[int]]:
    """Term -> its passages in one portrait, as they are written."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    each = terms_of_each([text for passage in passages for text in passage])
    for number, (in_heading, in_text) in enumerate(zip(each, each, strict=True)):
        for term in in_heading:
            found[term].append(number << 1 | 1)
        for term in in_text - in_heading:
            found[term].append(number << 1)
    return found


def _segment(terms_here: Iterable[str], postings: Mapping[str, bytearray]) -> bytes:
    written = bytearray()
    before = b""
    for term in terms_here:
        letters = term.encode()
        shared = _shared(before, letters)
        written += numbers((shared, len(letters) - shared)) + letters[shared:]
        written += postings[term] + b"\0"
        before = letters
    return bytes(written)


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes they begin with in common."""
    for position, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return position
    return min(len(one), len(other))


def bucket_file(parts: Iterable[bytes]) -> bytes:
    """A bucket's file, from its segments in the order of the shards."""
    return b"".join(
        piece
        for shard, segment in enumerate(parts) if segment
        for piece in (numbers((shard, len(segment))), segment))
