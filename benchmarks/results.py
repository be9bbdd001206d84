"""What was measured: every run, and what is said of them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from benchmarks.measurement import Cost


class Scenario(StrEnum):
    """What has happened since the last build, in the order in which it is measured."""

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
    """All runs of one session of measuring."""

    machine: str
    """What was measured on, and when."""
    titles: dict[str, str] = field(default_factory=dict)
    """Contender -> name and version."""
    runs: dict[Key, list[Cost]] = field(default_factory=dict)

    def add(self, key: Key, cost: Cost) -> None:
        """One more run."""
        self.runs.setdefault(key, []).append(cost)

    def best(self, contender: str, size: int, scenario: Scenario) -> Cost | None:
        """Least times and highest memory of the runs; None where there are none.

        What a run takes longer than the shortest is other programs' doing; what it once
        needed in memory is its own.
        """
        runs = self.runs.get((contender, size, scenario))
        if not runs:
            return None
        return Cost(min(run.wall for run in runs), min(run.cpu for run in runs),
                    max(run.peak for run in runs))

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(sorted({size for _, size, _ in self.runs}))

    def save(self, path: Path) -> None:
        """Write all runs as JSON."""
        runs = [{"contender": contender, "portraits": size, "scenario": scenario.value,
                 "runs": [asdict(cost) for cost in costs]}
                for (contender, size, scenario), costs in self.runs.items()]
        text = json.dumps({"machine": self.machine, "titles": self.titles, "measured": runs},
                          ensure_ascii=False, indent=1)
        path.write_text(f"{text}\n", encoding="utf-8")


def load(path: Path) -> Results:
    """What :meth:`Results.save` wrote."""
    saved = json.loads(path.read_text(encoding="utf-8"))
    return Results(saved["machine"], saved["titles"], {
        (row["contender"], row["portraits"], Scenario(row["scenario"])):
            [Cost(**run) for run in row["runs"]] for row in saved["measured"]})
