"""Choose how long browsers keep a file of a bucket, as in :mod:`portraits.output.hosting`."""

from __future__ import annotations

from portraits.model import addresses
from portraits.output.hosting.rules import FOREVER, SHORTLY


def caching(path: str) -> str:
    """Return the ``Cache-Control`` of a file of the site."""
    return FOREVER if path.startswith(addresses.IMMUTABLE) else SHORTLY
