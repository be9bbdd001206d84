"""Validate and make slugs: file stems and question ids used in addresses.

slug = [a-z0-9]+ ("-" [a-z0-9]+)*        at most 120 characters
"""

from __future__ import annotations

import re

from portraits.model.addresses import slug_of

_SLUG = re.compile(r"(?=.{1,120}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Return whether ``text`` is a valid slug."""
    return bool(_SLUG.fullmatch(text))


def id_of(wording: str, *, limit: int = 60) -> str:
    """Make a question's id from its wording, of at most ``limit`` characters, cut between words.

    « En quoi as-tu étudié ? » gives ``en-quoi-as-tu-etudie``.
    """
    slug = slug_of(wording)
    if len(slug) <= limit:
        return slug
    whole, _, _ = slug[: limit + 1].rpartition("-")
    return whole or slug[:limit]
