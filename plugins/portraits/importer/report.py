"""The report of an import: everything the editor has to know, line by line.

It is printed in short and kept in full beside the portrait (``<stem>.import.txt``). That it
and the portrait hold the whole source is proved by :mod:`.accounting.balance`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portraits.importer.accounting.balance import Accounting
from portraits.support.catalogue import quantity


class Concern(StrEnum):
    """Why a line stands in the report; the value is the heading of its group."""

    LOST = "Perdu : à reprendre dans la source"
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
        Concern.LOST,
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
