"""Review comments stay until somebody has looked; text stays text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from portraits.model.review_comments import comment, pending
from portraits.reader.escaping import escaped, escaped_heading
from portraits.reader.questionnaire import Questionnaire
from portraits.reader.source import parse
from portraits.settings import Settings
from portraits.support.problems import Severity

FRONT = "---\n{}\nname: Zoé\ndate: 2012-03-06\n---\n\n## Où?\n\n# à vérifier : dans le texte\n"


def test_a_review_comment_in_the_front_matter_is_a_warning_on_its_line() -> None:
    (found,) = pending("x.md", FRONT.format(comment(7, "« Où? » — relance ?")))
    assert (found.line, found.severity) == (2, Severity.WARNING)
    assert "« Où? » — relance ?" in found.message


def test_without_the_comment_there_is_no_warning() -> None:
    assert pending("x.md", FRONT.format("role: x")) == ()


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("zoe_en et 2 * 3", "zoe_en et 2 * 3"),
        ("_en_ *oui*", r"\_en\_ \*oui\*"),
        ("1- un", "1- un"),
        ("1. un", r"1\. un"),
        ("- un", r"\- un"),
        ("+ un", r"\+ un"),
        ("# un", r"\# un"),
        ("> un", r"\> un"),
        ("a < b", "a < b"),
        ("<b>", "&lt;b>"),
        ("&amp;", "&amp;amp;"),
        ("AT&T", "AT&T"),
        ("[a](b)", r"\[a](b)"),
        ("[rires]", "[rires]"),
        ("[a](b) puis [rires]", r"\[a](b) puis [rires]"),
        ("[[a](b)", r"\[\[a](b)"),
        ("[a[b]c](d)", r"\[a\[b]c](d)"),
        ("__en__", r"\_\_en\_\_"),
        ("a__b", "a__b"),
        ("<!a@b>", "&lt;!a@b>"),
        ("<.a@b>", "&lt;.a@b>"),
        ("<3 et <3", "<3 et <3"),
        ("***", r"\*\*\*"),
        ("===", "&#61;=="),
        ("~~~", "\\~\\~~"),
        ("l’an 2011.", "l’an 2011."),
    ],
)
def test_only_what_markdown_would_read_is_escaped(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


LINES = st.text(alphabet="ab 1.)(#*_-+=~`<>[]!&;|{}:\\@/\"'$%", min_size=1, max_size=24).map(
    str.strip
)


QUOTES = str.maketrans(
    dict.fromkeys("’‘`", "'") | dict.fromkeys('“”"', "''") | dict.fromkeys("—–", "-") | {"…": "..."}
)


def folded(words: str) -> str:
    """Words without what typography does to them: quotes, dashes and spaces."""
    return re.sub("-+", "-", "".join(words.translate(QUOTES).split()))


@settings(max_examples=150)
@given(line=LINES.filter(lambda text: any(map(str.isalnum, text))))
@example(line="1{:}")
@example(line=r"a \{: b}")
@example(line="[[a]()")
@example(line="__b__")
@example(line="<#@(.!>1")
@example(line="<<:@'.}>b")
@example(line="@<|@1.]>")
@example(line="`1```")
@example(line="a <!--b")
@example(line="a ~~b~~ *c*d e*f*g")
@example(line="• a")
def test_a_line_of_plain_text_reads_the_same_in_a_portrait(line: str) -> None:
    text = f"---\nname: Zoé\ndate: 2012-03-06\nlang: en\n---\n\n## Q\n\n{escaped(line)}\n"
    read = parse("portraits/x.md", text.encode(), Settings(), Questionnaire())
    assert read.portrait, (read.problems, escaped(line))
    assert folded(read.portrait.exchanges[0].answer.text) == folded(line)


@pytest.mark.parametrize(
    "words",
    ["Ton avis sur C#", "Que dis-tu de [x](y) ?", "Le # et le ##", "*Quoi* ?", "Un <b> ?", "#"],
)
def test_the_words_of_a_heading_stay_words(words: str) -> None:
    text = f"---\nname: Zoé\ndate: 2012-03-06\n---\n\n## {escaped_heading(words)} {{#id}}\n\nOui.\n"
    read = parse("portraits/x.md", text.encode(), Settings(), Questionnaire())
    assert read.portrait, read.problems
    question = read.portrait.exchanges[0].question
    assert "".join(question.wording.text.split()) == "".join(words.split())
    assert question.id == "id"
