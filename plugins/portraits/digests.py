"""Hashes that stand for content."""

from __future__ import annotations

import hashlib


def digest(*parts: bytes | str) -> bytes:
    """Sixteen bytes that stand for ``parts``: BLAKE2b over each part with its length."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(raw).to_bytes(8, "little"))
        state.update(raw)
    return state.digest()
