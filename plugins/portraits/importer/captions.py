"""Captions of a filmed or recorded interview: SubRip, WebVTT, and what speech recognition writes.

    file  = [ "WEBVTT" … ] cue*
    cue   = [ number ] times line+        times = "00:00:01,000 --> 00:00:03,200" …
          | "[00:00.000 --> 00:03.200]" line
    voice = "<v Zoé>" | "Zoé:" | "- "     before the words

Cues of one voice run on until another speaks. Where no voice is named, sentences that ask stand by
themselves, which is to be reviewed: nothing else tells who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portraits.importer import questions
from portraits.importer.plain_text import plain_block
from portraits.importer.questions import Asks
from portraits.importer.transcript import Block, Kind, Transcript, words_of
from portraits.support.messages import msg

_STAMP = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMES = re.compile(rf"\[?\s*{_STAMP}\s*-->\s*{_STAMP}\]?(?P<rest>.*)$")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+(?P<name>[^>]+)>")
_TAG = re.compile(r"</?(?:v|c|i|b|u|lang|ruby|rt|font)\b[^>]*>|<\d[\d:.]*>|\{\\an\d\}")
_NAMED = re.compile(r"(?:-\s*)?(?P<name>[^\W\d_][^:?!.,\n]{0,40}?)\s?:\s+(?=\S)")
_DASH = re.compile(r"[-–—]\s*(?=\S)")
_SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+[»”)]*|$)\s*")
_HEAD = re.compile(r"(?:NOTE|STYLE|REGION)\b")


@dataclass
class _Turn:
    """What one voice says until another one speaks."""

    first: int
    name: str
    words: str
    last: int


def is_captions(text: str) -> bool:
    """Whether ``text`` is made of cues with their times."""
    head = [line.strip() for line in text.split("\n", 40)[:40]]
    return sum(_TIMES.match(line) is not None for line in head) >= 2


def transcript(source: str, text: str, notices: tuple[str, ...] = ()) -> Transcript:
    """The transcript of captions."""
    turns: list[_Turn] = []
    left: list[Block] = []
    named = False
    for number, line, is_speech in _lines(text):
        if not is_speech:
            if line:
                left.append(_boilerplate(number, line))
            continue
        said = _SaidLine.of(line)
        named = named or bool(said.name)
        if turns and not said.begins and said.name in ("", turns[-1].name):
            if said.name:
                left.append(_boilerplate(number, said.name, msg("import_source.name_repeated")))
            turns[-1].words += f" {said.words}"
            turns[-1].last = number
        else:
            turns.append(_Turn(number, said.name, said.words, number))
    if not named:
        notices += (msg("import_source.no_voice"),)
    dashes = sum(turn.words.startswith("— ") for turn in turns)
    blocks = [
        block
        for turn in turns
        for block in ([_block(turn)] if named or dashes >= 2 else _sentences(turn))
    ]
    blocks = sorted([*left, *blocks], key=lambda block: block.first)
    spoken = _TAG.sub(" ", _VOICE.sub(r" \g<name> ", text))
    return Transcript(source, tuple(blocks), words_of(spoken), notices=notices)


@dataclass(frozen=True, slots=True)
class _SaidLine:
    """One line of a cue."""

    name: str
    words: str
    begins: bool
    """Whether a sign says that another voice begins."""

    @classmethod
    def of(cls, line: str) -> _SaidLine:
        voice = _VOICE.search(line)
        words = _TAG.sub("", _VOICE.sub("", line)).strip()
        if voice:
            return cls(voice["name"].strip(), words, False)
        if found := _NAMED.match(words):
            return cls(found["name"], words[found.end() :], False)
        if found := _DASH.match(words):
            return cls("", f"— {words[found.end() :]}", True)
        return cls("", words, False)


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """(number, line, whether somebody says it) of each line that is not blank."""
    lines = text.split("\n")
    head = False
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        following = lines[number].strip() if number < len(lines) else ""
        if not stripped:
            head = False
        elif found := _TIMES.match(stripped):
            head = False
            rest = found["rest"].strip()
            settings = re.fullmatch(r"(?:\w+:\S+\s*)*", rest) is not None
            yield number, stripped[: found.start("rest")] + (rest if settings else ""), False
            if rest and not settings:
                yield number, rest, True
        elif number == 1 and stripped.lstrip("\ufeff").startswith("WEBVTT"):
            head = True
            yield number, stripped, False
        elif head or _HEAD.match(stripped) or _TIMES.match(following):
            head = head or _HEAD.match(stripped) is not None
            yield number, stripped, False
        else:
            yield number, stripped, True


def _boilerplate(number: int, text: str, why: str = "") -> Block:
    said = why or msg("import_block.time")
    return Block(number, number, text, "", Kind.BOILERPLATE, why=said)


def _block(turn: _Turn) -> Block:
    words = f"{turn.name} : {turn.words}" if turn.name else turn.words
    return plain_block(turn.first, turn.last, words)


def _sentences(turn: _Turn) -> Iterator[Block]:
    """A turn of unnamed voices: sentences that ask, and what stands between them."""
    said = ""
    for sentence in _SENTENCE.findall(turn.words):
        if questions.asks(sentence) is not Asks.YES:
            said += sentence
            continue
        if said.strip():
            yield plain_block(turn.first, turn.last, said.strip())
        said = ""
        asked = plain_block(turn.first, turn.last, sentence.strip())
        yield replace(asked, review=msg("import_source.question_by_words"))
    if said.strip():
        yield plain_block(turn.first, turn.last, said.strip())
