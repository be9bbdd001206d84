"""Pages can be read from right to left: attributes say so, and style sheets name no side."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from portraits.reader.sanitizing import read_tag
from portraits.site.environment import spoken
from portraits.support.writing.direction import direction

ROOT = Path(__file__).parents[3]
FORM = ROOT / "plugins/portraits/editor/form"
SHEETS = [*sorted((ROOT / "theme/static/css").rglob("*.css")), FORM / "form.css"]
TEMPLATES = [*sorted((ROOT / "theme").rglob("*.html")), FORM / "form.html"]
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIDE = re.compile(
    r"(?<![\w-])(?:left|right)(?![\w-])"
    r"|(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?<![\w-])(?:translateX|rotate)\(|(?<![\w-])translate:\s*-?[1-9]"
)
_FOUR = re.compile(r"(?<![\w-])(padding|margin|inset|border-width):([^;{}]*)")


def sides(sheet: str) -> list[str]:
    """What in a style sheet names a side of the screen."""
    sheet = _COMMENT.sub("", sheet)
    found = _SIDE.findall(sheet)
    for name, value in _FOUR.findall(sheet):
        parts = re.findall(r"(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()])+", value)
        if len(parts) == 4 and parts[1] != parts[3]:
            found.append(f"{name}:{value}")
    return found


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_names_no_side(path: Path) -> None:
    assert sides(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "rule",
    [
        "a { margin-left: 1em; }",
        "a { text-align: right; }",
        "a { float: left; }",
        "a { left: 0; }",
        "a { padding: 0 1em 0 2em; }",
        "a { padding: 0 calc(1em + (2px)) 0 2em; }",
        "a { border-top-left-radius: 2px; }",
        "a { translate: 50% 0; }",
        "a { background: linear-gradient(to right, red, blue); }",
    ],
)
def test_a_side_is_noticed(rule: str) -> None:
    assert sides(rule) != []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_gives_a_language_without_its_direction(path: Path) -> None:
    assert re.findall(r'(?<![\w-])lang="', path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("fa_IR", "rtl"),
        ("ur", "rtl"),
        ("yi", "rtl"),
        ("fr", "ltr"),
        ("fr-CA", "ltr"),
        ("ar-Latn", "ltr"),
        ("az-Arab", "rtl"),
        ("az", "ltr"),
        ("pa-Arab-PK", "rtl"),
        ("", "ltr"),
    ],
)
def test_the_direction_of_a_language(tag: str, expected: str) -> None:
    assert direction(tag) == expected


@pytest.mark.parametrize(
    ("tag", "around", "attributes"),
    [
        ("fr", "", ' lang="fr"'),
        ("ar", "", ' lang="ar" dir="rtl"'),
        ("ar", "fr", ' lang="ar" dir="rtl"'),
        ("fr", "ar", ' lang="fr" dir="ltr"'),
        ("he", "ar", ' lang="he"'),
        ("en", "fr", ' lang="en"'),
        ("fr", "fr", ""),
        ("", "fr", ""),
        ('"><b>', "", ' lang="&#34;&gt;&lt;b&gt;"'),
    ],
)
def test_an_element_says_its_language_and_its_direction_where_they_change(
    tag: str, around: str, attributes: str
) -> None:
    assert spoken(tag, around) == attributes


@pytest.mark.parametrize(
    ("typed", "attributes"),
    [
        ('<span lang="ar">', (("lang", "ar"), ("dir", "rtl"))),
        ('<span lang="he-IL">', (("lang", "he-IL"), ("dir", "rtl"))),
        ('<span lang="ar" dir="auto">', (("lang", "ar"), ("dir", "auto"))),
        ('<span lang="en">', (("lang", "en"),)),
        ("<b>", ()),
    ],
)
def test_a_passage_of_an_answer_gets_its_direction(
    typed: str, attributes: tuple[tuple[str, str], ...]
) -> None:
    assert read_tag(typed).attributes == attributes
