"""Inline HTML as inline Markdown.

markdownify does the work; text is escaped by our own rules, those of
:mod:`portraits.importer.plain_text`, so that handles keep their underscores. Emphasis inside a
word stays a tag, because a ``*`` between letters is text in a portrait (« étudiant*e*s »).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy

from bs4 import NavigableString, Tag
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

    def convert_em(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        if _inside_word(element):
            return f"<em>{text}</em>"
        converted: str = super().convert_em(element, text, parent_tags)  # type: ignore[misc]
        return converted

    convert_i = convert_em

    def convert_br(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        return " "


def _inside_word(element: Tag) -> bool:
    """Return whether a letter or digit touches ``element``, before it or after it."""
    before, after = element.previous_sibling, element.next_sibling
    return (isinstance(before, NavigableString) and before[-1:].isalnum()) or (
        isinstance(after, NavigableString) and after[:1].isalnum()
    )


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
    """A list with lists or paragraphs in its items, each as far in as the item's own text."""
    lines: list[str] = []
    for number, item in numbered(element):
        opening = f"{number}. " if element.name == "ol" else "- "
        inside = indent + " " * len(opening)
        for part in _parts(item):
            if isinstance(part, Tag):
                lines += nested_list(part, inside)
            elif words := inline_markdown(part):
                lines += [indent + opening + words] if opening else ["", inside + words]
                opening = ""
    return lines


def numbered(element: Tag) -> Iterator[tuple[int, Tag]]:
    """The items of a list, each with the number that a reader sees (``start``, ``value``)."""
    number = _number(element, "start", 1)
    for item in element.find_all("li", recursive=False):
        number = _number(item, "value", number)
        yield number, item
        number += 1


def _number(tag: Tag, name: str, otherwise: int) -> int:
    said = str(tag.get(name) or "")
    return int(said) if re.fullmatch(r"\d{1,3}", said, re.ASCII) else otherwise


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
