"""Compose French sentences from word lists, with a seeded generator.

    sentence = pattern, each {slot} replaced by a choice from the list of that name

Only ``Random.random()`` is used, because Python guarantees the same sequence for the same seed in
every version for that method alone (docs.python.org, ``random``, « Notes on Reproducibility »).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

T = TypeVar("T")

_SLOT = re.compile(r"\{(\w+)\}")
_LISTS = {
    "place": "places",
    "thing": "things",
    "moment": "moments",
    "someone": "people",
    "doing": "doings",
    "quality": "qualities",
}


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return every list of ``words.toml``, by name."""
    text = (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
    return {name: tuple(entries) for name, entries in tomllib.loads(text).items()}


def below(bound: int, random: Random) -> int:
    """Return an integer from 0 to ``bound`` - 1."""
    return int(random.random() * bound)


def choice(entries: Sequence[T], random: Random) -> T:
    """Return one of ``entries``."""
    return entries[below(len(entries), random)]


def choices(entries: Sequence[T], count: int, random: Random) -> tuple[T, ...]:
    """Return ``count`` different ``entries``."""
    left = list(entries)
    return tuple(left.pop(below(len(left), random)) for _ in range(count))


def filled(pattern: str, random: Random) -> str:
    """Return ``pattern`` with a word in each slot."""

    def word(slot: re.Match[str]) -> str:
        match slot[1]:
            case "number":
                return str(2 + below(58, random))
            case "handle":
                return f"@voisin_ex{below(400, random)}"
            case "link":
                return f"https://carnet{below(50, random)}.example/billet-{below(900, random)}"
            case "moment_first":
                found = choice(words()["moments"], random)
                return found[0].upper() + found[1:]
            case name:
                return choice(words()[_LISTS[name]], random)

    return _SLOT.sub(word, pattern)


def sentences(count: int, random: Random, source: str = "sentences") -> tuple[str, ...]:
    """Return ``count`` sentences from different patterns."""
    return tuple(filled(pattern, random) for pattern in choices(words()[source], count, random))
