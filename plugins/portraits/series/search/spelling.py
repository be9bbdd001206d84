"""Collect the words of the index that a word without any result may have meant.

    recherche/index/voisins/<number>.json       the terms that begin with some letters, as a list

The first letter decides the file, by the hash that distributes terms over buckets
(:func:`portraits.series.search.postings.bucket`). Terms come by the number of shards that contain
them, highest first, so that the browser takes the most usual of several that are equally near; ties
are in alphabetical order. A file holds MOST terms: beyond those, words are rare.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from portraits.model import addresses
from portraits.series.search.postings import bucket
from portraits.series.search.words import KEPT_LETTERS

MOST = 2000
"""Maximum number of terms in a file."""
LONGEST = 20
"""Maximum number of letters of a term to suggest."""
_FILES = 32


def spelling_files(buckets: int) -> int:
    """Return the number of files for an index of that many buckets: a power of two."""
    return min(buckets, _FILES)


def spelling_address(number: int) -> str:
    """Return the address of a file."""
    return f"{addresses.SEARCH_SPELLINGS}{number}.json"


def spelt(terms: Iterable[str], files: int) -> list[list[str]]:
    """Distribute the terms of a shard that can be suggested: return those of each file, sorted."""
    found: list[list[str]] = [[] for _ in range(files)]
    for term in sorted(terms):
        if KEPT_LETTERS <= len(term) <= LONGEST and term.isalpha():
            found[bucket(term[0], files)].append(term)
    return found


def spelling_content(shards: Iterable[Iterable[str]]) -> bytes:
    """Return the content of a file, from the terms that each shard has for it."""
    counts = Counter[str]()
    for terms in shards:
        counts.update(terms)
    words = sorted(counts, key=lambda term: (-counts[term], term))[:MOST]
    return f"{json.dumps(words, ensure_ascii=False, separators=(',', ':'))}\n".encode()
