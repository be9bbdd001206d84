"""Store the measured results: every run, and the best values."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from benchmarks.measurement import Cost


class Scenario(StrEnum):
    """What happened since the last build. Scenarios are measured in this order."""

    COLD = "cold"
    NOTHING = "nothing changed"
    EDIT = "one edit"
    NEW = "one new"
    TAG = "one tag"
    NAME = "one name"
    TEMPLATE = "one template"


Key = tuple[str, int, Scenario]
"""Contender, number of portraits, scenario."""


@dataclass
class Results:
    """All runs of one session."""

    machine: str
    """The machine and the day of the session."""
    titles: dict[str, str] = field(default_factory=dict)
    """Contender -> name and version."""
    runs: dict[Key, list[Cost]] = field(default_factory=dict)

    def add(self, key: Key, cost: Cost) -> None:
        """Add a run."""
        self.runs.setdefault(key, []).append(cost)

    def best(self, contender: str, size: int, scenario: Scenario) -> Cost | None:
        """Return the shortest times and the highest memory of the runs; None if there are none.

        Longer times are due to other programs, but any peak of memory is the run's own.
        """
        runs = self.runs.get((contender, size, scenario))
        if not runs:
            return None
        return Cost(
            min(run.wall for run in runs),
            min(run.cpu for run in runs),
            max(run.peak for run in runs),
        )

    @property
    def sizes(self) -> tuple[int, ...]:
        """The measured series lengths, sorted."""
        return tuple(sorted({size for _, size, _ in self.runs}))

    def save(self, path: Path) -> None:
        """Write all runs as JSON."""
        runs = [
            {
                "contender": contender,
                "portraits": size,
                "scenario": scenario.value,
                "runs": [asdict(cost) for cost in costs],
            }
            for (contender, size, scenario), costs in self.runs.items()
        ]
        text = json.dumps(
            {"machine": self.machine, "titles": self.titles, "measured": runs},
            ensure_ascii=False,
            indent=1,
        )
        path.write_text(f"{text}\n", encoding="utf-8")


def load(path: Path) -> Results:
    """Load what :meth:`Results.save` wrote."""
    saved = json.loads(path.read_text(encoding="utf-8"))
    return Results(
        saved["machine"],
        saved["titles"],
        {
            (row["contender"], row["portraits"], Scenario(row["scenario"])): [
                Cost(**run) for run in row["runs"]
            ]
            for row in saved["measured"]
        },
    )
