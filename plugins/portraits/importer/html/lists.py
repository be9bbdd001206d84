"""Lists of HTML as Markdown, with the numbers that a reader sees.

list   = "ul" | "ol" | "menu" | "dir"
number = the item's value | the list's start | the next one        down where it is reversed
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import PageElement

from portraits.importer.html.inline import inline_markdown
from portraits.importer.html.soup import text_of

LISTS = frozenset({"ul", "ol", "menu", "dir"})
MOST = 999
"""The highest number that begins an item in Markdown as portraits have it."""

_PARAGRAPHS = ("p", "div")


def nested_list(element: Tag, indent: str = "", *, marked: bool = True) -> list[str]:
    """The lines of a list with lists or paragraphs in its items, each as far in as the item's own
    text; not ``marked``, as plain text, in which the paragraphs of an item are one line."""
    lines: list[str] = []
    for number, item in numbered(element):
        opening = f"{number}. " if element.name == "ol" else "- "
        inside = indent + " " * len(opening)
        below_list = False
        for part in _parts(item):
            if isinstance(part, Tag):
                inner = nested_list(part, inside, marked=marked)
                if opening and inner:  # two marks on one line: a list that begins with a list
                    inner[0] = indent + opening + inner[0].lstrip()
                    opening = ""
                lines += inner
                below_list = True
            elif words := inline_markdown(part) if marked else _plain(part):
                if opening:
                    lines.append(indent + opening + words)
                elif marked or below_list:
                    lines += ["", inside + words]
                else:
                    lines[-1] += f" {words}"
                opening = ""
    return lines


def _plain(nodes: list[PageElement]) -> str:
    return " ".join("".join(map(text_of, nodes)).split())


def numbered(element: Tag) -> Iterator[tuple[int, Tag]]:
    """The items of a list, each with the number that a reader sees."""
    items = element.find_all("li", recursive=False)
    step = -1 if element.has_attr("reversed") else 1
    number = _number(element, "start", len(items) if step < 0 else 1)
    for item in items:
        number = _number(item, "value", number)
        yield number, item
        number += step


def _number(tag: Tag, name: str, otherwise: int) -> int:
    said = str(tag.get(name) or "")
    return int(said) if re.fullmatch(r"\d{1,9}", said, re.ASCII) else otherwise


def _parts(item: Tag) -> Iterator[Tag | list[PageElement]]:
    """The lists in an item, and the runs of inline content between them."""
    run: list[PageElement] = []
    for child in item.children:
        if not (isinstance(child, Tag) and child.name in (*LISTS, *_PARAGRAPHS)):
            run.append(child)
            continue
        yield run
        run = []
        if child.name in LISTS:
            yield child
        else:
            yield from _parts(child)
    yield run
