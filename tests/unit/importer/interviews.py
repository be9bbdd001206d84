"""Invented interviews with their questions and names, and the score of an import against them.

``tests/cases/import/interviews/*.txt`` hold many files each:

    file    = ( "=== " file name " => " name of the person NEWLINE gold "---" NEWLINE source )*
    gold    = ( "? " a question as it stands in the source NEWLINE )*

The name is « - » where the source does not give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portraits.importer.portrait import Imported
from portraits.importer.report import Concern
from portraits.importer.transcript import Kind, words_of_markdown

from tests.unit.importer.shapes import CASES, imported_from

_HEAD = re.compile(r"(?m)^=== (?P<file>\S+) => (?P<name>.+)\n")


@dataclass(frozen=True)
class Case:
    """One file and what a careful reader finds in it."""

    file: str
    name: str
    questions: tuple[str, ...]
    source: str

    def imported(self) -> Imported:
        return imported_from(self.file, self.source.encode())


def cases() -> list[Case]:
    """Every interview of the folder, in the order of its files."""
    found = []
    for path in sorted((CASES / "interviews").glob("*.txt")):
        _, *parts = _HEAD.split(path.read_text(encoding="utf-8"))
        for file, name, rest in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            gold, _, source = rest.partition("---\n")
            asked = tuple(line.removeprefix("? ") for line in gold.splitlines())
            found.append(Case(file, name.removesuffix("-"), asked, source))
    return found


def key(text: str) -> str:
    """The words of ``text``, by which questions are compared."""
    return " ".join(words_of_markdown(re.sub(r"\]\([^)]*\)", "]", text))).casefold()


@dataclass(frozen=True)
class Score:
    """What was found of the questions of some interviews."""

    right: int
    wrong: tuple[str, ...]
    """« file: text » of what is no question and was taken for one."""
    missed: tuple[str, ...]
    """« file: text » of the questions that were not found."""
    unsaid: tuple[str, ...]
    """Those of the missed, or of the wrong, to which nothing draws the editor's eye."""

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.missed))


def score(cases: Iterable[Case]) -> Score:
    """Compare what the importer finds with the gold."""
    right, wrong, missed, unsaid = 0, [], [], []
    for case in cases:
        result = case.imported()
        blocks = result.transcript.blocks
        asked = [key(b.text) for b in blocks if b.kind in (Kind.QUESTION, Kind.FOLLOW_UP)]
        said = [
            key(entry.text)
            for concern in (Concern.REVIEW, Concern.UNPLACED)
            for entry in result.report.of(concern)
        ]
        gold = list(map(key, case.questions))
        right += sum(question in gold for question in asked)
        wrong += [f"{case.file}: {question}" for question in asked if question not in gold]
        for question in gold:
            if question in asked:
                continue
            missed.append(f"{case.file}: {question}")
            if not any(question in text or (text and text in question) for text in said):
                unsaid.append(f"{case.file}: {question}")
    return Score(right, tuple(wrong), tuple(missed), tuple(unsaid))


if __name__ == "__main__":
    every = cases()
    found = score(every)
    print(f"{len(every)} interviews, precision {found.precision:.3f}, recall {found.recall:.3f}")
    for title, lines in (
        ("wrong", found.wrong),
        ("missed", found.missed),
        ("unsaid", found.unsaid),
    ):
        print(f"-- {title}")
        for line in lines:
            print(f"  {line[:150]}")
    print("-- names")
    named = 0
    for case in every:
        name = re.search(r"(?m)^name: (.+)$", case.imported().text)
        shown = name[1] if name else ""
        named += shown == case.name
        if shown != case.name:
            print(f"  {case.file}: {shown!r}, not {case.name!r}")
    print(f"{named} names of {len(every)}")
