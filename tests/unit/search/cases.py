"""The cases of ``words.txt``, which the build and the browser share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    terms: frozenset[str]


def _case(line: str) -> Case:
    text, _, terms = line.partition(" |")
    return Case(text, frozenset(terms.split()))


CASES = tuple(
    _case(line)
    for line in Path(__file__).with_name("words.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
)
