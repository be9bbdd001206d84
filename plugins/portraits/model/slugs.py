"""Names that stand in addresses: file stems, slugs and the ids of questions.

    slug = [a-z0-9]+ ("-" [a-z0-9]+)*        at most 120 characters
"""

from __future__ import annotations

import re

from portraits.model.addresses import slug_of

_SLUG = re.compile(r"(?=.{1,120}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Whether ``text`` may stand in an address as it is."""
    return bool(_SLUG.fullmatch(text))


def id_of(wording: str, *, limit: int = 60) -> str:
    """The id that a question gets from its wording, cut after a whole word.

    « En quoi as-tu étudié ? » gives ``en-quoi-as-tu-etudie``.
    """
    slug = slug_of(wording)
    if len(slug) <= limit:
        return slug
    whole, _, _ = slug[: limit + 1].rpartition("-")
    return whole or slug[:limit]
