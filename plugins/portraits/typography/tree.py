"""Typeset the text nodes of an element tree, block by block.

    block   = the text of a block element, with the inline elements in it, as one line
    closed  = code, pre, kbd, samp, script, style, textarea…, or translate="no"
    foreign = an inline element whose own lang has other rules

All text nodes of a block are typeset together: whether a quote after ``<em>`` opens or closes
depends on the text before it, and the space before a colon may be in another node than the colon.
Blocks are independent of each other. Closed and foreign elements and pictures count as words of
the block around them; a foreign element is then typeset on its own, in its own language. Text
that Python-Markdown marks as atomic (a subclass of ``str``) is left unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from xml.etree.ElementTree import Element

from portraits.typography import Rules, typeset, variant_for
from portraits.typography.characters import HIDDEN, LINE_BREAK
from portraits.typography.line import settle

CLOSED = frozenset(
    ("code", "kbd", "math", "pre", "samp", "script", "style", "svg", "textarea", "tt", "var")
)
INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    )
)
_WORDS = frozenset(("audio", "button", "iframe", "img", "input", "object", "picture", "video"))
_ATTRIBUTES = ("alt", "title")


@dataclass(slots=True)
class _BlockText:
    """The text nodes of one block visited so far, in order."""

    lang: str
    rules: Rules
    texts: list[str] = field(default_factory=list)
    owners: list[tuple[Element, bool] | None] = field(default_factory=list)
    """For each text, its element and whether it is the tail; None: not to be written back."""

    def add(self, text: str | None, element: Element, tail: bool) -> None:
        if text:
            plain = type(text) is str
            self.texts.append(text if plain else HIDDEN)
            self.owners.append((element, tail) if plain else None)

    def add_sign(self, sign: str) -> None:
        self.texts.append(sign)
        self.owners.append(None)

    def settle(self) -> None:
        """Typeset the texts collected, write them back to the tree, and start a new block."""
        texts, owners = self.texts, self.owners
        if not texts:
            return
        self.texts, self.owners = [], []
        whole = "".join(texts)
        variant = variant_for(self.lang, self.rules)
        if variant is None or whole.isspace():
            return
        settled, cuts = settle(whole, variant, list(accumulate(map(len, texts[:-1]))))
        if settled == whole:
            return
        for owner, start, end in zip(owners, (0, *cuts), (*cuts, len(settled)), strict=True):
            if owner is not None:
                element, tail = owner
                if tail:
                    element.tail = settled[start:end]
                else:
                    element.text = settled[start:end]


def typeset_tree(root: Element, lang: str = "fr", rules: Rules = "quebec") -> None:
    """Typeset the text in ``root``, and the ``alt`` and ``title`` attributes, in place.

    lang, rules: as for ``typeset``; an element's own ``lang`` attribute takes precedence.
    """
    if _is_closed(root):
        return
    if not len(root) and not root.attrib and type(root.text) is str:
        root.text = typeset(root.text, lang, rules)
    else:
        block = _BlockText(root.get("lang", lang), rules)
        _visit(root, block)
        block.settle()


def _visit(element: Element, block: _BlockText) -> None:
    """Add the text in ``element`` to ``block``; typeset the blocks inside it."""
    if element.attrib:
        _set_attributes(element, block)
    block.add(element.text, element, tail=False)
    for child in element:
        tag, lang, foreign = child.tag, block.lang, False
        if child.attrib:
            lang = child.get("lang", lang)
            foreign = variant_for(lang, block.rules) is not variant_for(block.lang, block.rules)
        if not isinstance(tag, str):
            pass  # a comment or a processing instruction: no text, no break
        elif tag == "br":
            block.add_sign(LINE_BREAK)
        elif _is_closed(child):
            block.add_sign(HIDDEN)
        elif tag in INLINE and not foreign:
            _visit(child, block)
        else:
            if tag in INLINE or tag in _WORDS:
                block.add_sign(HIDDEN)
            else:
                block.settle()
            typeset_tree(child, lang, block.rules)
        block.add(child.tail, child, tail=True)


def _is_closed(element: Element) -> bool:
    return element.tag in CLOSED or (bool(element.attrib) and element.get("translate") == "no")


def _set_attributes(element: Element, block: _BlockText) -> None:
    for name in _ATTRIBUTES:
        typed = element.get(name)
        if typed:
            element.set(name, typeset(typed, block.lang, block.rules))
