"""What stands in a text and is none: pictures, players, links without words, tooltips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bs4 import Tag
from bs4.element import PageElement

from portraits.importer.accounting.visible import UNSAFE, addresses_of, texts_of
from portraits.importer.html.inline import CODE, TAGS
from portraits.importer.html.soup import line_of, text_of
from portraits.importer.transcript import Block, Kind

EMBEDDED = frozenset(
    {"iframe", "embed", "object", "video", "audio", "img", "picture", "source", "area", "input"}
)
_KEEP_TITLES = frozenset({"a", *TAGS})
"""Elements whose title goes into the portrait with them."""


def embedded_in(nodes: Iterable[PageElement]) -> Iterator[Block]:
    """What the portrait has no place for in ``nodes``, for the report."""
    for node in nodes:
        if isinstance(node, Tag):
            for tag in (node, *node.find_all(True)):
                yield from embedded(tag)


def embedded(tag: Tag) -> Iterator[Block]:
    """What the portrait has no place for in the attributes of ``tag``."""
    wordless = not text_of(tag).strip()
    if tag.name in EMBEDDED:
        why = (
            "image : à télécharger soi-même"
            if tag.name == "img"
            else "contenu intégré : à remplacer par un lien"
        )
        shown = [*texts_of(tag), *addresses_of(tag)]
    elif tag.name == "a" and (wordless or tag.find_parent(["a", *CODE])):
        why = "lien sans texte, autour d’une image" if wordless else "lien dans du code ou un lien"
        shown = [*texts_of(tag), *addresses_of(tag)]
    elif tag.name == "a" and tag.get(UNSAFE):
        why = "lien d’une sorte qu’un portrait ne peut pas avoir"
        shown = list(addresses_of(tag))
    elif tag.name not in _KEEP_TITLES or wordless or tag.find_parent(list(CODE)):
        why = "infobulle"
        shown = list(texts_of(tag))
    else:
        return
    if shown:
        yield Block(line_of(tag), line_of(tag), " ".join(shown), "", Kind.UNPLACED, why=why)
