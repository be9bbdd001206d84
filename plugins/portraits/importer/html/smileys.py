"""Smileys that blog engines turned into pictures, back to the characters that were typed.

smiley = emoticon | ":" name ":" | emoji        as the text that stands for the picture
"""

from __future__ import annotations

import re
import unicodedata

from bs4 import Tag

_EMOTICON = re.compile(
    r"[<>}]?[:;=8xXB]['’,]?[-~o^]?[()\[\]{}DdPpOoSs3|/\\*$@!?#]{1,3}"
    r"|[()\[\]DdOo][-~o^]?['’]?[:;=]|<[3/]3?|[\^>oO0xXT-][._-]{0,3}[\^<oO0xXT-]|:[a-z_+-]{2,20}:"
)
_CLASSES = frozenset({"wp-smiley", "emoji", "emoticon", "smiley", "smilie"})
_JOINING = frozenset({"Cf", "Mn", "Sk", "So"})


def is_smiley(text: str) -> bool:
    """Whether the text that stands for a picture is a smiley."""
    text = text.strip()
    return bool(_EMOTICON.fullmatch(text)) or (
        bool(text)
        and any(unicodedata.category(char) == "So" for char in text)
        and all(unicodedata.category(char) in _JOINING or char in "#*0123456789" for char in text)
    )


def smileys_as_text(tree: Tag) -> None:
    """Put the text of each smiley in ``tree`` where its picture stands."""
    for picture in tree.find_all("img"):
        text = str(picture.get("alt") or "").strip()
        classes = set(map(str, picture.get_attribute_list("class")))
        if text and (is_smiley(text) or (classes & _CLASSES and len(text) <= 20)):
            picture.replace_with(text)
