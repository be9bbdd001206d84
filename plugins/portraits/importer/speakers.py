"""Labels before what is said: who speaks (« Léa : », « Q : »), and numbers of questions.

Two labels that return, one of them before questions, are the two voices of the
interview; numbers that count up before questions are their numbers. Labels are taken
off, and reported as furniture, since the page shows who speaks in its own way.
« Facebook : » before a line is no voice: nothing that it introduces is a question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from portraits.importer import questions
from portraits.importer.questions import Asks
from portraits.importer.transcript import Block, Kind, Style

_LABEL = re.compile(
    r"(?P<name>[^\W\d_][^:?!.,\n@]{0,40}?)\s?(?::|[.]\s?[-–—]|\s[–—-])\s+(?=\S)")
_NUMBER = re.compile(r"(?:(?:question|q)\s?)?(?:n[o°]\s?)?(?P<number>\d{1,3})\s?[-.)°:–]+\s*(?=\S)",
                     re.IGNORECASE)


def without_labels(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with labels as blocks of furniture of their own, and voices marked."""
    return _without_numbers(_without_voices(list(blocks)))


def _labelled(blocks: Sequence[Block]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        if block.kind is Kind.UNKNOWN and (label := _LABEL.match(block.text)):
            found[label["name"].strip().casefold()].append(number)
    return found


def _without_voices(blocks: list[Block]) -> list[Block]:
    places = _labelled(blocks)
    often = sorted((name for name in places if len(places[name]) >= 2),
                   key=lambda name: (-len(places[name]), name))[:4]
    asking = {name: _share_of_questions(blocks, places[name]) for name in often}
    asker = next((name for name in often if asking[name] >= 0.6), "")
    answering = [name for name in often if name != asker and asking[name] < 0.4]
    if not asker or not answering:
        return blocks
    other = max(answering, key=lambda name: _alternation(places[asker], places[name]))
    if _alternation(places[asker], places[other]) < 0.5:
        return blocks
    result: list[Block] = []
    for number, block in enumerate(blocks):
        name = next((n for n in (asker, other) if number in places[n]), "")
        label = _LABEL.match(block.text) if name else None
        if label is None:
            result.append(block)
            continue
        style = Style.ASKED if name == asker else Style.PLAIN
        result.extend(_split(block, label.end(), style, "étiquette d’interlocuteur"))
    return result


def _alternation(one: Sequence[int], other: Sequence[int]) -> float:
    """How often the voice changes from one labelled block to the next: share of blocks."""
    voices = sorted([(number, 0) for number in one] + [(number, 1) for number in other])
    return sum(a[1] != b[1] for a, b in pairwise(voices)) / len(voices)


def _share_of_questions(blocks: Sequence[Block], numbers: Sequence[int]) -> float:
    asking = sum(
        questions.asks(_LABEL.sub("", blocks[number].text, count=1)) is not Asks.NO
        for number in numbers
    )
    return asking / len(numbers)


def _without_numbers(blocks: list[Block]) -> list[Block]:
    numbered = [
        (place, found) for place, block in enumerate(blocks)
        if block.kind is Kind.UNKNOWN and not block.bullet and (found := _NUMBER.match(block.text))
        and questions.asks(block.text[found.end():]) is not Asks.NO
    ]
    counted = [int(found["number"]) for _, found in numbered]
    if len(counted) < 2 or counted != sorted(set(counted)):
        return blocks
    ends = {place: found.end() for place, found in numbered}
    result: list[Block] = []
    for place, block in enumerate(blocks):
        if place in ends:
            result.extend(_split(block, ends[place], block.style, "numéro de question"))
        else:
            result.append(block)
    return result


def _split(block: Block, end: int, style: Style, why: str) -> tuple[Block, Block]:
    """The label ``block.text[:end]`` as furniture, and the rest."""
    label, rest = block.text[:end], block.text[end:]
    return (
        Block(block.first, block.first, label.strip(), "", Kind.FURNITURE, why=why),
        replace(block, text=rest, markdown=markdown_after(block.markdown, label), style=style),
    )


def markdown_after(markdown: str, label: str) -> str:
    """``markdown`` without the ``label`` that it begins with, marked up or not."""
    place = 0
    for char in label.replace(" ", "").replace("\u00a0", ""):
        while place < len(markdown) and markdown[place] != char:
            place += 1
        place += 1
    rest = markdown[place:]
    opened = markdown[: place].count("**") % 2
    if opened and rest.lstrip().startswith("**"):
        return rest.lstrip()[2:].lstrip()
    return ("**" + rest.lstrip()) if opened else rest.lstrip()
