"""The rules of templates: what they are given, and how their mistakes are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import TemplateAssertionError
from portraits.options import BuildOptions
from portraits.settings import Settings
from portraits.site.environment import environment_of, faults_told
from portraits.support.problems import SourceRefused


@pytest.fixture
def options(tmp_path: Path) -> BuildOptions:
    """A theme that is still empty."""
    (tmp_path / "theme" / "templates").mkdir(parents=True)
    return BuildOptions(
        root=tmp_path,
        content=tmp_path / "content",
        output=tmp_path / "output",
        theme=tmp_path / "theme",
        cache=tmp_path / "cache",
        settings=Settings(),
        now=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    )


def rendered(options: BuildOptions, text: str, **values: object) -> str:
    """What a template of the theme prints."""
    (options.theme / "templates" / "a.html").write_text(text, encoding="utf-8")
    return environment_of(options).get_template("a.html").render(**values)


def told(options: BuildOptions, text: str) -> tuple[str, int, str]:
    """Where a mistake in a template is, and what is said of it."""
    with pytest.raises(SourceRefused) as refused, faults_told(options):
        rendered(options, text, page="x")
    (problem,) = refused.value.problems
    return problem.path, problem.line, problem.message


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\n\n{{ page.absent }}", 3, "no attribute 'absent'"),
        ("\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("{% if page %}\n", 1, "Unexpected end of template"),
        ("{% bloc %}", 1, "unknown tag 'bloc'"),
    ],
)
def test_a_mistake_in_a_template_is_told_where_it_stands(
    options: BuildOptions, text: str, line: int, said: str
) -> None:
    path, found, message = told(options, text)
    assert (path, found) == ("theme/templates/a.html", line)
    assert said in message


def test_a_mistake_in_a_macro_is_told_where_the_macro_stands(options: BuildOptions) -> None:
    (options.theme / "templates" / "b.html").write_text(
        "\n{% macro b(x) %}\n{{ x.absent }}{% endmacro %}", encoding="utf-8"
    )
    path, line, _ = told(options, '{% from "b.html" import b %}{{ b(page) }}')
    assert (path, line) == ("theme/templates/b.html", 3)


def test_mistakes_of_a_program_are_its_own(options: BuildOptions) -> None:
    with pytest.raises(ZeroDivisionError), faults_told(options):
        rendered(options, "{{ page() }}", page=lambda: 1 / 0)


@pytest.mark.parametrize("text", ["{{ lipsum() }}", "{{ range(3) }}", "{{ cycler }}"])
def test_jinjas_own_globals_are_taken_away(options: BuildOptions, text: str) -> None:
    assert told(options, text)[2].endswith("is undefined")


@pytest.mark.parametrize("name", ["safe", "forceescape", "tojson", "attr"])
def test_filters_that_could_let_something_slip_in_are_taken_away(
    options: BuildOptions, name: str
) -> None:
    with pytest.raises(TemplateAssertionError, match="No filter named"):
        rendered(options, f"{{{{ page|{name} }}}}")


def test_what_is_printed_is_escaped_in_a_macro_as_well(options: BuildOptions) -> None:
    text = "{% macro one(a) %}{{ a }}{% endmacro %}{{ one(page) }}{{ page }}"
    assert rendered(options, text, page="<&'\"") == "&lt;&amp;&#39;&#34;" * 2


def test_compiled_templates_are_kept_and_follow_their_text(options: BuildOptions) -> None:
    assert rendered(options, "one") == "one"
    assert list((options.cache / "templates").iterdir())
    assert rendered(options, "two") == "two"


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:20],
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content[:60] + bytes(len(content) - 60),
        lambda content: b"\0" * len(content),
        lambda content: content + b"x",
    ],
    ids=["empty", "head", "half", "last byte", "zeros inside", "zeros", "longer"],
)
def test_a_damaged_compiled_template_is_made_again(
    options: BuildOptions, damage: Callable[[bytes], bytes]
) -> None:
    text = "{% macro a(x) %}{{ x }}{% endmacro %}{{ a(page) }}"
    rendered(options, text, page="x")
    (kept,) = (options.cache / "templates").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(damage(whole))
    assert rendered(options, text, page="x") == "x"
    assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(options: BuildOptions) -> None:
    options.cache.write_text("not a folder")
    assert rendered(options, "one") == "one"
