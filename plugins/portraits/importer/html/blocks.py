"""The blocks of an HTML article.

Block elements are walked in order; a run of inline content is a paragraph, cut at ``br``
into lines, at two ``br`` into paragraphs. What the markup says about questions is kept as
a style: headings, wholly bold lines, ``dt``, ``summary``, the first column of a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bs4 import NavigableString, Tag
from bs4.element import Comment, PageElement, PreformattedString

from portraits.importer import questions
from portraits.importer.html.embedded import EMBEDDED, embedded, embedded_in
from portraits.importer.html.inline import block_markdown, fenced, inline_markdown
from portraits.importer.html.lines import lines_of, question_apart
from portraits.importer.html.lists import LISTS, MOST, nested_list, numbered
from portraits.importer.html.soup import (
    BLOCKS,
    NOTE,
    SPACES,
    empty_tag,
    holds_blocks,
    is_boilerplate,
    line_of,
    text_of,
)
from portraits.importer.questions import Asks
from portraits.importer.sections import credit_in
from portraits.importer.transcript import Block, Kind, Style
from portraits.reader.escaping import escaped, line_start_guarded
from portraits.support.messages import msg

_HEADINGS = {f"h{level}": Style(f"h{level}") for level in range(1, 7)}
_VERBATIM = frozenset({"pre", "xmp", "listing"})
_CAPTIONS = frozenset({"wp-caption-text", "gallery-caption", "tr-caption"})
_UNLISTED = [*_VERBATIM, "table", "blockquote"]
"""Elements that cannot stand in an item of a list."""
_WHOLE = _VERBATIM | _HEADINGS.keys()
"""Elements that are looked through from the outside in for what is embedded."""


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
    return tag.name in BLOCKS or (tag.name not in EMBEDDED and holds_blocks(tag))


def _block(tag: Tag, style: Style) -> Iterator[Block]:
    if is_boilerplate(tag):
        yield from boilerplate_in(tag, _why_left(tag))
        return
    if tag.name not in _WHOLE:
        yield from embedded(tag)
    if tag.name in _HEADINGS:
        yield from _one_line(tag, _HEADINGS[tag.name])
    elif tag.name == "hr":
        yield Block(line_of(tag), line_of(tag), "***", "")
    elif tag.name in ("dt", "summary"):
        yield from blocks_in(tag, Style.ASKED)
    elif _is_caption(tag):
        yield from _caption(tag)
    elif tag.name == "table":
        yield from _table(tag)
    elif tag.name in LISTS:
        yield from _list(tag)
    elif tag.name == "blockquote":
        yield from _quotation(tag)
    elif tag.name in _VERBATIM:
        yield from _code(tag)
    elif tag.name == NOTE:
        yield from _note(tag)
    else:
        yield from blocks_in(tag, style)


# -- what belongs to the page


def boilerplate_in(tag: Tag, why: str) -> Iterator[Block]:
    """Everything in ``tag`` as boilerplate, one block a paragraph."""
    for block in _all_blocks(tag):
        yield replace(block, kind=Kind.BOILERPLATE, why=why)


def _all_blocks(tag: Tag) -> Iterator[Block]:
    numbers = {id(item): number for number, item in numbered(tag)} if tag.name == "ol" else {}
    yield from embedded(tag)
    run: list[PageElement] = []
    for child in list(tag.children):
        if isinstance(child, Tag) and _is_block(child):
            yield from _paragraphs(run, tag, Style.PLAIN)
            run = []
            number = numbers.get(id(child))
            if number is not None:
                yield _number(number, child)
            yield from _all_blocks(child)
        elif not isinstance(child, Comment | PreformattedString):
            run.append(child)
    yield from _paragraphs(run, tag, Style.PLAIN)


def _why_left(tag: Tag) -> str:
    if tag.name == "noscript":
        return msg("import_html.noscript")
    if tag.has_attr("hidden"):
        return msg("import_html.hidden")
    return msg("import_html.dressing")


def _without_boilerplate(tag: Tag) -> Iterator[Block]:
    """Take what is boilerplate out of ``tag``, whose content goes into one block."""
    for found in tag.find_all(is_boilerplate):
        if found.parent is not None and found.find_parent(is_boilerplate) is None:
            yield from boilerplate_in(found, _why_left(found))
            found.replace_with(" ")


def _number(number: int, item: Tag) -> Block:
    return Block(
        line_of(item),
        line_of(item),
        f"{number}.",
        "",
        Kind.BOILERPLATE,
        why=msg("import_html.list_number"),
    )


# -- paragraphs


def _paragraphs(run: list[PageElement], container: Tag, style: Style) -> Iterator[Block]:
    if not any(isinstance(node, Tag) or str(node).strip() for node in run):
        return
    line = line_of(next((node for node in run if isinstance(node, Tag)), container))
    yield from embedded_in(run)
    blank = True
    for nodes in lines_of(run):
        if not nodes:
            blank = True
            continue
        for part, part_style in question_apart(nodes):
            text = " ".join("".join(text_of(node) for node in part).split())
            if text:
                yield Block(
                    line,
                    line,
                    text,
                    line_start_guarded(inline_markdown(part)),
                    joined=not blank,
                    style=part_style if style is Style.PLAIN else style,
                )
                blank = False


def _one_line(tag: Tag, style: Style) -> Iterator[Block]:
    yield from _without_boilerplate(tag)
    yield from embedded_in([tag])
    text = " ".join(_spaced(tag).split())
    if text:
        yield from _numbers(tag)
        yield Block(
            line_of(tag), line_of(tag), text, inline_markdown(list(tag.children)), style=style
        )


def _quotation(tag: Tag) -> Iterator[Block]:
    blocks = list(blocks_in(tag))
    yield from (block for block in blocks if block.kind is not Kind.UNKNOWN)
    inner = [block for block in blocks if block.kind is Kind.UNKNOWN and block.markdown]
    if inner:
        yield Block(
            inner[0].first,
            inner[-1].last,
            "\n".join(block.text for block in inner),
            "\n>\n".join(
                f"> {line}".rstrip() for block in inner for line in _listed(block).split("\n")
            ),
            verbatim=True,
        )


def _note(tag: Tag) -> Iterator[Block]:
    """A footnote: its further paragraphs are indented."""
    blocks = list(blocks_in(tag))
    yield from (block for block in blocks if block.kind is not Kind.UNKNOWN)
    inner = [block for block in blocks if block.kind is Kind.UNKNOWN and block.text]
    first, *others = "\n\n".join(map(_listed, inner)).split("\n")
    indented = [f"    {line}".rstrip() for line in others]
    if inner:
        yield Block(
            inner[0].first,
            inner[-1].last,
            "\n".join(block.text for block in inner),
            "\n".join([f"[^{tag['data-label']}]: {first}", *indented]),
            verbatim=True,
        )


def _listed(block: Block) -> str:
    """The Markdown of a block with the mark of its list before it."""
    mark = f"{block.bullet}. " if block.bullet.isdigit() else "- " if block.bullet else ""
    return mark + block.markdown


def _code(tag: Tag) -> Iterator[Block]:
    yield from _without_boilerplate(tag)
    yield from embedded_in([tag])
    for broken in tag.find_all("br"):
        broken.replace_with("\n")
    text = text_of(tag)
    if text.strip():
        line = line_of(tag)
        yield Block(line, line + text.count("\n"), text, fenced(text), verbatim=True)


# -- captions, lists, tables


def _is_caption(tag: Tag) -> bool:
    return tag.name == "figcaption" or not _CAPTIONS.isdisjoint(tag.get_attribute_list("class"))


def _caption(tag: Tag) -> Iterator[Block]:
    for block in blocks_in(tag):
        if block.kind is not Kind.UNKNOWN:
            yield block
        elif credit_in(block.text):
            yield replace(block, kind=Kind.CREDIT)
        else:
            yield replace(block, kind=Kind.UNPLACED, why=msg("import_html.caption"))


def _list(tag: Tag) -> Iterator[Block]:
    yield from _without_boilerplate(tag)
    items = list(numbered(tag))
    inside = [[*embedded(item), *blocks_in(item)] for _, item in items]
    asking = sum(
        any(questions.asks(block.text) is Asks.YES for block in blocks[:1]) for blocks in inside
    )
    ordered = tag.name == "ol"
    typed = ordered and (any(number > MOST for number, _ in items) or _follows_its_like(tag))
    if asking * 2 > len(items) or typed:
        for (number, item), blocks in zip(items, inside, strict=True):
            yield from _as_paragraphs(number if ordered else None, item, blocks, kept=typed)
    elif tag.find(_UNLISTED):
        for (number, item), blocks in zip(items, inside, strict=True):
            yield from _opened(str(number) if ordered else "-", item, blocks)
    elif any(_is_long(blocks) for blocks in inside):
        yield from (
            block for blocks in inside for block in blocks if block.kind is not Kind.UNKNOWN
        )
        yield from _numbers(tag, alone=True)
        yield Block(
            line_of(tag),
            line_of(tag),
            "\n".join(nested_list(tag, marked=False)),
            "\n".join(nested_list(tag)),
            verbatim=True,
        )
    else:
        for (number, item), blocks in zip(items, inside, strict=True):
            if ordered and not any(block.kind is Kind.UNKNOWN for block in blocks):
                yield _number(number, item)
            for block in blocks:
                bullet = str(number) if ordered else "-"
                yield replace(block, bullet=bullet) if block.kind is Kind.UNKNOWN else block


def _numbers(tag: Tag, *, alone: bool = False) -> Iterator[Block]:
    """The numbers of lists in ``tag``, or only those of items without words."""
    for inner in (tag, *tag.find_all("ol")):
        for number, item in numbered(inner) if inner.name == "ol" else ():
            if not (alone and text_of(item).strip()):
                yield _number(number, item)


def _follows_its_like(tag: Tag) -> bool:
    """Whether a numbered list stands right above this one: Markdown would count on."""
    above = tag.previous_sibling
    while above is not None and not text_of(above).strip():
        above = above.previous_sibling
    return isinstance(above, Tag) and above.name == tag.name and next(numbered(tag), (0,))[0] == 1


def _is_long(blocks: list[Block]) -> bool:
    """Whether an item holds more than one line of text."""
    inner = [block for block in blocks if block.kind is Kind.UNKNOWN]
    return len(inner) > 1 or any(block.bullet for block in inner)


def _opened(bullet: str, item: Tag, blocks: list[Block]) -> Iterator[Block]:
    """An item that holds what no item can in Markdown: its first line, then the rest."""
    first = next((block for block in blocks if block.kind is Kind.UNKNOWN), None)
    marked = first is not None and not first.verbatim and not first.bullet
    if bullet != "-" and not marked:
        yield _number(int(bullet), item)
    for block in blocks:
        yield replace(block, bullet=bullet) if marked and block is first else block


def _as_paragraphs(
    number: int | None, item: Tag, blocks: list[Block], *, kept: bool
) -> Iterator[Block]:
    """An item that asks, or whose number Markdown does not know, as paragraphs."""
    first = next((block for block in blocks if block.kind is Kind.UNKNOWN), None)
    if number is not None and not (kept and first):
        yield _number(number, item)
    for block in blocks:
        if kept and block is first and number is not None:
            yield replace(
                block,
                text=f"{number}. {block.text}",
                markdown=f"{escaped(f'{number}.')} {block.markdown}",
            )
        else:
            yield block


def _spaced(tag: Tag) -> str:
    """The text of ``tag`` with a space wherever a block begins or ends."""
    parts = []
    for child in tag.children:
        if isinstance(child, Tag):
            apart = " " if _is_block(child) else ""
            parts.append(apart + _spaced(child) + apart if child.name not in SPACES else " ")
        else:
            parts.append(text_of(child))
    return "".join(parts)


def _table(tag: Tag) -> Iterator[Block]:
    yield from _without_boilerplate(tag)
    rows = [
        [cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row]
        for row in tag.find_all("tr")
        if row.find_parent("table") is tag
    ]
    yield from _beside_cells(tag)
    pairs = [row for row in rows if len(row) == 2]
    asking = sum(questions.asks(text_of(row[0])) is not Asks.NO for row in pairs)
    single = all(len(row) == 1 for row in rows)
    if single or (len(pairs) == len(rows) and asking * 2 >= len(pairs)):
        yield from _tooltips(rows)
        for row in rows:
            for place, cell in enumerate(row):
                asked = place == 0 and not single and questions.asks(text_of(cell)) is not Asks.NO
                if _is_caption(cell):
                    yield from _caption(cell)
                else:
                    yield from blocks_in(cell, Style.ASKED if asked else Style.PLAIN)
    elif any(_is_layout(cell) for row in rows for cell in row):
        yield from _tooltips(rows)
        for row in rows:
            for cell in row:
                yield from blocks_in(cell)
    else:
        for child in tag.find_all(True):
            yield from embedded(child)
        yield Block(
            line_of(tag),
            line_of(tag),
            " ".join(_spaced(tag).split()),
            block_markdown(tag),
            verbatim=True,
        )


def _tooltips(rows: list[list[Tag]]) -> Iterator[Block]:
    for row in rows:
        for cell in row:
            yield from embedded(cell)


def _beside_cells(tag: Tag) -> Iterator[Block]:
    """Captions, and what stands in a table but in no cell of it: taken out of it."""
    for part in [tag, *tag.find_all(["thead", "tbody", "tfoot", "tr", "caption", "colgroup"])]:
        if part.parent is None or (part is not tag and part.find_parent("table") is not tag):
            continue
        if part.name == "caption":
            yield from blocks_in(part.extract())
            continue
        loose = empty_tag("div")
        for child in list(part.children):
            known = ("thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col")
            if isinstance(child, Tag) and child.name in known:
                continue
            if isinstance(child, Tag) or (type(child) is NavigableString and child.strip()):
                loose.append(child.extract())
        yield from blocks_in(loose)


def _is_layout(cell: Tag) -> bool:
    """Whether a cell holds more than a line of text: the table only puts things side by side."""
    return cell.find(
        ["table", "ul", "ol", "pre", "blockquote", *_HEADINGS, "hr", "dl"]
    ) is not None or (len(cell.find_all("p")) > 1)
