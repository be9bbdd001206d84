"""Extend Python-Markdown to typeset every page that Pelican reads.

    MARKDOWN = {"extensions": [TypographyExtension(lang="fr", rules="quebec")]}

The extension edits the tree after inline parsing and before it is indented and unescaped, so
that a quote escaped by the author (``\\"``, ``\\'``) is left alone. Python-Markdown stashes
inline HTML tag by tag, hidden from the rules, which needs two corrections: a reference to a
typographic character (``&nbsp;``, ``&laquo;``) is decoded first, or a rule would add a second
space beside it; and raw ``<code>…</code>`` is stashed whole, or its content would be typeset. A
page that sets its language in its metadata (``lang: en``) is typeset in that language.
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
"""Priority; Python-Markdown parses inline HTML at 90."""
_BEFORE_ENTITIES = 81
"""Priority; Python-Markdown parses character references at 80."""
_AFTER_INLINE = 15
"""Priority; inline parsing has 20, indenting the tree 10, unescaping 0."""


class TypographyTreeprocessor(Treeprocessor):
    """Typesets the text of one parsed page."""

    def __init__(self, md: Markdown, lang: str, rules: Rules) -> None:
        super().__init__(md)
        self.lang = lang
        self.rules = rules

    def run(self, root: Element) -> None:
        said: list[str] = getattr(self.md, "Meta", {}).get("lang", [])
        typeset_tree(root, said[0] if said else self.lang, self.rules)


class ClosedHtml(HtmlInlineProcessor):
    """Stashes a raw element whose content must not be typeset, with its content."""

    def __init__(self, md: Markdown) -> None:
        tag = f"<({'|'.join(sorted(CLOSED))})(?=[ >])"
        super().__init__(rf"({tag}(?:(?!{tag.replace('(', '(?:', 1)}).)*?</\2 *>)", md)


class TypographicReference(InlineProcessor):
    """Decodes a character reference to a single non-ASCII character."""

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
    """The extension. ``lang``: default language of pages; ``rules``: quebec or france."""

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
        md.inlinePatterns.register(
            TypographicReference(md), "typographic_reference", _BEFORE_ENTITIES
        )
        md.treeprocessors.register(
            TypographyTreeprocessor(md, self.getConfig("lang"), self.getConfig("rules")),
            "typography",
            _AFTER_INLINE,
        )


def makeExtension(**config: Any) -> TypographyExtension:
    """Create the extension; called by Python-Markdown for ``portraits.typography.markdown``."""
    return TypographyExtension(**config)
