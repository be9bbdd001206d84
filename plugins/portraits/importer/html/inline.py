"""Inline HTML as inline Markdown.

markdownify does the work; text is escaped by our own rules, those of
:mod:`portraits.importer.plain_text`, so that handles keep their underscores; and struck
text, which the portraits have no mark for, keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy

from bs4 import Tag
from bs4.element import PageElement
from markdownify import MarkdownConverter

from portraits.importer.html.soup import empty_tag
from portraits.importer.plain_text import marks_escaped

BOLD = frozenset({"b", "strong"})
ITALIC = frozenset({"i", "em", "u", "cite"})
_WEIGHTS = ("font-weight:bold", "font-weight:600", "font-weight:700", "font-weight:800")


class _Converter(MarkdownConverter):
    """markdownify with our escapes."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return marks_escaped(text)

    def convert_del(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    convert_s = convert_del

    def convert_br(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        return " "


_converter = _Converter(autolinks=False, heading_style="atx", bullets="-", strip=["img"])


def inline_markdown(nodes: list[PageElement]) -> str:
    """``nodes`` as one line of Markdown."""
    holder = empty_tag("span")
    for node in nodes:
        holder.append(copy(node))
    markdown: str = _converter.process_tag(holder, parent_tags={"_inline"})  # type: ignore[attr-defined]
    return " ".join(markdown.split())


def fenced(text: str) -> str:
    """``text`` as a block of code, whatever it holds."""
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
    return f"{fence}\n{text.strip(chr(10))}\n{fence}"


def nested_list(element: Tag, indent: str = "") -> list[str]:
    """A list with lists or paragraphs in its items, each level indented by four spaces."""
    lines: list[str] = []
    for number, item in enumerate(element.find_all("li", recursive=False), 1):
        opening = indent + (f"{number}. " if element.name == "ol" else "- ")
        for part in _parts(item):
            if isinstance(part, Tag):
                lines += nested_list(part, indent + "    ")
            elif words := inline_markdown(part):
                lines += [opening + words] if opening else ["", f"{indent}    {words}"]
                opening = ""
    return lines


def _parts(item: Tag) -> Iterator[Tag | list[PageElement]]:
    """The lists in an item, and the runs of inline content between them."""
    run: list[PageElement] = []
    for child in item.children:
        if not (isinstance(child, Tag) and child.name in ("ul", "ol", "p", "div")):
            run.append(child)
            continue
        yield run
        run = []
        yield child if child.name in ("ul", "ol") else list(child.children)
    yield run


def block_markdown(element: Tag) -> str:
    """A table as finished Markdown."""
    markdown: str = _converter.process_tag(element, parent_tags=set())  # type: ignore[attr-defined]
    return markdown.strip("\n")


def is_bold(tag: Tag) -> bool:
    style = str(tag.get("style") or "").replace(" ", "").casefold()
    return tag.name in BOLD or any(weight in style for weight in _WEIGHTS)


def is_tinted(tag: Tag) -> bool:
    return tag.name in ("span", "font") and bool(
        tag.get("style") or tag.get("class") or tag.get("color")
    )
