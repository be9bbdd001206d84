"""Turn tag tokens into elements by pairing opening and closing tags.

    element = open-tag (text | element)* close-tag        with the same parent

Tags are paired after Markdown's own marks have become elements, so « *<b>x*</b> », which is not
a tree, is an error instead of a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from xml.etree import ElementTree as ET

from portraits.reader.markdown.tokens import TAG, TAG_OPEN
from portraits.reader.sanitizing import VOID, Tag, read_tag
from portraits.support.limits import MAX_NESTING
from portraits.support.messages import msg

Complain = Callable[[int, str], None]
"""Called with the number of a token and what is wrong, in the editor's language."""


def holds_tokens(element: ET.Element) -> bool:
    """Return whether the direct text of ``element`` contains a token."""
    return (element.text is not None and TAG_OPEN in element.text) or any(
        child.tail is not None and TAG_OPEN in child.tail for child in element
    )


def place_tags(
    element: ET.Element, sources: list[str], complain: Complain, refused: Counter[str]
) -> None:
    """Turn the tokens in the direct text of ``element`` into elements.

    ``refused`` counts the opening tags refused in the whole text, by name, so that their closing
    tags are not reported as well.
    """
    text, children = element.text, list(element)
    element[:] = []
    element.text = None
    placing = _Placing(element, sources, complain, refused)
    placing.text(text or "")
    for child in children:
        tail, child.tail = child.tail, None
        placing.top.append(child)
        placing.text(tail or "")
    placing.finish()


class _Placing:
    """Rebuilds the content of one parent, with a stack of the open elements."""

    def __init__(
        self, parent: ET.Element, sources: list[str], complain: Complain, refused: Counter[str]
    ) -> None:
        self.open: list[tuple[ET.Element, int]] = [(parent, -1)]
        self.sources, self.complain = sources, complain
        self.refused = refused

    @property
    def top(self) -> ET.Element:
        return self.open[-1][0]

    def text(self, text: str) -> None:
        at = 0
        for found in TAG.finditer(text):
            self.plain(text[at : found.start()])
            number = int(found[1])
            self.tag(read_tag(self.sources[number]), number)
            at = found.end()
        self.plain(text[at:])

    def plain(self, text: str) -> None:
        if not text:
            return
        if len(self.top):
            last = self.top[-1]
            last.tail = (last.tail or "") + text
        else:
            self.top.text = (self.top.text or "") + text

    def tag(self, tag: Tag, number: int) -> None:
        if tag.fault:
            if not tag.closing:
                self.refused[tag.name] += 1
                self.complain(number, tag.fault)
            elif self.refused[tag.name]:
                self.refused[tag.name] -= 1
            else:
                self.complain(number, tag.fault)
        elif not tag.closing:
            if len(self.open) > MAX_NESTING:
                self.complain(number, msg("html.too_deep", count=MAX_NESTING))
                return
            element = ET.SubElement(self.top, tag.name, dict(tag.attributes))
            if tag.name not in VOID:
                self.open.append((element, number))
        elif self.top.tag == tag.name and len(self.open) > 1:
            self.open.pop()
        elif self.refused[tag.name]:
            self.refused[tag.name] -= 1
        else:
            self.complain(number, msg("html.closes_nothing", tag=tag.name))

    def finish(self) -> None:
        for element, number in self.open[1:]:
            self.complain(number, msg("html.not_closed", tag=element.tag))
