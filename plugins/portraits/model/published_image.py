"""A picture as the published site serves it, for everything that machines read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedImage:
    """One encoded picture at its absolute address."""

    url: str
    media_type: str
    """``image/jpeg``: feeds are given a format that every reader can show."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    length: int = 0
    """Bytes; 0 when not known."""
    alt: str = ""
    credit: str = ""
