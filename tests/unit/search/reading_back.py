"""Reads the bytes of the index by the grammar that ``series.search.postings`` describes."""

from __future__ import annotations

from collections.abc import Iterator

Place = tuple[int, int, bool]
"""Portrait, passage, whether in the heading."""


def read_numbers(encoded: Iterator[int]) -> Iterator[int]:
    value, shift = 0, 0
    for byte in encoded:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value, shift = 0, 0


def read_segment(segment: bytes) -> dict[str, list[Place]]:
    encoded = iter(segment)
    following = read_numbers(encoded)
    found: dict[str, list[Place]] = {}
    letters = b""
    for shared in following:
        rest = next(following)
        letters = letters[:shared] + bytes(next(encoded) for _ in range(rest))
        places = found.setdefault(letters.decode(), [])
        portrait = -1
        while step := next(following):
            portrait += step
            for _ in range(next(following)):
                code = next(following)
                places.append((portrait, code >> 1, bool(code & 1)))
    return found


def read_file(content: bytes) -> dict[tuple[int, str], list[Place]]:
    """A bucket's file: (shard, term) -> places."""
    encoded = iter(content)
    following = read_numbers(encoded)
    found: dict[tuple[int, str], list[Place]] = {}
    for shard in following:
        length = next(following)
        segment = bytes(next(encoded) for _ in range(length))
        found.update({(shard, term): places for term, places in read_segment(segment).items()})
    return found
