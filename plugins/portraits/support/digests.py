"""Hash content for comparison and for cache keys."""

from __future__ import annotations

import hashlib


def digest(*parts: bytes | str) -> bytes:
    """Return a 16-byte BLAKE2b hash of ``parts``.

    Each part is prefixed with its length, so that ("ab", "c") and ("a", "bc") differ.
    """
    framed: list[bytes] = []  # one update for all parts is faster: most are short
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        framed += (len(raw).to_bytes(8, "little"), raw)
    return hashlib.blake2b(b"".join(framed), digest_size=16).digest()
