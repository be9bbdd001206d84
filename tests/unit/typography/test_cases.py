"""The tables of cases in ``tests/cases/typography-*.txt``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from portraits.typography import Rules, typeset

CASES = Path(__file__).parents[2] / "cases"
_VISIBLE = str.maketrans({"⍽": "\u00a0", "⎵": "\u202f", "↵": "\n"})
_INVISIBLE = str.maketrans({"\u00a0": "⍽", "\u202f": "⎵", "\n": "↵"})


@dataclass(frozen=True, slots=True)
class Case:
    title: str
    typed: str
    expected: str


def cases(name: str) -> list[Case]:
    """The cases of one table; a line that is none of its forms is an error."""
    found: list[Case] = []
    title = ""
    typed: str | None = None
    for number, line in enumerate((CASES / name).read_text("utf-8").splitlines(), 1):
        form, _, text = line.partition(" ")
        if form in ("", ";", "=="):
            continue
        if form == "#":
            title = text
        elif form == "<":
            typed = text
        elif form == "=":
            found.append(Case(title, text, text))
        elif form == ">" and typed is not None:
            found.append(Case(title, typed, text))
            typed = None
        else:
            raise ValueError(f"{name}:{number}: {line}")
    return found


def parametrized(name: str) -> pytest.MarkDecorator:
    table = cases(name)
    return pytest.mark.parametrize("case", table, ids=[case.title for case in table])


def check(case: Case, lang: str, rules: Rules) -> None:
    expected = case.expected.translate(_VISIBLE)
    settled = typeset(case.typed.translate(_VISIBLE), lang, rules)
    assert settled.translate(_INVISIBLE) == case.expected
    assert typeset(expected, lang, rules) == expected


@parametrized("typography-fr-quebec.txt")
def test_french_is_set_by_the_rules_of_quebec(case: Case) -> None:
    check(case, "fr-CA", "quebec")


@parametrized("typography-fr-france.txt")
def test_french_is_set_by_the_rules_of_france(case: Case) -> None:
    check(case, "fr", "france")


@parametrized("typography-en.txt")
def test_english_is_set(case: Case) -> None:
    check(case, "en", "quebec")


@parametrized("typography-es.txt")
def test_spanish_is_set(case: Case) -> None:
    check(case, "es-MX", "quebec")


@parametrized("typography-de.txt")
def test_german_is_set(case: Case) -> None:
    check(case, "de", "quebec")
