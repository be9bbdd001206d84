"""Convert elements to the two forms of a passage: typeset HTML and plain text.

    text = paragraph ("\\n\\n" paragraph)*

Every paragraph, heading, list item, table row and code block becomes one paragraph of the text;
a line break becomes a newline; struck words stand between ``~~``; footnote references and pictures
and the asides of the editor are dropped. The transcript of a sound is the person's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from xml.etree import ElementTree as ET

from portraits.model.portrait import RichText
from portraits.reader.asides import ASIDE
from portraits.reader.markdown.tokens import TAG
from portraits.reader.markdown.walk import BLOCKS
from portraits.reader.sanitizing import INLINE, html_of, outer_html, read_tag
from portraits.typography import Rules, typeset, typeset_once
from portraits.typography.tree import typeset_tree

_SPACES = re.compile(r"[ \t\n]+")
"""White space that HTML collapses to one space; no-break spaces are excluded."""

Node = str | ET.Element
"""Inline content: text, or an element without its tail."""


def append(holder: ET.Element, node: Node) -> None:
    """Append ``node`` to the content of ``holder``."""
    if not isinstance(node, str):
        node.tail = None
        holder.append(node)
    elif len(holder):
        holder[-1].tail = (holder[-1].tail or "") + node
    else:
        holder.text = (holder.text or "") + node


def nodes_of(element: ET.Element) -> list[Node]:
    """Return the child nodes of ``element``, texts and elements, in order."""
    nodes: list[Node] = [element.text] if element.text else []
    for child in element:
        nodes.append(child)
        if child.tail:
            nodes.append(child.tail)
    return nodes


def inline_text(element: ET.Element) -> str:
    """Return the text of ``element``, spaces collapsed, line breaks as newlines."""
    if not len(element):
        return _one_space(element.text or "").strip()
    parts: list[str] = []
    _inline(element, parts)
    lines = "".join(parts).split("\x00")
    return "\n".join(map(_one_space, lines)).strip()


def _inline(element: ET.Element, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if child.tag == "br":
            parts.append("\x00")
        elif child.tag != "img" and child.get("class") != "footnote-ref":
            _struck_or_not(child, parts)
        if child.tail:
            parts.append(child.tail)


def _struck_or_not(element: ET.Element, parts: list[str]) -> None:
    """Append the text of ``element``, between ``~~`` if it is struck, as it was not meant."""
    mark = ["~~"] if element.tag in ("del", "s") else []
    parts += mark
    _inline(element, parts)
    parts += mark


def _one_space(line: str) -> str:
    if "\n" in line or "\t" in line or "  " in line:
        return _SPACES.sub(" ", line)
    return line


def _paragraphs(element: ET.Element) -> Iterable[str]:
    if element.tag == "summary":  # the label of a transcript
        return
    if not len(element) and element.tag in ("p", "li"):
        yield _one_space(element.text or "").strip()
        return
    if element.tag == "pre":
        yield "".join(element.itertext()).rstrip("\n")
        return
    if element.tag == "tr":
        yield " ".join(filter(None, map(inline_text, element)))
        return
    own: list[str] = [element.text] if element.text else []
    for child in element:
        if child.tag in BLOCKS:
            if own:
                yield from _flushed(own)
            yield from _paragraphs(child)
        elif child.tag == "br":
            own.append("\x00")
        elif child.tag != "img" and child.get("class") != "footnote-ref":
            _struck_or_not(child, own)
        if child.tail:
            own.append(child.tail)
    if own:
        yield from _flushed(own)


def _flushed(own: list[str]) -> Iterable[str]:
    text = "".join(own)
    own.clear()
    lines = (_one_space(line).strip(" ") for line in text.split("\x00"))
    if whole := "\n".join(lines).strip():
        yield whole


class Typesetter:
    """Makes typeset passages in one language."""

    def __init__(self, lang: str, rules: Rules, raw_tags: list[str] | None = None) -> None:
        self.lang, self.rules = lang, rules
        self._raw_tags = raw_tags
        """Tags of a trusted text, written back unchanged."""
        self.fragments: list[str] = []
        """All HTML produced so far, to be checked by :func:`survives_cleaning`."""

    def text(self, text: str) -> str:
        """Typeset one line of plain text."""
        return typeset(text, self.lang, self.rules) if text else ""

    def blocks(self, elements: Iterable[ET.Element]) -> RichText:
        """Convert block elements to a passage."""
        written: list[str] = []
        words: list[str] = []
        for element in elements:
            element.tail = None
            if element.tag == "p" and not len(element) and not element.attrib:
                # Most of an interview, and hardly ever the same text: skip the cache.
                said = element.text = typeset_once(element.text or "", self.lang, self.rules)
                words.append(_one_space(said).strip())
            else:
                typeset_tree(element, self.lang, self.rules)
                if element.get("class") != ASIDE:
                    words += _paragraphs(element)
            written.append(self._html(element, outer_html))
        if not written:
            return RichText()
        text = self._words("\n\n".join(filter(None, words)))
        return RichText(self._recorded("\n".join(written)), text)

    def inline(self, nodes: Iterable[Node]) -> RichText:
        """Convert inline content to a passage, without surrounding white space."""
        nodes = list(nodes)
        if len(nodes) == 1 and isinstance(nodes[0], str) and not self._raw_tags:
            passage = _plain(nodes[0], self.lang, self.rules)
            self.fragments.append(passage.html)
            return passage
        holder = ET.Element("div")
        for node in nodes:
            append(holder, node)
        strip(holder)
        if not holder.text and not len(holder):
            return RichText()
        typeset_tree(holder, self.lang, self.rules)
        words = self._words(inline_text(holder))
        return _inline_passage(self._recorded(self._html(holder, html_of)), words)

    def _words(self, text: str) -> str:
        if not self._raw_tags:
            return text
        return "\n\n".join(
            filter(None, (paragraph.strip() for paragraph in TAG.sub("", text).split("\n\n")))
        )

    def _html(self, holder: ET.Element, write: Callable[[ET.Element], str]) -> str:
        if len(holder) or holder.tag == "img":
            for picture in list(holder.iter("img")):
                # An element without a tag is written as its text: the image's placeholder.
                picture.tag, picture.text = None, picture.get("src")  # type: ignore[assignment]
                picture.attrib.clear()
        tags = self._raw_tags
        if tags:
            _unwrap_blocks(holder, tags)
            return TAG.sub(lambda found: tags[int(found[1])], write(holder))
        return write(holder)

    def _recorded(self, html: str) -> str:
        """Record ``html`` for checking, unless the text is trusted; return it."""
        if not self._raw_tags:
            self.fragments.append(html)
        return html


@lru_cache(maxsize=2048)
def _plain(text: str, lang: str, rules: Rules) -> RichText:
    """Make a passage of plain text. Cached: most questions are, and recur in every portrait."""
    holder = ET.Element("div")
    holder.text = typeset(text.strip(), lang, rules)
    return _inline_passage(html_of(holder), inline_text(holder))


def _inline_passage(html: str, text: str) -> RichText:
    """Make a passage that shares one string if both forms are equal, to save memory."""
    return RichText(html, html if text == html else text)


def _unwrap_blocks(holder: ET.Element, tags: list[str]) -> None:
    """Unwrap block tags of a trusted text (``<div>``, ``<iframe>``…) from their paragraphs."""
    for paragraph in list(holder.iter("p")):
        found = TAG.match(paragraph.text or "")
        if found and read_tag(tags[int(found[1])]).name not in INLINE:
            paragraph.tag = None  # type: ignore[assignment]  # written without a tag


def strip(holder: ET.Element) -> None:
    """Strip white space from both ends of the content of ``holder``."""
    if holder.text:
        holder.text = holder.text.lstrip()
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "").rstrip()
    elif holder.text:
        holder.text = holder.text.rstrip()
