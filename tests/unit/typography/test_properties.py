"""What holds for every text, not only for those in the tables."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portraits.typography import Rules, typeset, variant_for
from portraits.typography.english import ENGLISH
from portraits.typography.french import FRANCE, QUEBEC
from portraits.typography.french.punctuation import point_and_comma
from portraits.typography.german import GERMAN
from portraits.typography.line import Rule, RuleSet, settle
from portraits.typography.protected import PROTECTED, hide
from portraits.typography.spanish import SPANISH

PLUGINS = str(Path(__file__).parents[3] / "plugins")
SIGNS = "aA1é '\"«»“”‘’;:!?.,…-%$°Ch@#/()[]\u00a0\u202f\n+`&<>\\=😉´\x02\x03\ufdd0\ufdd1\ufdd2"
PIECES = (
    "etc",
    "z.B.",
    "„a”",
    "¿ Qué ?",
    "1 de mayo",
    "12h30",
    "http://x.ca/a:b",
    "n° 5",
    "1er août",
    " : ",
    " ;)",
    "M. X",
    "...",
    "--",
    "10 000",
    "l'",
    "XXe siècle",
    "&amp;",
    "5'10\"",
    "20 M$",
    "rock 'n' roll",
    "@a.b",
    "`x`",
    ":joie:",
    "x.ca/y",
    "tel:5",
    "#a",
    "x.md",
    ":-)",
)
TEXTS = st.lists(st.sampled_from([*SIGNS, *PIECES]), max_size=30).map("".join) | st.text()
WAYS: tuple[tuple[str, Rules], ...] = (
    ("fr", "quebec"),
    ("fr", "france"),
    ("en", "quebec"),
    ("es", "quebec"),
    ("de", "quebec"),
)
VARIANTS = {
    "quebec": QUEBEC,
    "france": FRANCE,
    "english": ENGLISH,
    "spanish": SPANISH,
    "german": GERMAN,
}
RULES = {f"{name}-{rule.name}": rule for name, each in VARIANTS.items() for rule in each.rules}


@pytest.mark.parametrize(("lang", "rules"), WAYS)
@settings(max_examples=300)
@given(text=TEXTS)
def test_setting_twice_is_setting_once(lang: str, rules: Rules, text: str) -> None:
    once = typeset(text, lang, rules)
    assert typeset(once, lang, rules) == once


@pytest.mark.parametrize(("lang", "rules"), WAYS)
@settings(max_examples=300)
@given(text=TEXTS)
def test_letters_and_digits_are_never_touched(lang: str, rules: Rules, text: str) -> None:
    settled = typeset(text, lang, rules)
    assert [c for c in settled if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize(("lang", "rules"), WAYS)
@settings(max_examples=300)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
def test_where_nodes_are_cut_does_not_change_the_line(
    lang: str, rules: Rules, texts: list[str]
) -> None:
    whole = "".join(texts)
    variant = variant_for(lang, rules)
    assert variant is not None
    lengths = [len("".join(texts[: n + 1])) for n in range(len(texts) - 1)]
    settled, cuts = settle(whole, variant, lengths)
    assert settled == typeset(whole, lang, rules)
    assert len(cuts) == len(lengths)
    assert list(cuts) == sorted(cuts)
    assert all(0 <= cut <= len(settled) for cut in cuts)


@settings(max_examples=200)
@given(text=TEXTS)
def test_a_language_without_rules_stays_as_typed(text: str) -> None:
    assert typeset(text, "iu") == text
    assert typeset(text, "") == text


@pytest.mark.parametrize("tag", ["fr", "FR", "fr-CA", "fr-FR", "fr_CA", "fr-Latn-CA"])
def test_every_french_is_french(tag: str) -> None:
    assert typeset("l'été", tag) == "l’été"


def test_rules_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="quebec ou france"):
        typeset("x", "fr", "suisse")  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", ["fr", "en", "es", "de"])
@pytest.mark.parametrize(
    "piece",
    [
        '"',
        " :",
        "'",
        " '",
        "«",
        "»",
        "”“",
        "« ",
        " ",
        '"a ',
        '«"“',
        "...",
        "--",
        "a-",
        "l'",
        "x'x'",
        "1 000 ",
        "12h",
        "1",
        "1'",
        "http://",
        "a.",
        "a/",
        "#",
        "`",
        ":a",
        ";)",
        "&a",
        "a@",
        "@a",
        "l'a@",
        "\x02",
        "\ufdd0",
        "\ufdd2",
        " ,",
        " !",
        "M. ",
        "\u00a0",
        "„",
        "¿ ",
        "z.B.",
    ],
)
def test_the_longest_run_of_anything_is_set(piece: str, lang: str) -> None:
    long = piece * 10_000
    settled = typeset(long, lang)
    assert typeset(settled, lang) == settled


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_names_its_source(rule: Rule) -> None:
    assert "Source: " in rule.source


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@settings(max_examples=60)
@given(text=TEXTS)
def test_a_rule_does_nothing_without_its_triggers(rule: Rule, text: str) -> None:
    for trigger in rule.triggers:
        text = text.replace(trigger, "")
    if "0" in rule.triggers:
        text = "".join(c for c in text if not c.isdigit())
    if not any(trigger in text for trigger in rule.triggers):  # removal may bring some together
        assert not rule.edits(text)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@settings(max_examples=200)
@given(text=TEXTS)
def test_a_rule_that_is_not_due_does_nothing(rule: Rule, text: str) -> None:
    if not rule.is_due(text):
        assert not rule.edits(text)
        assert not rule.edits(hide(text))


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
@settings(max_examples=300)
@given(text=TEXTS)
def test_a_rule_that_is_not_triggered_does_nothing(variant: RuleSet, text: str) -> None:
    idle = set(variant.rules) - set(variant.triggered(text)[0])
    for rule in idle - {point_and_comma}:  # a tab, say, is taken away but does not trigger it
        assert not rule.edits(text)
        assert not rule.edits(hide(text))


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
@settings(max_examples=300)
@given(text=TEXTS)
def test_what_no_sign_tells_of_needs_no_protection(variant: RuleSet, text: str) -> None:
    assert hide(text, variant.triggered(text)[1]) == hide(text)


@settings(max_examples=300)
@given(text=TEXTS)
def test_a_glance_misses_nothing_that_is_protected(text: str) -> None:
    for kind in PROTECTED:
        seen = any(sign in text and glance(text) for sign, glance in kind.glances)
        assert seen or kind.pattern.search(text) is None


def test_french_text_imports_neither_typogrify_nor_markdown() -> None:
    program = (
        "import sys; from portraits.typography import typeset;"
        "import portraits.typography.tree; typeset('l\\'été');"
        "sys.exit(bool({'typogrify', 'smartypants', 'markdown'} & set(sys.modules)))"
    )
    assert run([sys.executable, "-c", program], env={"PYTHONPATH": PLUGINS}).returncode == 0
