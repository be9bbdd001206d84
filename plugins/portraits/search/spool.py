"""The segments of all shards on disk, where the build takes them bucket by bucket.

They come shard by shard and are wanted bucket by bucket; in memory they would be two
kilobytes a portrait, in every process that writes a file of the index.
"""

from __future__ import annotations

import os
import tempfile
import weakref
from array import array
from collections.abc import Sequence
from itertools import accumulate

from portraits.search.postings import in_file


class Spool:
    """A file without a name, gone when nothing refers to it. Copies of the process read it too."""

    def __init__(self, shards: int) -> None:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the next line
        weakref.finalize(self, file.close)
        self._file = file
        self._end = 0
        self._begins: list[array[int]] = [array("Q") for _ in range(shards)]
        """Where the parts of each shard begin, and at the end of the list, where they end."""

    def add(self, shard: int, segments: Sequence[bytes]) -> None:
        """Take in the segments of a shard; shards may come in any order."""
        parts = [in_file(shard, segment) for segment in segments]
        self._begins[shard] = array("Q", accumulate(map(len, parts), initial=self._end))
        self._end = self._begins[shard][-1]
        self._file.write(b"".join(parts))
        self._file.flush()

    def bucket(self, number: int) -> bytes:
        """Content of a bucket's file, once all shards are there."""
        handle = self._file.fileno()
        return b"".join([
            os.pread(handle, begins[number + 1] - begins[number], begins[number])
            for begins in self._begins if begins[number + 1] > begins[number]])
