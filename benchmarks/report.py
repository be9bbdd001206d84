"""Report the results: tables, and the limits that the project sets itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders import HUGO, OURS, PELICAN
from benchmarks.results import Results, Scenario

_BEGIN = "<!-- figures: written by `invoke bench --write`, from benchmarks/results.json -->"
_END = "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A limit and the measured value."""

    what: str
    value: float | None
    """None if it was not measured."""
    limit: float
    unit: str = ""

    def row(self) -> tuple[str, str, str, str]:
        """Return the table cells: what, measured, limit, kept."""
        limit = f"≤ {self.limit:g}{self.unit}"
        if self.value is None:
            return self.what, "not measured", limit, "–"
        digits = 0 if self.unit else 3
        return (
            self.what,
            f"{self.value:.{digits}f}{self.unit}",
            limit,
            "yes" if self.value <= self.limit else "**no**",
        )


def verdicts(results: Results) -> tuple[Verdict, ...]:
    """Return the limits of the project with the measured values."""

    def wall(contender: str, size: int, scenario: Scenario) -> float | None:
        cost = results.best(contender, size, scenario)
        return cost.wall if cost else None

    def peak(size: int, scenario: Scenario) -> float | None:
        cost = results.best(OURS, size, scenario)
        return cost.peak / 1e6 if cost else None

    def ratio(top: float | None, bottom: float | None) -> float | None:
        return top / bottom if top is not None and bottom else None

    def beside_hugo(size: int, scenario: Scenario) -> float | None:
        return ratio(wall(OURS, size, scenario), wall(HUGO, size, scenario))

    def cold_beside(contender: str, size: int) -> float | None:
        return ratio(wall(OURS, size, Scenario.COLD), wall(contender, size, Scenario.COLD))

    limits = (
        (Scenario.EDIT, "one edit", 0.25, 0.04),
        (Scenario.NEW, "one new portrait", 0.5, 0.12),
        (Scenario.TAG, "a tag changed", 0.5, 0.15),
        (Scenario.NAME, "a name changed", 0.5, 0.15),
        (Scenario.NOTHING, "nothing changed", 0.11, 0.03),
        (Scenario.TEMPLATE, "one template", 3.5, 2.5),
        (Scenario.COLD, "cold", 9.0, 7.0),
    )
    return (
        *(
            Verdict(f"{what} at {size:,}, in Hugo’s rebuilds", beside_hugo(size, scenario), limit)
            for scenario, what, *pair in limits
            for size, limit in zip((1_000, 10_000), pair, strict=True)
        ),
        Verdict(
            "cold at 1,000, in builds of plain Pelican with typogrify",
            cold_beside(PELICAN, 1_000),
            0.7,
        ),
        Verdict("peak memory at 10,000, cold", peak(10_000, Scenario.COLD), 300, " MB"),
        Verdict("peak memory at 10,000, one edit", peak(10_000, Scenario.EDIT), 70, " MB"),
    )


def table_of_costs(results: Results, size: int) -> str:
    """Return wall and processor seconds of every scenario, and peak memory, as a Markdown table."""
    scenarios = tuple(Scenario)
    rows = [(f"{size:,} portraits", *scenarios, "peak MB, cold / one edit")]
    for contender, title in results.titles.items():
        costs = {scenario: results.best(contender, size, scenario) for scenario in scenarios}
        if not any(costs.values()):
            continue
        times = (f"{cost.wall:.2f} ({cost.cpu:.2f})" if cost else "–" for cost in costs.values())
        peaks = (
            f"{cost.peak / 1e6:.0f}" if cost else "–"
            for cost in (costs[Scenario.COLD], costs[Scenario.EDIT])
        )
        rows.append((title, *times, " / ".join(peaks)))
    return _markdown(rows)


def table_of_verdicts(results: Results) -> str:
    """Return every limit with the measured value, as a Markdown table."""
    return _markdown(
        [
            ("limit", "measured", "at most", "kept"),
            *(verdict.row() for verdict in verdicts(results)),
        ]
    )


def figures(results: Results) -> str:
    """Return all tables."""
    parts = [f"Measured on {results.machine}. Wall seconds (processor seconds of all processes)."]
    parts += [table_of_costs(results, size) for size in results.sizes]
    return "\n\n".join([*parts, table_of_verdicts(results)])


def write_into(document: Path, results: Results) -> None:
    """Write the figures between the markers of ``document``. Raise ValueError if a marker is
    missing."""
    text = document.read_text(encoding="utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"{document} : il manque « {_BEGIN} » ou « {_END} »")
    document.write_text(f"{before}{begin}\n\n{figures(results)}\n\n{end}{after}", encoding="utf-8")


def _markdown(rows: list[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]

    def lines() -> Iterator[str]:
        for number, row in enumerate(rows):
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            yield f"| {' | '.join(cells)} |"
            if number == 0:
                yield f"|{'|'.join('-' * (width + 2) for width in widths)}|"

    return "\n".join(lines())
