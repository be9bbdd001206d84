"""Put answers that only their numbers tell apart under the questions of these numbers.

    numbered = ( number words paragraph* )*        numbers count up, two at least

A list inside an answer begins at 1 again and goes on line below line. What rests on a number is to
be reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from portraits.importer.plain_text import in_lists, plain_block
from portraits.importer.transcript import Block, Kind
from portraits.support.messages import msg

NUMBER = re.compile(
    r"(?:(?:question|q|r[ée]ponse|r)\s?)?(?:n[o°]\s?)?(?P<number>\d{1,3})\s?[-.)°:/–—]+(?!\d)\s*",
    re.IGNORECASE,
)
"""The number at the beginning of a question or an answer."""
UNANSWERED = "import_block.unanswered"
BEFORE = "import_block.before_first"
_REVIEW = "import_mail.answered_by_number"


def numbers_in(loose: Sequence[Block], asked: Mapping[int, object]) -> dict[int, int]:
    """Return place -> number of the paragraphs of ``loose`` that begin with a number of ``asked``,
    as far as the numbers count up; nothing when there are fewer than two."""
    starts: dict[int, int] = {}
    last = listed = 0
    for place, block in enumerate(loose):
        found = NUMBER.match(block.text)
        number = int(found["number"]) if found else 0
        if starts and number == (listed + 1 if block.joined else 1):
            listed = number
        elif last < number and number in asked:
            last, listed = number, 0
            starts[place] = number
    return starts if len(starts) > 1 else {}


def answered_by_number(
    loose: Sequence[Block], asked: Mapping[int, Sequence[Block]]
) -> Iterator[Block]:
    """Yield each question of ``asked``, below its labels, with what follows its number in
    ``loose``, then those without an answer. ``loose`` holds two numbers at least."""
    starts = numbers_in(loose, asked)
    places = [*starts, len(loose)]
    for block in loose[: places[0]]:
        yield replace(block, kind=Kind.UNPLACED, why=msg(BEFORE))
    for place, end in pairwise(places):
        block = loose[place]
        line = block.first
        *labels, question = asked[starts[place]]
        yield from (replace(label, first=line, last=line) for label in labels)
        yield replace(question, first=line, last=line, kind=Kind.QUESTION, review=msg(_REVIEW))
        number = NUMBER.match(block.text)
        length = number.end() if number else 0
        label = block.text[:length].strip()
        yield Block(line, line, label, "", Kind.BOILERPLATE, why=msg("import_mail.answer_number"))
        rest = shortened(block, length)
        answer = [*([rest] if rest.text else []), *loose[place + 1 : end]]
        yield from (replace(part, kind=Kind.ANSWER) for part in in_lists(answer))
    for number_asked, (*labels, question) in asked.items():
        if number_asked not in starts.values():
            yield from labels
            yield replace(question, kind=Kind.BOILERPLATE, review="", why=msg(UNANSWERED))


def shortened(block: Block, end: int) -> Block:
    """``block`` without the first ``end`` characters of its text."""
    rest = plain_block(block.first, block.last, block.text[end:].strip())
    return replace(rest, joined=block.joined)
