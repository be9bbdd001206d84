"""Inline HTML as inline Markdown.

markdownify does the work; text is escaped by our own rules, those of
:mod:`portraits.importer.plain_text`, so that handles keep their underscores. A mark that
touches a letter, or another mark, stays a tag, because a ``*`` between letters is text in a
portrait (« étudiant*e*s »). Elements that a portrait may hold as tags stay tags:
``1<sup>er</sup>``.
"""

from __future__ import annotations

import html
import re
from copy import copy

from bs4 import NavigableString, Tag
from bs4.element import PageElement
from markdownify import MarkdownConverter

from portraits.importer.html.soup import empty_tag, text_of
from portraits.reader.escaping import marks_escaped

BOLD = frozenset({"b", "strong"})
ITALIC = frozenset({"i", "em", "u", "cite"})
STRUCK = frozenset({"del", "s", "strike"})
MARKED = BOLD | ITALIC | STRUCK
CODE = frozenset({"code", "kbd", "samp", "pre"})
TAGS = ("sup", "sub", "ins", "mark", "var", "q", "dfn", "bdo", "bdi", "abbr")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_MAKES_LINKS = re.compile(r"\]\s?[\[(:]|\]$")
_AT_END = re.compile(r"[!<&{~#:\[]$")
_CHARACTERS = {char: f"&#{ord(char)};" for char in "<&"}


class _Converter(MarkdownConverter):
    """markdownify with our escapes and our marks."""

    _joined = False
    """Whether other content stands beside the text that is being escaped."""

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        self._joined = _has_neighbours(el)
        text: str = super().process_text(el, parent_tags=parent_tags)  # type: ignore[misc]
        return text

    def escape(self, text: str, parent_tags: set[str]) -> str:
        before, words, after = _edges(text)
        if self._joined and words:
            # What stands beside may end or begin a mark: escape as if marks stood there.
            marked = before + marks_escaped(f".{words}.")[1:-1] + after
            if not after and (ends := _AT_END.search(words)):
                marked = _cut_escape(marked) + _CHARACTERS.get(ends[0], f"\\{ends[0]}")
        else:
            marked = marks_escaped(text)
        if "a" in parent_tags or _MAKES_LINKS.search(text):
            marked = re.sub(r"(?<!\\)[\[\]]", r"\\\g<0>", marked)
        if not parent_tags.isdisjoint({"td", "th"}):
            marked = marked.replace("|", "\\|")
        return marked

    def convert_br(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        return " "

    convert_hr = convert_img = convert_input = convert_iframe = convert_embed = convert_br

    def convert_li(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        """An item in a line, of a heading or a cell, has no bullet."""
        return f" {text.strip()} "

    convert_ul = convert_ol = convert_dl = convert_pre = convert_li

    def convert_a(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        address = element.get("href")
        before, words, after = _edges(text)
        if "_noformat" in parent_tags or "a" in parent_tags or not words or not address:
            return text
        title = html.escape(" ".join(str(element.get("title") or "").split()))
        said = f' "{title}"' if title else ""
        return f"{before}[{words}]({address}{said}){after}"

    def convert_em(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        return _marked(element, text, parent_tags, "*", "em")

    def convert_strong(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        return _marked(element, text, parent_tags, "**", "strong")

    def convert_del(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        return _marked(element, text, parent_tags, "~~", "del")

    def convert_sup(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        """``element`` as the tag that it is; so for every name of TAGS."""
        if "_noformat" in parent_tags or not text.strip():
            return text
        title = html.escape(" ".join(str(element.get("title") or "").split()))
        said = f' title="{title}"' if title else ""
        return f"<{element.name}{said}>{text}</{element.name}>"

    def convert_x_note_call(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        return f"[^{element['data-label']}]"

    def convert_code(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        before, words, after = _edges(text)
        if not words:
            return text
        converted: str = super().convert_code(element, words, parent_tags)  # type: ignore[misc]
        return before + converted + after

    convert_kbd = convert_samp = convert_code


for _name in TAGS:
    setattr(_Converter, f"convert_{_name}", _Converter.convert_sup)


def _edges(text: str) -> tuple[str, str, str]:
    found = _EDGES.fullmatch(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")


def _marked(element: Tag, text: str, parent_tags: set[str], mark: str, tag: str) -> str:
    """``text`` between two marks, or inside a tag where marks would be read as text."""
    before, words, after = _edges(text)
    if "_noformat" in parent_tags or not words:
        return text
    inside = not parent_tags.isdisjoint(MARKED) and not _is_all_of(element, element.parent)
    if (
        inside
        or (not before and _touches(element, "previous_sibling"))
        or (not after and _touches(element, "next_sibling"))
    ):
        return f"{before}<{tag}>{words}</{tag}>{after}"
    return f"{before}{mark}{words}{mark}{after}"


def _is_all_of(element: Tag, parent: Tag | None) -> bool:
    """Whether ``parent`` marks these words in another way, and no others."""
    return (
        parent is not None
        and parent.name in MARKED
        and text_of(parent).strip() == text_of(element).strip()
    )


def _touches(element: Tag, side: str) -> bool:
    """Whether a letter, or another mark, stands right beside ``element``."""
    node: PageElement | None = element
    while node is not None and node.parent is not None:
        beside = getattr(node, side)
        while beside is not None:
            if text := text_of(beside):
                char = text[-1] if side == "previous_sibling" else text[0]
                marked = isinstance(beside, Tag) and (
                    beside.name in MARKED or beside.find(list(MARKED)) is not None
                )
                return char.isalnum() or char in "*_~" or (marked and not char.isspace())
            beside = getattr(beside, side)
        node = node.parent
    return False


def _has_neighbours(text: NavigableString) -> bool:
    """Whether an element stands beside ``text`` in its line, or around it."""
    return (
        text.next_sibling is not None
        or text.previous_sibling is not None
        or (isinstance(text.parent, Tag) and text.parent.parent is not None)
    )


def _cut_escape(marked: str) -> str:
    """``marked`` without its last character, escaped or not."""
    return re.sub(r"(?:\\.|&#?\w+;|.)\Z", "", marked, flags=re.DOTALL)


_converter = _Converter(autolinks=False, heading_style="atx", bullets="-")


def inline_markdown(nodes: list[PageElement]) -> str:
    """``nodes`` as one line of Markdown."""
    holder = empty_tag("span")
    for node in nodes:
        holder.append(copy(node))
    markdown: str = _converter.process_tag(holder, parent_tags={"_inline"})  # type: ignore[attr-defined]
    return " ".join(markdown.split())


def block_markdown(element: Tag) -> str:
    """A table as finished Markdown."""
    markdown: str = _converter.process_tag(element, parent_tags=set())  # type: ignore[attr-defined]
    return markdown.strip("\n")


def fenced(text: str) -> str:
    """``text`` as a block of code, whatever it holds."""
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", text)), default=0))
    return f"{fence}\n{text.strip(chr(10))}\n{fence}"


def is_bold(tag: Tag) -> bool:
    return tag.name in BOLD


def is_tinted(tag: Tag) -> bool:
    return tag.name in ("span", "font") and bool(
        tag.get("style") or tag.get("class") or tag.get("color")
    )
