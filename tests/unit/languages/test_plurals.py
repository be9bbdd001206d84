"""Plural rules in the notation of CLDR, for languages that have more forms than two."""

from __future__ import annotations

import pytest
from babel import Locale
from portraits.support.writing.plurals import category, plural_rule

ARABIC = {
    "zero": "n = 0",
    "one": "n = 1",
    "two": "n = 2",
    "few": "n % 100 = 3..10",
    "many": "n % 100 = 11..99",
}
POLISH = {
    "one": "i = 1 and v = 0",
    "few": "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
    "many": "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9"
    " or v = 0 and i % 100 = 12..14",
}


@pytest.mark.parametrize(("lang", "rules"), [("ar", ARABIC), ("pl", POLISH)])
def test_rules_decide_as_babel_s_do(lang: str, rules: dict[str, str]) -> None:
    ours, cldr = {form: plural_rule(rule) for form, rule in rules.items()}, Locale.parse(lang)
    numbers = [*range(1300), 0.5, 1.5, 12.25]
    assert {n: category(ours, n) for n in numbers} == {n: cldr.plural_form(n) for n in numbers}


@pytest.mark.parametrize(
    "text", ["", "n", "n is 1", "x = 1", "n = 1 and", "n = a", "n = 1..", "n == 1"]
)
def test_a_text_that_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        plural_rule(text)
