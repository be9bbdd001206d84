"""Describe a picture as published, for feeds, metadata and exports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublishedImage:
    """One encoded picture at its absolute address."""

    url: str
    media_type: str
    """Always ``image/jpeg`` in feeds, which every feed reader can show."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    length: int = 0
    """Bytes; 0 when unknown."""
    alt: str = ""
    credit: str = ""
