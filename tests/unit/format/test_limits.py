"""What is refused before anybody parses it."""

from __future__ import annotations

import re

import pytest
from portraits.support.limits import FORBIDDEN, MAX_RUN, normalised_text, visible, within_limits
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


@pytest.mark.parametrize("count", [151, 8_000, 20_000])
@pytest.mark.parametrize("between", ["", "\n", "\n\n", " a="])
def test_elements_inside_one_another_are_refused_before_they_are_parsed(
    count: int, between: str
) -> None:
    text = ("a\n" * 3 + f"<div {between}>" * count)[:250_000]
    report = ProblemCollector("x.md")
    assert not within_limits(text, report, first_line=1)
    line = text[: [found.start() for found in re.finditer("<div", text)][150]].count("\n") + 1
    assert (line, "plus de 150 éléments HTML les uns dans les autres", "fermez <div>") in [
        (problem.line, problem.message, problem.hint[:12]) for problem in report.problems
    ]


@pytest.mark.parametrize(
    "fits",
    [
        "<div>" * 150 + "</div>" * 150,
        "<div>\n<br><p>a<ul><li>b<li>c</ul>\n</div>\n" * 200,
        "</div>" * 300 + "<b>" * 150,
        "a < b <https://exemple.ca> <lea@exemple.ca> <3 " * 200,
        "<P>\n<IMG src=a>" * 300,
    ],
)
def test_elements_that_are_closed_are_taken(fits: str) -> None:
    assert within_limits(fits, ProblemCollector("x.md"), first_line=1)


@pytest.mark.parametrize(
    "character",
    [
        *"\u00ad\u034f\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064",
        *"\u061c\u2065\u206a\u3164\ufe0f\ufeff\uffa0\ufff9\U000e0041\U000e0101",
    ],
    ids=lambda character: f"U+{ord(character):04X}",
)
@pytest.mark.parametrize("text", ["@even{}ko", "@{}evenko", "nom: {}", "{}{}à{}"])
def test_an_invisible_character_between_letters_is_removed_and_named(
    character: str, text: str
) -> None:
    report = ProblemCollector("x.md")
    typed = text.replace("{}", character)
    assert normalised_text(f"Un\n{typed}\n".encode(), report) == f"Un\n{text.replace('{}', '')}\n"
    (problem,) = report.problems
    assert (problem.line, problem.code, problem.is_error) == (2, "invisible-character", False)
    assert f"U+{ord(character):04X}" in problem.message


def test_invisible_characters_are_counted_once_for_the_whole_file() -> None:
    report = ProblemCollector("x.md")
    normalised_text("a\u00adb\nc\n\u200bd\u00ad\n".encode(), report)
    assert [problem.message for problem in report.problems] == [
        "3 caractères invisibles : U+00AD (trait d’union conditionnel), U+200B (espace sans chasse)"
        " ; lignes 1, 3"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "👩‍💻 et 👨🏽‍🚀",
        "1️⃣ ©️ ❤️",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می‌خواهم",
        "5‌ام",
        "क्‍ष",
        "葛\U000e0100城",
    ],
)
def test_joiners_stay_where_a_script_or_an_emoji_needs_them(text: str) -> None:
    report = ProblemCollector("x.md")
    assert normalised_text(text.encode(), report) == text
    assert report.problems == ()


def test_nothing_invisible_hides_behind_another() -> None:
    assert visible("e\u200d\u00ad\u200dé") == "eé"
