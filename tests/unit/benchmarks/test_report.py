"""What is said of measured costs: best runs, limits, and where they are written."""

import pytest

from benchmarks.measurement import Cost, Failed, cost_of
from benchmarks.report import figures, verdicts, write_into
from benchmarks.results import Results, Scenario, load


def results() -> Results:
    found = Results("a machine", {"portraits": "this project", "hugo": "Hugo 1", "pelican": "P"})
    for contender, cold, edit in (("portraits", 5.0, 0.5), ("hugo", 2.0, 2.0)):
        for size in (1_000, 10_000):
            for scenario in Scenario:
                wall = (cold if scenario is Scenario.COLD else edit) * size / 1_000
                found.add((contender, size, scenario), Cost(wall, 1.5 * wall, 50_000_000))
    found.add(("pelican", 1_000, Scenario.COLD), Cost(25.0, 25.0, 80_000_000))
    return found


def test_of_several_runs_the_least_time_and_the_greatest_memory_count():
    found = Results("a machine")
    found.add(("hugo", 10, Scenario.EDIT), Cost(3.0, 1.0, 5))
    found.add(("hugo", 10, Scenario.EDIT), Cost(2.0, 4.0, 9))
    assert found.best("hugo", 10, Scenario.EDIT) == Cost(2.0, 1.0, 9)


def test_a_limit_is_held_against_what_was_measured():
    said = {verdict.what: verdict.row()[1:] for verdict in verdicts(results())}
    for what, limits in {
        "one edit": ("0.25", "0.04"),
        "one new portrait": ("0.5", "0.12"),
        "a tag changed": ("0.5", "0.15"),
        "a name changed": ("0.5", "0.15"),
        "nothing changed": ("0.11", "0.03"),
        "one template": ("3.5", "2.5"),
    }.items():
        for size, limit in zip(("1,000", "10,000"), limits, strict=True):
            kept = "yes" if float(limit) >= 0.25 else "**no**"
            assert said.pop(f"{what} at {size}, in Hugo’s rebuilds") == (
                "0.250",
                f"≤ {limit}",
                kept,
            )
    assert said == {
        "cold at 1,000, in Hugo’s rebuilds": ("2.500", "≤ 9", "yes"),
        "cold at 10,000, in Hugo’s rebuilds": ("2.500", "≤ 7", "yes"),
        "cold at 1,000, in builds of plain Pelican with typogrify": ("0.200", "≤ 0.7", "yes"),
        "peak memory at 10,000, cold": ("50 MB", "≤ 300 MB", "yes"),
        "peak memory at 10,000, one edit": ("50 MB", "≤ 70 MB", "yes"),
    }


def test_a_limit_on_what_was_not_measured_is_neither_kept_nor_broken():
    rows = [verdict.row() for verdict in verdicts(Results("a machine"))]
    assert len(rows) == 17
    assert {(value, kept) for _, value, _, kept in rows} == {("not measured", "–")}


def test_results_that_are_kept_are_read_as_they_were(tmp_path):
    results().save(tmp_path / "results.json")
    assert load(tmp_path / "results.json") == results()


def test_figures_replace_the_marked_part_of_the_document_alone(tmp_path):
    document = tmp_path / "performance.md"
    begin = "<!-- figures: written by `invoke bench --write`, from benchmarks/results.json -->"
    document.write_text(f"before\n{begin}\nstale figures\n<!-- end of figures -->\nafter\n")
    write_into(document, results())
    write_into(document, results())
    text = document.read_text()
    assert text.startswith(f"before\n{begin}\n\nMeasured on a machine.")
    assert text.endswith("\n\n<!-- end of figures -->\nafter\n")
    assert text.count(figures(results())) == 1
    assert "stale figures" not in text


def test_a_document_without_marks_is_left_alone(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text("no marks\n")
    with pytest.raises(ValueError, match="il manque"):
        write_into(document, results())
    assert document.read_text() == "no marks\n"


def test_the_cost_of_a_command_includes_the_processes_that_it_starts(tmp_path):
    script = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"
    alone = cost_of(("sh", "-c", ":"), tmp_path, tmp_path / "log")
    parent = cost_of(("sh", "-c", f"sh -c '{script}'; :"), tmp_path, tmp_path / "log")
    assert parent.cpu > alone.cpu
    assert parent.wall > 0
    assert parent.peak > 0


def test_a_command_that_fails_is_not_a_measurement(tmp_path):
    with pytest.raises(Failed, match="not today"):
        cost_of(("sh", "-c", "echo not today; exit 3"), tmp_path, tmp_path / "log")
