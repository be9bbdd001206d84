"""What is refused before anybody parses it."""

from __future__ import annotations

import pytest
from portraits.support.limits import FORBIDDEN, MAX_RUN, normalised_text, within_limits
from portraits.support.problems import ProblemCollector


@pytest.mark.parametrize("before", range(0, MAX_RUN, 7))
@pytest.mark.parametrize(("length", "fits"), [(MAX_RUN, True), (MAX_RUN + 1, False)])
def test_a_long_run_of_one_mark_is_found_wherever_it_begins(
    before: int, length: int, fits: bool
) -> None:
    text = f"{'a' * before}{'!' * length} et la suite"
    report = ProblemCollector("x.md")
    assert within_limits(text, report, first_line=1) is fits
    assert [problem.message for problem in report.problems] == (
        [] if fits else [f"« ! » répété {length} fois"]
    )


@pytest.mark.parametrize(
    "deep",
    [
        ">" * 51,
        "> " * 51,
        "- " * 51,
        "* + - " * 17,
        "1. " * 51,
        "23. " * 51,
        " " * 102,
        "a" + "\t" * 51,
    ],
)
@pytest.mark.parametrize("before", ["", "a\n", "a\n\n"])
def test_a_line_that_is_too_deep_is_found_wherever_it_stands(before: str, deep: str) -> None:
    report = ProblemCollector("x.md")
    assert not within_limits(f"{before}{deep}x\n\nb", report, first_line=1)
    assert [(problem.line, problem.message) for problem in report.problems] == [
        (before.count("\n") + 1, "51 niveaux de citations, de listes ou de retraits")
    ]


@pytest.mark.parametrize("fits", ["> " * 50, "- " * 50, " " * 101, "\t" * 25, "-" * 150])
def test_a_line_at_the_limit_is_taken(fits: str) -> None:
    assert within_limits(f"a\n{fits}x", ProblemCollector("x.md"), first_line=1)


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x08",
        "\x0b",
        "\x1f",
        "\x7f",
        "\x9f",
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
        "\ufdd0",
        "\ufdef",
        "\ufffe",
        "\uffff",
        "\U0001fffe",
        "\U0010ffff",
    ],
)
def test_what_is_no_text_is_found_at_its_line(character: str) -> None:
    report = ProblemCollector("x.md")
    text = normalised_text(f"Léa\n\n{character}".encode(), report)
    assert text == "Léa\n\n\ufffd"
    assert [(problem.line, problem.code) for problem in report.problems] == [
        (3, "forbidden-character")
    ]


@pytest.mark.parametrize(
    "character",
    [
        "\t",
        " ",
        "~",
        "é",
        "\u00a0",
        "\u2029",
        "\u202f",
        "\u2065",
        "\u206a",
        "\ud7ff",
        "\ue000",
        "\ufdcf",
        "\ufdf0",
        "\U0001f600",
        "\U0010fffd",
    ],
)
def test_every_other_character_is_text(character: str) -> None:
    report = ProblemCollector("x.md")
    assert normalised_text(f"Léa{character}".encode(), report) == f"Léa{character}"
    assert report.problems == ()
    assert not FORBIDDEN.search(character)
