"""The report of an import: everything the editor has to know, line by line.

It is printed in short and kept in full beside the portrait (``<stem>.import.txt``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Concern(StrEnum):
    """Why a line stands in the report; the value is the heading of its group."""

    FURNITURE = "Laissé de côté (éléments de l’ancienne page)"
    UNPLACED = "Non placé : à reprendre à la main si c’est utile"
    DOUBT = "À vérifier dans le portrait"
    PROPOSAL = "Questions peut-être connues du questionnaire"
    NOTICE = "À savoir"

    @property
    def keeps_text(self) -> bool:
        """Whether the text of such a line stands nowhere else."""
        return self in (Concern.FURNITURE, Concern.UNPLACED)


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
