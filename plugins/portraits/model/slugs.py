"""Validate and make slugs: file stems and question ids used in addresses; compare spellings.

slug = [a-z0-9]+ ("-" [a-z0-9]+)*        at most 120 characters
"""

from __future__ import annotations

import re
import unicodedata

from portraits.model.addresses import LONGEST_SLUG, slug_of

LONGEST_ID = 60
"""Characters of an id that is made from a wording, or of a file stem that is made from a name."""
RESERVED_IDS = frozenset(
    {
        "accueil",
        "autres",
        "citation",
        "commentaires",
        "comptes",
        "contenu",
        "corrections",
        "entete",
        "fil",
        "haut",
        "introduction",
        "lectures",
        "licence",
        "main",
        "menu",
        "navigation",
        "notes",
        "page",
        "photo",
        "pied",
        "portrait",
        "questions",
        "recherche",
        "recommandations",
        "sommaire",
        "suivre",
        "titre",
    }
)
"""Ids used by the page templates. ``fn-…`` and ``fnref-…`` are reserved for footnotes."""
_FOOTNOTE_ID = re.compile(r"fn(?:ref)?(?:-|$)")
_SLUG = re.compile(rf"(?=.{{1,{LONGEST_SLUG}}}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
_BETWEEN_WORDS = re.compile(r"[\s'’‘ʼ‐‑-]+")


def is_slug(text: str) -> bool:
    """Return whether ``text`` is a valid slug."""
    return bool(_SLUG.fullmatch(text))


def is_footnote_id(text: str) -> bool:
    """Return whether ``text`` is an id that footnotes have."""
    return bool(_FOOTNOTE_ID.match(text))


def is_reserved(text: str) -> bool:
    """Return whether ``text`` is an id of the page itself, which no question may have."""
    return text in RESERVED_IDS or is_footnote_id(text)


def id_of(wording: str) -> str:
    """Make a question's id from its wording, or the stem of a file from a name.

    « En quoi as-tu étudié ? » gives ``en-quoi-as-tu-etudie``. The id of a long wording ends with a
    hash: two questions that begin alike are two questions.
    """
    return slug_of(wording, LONGEST_ID)


def spelling_of(label: str) -> str:
    """Return a label without what makes no difference to a reader: capitals, and the kind of
    apostrophe, hyphen or space.

    Labels that are still different, « marche » and « marché », are two words.
    """
    return _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFKC", label).casefold()).strip()
