"""What a reader sees of a tree of HTML, piece by piece.

    words        runs of letters and digits, whatever inline elements they run through;
                 the number of an item of a list; texts that describe pictures and links
    signs        the punctuation between them
    addresses    of links, pictures and players, apart from the words

« M<sup>me</sup> » is one word; the words of two paragraphs never are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from bs4 import Tag
from bs4.element import Comment, NavigableString, PreformattedString

from portraits.importer.accounting.pieces import Piece, Sort, WordMark
from portraits.importer.html.lists import numbered
from portraits.importer.html.soup import BLOCKS, SPACES
from portraits.importer.transcript import word_spans

SIGNS = frozenset(".,;:?!…«»“”\"()[]'’")
"""The punctuation that is compared. Dashes, bullets and asterisks are also marks of lists."""

_APART = BLOCKS | SPACES | {"rt"}
UNSAFE = "data-unsafe"
"""Attribute with the address of a link that no portrait may hold: ``tel:`` and the like."""
_ADDRESSES = {
    "a": ("href", UNSAFE),
    "area": ("href",),
    "img": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "source": ("src",),
}
_STRUCK = frozenset({"del", "s", "strike"})
_STRESSED = frozenset({"b", "strong", "i", "em", "u", "cite"})
_HEADINGS = frozenset({f"h{level}" for level in range(1, 7)})
_CODE = frozenset({"code", "pre", "kbd", "samp", "tt"})


def texts_of(tag: Tag) -> Iterator[str]:
    """The texts that describe ``tag`` and are read beside the others."""
    for name in ("alt", "title", "placeholder"):
        if text := str(tag.get(name) or "").strip():
            yield text
    if tag.name == "input" and tag.get("type") != "hidden" and tag.get("value"):
        yield str(tag["value"])


def addresses_of(tag: Tag) -> Iterator[str]:
    """The addresses to which ``tag`` leads, or which it shows."""
    for name in _ADDRESSES.get(tag.name, ()):
        if address := str(tag.get(name) or "").strip():
            yield address


def as_compared(address: str) -> str:
    """An address in the form in which two writings of it are equal."""
    return unquote(address).strip().removeprefix("mailto:").rstrip("/")


def pieces_of(tree: Tag) -> tuple[Piece, ...]:
    """Everything that a reader of ``tree`` sees, in its order."""
    walk = _PieceWalk()
    walk.visit(tree, frozenset())
    walk.flush()
    return tuple(walk.pieces)


class _PieceWalk:
    """One pass over a tree."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.line = 1
        self.numbers: dict[int, int] = {}
        self._text = ""
        self._places: list[tuple[int, frozenset[WordMark]]] = []
        """Line and marks of each character of the run."""

    def visit(self, tag: Tag, marks: frozenset[WordMark]) -> None:
        self.line = tag.sourceline or self.line
        apart = tag.name in _APART
        if apart:
            self.flush()
        marks = _marks_in(tag.name, marks)
        if tag.name == "ol":
            self.numbers.update((id(item), number) for number, item in numbered(tag))
        if tag.name == "li" and id(tag) in self.numbers:
            self.add(str(self.numbers[id(tag)]), frozenset())
            self.flush()
        self.attributes(tag)
        for child in tag.children:
            if isinstance(child, Tag):
                self.visit(child, marks)
            elif isinstance(child, NavigableString) and not isinstance(
                child, Comment | PreformattedString
            ):
                self.add(str(child), marks)
        if apart:
            self.flush()

    def attributes(self, tag: Tag) -> None:
        texts = list(texts_of(tag))
        if texts:
            run = self._text, self._places
            self._text, self._places = "", []
            for text in texts:
                self.add(text, frozenset())
                self.flush()
            self._text, self._places = run
        self.pieces += [
            Piece(as_compared(address), self.line, Sort.ADDRESS) for address in addresses_of(tag)
        ]

    def add(self, text: str, marks: frozenset[WordMark]) -> None:
        for char in text:
            self._places.append((self.line, marks))
            self.line += char == "\n"
        self._text += text

    def flush(self) -> None:
        """End a run of inline content: no word goes on after it."""
        for start, end in word_spans(self._text):
            places = self._places[start:end]
            marks = frozenset[WordMark]().union(*(marks for _, marks in places))
            word = unicodedata.normalize("NFC", self._text[start:end])
            self.pieces.append(Piece(word, places[0][0], Sort.WORD, marks))
        self.pieces += [
            Piece(char, line, Sort.SIGN)
            for char, (line, _) in zip(self._text, self._places, strict=True)
            if char in SIGNS
        ]
        self._text, self._places = "", []


def _marks_in(name: str, marks: frozenset[WordMark]) -> frozenset[WordMark]:
    if name in _STRUCK:
        return marks | {WordMark.STRUCK}
    if name in _CODE:
        return marks - {WordMark.STRESSED} | {WordMark.CODE}
    if name in _HEADINGS:
        return marks | {WordMark.HEADING}
    stressed = name in _STRESSED and WordMark.CODE not in marks
    return marks | {WordMark.STRESSED} if stressed else marks
