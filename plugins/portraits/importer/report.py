"""The report of an import, and the proof that nothing was lost in silence.

    words(source) <= words(portrait) - words(added by us) + words(report)     (as multisets)

The report holds everything the editor has to know, line by line. It is printed in short and
kept in full beside the portrait (``<stem>.import.txt``).

Every word of a source is accounted for. In the portrait only what readers would see counts:
values of the front matter, and the body without its ``{#id}``. Keys and comments do not, and
neither does what the importer wrote of its own (a name taken out of the title), so that they
stand in for no lost word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import yaml

from portraits.importer.transcript import words_of, words_of_markdown, words_of_value
from portraits.support.catalogue import quantity

_ID = re.compile(r"(?m)^(#{2,3} .*?) \{#[\w-]+\}$")


class Concern(StrEnum):
    """Why a line stands in the report; the value is the heading of its group."""

    BOILERPLATE = "Laissé de côté (éléments de l’ancienne page)"
    UNPLACED = "Non placé : à reprendre à la main si c’est utile"
    REVIEW = "À vérifier dans le portrait"
    PROPOSAL = "Questions peut-être connues du questionnaire"
    NOTICE = "À savoir"

    @property
    def keeps_text(self) -> bool:
        """Whether the text of such a line stands nowhere else."""
        return self in (Concern.BOILERPLATE, Concern.UNPLACED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the report."""

    concern: Concern
    line: int
    """1-based line in the source; 0 when the whole source is meant."""
    text: str
    """What stands there."""
    why: str
    """French: what was decided, or what is missing."""

    def __str__(self) -> str:
        place = f"ligne {self.line} : " if self.line else ""
        quoted = f"« {self.text} »" if self.text else ""
        return f"{place}{quoted}{' — ' if quoted and self.why else ''}{self.why}"


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did with its source."""

    source: str
    entries: tuple[Entry, ...]

    @property
    def kept_text(self) -> str:
        """All text that is in the report instead of the portrait."""
        return "\n".join(entry.text for entry in self.entries if entry.concern.keeps_text)

    def of(self, concern: Concern) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.concern is concern)


# -- words


def words_of_portrait(text: str) -> tuple[str, ...]:
    """The words that a portrait file says: front matter values and body."""
    _, front, body = text.split("---\n", 2)
    return words_of_value(yaml.safe_load(front) or {}) + words_of_markdown(_ID.sub(r"\1", body))


@dataclass(frozen=True, slots=True)
class Accounting:
    """Where the words of a source are."""

    total: int
    placed: int
    """Words that stand in the portrait."""
    reported: int
    """Words that stand only in the report."""
    missing: tuple[str, ...]
    """Words that stand nowhere: an importer's bug, and never published."""


class WordsLost(Exception):
    """An import that cannot account for all words. It writes nothing."""


def account_for_words(
    source_words: Iterable[str], result: str, report: Report, added: Iterable[str] = ()
) -> Accounting:
    """Compare a source's words with the portrait file ``result`` and the ``report``.

    ``added`` are the words in ``result`` that the importer wrote of its own.
    """
    source = Counter(source_words)
    placed = Counter(words_of_portrait(result)) - Counter(added)
    elsewhere = source - placed
    missing = elsewhere - Counter(words_of(report.kept_text))
    return Accounting(
        total=source.total(),
        placed=(source & placed).total(),
        reported=(elsewhere - missing).total(),
        missing=tuple(sorted(missing.elements())),
    )


# -- showing it


def report_text(report: Report, words: Accounting, questions: int) -> str:
    """The report in full, as it is kept beside the portrait."""
    lines = [
        f"Importation de {report.source}",
        "",
        f"{quantity(words.total, 'mot')} dans la source : {words.placed} dans le portrait, "
        f"{words.reported} dans ce compte rendu, {quantity(len(words.missing), 'perdu')}.",
        f"{quantity(questions, 'question ou relance', 'questions et relances')}.",
    ]
    for concern in (
        Concern.REVIEW,
        Concern.UNPLACED,
        Concern.PROPOSAL,
        Concern.NOTICE,
        Concern.BOILERPLATE,
    ):
        if entries := report.of(concern):
            lines += ["", f"{concern.value} ({len(entries)})"]
            lines += [f"  {entry}" for entry in entries]
    return "\n".join([*lines, ""])


def listing(report: Report, concern: Concern, most: int) -> list[str]:
    """The first ``most`` entries of a concern, for the terminal."""
    entries = report.of(concern)
    lines = [f"    {_shortened(str(entry))}" for entry in entries[:most]]
    if len(entries) > most:
        lines.append(f"    … et {quantity(len(entries) - most, 'autre')}")
    return lines


def _shortened(text: str) -> str:
    return text if len(text) <= 160 else text[:159].rstrip() + "…"
