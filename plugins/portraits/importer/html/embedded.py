"""What stands in a text and is none: pictures, players, links without words, tooltips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bs4 import Tag
from bs4.element import PageElement

from portraits.importer.accounting.visible import UNSAFE, addresses_of, texts_of
from portraits.importer.html.inline import CODE, TAGS
from portraits.importer.html.soup import line_of, text_of
from portraits.importer.transcript import Block, Kind
from portraits.support.messages import msg

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
        why = msg("import_html.picture") if tag.name == "img" else msg("import_html.embedded")
        shown = [*texts_of(tag), *addresses_of(tag)]
    elif tag.name == "a" and (wordless or tag.find_parent(["a", *CODE])):
        why = msg("import_html.link_without_words") if wordless else msg("import_html.link_inside")
        shown = [*texts_of(tag), *addresses_of(tag)]
    elif tag.name == "a" and tag.get(UNSAFE):
        why = msg("import_html.link_of_other_kind")
        shown = list(addresses_of(tag))
    elif tag.name not in _KEEP_TITLES or wordless or tag.find_parent(list(CODE)):
        why = msg("import_html.tooltip")
        shown = list(texts_of(tag))
    else:
        return
    if shown:
        yield Block(line_of(tag), line_of(tag), " ".join(shown), "", Kind.UNPLACED, why=why)
