"""The report of an import: everything the editor has to know, line by line.

It is printed in short and kept in full beside the portrait (``<stem>.import.txt``). That it
and the portrait hold the whole source is proved by :mod:`.accounting.balance`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portraits.importer.accounting.balance import Accounting
from portraits.support.messages import msg


class Concern(StrEnum):
    """Why a line stands in the report; the value is the key of its group's heading."""

    LOST = "import_report.lost"
    BOILERPLATE = "import_report.boilerplate"
    UNPLACED = "import_report.unplaced"
    REVIEW = "import_report.review"
    PROPOSAL = "import_report.proposal"
    NOTICE = "import_report.notice"

    @property
    def heading(self) -> str:
        """The heading of its group, in the editor's language."""
        return msg(self.value)

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
    """Message: what was decided, or what is missing."""

    def __str__(self) -> str:
        what = self.why
        if self.text and self.why:
            what = msg("import_report.quoted_because", text=self.text, why=self.why)
        elif self.text:
            what = msg("import_report.quoted", text=self.text)
        return msg("import_report.at_line", line=self.line, what=what) if self.line else what


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
        msg("import_report.title", source=report.source),
        "",
        msg(
            "import_report.balance",
            words=msg("import_report.words", count=words.total),
            placed=words.placed,
            reported=words.reported,
            lost=msg("import_report.words_lost", count=len(words.missing)),
        ),
        msg("import_report.questions", count=questions),
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
            lines += ["", msg("import_report.group", concern=concern.heading, count=len(entries))]
            lines += [f"  {entry}" for entry in entries]
    return "\n".join([*lines, ""])


def listing(report: Report, concern: Concern, most: int) -> list[str]:
    """The first ``most`` entries of a concern, for the terminal."""
    entries = report.of(concern)
    lines = [f"    {_shortened(str(entry))}" for entry in entries[:most]]
    if len(entries) > most:
        lines.append(msg("import_report.more", count=len(entries) - most))
    return lines


def _shortened(text: str) -> str:
    return text if len(text) <= 160 else text[:159].rstrip() + "…"
