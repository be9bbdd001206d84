"""The proof that nothing was lost in silence.

    source <= portrait - what the importer added + report        (as multisets)

    words        every one
    signs        every punctuation mark, where the reader of the format tells them
    strokes      every struck word is struck
    stresses     every italic or bold word is, or stands in a heading
    addresses    every address

The portrait is read as the site reads it. Keys, comments and ids do not count, and neither
does what the importer wrote of its own, so that they stand in for no lost word. Whatever is
missing is a loss: the report names it, with its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import yaml

from portraits.importer.accounting.pieces import Piece, Sort, WordMark
from portraits.importer.accounting.visible import SIGNS, as_compared, pieces_of
from portraits.importer.html.soup import soup_of
from portraits.importer.transcript import Transcript, words_of
from portraits.reader.markdown.document import MarkdownReader
from portraits.reader.markdown.tags import holds_tokens, place_tags
from portraits.reader.sanitizing import html_of
from portraits.support.messages import msg

_ID = re.compile(r"(?m)^(#{2,3} .*?) \{#[\w-]+\}$")
_NOTE = re.compile(r"\[\^([^\]]+)\]")
_TICKED = "☑"
_MOST_GLUED = 6
"""Pieces that marks inside one word may cut it into."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Pieces of one line of the source that stand nowhere."""

    line: int
    text: str
    what: str
    """Message: what about the text is lost."""


@dataclass(frozen=True, slots=True)
class Accounting:
    """Where the words of a source are."""

    total: int
    placed: int
    """Words that stand in the portrait."""
    reported: int
    """Words that stand only in the report."""
    missing: tuple[str, ...]
    """Words that stand nowhere."""
    losses: tuple[Loss, ...] = ()
    """Everything that is missing, line by line."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a portrait file says: the values of its front matter, and its body as it is read."""

    front: tuple[str, ...]
    """Texts of the front matter."""
    body: tuple[Piece, ...]

    @property
    def words(self) -> list[str]:
        """The words, in order; those of addresses only where the address is not the text."""
        found = [word for text in self.front for word in words_of(text)]
        found += [piece.text for piece in self.body if piece.sort is Sort.WORD]
        return found + ["x"] * found.count(_TICKED)  # typed « [x] »


def published(text: str) -> Published:
    """What the portrait file ``text`` says."""
    _, front, body = text.split("---\n", 2)
    values = yaml.safe_load(front) or {}
    body = _ID.sub(r"\1", body)
    notes = tuple(Piece(word, 0) for found in _NOTE.findall(body) for word in words_of(found))
    return Published(tuple(_texts(values)), _pieces_of_markdown(body) + notes)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _pieces_of_markdown(body: str) -> tuple[Piece, ...]:
    document = MarkdownReader().read(body)
    roots = [document.root, *(note.body for note in document.footnotes)]
    for root in roots:
        for element in list(root.iter()):
            if holds_tokens(element):
                place_tags(element, document.found.tags, lambda *_: None, Counter())
    document.unescape()
    return tuple(piece for root in roots for piece in pieces_of(soup_of(html_of(root))))


# -- the balance


def account_for(
    transcript: Transcript, result: str, kept: str, added: Iterable[str] = ()
) -> Accounting:
    """Compare ``transcript`` with the portrait file ``result`` and the text ``kept`` in the report.

    ``added`` are the words in ``result`` that the importer wrote of its own.
    """
    said = published(result)
    source = Counter(transcript.words)
    placed = Counter(said.words) - Counter(added)
    shown = [*said.words, *words_of(kept)]
    elsewhere = source - placed - _glued(transcript, source - placed, shown)
    if not transcript.pieces:  # a format that does not tell addresses from words
        elsewhere -= Counter(word for address in _addresses(said) for word in words_of(address))
    missing = elsewhere - Counter(words_of(kept))
    losses = [
        *_located(missing, msg("import_report.word"), transcript),
        *_other_losses(transcript.pieces, said, kept),
    ]
    total = source.total()
    return Accounting(
        total=total,
        placed=total - elsewhere.total(),
        reported=(elsewhere - missing).total(),
        missing=tuple(sorted(missing.elements())),
        losses=tuple(sorted(losses, key=lambda loss: loss.line)),
    )


def _addresses(said: Published) -> Iterator[str]:
    return (piece.text for piece in said.body if piece.sort is Sort.ADDRESS)


def _glued(transcript: Transcript, missing: Counter[str], shown: list[str]) -> Counter[str]:
    """The missing words that marks of Markdown cut out of longer ones (``étudiant**e**s``).

    Only a format that does not tell what is seen may cut words so.
    """
    found: Counter[str] = Counter()
    if transcript.pieces or not missing:
        return found
    spare = Counter(shown) - Counter(transcript.words)
    words = transcript.words
    place = 0
    while place < len(words):
        for size in range(min(_MOST_GLUED, len(words) - place), 1, -1):
            run = words[place : place + size]
            if spare["".join(run)] and not Counter(run) - (missing - found):
                spare["".join(run)] -= 1
                found.update(run)
                place += size - 1
                break
        place += 1
    return found


def _other_losses(pieces: tuple[Piece, ...], said: Published, kept: str) -> Iterator[Loss]:
    """What is lost of a source besides words."""
    front = "\n".join(said.front)
    signs = Counter(char for char in front + kept if char in SIGNS)
    signs.update(piece.text for piece in said.body if piece.sort is Sort.SIGN)
    yield from _losses(
        msg("import_report.sign"), pieces, signs, lambda piece: piece.sort is Sort.SIGN
    )
    addresses = Counter(map(as_compared, _addresses(said)))
    addresses.update(as_compared(text.strip("<>")) for text in f"{front}\n{kept}".split())
    yield from _losses(
        msg("import_report.address"), pieces, addresses, lambda piece: piece.sort is Sort.ADDRESS
    )
    told = Counter(words_of(kept))
    struck = told + _marked(said, WordMark.STRUCK)
    yield from _losses(
        msg("import_report.strike"), pieces, struck, lambda piece: WordMark.STRUCK in piece.marks
    )
    stressed = told + _marked(said, WordMark.STRESSED, WordMark.HEADING) + Counter(words_of(front))
    yield from _losses(
        msg("import_report.stress"),
        pieces,
        stressed,
        lambda piece: WordMark.STRESSED in piece.marks and WordMark.HEADING not in piece.marks,
    )


def _marked(said: Published, *marks: WordMark) -> Counter[str]:
    return Counter(piece.text for piece in said.body if not piece.marks.isdisjoint(marks))


def _losses(
    what: str, pieces: Iterable[Piece], there: Counter[str], counts: Callable[[Piece], object]
) -> Iterator[Loss]:
    """Losses among the pieces that count, of which ``there`` tells how often each is there."""
    counted = [piece for piece in pieces if counts(piece)]
    missing = Counter(piece.text for piece in counted) - there
    yield from _by_line(what, ((piece.text, piece.line) for piece in counted), missing)


def _located(missing: Counter[str], what: str, transcript: Transcript) -> Iterator[Loss]:
    """The missing words with their lines, as far as they are known."""
    places = [(piece.text, piece.line) for piece in transcript.pieces if piece.sort is Sort.WORD]
    if not places:
        places = [
            (word, block.first) for block in transcript.blocks for word in words_of(block.text)
        ]
    left = missing - Counter(word for word, _ in places)
    yield from _by_line(what, [*places, *((word, 0) for word in left.elements())], missing)


def _by_line(what: str, places: Iterable[tuple[str, int]], missing: Counter[str]) -> Iterator[Loss]:
    """One loss for each line. Of equal pieces the first are taken for the missing ones."""
    left = Counter(missing)
    lines: dict[int, list[str]] = {}
    for text, line in places:
        if left[text] > 0:
            left[text] -= 1
            lines.setdefault(line, []).append(text)
    for line, texts in sorted(lines.items()):
        yield Loss(line, " ".join(texts), what)
