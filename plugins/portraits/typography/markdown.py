"""A Python-Markdown extension: the typography of every page that Pelican reads.

    MARKDOWN = {"extensions": [TypographyExtension(lang="fr", rules="quebec")]}

It works on the tree when inline parsing is done and before the tree is laid out and
unescaped, so that a quote which the author escaped (``\\"``, ``\\'``) stays. Python-Markdown
stashes inline HTML tag by tag, out of the rules' sight, which is wrong twice here: a
reference to a typographic character (``&nbsp;``, ``&laquo;``) is read as that character, or
a second space would join the first; and raw ``<code>…</code>`` is stashed whole, or its
content would be text. A page that says its language in its metadata (``lang: en``) is set
in that language.
"""

from __future__ import annotations

import html
import re
from typing import Any, Literal
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import HtmlInlineProcessor, InlineProcessor
from markdown.treeprocessors import Treeprocessor

from portraits.typography import Rules
from portraits.typography.tree import CLOSED, typeset_tree

_BEFORE_HTML = 91
"""Python-Markdown reads inline HTML at 90."""
_BEFORE_ENTITIES = 81
"""Python-Markdown reads references at 80."""
_AFTER_INLINE = 15
"""Inline parsing has priority 20, the layout of the tree 10, unescaping 0."""


class TypographyTreeprocessor(Treeprocessor):
    """Sets the text of one parsed page."""

    def __init__(self, md: Markdown, lang: str, rules: Rules) -> None:
        super().__init__(md)
        self.lang = lang
        self.rules = rules

    def run(self, root: Element) -> None:
        said: list[str] = getattr(self.md, "Meta", {}).get("lang", [])
        typeset_tree(root, said[0] if said else self.lang, self.rules)


class ClosedHtml(HtmlInlineProcessor):
    """Stashes a raw element that no rule may look into, with all that it holds."""

    def __init__(self, md: Markdown) -> None:
        tag = f"<({'|'.join(sorted(CLOSED))})(?=[ >])"
        super().__init__(rf"({tag}(?:(?!{tag.replace('(', '(?:', 1)}).)*?</\2 *>)", md)


class TypographicReference(InlineProcessor):
    """Reads a reference to one character outside ASCII as that character."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z0-9]{2,31});", md)

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int] | tuple[None, None, None]:
        character = html.unescape(m.group())
        if len(character) == 1 and character >= "\u00a0":
            return character, m.start(), m.end()
        return None, None, None


class TypographyExtension(Extension):
    """``lang``: language of pages that do not say theirs; ``rules``: quebec or france."""

    def __init__(
        self, lang: str = "fr", rules: Literal["quebec", "france"] = "quebec", **_: Any
    ) -> None:
        self.config = {
            "lang": [lang, "BCP 47 tag of pages that do not say their language"],
            "rules": [rules, "quebec (OQLF) or france (Imprimerie nationale)"],
        }
        super().__init__()

    def extendMarkdown(self, md: Markdown) -> None:
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, '"', "'"]
        md.inlinePatterns.register(ClosedHtml(md), "closed_html", _BEFORE_HTML)
        md.inlinePatterns.register(TypographicReference(md), "typographic_reference",
                                   _BEFORE_ENTITIES)
        md.treeprocessors.register(
            TypographyTreeprocessor(md, self.getConfig("lang"), self.getConfig("rules")),
            "typography", _AFTER_INLINE)


def makeExtension(**config: Any) -> TypographyExtension:
    """Python-Markdown calls this for the name ``portraits.typography.markdown``."""
    return TypographyExtension(**config)
