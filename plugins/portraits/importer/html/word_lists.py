"""Lists of word processors as lists.

Word writes an item as a paragraph, with its number or bullet typed before it and its level in
a style; Google Docs writes a list of each level beside the others, with the level in a class.

    <p class="MsoListParagraph" style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">1.
    <ul class="lst-kix_abc-1"><li>
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from portraits.importer.html.soup import empty_tag, text_of

_LEVEL = re.compile(r"mso-list:\s*\w+\s+level(\d)", re.IGNORECASE)
_MARGIN = re.compile(r"margin-left:\s*([\d.]+)(pt|cm|in)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "cm": 28.35, "in": 72.0}
_STEP = 36.0
"""Points that Word indents a level by."""
_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_SEVEN_POINTS = re.compile(r"font:\s*7(?:\.0)?pt", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(\d{1,3})\s*[.)°]?\s*")
_GOOGLE = re.compile(r"lst-kix_\w+-(\d)")


def lists_of_word_processors(soup: BeautifulSoup) -> None:
    """Make lists of what word processors write instead."""
    items = [tag for tag in soup.find_all("p") if _is_item(tag)]
    for run in _runs(items):
        _as_list(run)
    for tag in soup.find_all(["ul", "ol"]):
        if _google_level(tag) is not None:
            _nest(tag)


def _is_item(tag: Tag) -> bool:
    classes = " ".join(map(str, tag.get_attribute_list("class")))
    listed = "MsoListParagraph" in classes or _LEVEL.search(str(tag.get("style") or ""))
    return bool(listed) and _mark(tag) is not None


def _mark(item: Tag) -> Tag | None:
    """The element with the typed number or bullet at the beginning of an item."""
    for span in item.find_all("span"):
        style = str(span.get("style") or "")
        inner = span.find("span", style=_SEVEN_POINTS, recursive=False)
        if _IGNORED.search(style) or inner is not None:
            before = "".join(
                text_of(node)
                for node in span.previous_siblings
                if isinstance(node, Tag | NavigableString)
            )
            return None if before.strip() else span
    return None


def _runs(items: list[Tag]) -> Iterator[list[Tag]]:
    """Items that stand one under the other."""
    run: list[Tag] = []
    for item in items:
        if run and _next_element(run[-1]) is not item:
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _next_element(tag: Tag) -> Tag | None:
    after = tag.next_sibling
    while after is not None and not isinstance(after, Tag):
        if text_of(after).strip():
            return None
        after = after.next_sibling
    return after if isinstance(after, Tag) else None


def _level(item: Tag) -> int:
    style = str(item.get("style") or "")
    if found := _LEVEL.search(style):
        return int(found[1])
    margin = _MARGIN.search(style)
    points = float(margin[1]) * _POINTS[margin[2].lower()] if margin else _STEP
    return max(1, round(points / _STEP))


def _as_list(run: list[Tag]) -> None:
    """One list in place of the paragraphs of ``run``, with a list in it for each deeper level."""
    place = empty_tag("div")
    run[0].insert_before(place)
    open_lists: list[tuple[int, Tag]] = []
    for paragraph in run:
        level = _level(paragraph)
        mark = _mark(paragraph)
        number = _NUMBER.fullmatch(text_of(mark)) if mark is not None else None
        if mark is not None:
            mark.decompose()
        name = "ol" if number else "ul"
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < level:
            inside = open_lists[-1][1].find_all("li", recursive=False)[-1] if open_lists else place
            fresh = empty_tag(name)
            inside.append(fresh)
            open_lists.append((level, fresh))
        elif open_lists[-1][1].name != name:
            fresh = empty_tag(name)
            open_lists[-1][1].insert_after(fresh)
            open_lists[-1] = (level, fresh)
        item = empty_tag("li")
        item.sourceline = paragraph.sourceline
        if number:
            item["value"] = number[1]
        for node in list(paragraph.children):
            item.append(node.extract())
        open_lists[-1][1].append(item)
        paragraph.decompose()
    place.unwrap()


def _google_level(tag: Tag) -> int | None:
    found = _GOOGLE.search(" ".join(map(str, tag.get_attribute_list("class"))))
    return int(found[1]) if found else None


def _nest(tag: Tag) -> None:
    """Put a list of a deeper level, or the rest of one, where it belongs in the list above."""
    above = tag.previous_sibling
    while above is not None and not text_of(above).strip() and not isinstance(above, Tag):
        above = above.previous_sibling
    level = _google_level(tag)
    if not isinstance(above, Tag) or above.name not in ("ul", "ol") or level is None:
        return
    current, depth = above, _google_level(above)
    while depth is not None and depth <= level:
        last = current.find_all("li", recursive=False)[-1:]
        if depth == level:
            goes_on = current.name == tag.name and "start" not in tag.get_attribute_list("class")
            if goes_on:
                for item in tag.find_all("li", recursive=False):
                    current.append(item.extract())
                tag.decompose()
            elif current is not above:
                current.insert_after(tag.extract())
            return
        inner = last[0].find_all(["ul", "ol"], recursive=False)[-1:] if last else []
        if not inner:
            if last:
                last[0].append(tag.extract())
            return
        current, depth = inner[0], _google_level(inner[0])
