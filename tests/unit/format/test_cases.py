"""The tables of ``tests/cases``: what a file becomes, and what is said of a wrong one."""

from __future__ import annotations

import pytest

from tests.unit.format.case_files import HEADER, Case, listed, parsed, read_cases, structure


def _named(name: str) -> object:
    cases = read_cases(name)
    return pytest.mark.parametrize("case", cases, ids=[case.title for case in cases])


def _shown(case: Case) -> str:
    source = "portraits/lea.en.md" if "English" in case.title else "portraits/lea.md"
    result = parsed(f"{HEADER}{case.given}\n", source=source)
    assert result.portrait is not None, listed(result.problems)
    remarks = listed(result.problems)
    return structure(result.portrait) + (f"\n{remarks}" if remarks else "")


@_named("format-structure.txt")  # type: ignore[operator]
def test_a_body_has_this_structure(case: Case) -> None:
    assert _shown(case) == case.expected


@_named("format-recommendations.txt")  # type: ignore[operator]
def test_a_list_reads_as(case: Case) -> None:
    assert _shown(case) == case.expected


@_named("errors-front-matter.txt")  # type: ignore[operator]
def test_a_wrong_file_is_told(case: Case) -> None:
    assert listed(parsed(f"{case.given}\n").problems) == case.expected


@_named("errors-body.txt")  # type: ignore[operator]
def test_a_wrong_body_is_told(case: Case) -> None:
    result = parsed(f"{HEADER}{case.given}\n")
    assert listed(result.problems) == case.expected
    assert (result.portrait is None) == any(problem.is_error for problem in result.problems)


@_named("format-marks.txt")  # type: ignore[operator]
def test_marks_read_as_people_mean_them(case: Case) -> None:
    assert _shown(case) == case.expected


@_named("errors-marks.txt")  # type: ignore[operator]
def test_marks_that_lead_nowhere_are_told(case: Case) -> None:
    assert listed(parsed(f"{HEADER}{case.given}\n").problems) == case.expected
