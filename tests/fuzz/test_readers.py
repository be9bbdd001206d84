"""Whatever is typed, nothing crashes, nothing runs, and it ends."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portraits.build.parsing import SECONDS_PER_FILE
from portraits.reader.questionnaire import Questionnaire
from portraits.reader.source import parse
from portraits.settings import Settings

from tests.fuzz import strategies, targets

quick = settings(
    max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@quick
@given(strategies.front_matter)
def test_any_head_is_read_or_refused(text: str) -> None:
    targets.front_matter(text.encode("utf-8", "surrogatepass"))


@quick
@given(strategies.prose)
def test_any_text_is_read_or_refused(text: str) -> None:
    targets.body(text.encode("utf-8", "surrogatepass"))


@quick
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    targets.portrait(data)
    targets.body(data)
    targets.front_matter(data)


@quick
@given(strategies.pathological)
def test_any_repetition_ends(text: str) -> None:
    targets.body(text.encode())


@quick
@given(strategies.prose)
def test_typography_keeps_every_letter(text: str) -> None:
    targets.typography(text.encode("utf-8", "surrogatepass"))


@settings(quick, max_examples=40)
@given(strategies.prose, st.sampled_from(("x.txt", "x.html", "x.md", "x.eml", "x.xml")))
def test_any_source_is_imported_or_refused(text: str, name: str) -> None:
    targets.importer(text.encode("utf-8", "surrogatepass"), name)


FAMILIES = (
    "[",
    "[a](",
    "![",
    "[a][",
    "](",
    "[[a]]",
    "`]`[",
    "[`",
    "**a ",
    "*a _b ",
    "_a_",
    "***a** ",
    "`a``b",
    "\\",
    "<",
    "<a ",
    '<a href="',
    "<b>",
    "</b>",
    "<!-- a",
    "<![CDATA[",
    "<?",
    "&#",
    "@a@",
    "@a.b.",
    "a@b ",
    "http://",
    "http://a(",
    "« ",
    '"a',
    "'a ",
    "…",
    "- - - x\n",
    "> - > - a\n",
    "- a\n\n    b\n\n",
    "1. a\n",
    "[^a]: b\n\n    c\n\n",
    "[^a]\n",
    "[a]: b\n",
    "```\n",
    "``` a\n",
    "~~~\n",
    "    a\n",
    "\ta\n",
    "|a|b|\n|-|-|\n",
    "a\n===\n",
    "## Q ?\n\na\n\n",
    "### R ?\n\na\n\n",
    "#FF ",
    "  \n",
    " \n",
    "\u00a0",
    "\u200b",
    "e\u0301",
    "1 000 ",
    "A.B.C.",
    "![a](b.jpg)\n\n",
    "<b title='a' ",
    "<span lang=fr>",
    "{#a} ",
    "- a\n  - b\n",
)


@pytest.mark.parametrize("unit", FAMILIES, ids=repr)
def test_a_repeated_mark_is_refused_or_read_within_the_bound_of_a_file(unit: str) -> None:
    from portraits.support.bounds import OutOfBounds, bounded

    head = "---\nname: X\ndate: 2011-07-14\n---\n## Q ?\n\n"
    if unit.endswith("\n"):
        text = unit * min(1_500, 60_000 // len(unit))
    else:
        text = "\n".join([unit * (4_000 // len(unit))] * 4)
    try:
        with bounded(SECONDS_PER_FILE, 512):
            parsed = parse(
                "portraits/x.md", f"{head}{text}\n".encode(), Settings(), Questionnaire()
            )
    except OutOfBounds:
        pytest.fail("nothing but the clock stops this text")
    assert all(problem.path == "portraits/x.md" for problem in parsed.problems)
