"""The blocks of an HTML article.

Block elements are walked in order; a run of inline content is a paragraph, cut at ``br``
into lines, at two ``br`` into paragraphs. What the markup says about questions is kept as
a style: headings, wholly bold lines, ``dt``, ``summary``, the first column of a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bs4 import Tag
from bs4.element import Comment, PageElement, PreformattedString

from portraits.importer import questions
from portraits.importer.html.inline import (
    block_markdown,
    fenced,
    inline_markdown,
    nested_list,
    numbered,
)
from portraits.importer.html.lines import lines_of, question_apart, text_of
from portraits.importer.html.soup import is_boilerplate
from portraits.importer.plain_text import line_start_guarded
from portraits.importer.questions import Asks
from portraits.importer.sections import credit_in
from portraits.importer.transcript import Block, Kind, Style

_HEADINGS = {f"h{level}": Style(f"h{level}") for level in range(1, 7)}
_BLOCKS = frozenset(
    {
        *_HEADINGS,
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "head",
        "title",
    }
)
_EMBEDDED = frozenset({"iframe", "embed", "object", "video", "audio", "img", "picture", "source"})


def blocks_in(container: Tag, style: Style = Style.PLAIN) -> Iterator[Block]:
    """The blocks of ``container``, in order; paragraphs get ``style`` when it is not plain."""
    run: list[PageElement] = []
    for child in list(container.children):
        if isinstance(child, Comment | PreformattedString):
            continue
        if isinstance(child, Tag) and (_is_block(child) or is_boilerplate(child)):
            yield from _paragraphs(run, container, style)
            run = []
            yield from _block(child, style)
        else:
            run.append(child)
    yield from _paragraphs(run, container, style)


def _is_block(tag: Tag) -> bool:
    return tag.name in _BLOCKS or (
        tag.name not in _EMBEDDED and tag.find(list(_BLOCKS)) is not None
    )


def _block(tag: Tag, style: Style) -> Iterator[Block]:
    if is_boilerplate(tag):
        yield from boilerplate_in(tag, "habillage de l’ancienne page")
    elif tag.name in _HEADINGS:
        yield from _one_line(tag, _HEADINGS[tag.name])
    elif tag.name == "hr":
        yield Block(_line(tag), _line(tag), "***", "")
    elif tag.name in ("dt", "summary"):
        yield from blocks_in(tag, Style.ASKED)
    elif tag.name == "figcaption" or "wp-caption-text" in (tag.get("class") or []):
        yield from _caption(tag)
    elif tag.name == "table":
        yield from _table(tag)
    elif tag.name in ("ul", "ol"):
        yield from _list(tag)
    elif tag.name == "blockquote":
        inner = [block for block in blocks_in(tag) if block.kind is Kind.UNKNOWN]
        yield from (block for block in blocks_in(tag) if block.kind is not Kind.UNKNOWN)
        if inner:
            markdown = "\n>\n".join(
                f"> {line}" for block in inner for line in block.markdown.split("\n")
            )
            yield Block(
                inner[0].first,
                inner[-1].last,
                "\n".join(b.text for b in inner),
                markdown,
                verbatim=True,
            )
    elif tag.name == "pre":
        text = tag.get_text()
        yield Block(_line(tag), _line(tag) + text.count("\n"), text, fenced(text), verbatim=True)
    else:
        yield from blocks_in(tag, style)


def boilerplate_in(tag: Tag, why: str) -> Iterator[Block]:
    """Everything in ``tag`` as boilerplate, one block a paragraph."""
    for block in _all_blocks(tag):
        yield replace(block, kind=Kind.BOILERPLATE, why=why)


def _all_blocks(tag: Tag) -> Iterator[Block]:
    run: list[PageElement] = []
    for child in list(tag.children):
        if isinstance(child, Tag) and _is_block(child):
            yield from _paragraphs(run, tag, Style.PLAIN)
            run = []
            yield from _all_blocks(child)
        elif not isinstance(child, Comment | PreformattedString):
            run.append(child)
    yield from _paragraphs(run, tag, Style.PLAIN)


# -- paragraphs


def _paragraphs(run: list[PageElement], container: Tag, style: Style) -> Iterator[Block]:
    if not any(isinstance(node, Tag) or str(node).strip() for node in run):
        return
    line = _line(next((node for node in run if isinstance(node, Tag)), container))
    for node in run:
        if isinstance(node, Tag):
            yield from _embedded(node)
    blank = True
    for nodes in lines_of(run):
        if not nodes:
            blank = True
            continue
        for part, part_style in question_apart(nodes):
            text = " ".join("".join(text_of(node) for node in part).split())
            markdown = line_start_guarded(inline_markdown(part))
            if text or markdown:
                yield Block(
                    line,
                    line,
                    text,
                    markdown,
                    joined=not blank,
                    style=part_style if style is Style.PLAIN else style,
                )
                blank = False


def _one_line(tag: Tag, style: Style) -> Iterator[Block]:
    for node in tag.find_all(_EMBEDDED):
        yield from _embedded(node)
    text = " ".join(text_of(tag).split())
    if text:
        yield Block(_line(tag), _line(tag), text, inline_markdown(list(tag.children)), style=style)


def _embedded(node: Tag) -> Iterator[Block]:
    """Pictures and players in ``node``, and links without words: their addresses."""
    for tag in [node, *node.find_all([*_EMBEDDED, "a"])]:
        if tag.name == "a" and tag.get("href") and not text_of(tag).strip():
            yield Block(
                _line(tag),
                _line(tag),
                str(tag["href"]),
                "",
                Kind.UNPLACED,
                why="lien sans texte, autour d’une image",
            )
        if tag.name not in _EMBEDDED:
            continue
        shown = [str(tag.get(name) or "") for name in ("alt", "title", "src", "data")]
        if any(shown):
            picture = tag.name == "img"
            yield Block(
                _line(tag),
                _line(tag),
                " ".join(filter(None, shown)),
                "",
                Kind.UNPLACED,
                why="image : à télécharger soi-même"
                if picture
                else "contenu intégré : à remplacer par un lien",
            )


# -- captions, lists, tables


def _caption(tag: Tag) -> Iterator[Block]:
    for block in blocks_in(tag):
        if block.kind is not Kind.UNKNOWN:
            yield block
        elif credit_in(block.text):
            yield replace(block, kind=Kind.CREDIT)
        else:
            yield replace(block, kind=Kind.UNPLACED, why="légende de l’image")


def _list(tag: Tag) -> Iterator[Block]:
    items = tag.find_all("li", recursive=False)
    inside = [list(blocks_in(item)) for item in items]
    asking = sum(
        any(questions.asks(block.text) is Asks.YES for block in blocks[:1]) for blocks in inside
    )
    loose = [child for child in tag.children if child not in items and text_of(child).strip()]
    if asking * 2 > len(items) or loose:
        yield from blocks_in_children(tag)
    elif any(len([b for b in blocks if b.kind is Kind.UNKNOWN]) > 1 for blocks in inside):
        yield from (
            block for blocks in inside for block in blocks if block.kind is not Kind.UNKNOWN
        )
        yield Block(
            _line(tag),
            _line(tag),
            " ".join(tag.get_text(" ").split()),
            "\n".join(nested_list(tag)),
            verbatim=True,
        )
    else:
        for (number, _), blocks in zip(numbered(tag), inside, strict=True):
            for block in blocks:
                bullet = str(number) if tag.name == "ol" else "-"
                yield replace(block, bullet=bullet) if block.kind is Kind.UNKNOWN else block


def blocks_in_children(tag: Tag) -> Iterator[Block]:
    """The blocks of each child that is an element, and of loose text between them."""
    for child in list(tag.children):
        if isinstance(child, Tag):
            yield from blocks_in(child)
        elif str(child).strip() and not isinstance(child, Comment | PreformattedString):
            yield from _paragraphs([child], tag, Style.PLAIN)


def _table(tag: Tag) -> Iterator[Block]:
    rows = [row.find_all(["td", "th"], recursive=False) for row in tag.find_all("tr")]
    pairs = [row for row in rows if len(row) == 2]
    asking = sum(questions.asks(text_of(row[0])) is not Asks.NO for row in pairs)
    single = all(len(row) == 1 for row in rows)
    if single or (len(pairs) == len(rows) and asking * 2 >= len(pairs)):
        for row in rows:
            for place, cell in enumerate(row):
                asked = place == 0 and not single and questions.asks(text_of(cell)) is not Asks.NO
                yield from blocks_in(cell, Style.ASKED if asked else Style.PLAIN)
        return
    for node in tag.find_all(_EMBEDDED):
        yield from _embedded(node)
    yield Block(
        _line(tag),
        _line(tag),
        " ".join(tag.get_text(" ").split()),
        block_markdown(tag),
        verbatim=True,
    )


def _line(node: PageElement) -> int:
    while node is not None:
        if isinstance(node, Tag) and node.sourceline:
            return node.sourceline
        node = node.parent  # type: ignore[assignment]
    return 1
