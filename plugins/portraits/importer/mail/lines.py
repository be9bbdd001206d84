"""Sort the lines of a message: what its correspondents say, and what belongs to the message.

    line  = ">"* text            the marks count how often the text was sent back
    voice = writer               an even number of marks, or none
          | correspondent        an odd number

A quotation of a quotation is the writer's own again. An original without marks, below its header,
is the correspondent's (``in_original``).

A signature is found at the end of what somebody wrote, before the end of the message or before the
message that it answers: « -- », the writer's name, or a closing formula with short lines below. It
never takes all that stands there, which may be an answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from portraits.importer.mail.surroundings import (
    CLOSING,
    DEVICE,
    NOTICE,
    ORIGINAL,
    PICTURE,
    RULE,
    attribution_at,
    header_at,
    is_contact,
    sender_in,
)
from portraits.importer.transcript import Block, Kind, words_of
from portraits.support.messages import msg
from portraits.support.transliteration import unaccented

_QUOTE = re.compile(r"(?:>\s?)+")
_HEADER, _ATTRIBUTION = "import_mail.quoted_header", "import_mail.attribution"
_TITLE = re.compile(r"\s*[|,•·]\s*|\s+[–—-]\s+")
"""What stands between a name and what the person does."""
MOST_LINES_AHEAD = 40
"""Lines that are looked at together: a header with a long list of addresses."""
MOST_SIGNATURE_LINES = 9
LONGEST_SIGNATURE_LINE = 90


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One line of a message."""

    number: int
    """1-based place in the message."""
    depth: int
    """Marks of quotation before it."""
    text: str
    """Its words, without the marks."""
    why: str = ""
    """Key of the message that says what it is, when it belongs to the message; else empty."""
    in_original: bool = False
    """Stands below the header of an original that has no marks of quotation."""

    @property
    def says_something(self) -> bool:
        return not self.why and bool(self.text.strip())

    def answers(self, asked_at: int) -> bool:
        """Whether this line may answer words that are quoted ``asked_at`` times: it was typed below
        them, or came back with them. Anything else that is quoted is what was said before."""
        return not self.depth or self.depth + 1 == asked_at


@dataclass(frozen=True, slots=True)
class SortedLines:
    """The lines of a message, and what is known of the messages in it."""

    lines: tuple[MessageLine, ...]
    boilerplate: tuple[Block, ...]
    """What belongs to the message, several lines together."""
    original: int
    """Line at which an original without marks starts, or 0."""
    correspondents: tuple[str, ...]
    """Who wrote the messages whose headers are in the text."""


def quotation(line: str) -> tuple[int, str]:
    """Return (marks of quotation, the rest of the line)."""
    found = _QUOTE.match(line)
    return (found[0].count(">"), line[found.end() :]) if found else (0, line)


def sorted_lines(
    lines: Sequence[str], writer: str = "", closed: Collection[int] = ()
) -> SortedLines:
    """Sort ``lines``. ``writer`` is who sent the message, if known; at the places ``closed``, which
    are blank, stood words that are known already, and nothing above belongs to what is below."""
    sorting = _Sorting([quotation(line) for line in lines], writer)
    sorting.read(closed)
    sorting.sign(closed)
    lines_below = sorting.sorted[sorting.original - 1 :] if sorting.original else []
    if any(line.depth for line in lines_below):
        sorting.original = 0
        sorting.sorted = [replace(line, in_original=False) for line in sorting.sorted]
    return SortedLines(
        tuple(sorting.sorted),
        tuple(_blocks(sorting.sorted)),
        sorting.original,
        tuple(sorting.correspondents),
    )


def _blocks(lines: Sequence[MessageLine]) -> Iterator[Block]:
    """Yield what belongs to the message: a header or an attribution as one block."""
    run: list[MessageLine] = []
    for line in [*lines, MessageLine(0, 0, "")]:
        together = run and line.why == run[-1].why and line.depth == run[-1].depth
        if run and not (together and line.why in (_HEADER, _ATTRIBUTION)):
            shown = " ".join(part.text.strip() for part in run).strip()
            if shown:
                first, last = run[0].number, run[-1].number
                yield Block(first, last, shown, "", Kind.BOILERPLATE, why=msg(run[0].why))
            run = []
        if line.why:
            run.append(line)


class _Sorting:
    """One pass over the lines of a message."""

    def __init__(self, lines: Sequence[tuple[int, str]], writer: str) -> None:
        self.given = lines
        self.names = [set(words_of(unaccented(writer)))] if writer else []
        self.sorted: list[MessageLine] = []
        self.original = 0
        self.correspondents: list[str] = []
        self.ends: list[int] = []
        """Places before which a writer's words end."""
        self._signed = self._noticed = False

    def read(self, closed: Collection[int]) -> None:
        at = depth = 0
        while at < len(self.given):
            if self.given[at][0] != depth or at in closed:
                depth = self.given[at][0]
                self._signed = self._noticed = False
            texts = self._of_one_depth(at)
            below = next(iter(self.given[at + len(texts) : at + len(texts) + 1]), (0, ""))
            size, why = self._surroundings(texts, at, quote_below=below[0] > depth)
            for place in range(at, at + size):
                text = self.given[place][1]
                inside = bool(self.original) and not depth
                self.sorted.append(MessageLine(place + 1, depth, text, why, inside))
            at += size
        self.ends.append(len(self.given))

    def _of_one_depth(self, at: int) -> list[str]:
        """The texts of the lines from ``at`` on that have its depth."""
        depth, ahead = self.given[at][0], self.given[at : at + MOST_LINES_AHEAD]
        return [text for _, text in takewhile(lambda line: line[0] == depth, ahead)]

    def _surroundings(self, texts: list[str], at: int, *, quote_below: bool) -> tuple[int, str]:
        """Return how many of ``texts``, the first of which is at ``at``, belong to the message,
        and the key of what they are."""
        line = texts[0].strip()
        if not line:
            self._noticed = False
            return 1, ""
        if size := header_at(texts, 0):
            self._open_message(at, size)
            self.correspondents.append(sender_in(texts[:size]))
            return size, _HEADER
        if ORIGINAL.match(line):
            self._open_message(at, 1)
            return 1, _ATTRIBUTION
        if size := attribution_at(texts, 0, quote_below=quote_below):
            self.ends.append(at)
            self._signed = False
            return size, _ATTRIBUTION
        return 1, self._closing(texts[0], line)

    def _open_message(self, at: int, size: int) -> None:
        self.ends.append(at)
        if not self.given[at][0]:
            self.original = self.original or at + size + 1
        self._signed = self._noticed = False

    def _closing(self, raw: str, line: str) -> str:
        if raw == "-- " or line in ("--", "—"):
            self._signed = True
        if self._signed:
            return "import_mail.signature"
        self._noticed = self._noticed or NOTICE.match(line) is not None
        if self._noticed:
            return "import_mail.notice"
        if RULE.fullmatch(line):
            return "import_mail.rule"
        if DEVICE.match(line):
            return "import_mail.device"
        if not PICTURE.sub("", line).strip():
            return "import_mail.picture"
        return "import_mail.contact" if is_contact(line) else ""

    # -- signatures without a mark

    def sign(self, closed: Collection[int]) -> None:
        """Mark the signatures that no line of dashes announces."""
        names = [*self.names, *(set(words_of(unaccented(name))) for name in self.correspondents)]
        for end in self.ends:
            for place in self._signature(end, [name for name in names if name], closed):
                self.sorted[place] = replace(self.sorted[place], why="import_mail.signature")

    def _signature(
        self, end: int, names: list[set[str]], closed: Collection[int]
    ) -> Collection[int]:
        """Return the places of a signature that ends before ``end``."""
        places: list[int] = []
        signed = False
        depth = self.sorted[end - 1].depth if end else 0
        for at in range(end - 1, -1, -1):
            line = self.sorted[at]
            if at in closed or line.depth != depth:
                break
            if not line.says_something:
                continue
            text = line.text.strip()
            opens = _is_name(text, names) or (
                CLOSING.fullmatch(text) is not None
                if signed
                else bool(places) and _surely_closes(text)
            )
            if signed and not opens:
                break
            if not (opens or _may_sign(text)) or len(places) == MOST_SIGNATURE_LINES:
                break
            places.append(at)
            signed = signed or opens
        return places if signed and self._more_above(places[-1], depth, closed) else ()

    def _more_above(self, at: int, depth: int, closed: Collection[int]) -> bool:
        """Return whether the writer says something else just before the signature at ``at``."""
        for place in range(at - 1, -1, -1):
            if place in closed or self.sorted[place].depth != depth:
                return False
            if self.sorted[place].says_something:
                return True
        return False


def _may_sign(text: str) -> bool:
    """Return whether ``text`` may stand under a name: short, and no sentence."""
    return len(text) <= LONGEST_SIGNATURE_LINE and not text.endswith(tuple(".?!…,;:"))


def _surely_closes(text: str) -> bool:
    """Return whether ``text`` closes a letter, though nobody's name is known to be below."""
    thanks = re.match(r"merci|thank|best\W*$|bise", text, re.IGNORECASE)
    return CLOSING.fullmatch(text) is not None and (text.endswith(",") or not thanks)


def _is_name(text: str, names: list[set[str]]) -> bool:
    """Return whether ``text`` is one of ``names`` or a part of one, or a whole one and a title."""
    whole = set(words_of(unaccented(text)))
    first = set(words_of(unaccented(_TITLE.split(text)[0])))
    return bool(whole) and any(whole <= name or (len(name) > 1 and first == name) for name in names)
