"""Who speaks: the labels that a transcript puts before what each person says.

    label = [time] name ("," name)* [("&" | "et" | "and") name] [time] (":" | ". —" | " —")
          | ("Q" | "R" | "A" | "Question" | "Réponse" …) [number] (":" | "." | ")" …)
    time  = "(" hours ":" minutes ")" | "[" … "]" | the same alone

A label stands before the words, or alone on the line above them; « ZT » is Zoé Tanguay. Names that
return, at least one of them before questions, are the voices of an interview: some ask, the others
answer. « Facebook : » or « Exemple : » before a line is no voice.

The page shows the person's answers under the interviewer's questions, so the labels come off, and
the report says so. Where several people answer, only the interviewers' labels do: each answer keeps
its own, in bold, so that nobody seems to say another's words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from portraits.importer import questions
from portraits.importer.questions import Asks
from portraits.importer.sections import network_of
from portraits.importer.transcript import Block, Kind, Style
from portraits.importer.turns.cutting import markdown_after, split
from portraits.support.messages import msg
from portraits.support.transliteration import unaccented

_NAME = r"[^\W\d_][^:?!.,\n@()\[\]]{0,40}?"
_TIME = r"[(\[]?\d{1,2}(?::\d{2}){1,2}(?:[.,]\d{1,3})?[)\]]?"
_LABEL = re.compile(
    r"(?P<name>(?:[^\W\d_]\.[ -]?){2,4}|"
    rf"{_NAME}(?:, [A-ZÀ-ÖØ-Þ][^:?!.,\n@()\[\]]{{0,40}}?){{0,4}})"
    rf"(?:\s*{_TIME})?"
    r"\s?(?::|[.]\s?[-–—]|\s[–—-])(?:\s+(?=\S)|(?<=:)\s*$)"
)
_ROLE = re.compile(
    r"(?P<name>questions?|r[ée]ponses?|answers?|[qra])\s?\d{0,3}\s?[.:)/–—-]+(?:\s+(?=\S)|"
    r"(?<=:)\s*$)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"\[(?P<name>{_NAME})\]\s*[:–—-]?\s*(?=\S)")
_ALONE = re.compile(rf"(?P<name>{_NAME}(?:, {_NAME}){{0,4}})\s?:\s*")
_ALONE_WITH_TIME = re.compile(rf"(?P<name>{_NAME})\s+{_TIME}")
_TIME_FIRST = re.compile(rf"{_TIME}\s*[-–—:]?\s*(?=[^\W\d_])")
_ASKING = 0.6
"""Least share of questions behind an interviewer's labels."""
_OPENING = 0.3
"""The same for who speaks first, whose questions may be long or put as wishes."""
_ALTERNATING = 0.3
"""Least share of labels at which the side changes."""
_FEWEST_ALONE = 2
"""Labels before questions, where answers have none."""
_LONGEST_INITIALS = 4
_NO_VOICES = frozenset(
    {
        "attention",
        "bref",
        "conclusion",
        "credit",
        "date",
        "example",
        "exemple",
        "lien",
        "nb",
        "note",
        "par exemple",
        "photo",
        "photos",
        "ps",
        "remarque",
        "resultat",
        "source",
        "sources",
        "titre",
    }
)


@dataclass(frozen=True, slots=True)
class _Label:
    """A label at the start of a block."""

    name: str
    """As written."""
    end: int
    """Where the words begin."""
    colon: bool
    """Whether it ends in a colon, and not in a dash."""

    @property
    def key(self) -> str:
        name = unaccented(self.name)
        return re.sub(r"[\W_]", "", name) if "." in name else name

    @property
    def may_be_a_person(self) -> bool:
        """Whether a label that is there once may name a person: capitals, and a colon."""
        words = self.name.split()
        return self.colon and len(words) <= 3 and all(word[0].isupper() for word in words)


def without_labels(blocks: Sequence[Block], lang: str = "") -> list[Block]:
    """Return ``blocks`` with the labels of interviewers, and of one person who answers, as
    boilerplate of their own; the questions are marked as asked."""
    unlabelled = list(blocks)
    blocks = list(_without_times(list(_on_one_line(blocks))))
    labels = {place: label for place, block in enumerate(blocks) if (label := _label(block))}
    labels = _with_names_for_initials(labels)
    places: dict[str, list[int]] = defaultdict(list)
    for place, label in labels.items():
        places[label.key].append(place)
    first = labels[min(labels)].key if labels else ""
    askers = {
        name
        for name, at in places.items()
        if len(at) >= 2
        and _share_of_questions(blocks, labels, at, lang)
        >= (_OPENING if name == first else _ASKING)
    }
    asked = {place for name in askers for place in places[name]}
    others = {
        name
        for name, at in places.items()
        if name not in askers
        and (len(at) >= 2 or (at[0] - 1 in labels and labels[at[0]].may_be_a_person))
    }
    answered = {place for name in others for place in places[name]}
    if answered:
        if not asked or _alternation(asked, answered) < _ALTERNATING:
            return unlabelled
    elif not _ask_alone(asked, labels):
        return unlabelled
    result: list[Block] = []
    for place, block in enumerate(blocks):
        if place in asked or (place in answered and len(others) == 1):
            style = Style.ASKED if place in asked else Style.PLAIN
            result += split(block, labels[place].end, style, msg("import_block.speaker_label"))
        elif place in answered:
            result += _spoken(block, labels[place])
        else:
            result.append(block)
    return result


def _ask_alone(asked: set[int], labels: dict[int, _Label]) -> bool:
    """Whether labels stand before questions only, each with its answer below."""
    return len(asked) >= _FEWEST_ALONE and all(place + 1 not in labels for place in asked)


def _label(block: Block) -> _Label | None:
    if block.kind is not Kind.UNKNOWN or block.verbatim:
        return None
    if found := _ROLE.match(block.text):
        return _Label(unaccented(found["name"])[0].upper(), found.end(), True)
    if not (found := _BRACKETED.match(block.text) or _LABEL.match(block.text)):
        return None
    label = _Label(found["name"].strip(), found.end(), found[0].rstrip().endswith((":", "]")))
    if label.key in _NO_VOICES or network_of(label.name) is not None:
        return None
    return label


def _with_names_for_initials(labels: dict[int, _Label]) -> dict[int, _Label]:
    """``labels`` with the name of a voice that is labelled by its initials later on."""
    full = {
        "".join(word[0] for word in re.findall(r"[^\W\d_]+", label.key)): label.name
        for label in labels.values()
        if len(re.findall(r"[^\W\d_]+", label.name)) > 1
    }
    return {
        place: replace(label, name=full.get(label.key, label.name))
        if label.name.isupper() and len(label.key) <= _LONGEST_INITIALS
        else label
        for place, label in labels.items()
    }


def _without_times(blocks: list[Block]) -> Iterator[Block]:
    """Yield ``blocks`` without the times that stand before labels."""
    timed = {
        place: found.end()
        for place, block in enumerate(blocks)
        if block.kind is Kind.UNKNOWN
        and (found := _TIME_FIRST.match(block.text))
        and _LABEL.match(block.text, found.end())
    }
    for place, block in enumerate(blocks):
        if len(timed) > 1 and place in timed:
            yield from split(block, timed[place], block.style, msg("import_block.time"))
        else:
            yield block


def _on_one_line(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield ``blocks`` with labels that stand alone put before the words below them."""
    blocks = list(_with_colons(blocks))
    alone = [
        block.kind is Kind.UNKNOWN and _ALONE.fullmatch(block.text) is not None for block in blocks
    ]
    if sum(alone) < 3:
        yield from blocks
        return
    waiting: Block | None = None
    for block, is_label in zip(blocks, alone, strict=True):
        if waiting is not None and block.kind is Kind.UNKNOWN and not is_label and not block.bullet:
            yield replace(
                block,
                first=waiting.first,
                text=f"{waiting.text} {block.text}",
                markdown=f"{waiting.markdown} {block.markdown}",
                joined=waiting.joined,
            )
            waiting = None
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        if is_label:
            waiting = block
        else:
            yield block
    if waiting is not None:
        yield waiting


def _with_colons(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield ``blocks`` with « Zoé Roy  0:02 » as « Zoé Roy : », where several lines are so."""
    timed = {
        place: found
        for place, block in enumerate(blocks)
        if block.kind is Kind.UNKNOWN and (found := _ALONE_WITH_TIME.fullmatch(block.text))
    }
    for place, block in enumerate(blocks):
        if len(timed) < 3 or place not in timed:
            yield block
            continue
        name, end = timed[place]["name"].strip(), timed[place].end("name")
        time = block.text[end:].strip()
        yield Block(
            block.first, block.first, time, "", Kind.BOILERPLATE, why=msg("import_block.time")
        )
        marked = block.markdown.replace(time, "").rstrip()
        yield replace(block, text=f"{name} :", markdown=f"{marked} :")


def _alternation(asked: set[int], answered: set[int]) -> float:
    """How often the side changes from one label to the next: share of labels."""
    sides = sorted([(place, 0) for place in asked] + [(place, 1) for place in answered])
    return sum(one[1] != other[1] for one, other in pairwise(sides)) / len(sides)


def _share_of_questions(
    blocks: Sequence[Block], labels: dict[int, _Label], places: Sequence[int], lang: str
) -> float:
    asking = sum(
        questions.asks(blocks[place].text[labels[place].end :], lang) is not Asks.NO
        for place in places
    )
    return asking / len(places)


def _spoken(block: Block, label: _Label) -> Iterator[Block]:
    """Yield ``block`` with its label in bold, in one form; a time goes to the report."""
    words = block.text[label.end :]
    rest = markdown_after(block.markdown, block.text[: label.end])
    if time := re.search(r"[\d:]+\d", block.text[len(label.name) : label.end]):
        yield Block(
            block.first, block.first, time[0], "", Kind.BOILERPLATE, why=msg("import_block.time")
        )
    yield replace(
        block,
        text=f"{label.name} : {words}",
        markdown=f"**{label.name} :** {rest}".rstrip(),
        style=Style.PLAIN,
    )
