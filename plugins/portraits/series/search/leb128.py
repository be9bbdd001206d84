"""Encode non-negative integers as bytes.

Seven bits per byte, least significant first; the high bit is set on all bytes but the last (LEB128,
DWARF 5, section 7.6).
"""

from __future__ import annotations

from collections.abc import Sequence


def numbers(values: Sequence[int]) -> bytes:
    """Encode non-negative integers as LEB128, one after the other."""
    try:  # the usual case: every number is below 128 and is its own encoding
        small = bytes(values)
    except ValueError:  # one is greater than 255
        return _long(values)
    return small if small.isascii() else _long(values)


def _long(values: Sequence[int]) -> bytes:
    encoded = bytearray()
    for value in values:
        while value >= 128:
            encoded.append(value & 127 | 128)
            value >>= 7
        encoded.append(value)
    return bytes(encoded)
