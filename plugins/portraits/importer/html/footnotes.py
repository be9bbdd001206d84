"""Footnotes of word processors and generators, as portraits have them: ``[^1]``.

    call = a link to a note, whose words are its mark: [1], 1, *, †
    note = what the call leads to, with a link back to the call

Word, Google Docs, LibreOffice, mammoth, pandoc and WordPress all write it so, each with names of
its own. The note is put under the block that calls it, as editors of Markdown do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from portraits.importer.html.soup import BLOCKS, NOTE, NOTE_CALL, empty_tag, text_of

_MARK = re.compile(
    r"\s*[\[(]?\s*(?:\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})\s*[\])]?\s*", re.IGNORECASE
)
_HOLDERS = ("div", "li", "aside", "dd", "section")


def footnotes_as_notes(soup: BeautifulSoup) -> None:
    """Make notes and calls of the footnotes in ``soup``."""
    places = {
        str(name): tag
        for tag in soup.find_all(True)
        for name in (tag.get("id"), tag.get("name") if tag.name == "a" else None)
        if name
    }
    found: dict[int, tuple[str, Tag]] = {}
    for call in soup.find_all("a", href=re.compile("^#.")):
        if call.decomposed or not _MARK.fullmatch(text_of(call)):
            continue
        target = places.get(str(call["href"])[1:])
        if target is None or target.decomposed:
            continue
        note = _note_of(target)
        backs = list(_links_back(note, call)) if note is not None else []
        if note is None or not backs or call in note.descendants:
            continue
        label, holder = found.get(id(note), (str(len(found) + 1), note))
        first = id(note) not in found
        found[id(note)] = (label, holder)
        block = _block_around(call)
        ours = empty_tag(NOTE_CALL)
        ours["data-label"] = label
        _alone(call).replace_with(ours)
        if first and block is not None:
            for back in backs:
                _alone(back).decompose()
            note.name = NOTE
            note.attrs = {"data-label": label}
            block.insert_after(note.extract())


def _note_of(target: Tag) -> Tag | None:
    """The element that holds a whole note, of which ``target`` is the note or its first mark."""
    if target.name in _HOLDERS:
        return target
    block = target if target.name == "p" else target.find_parent(list(BLOCKS))
    if block is None or block.name in ("body", "html", "article", "main"):
        return None
    holder = block.parent
    alone = isinstance(holder, Tag) and holder.name in _HOLDERS
    if alone and len(holder.find_all("a", href=re.compile("^#."))) == 1:  # type: ignore[union-attr]
        return holder
    return block


def _links_back(note: Tag, call: Tag) -> Iterator[Tag]:
    names = {
        str(tag.get(key))
        for tag in (call, *call.find_parents(["sup", "span"]), *call.find_all(True))
        for key in ("id", "name")
        if tag.get(key)
    }
    for link in note.find_all("a", href=True):
        if str(link["href"])[1:] in names:
            yield link


def _block_around(call: Tag) -> Tag | None:
    """The outermost block of text around ``call``: a note may stand after it."""
    around = call.find_parents(["ul", "ol", "dl", "table", "blockquote"])
    return around[-1] if around else call.find_parent(list(BLOCKS))


def _alone(link: Tag) -> Tag:
    """``link``, or the raised letters around it that hold nothing else."""
    place = link
    while place.parent is not None and place.parent.name in ("sup", "span"):
        if text_of(place.parent).strip() != text_of(link).strip():
            break
        place = place.parent
    return place
