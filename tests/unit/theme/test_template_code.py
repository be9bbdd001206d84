"""Our compiler of templates against Jinja's own: the same text, the same errors."""

from __future__ import annotations

import traceback
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError, UndefinedError
from markupsafe import Markup
from portraits.template_code import DirectEnvironment, called, printed

CASES = [
    "{{ wording }}|{{ markup }}|{{ 3 }}|{{ none }}|{{ quotes }}",
    "{{ wording|escape }}|{{ markup|escape }}",
    "{% for part in parts %}{{ loop.index }}{{ loop.cycle('a', 'b') }} {{ part }}{% endfor %}",
    "{% macro one(a, b='<b>') %}{{ a }}{{ b }}{% endmacro %}{{ one(wording) }}{{ one(b=1, a=2) }}",
    "{% macro one(a) %}{{ a }}{% endmacro %}{{ one(*['<']) }}{{ one(**{'a': '>'}) }}",
    "{% macro all() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ all('<', **{'class': '>'}) }}",
    "{% macro all() %}{{ kwargs }}{% endmacro %}{{ all(class='>', other='<') }}",
    "{% macro around() %}<p>{{ caller(wording) }}</p>{% endmacro %}"
    "{% call(inner) around() %}{{ inner }}{{ markup }}{% endcall %}",
    "{% set text %}<i>{{ wording }}</i>{% endset %}{{ text }}",
    "{% autoescape false %}{{ wording }}{{ wording.upper() }}{% endautoescape %}",
    "{% if wording.startswith('Qui') %}{{ wording.replace('<', '>') }}{% endif %}",
    "{% block one %}{{ wording.center(40) }}{% endblock %}{{ self.one() }}",
    "{% filter escape %}{{ wording }}{% endfilter %}",
    "{{ wording ~ markup }}{{ (wording + '<').title() }}",
    "{{ 'a'.upper() }}{{ wording.absent is defined }}{{ wording.upper is undefined }}",
    "{% macro one(a, class='<b>', c=a) %}{{ a }}{{ class }}{{ c }}{% endmacro %}"
    "{{ one('<', c='>') }}{{ one('<', class='>') }}{{ one(*['<', '>']) }}",
    "{% autoescape false %}{% macro one(a) %}{{ a }}<{% endmacro %}{{ one(wording) }}"
    "{% endautoescape %}",
]
FAULTS = [
    "{{ absent }}", "{{ absent() }}", "{{ wording.absent }}", "{{ wording.absent() }}",
    "{{ absent.upper(1) }}", "{% macro one(a) %}{{ a }}{% endmacro %}{{ one() }}",
    "{% if wording.absent %}{% endif %}", "{% for one in wording.absent %}{% endfor %}",
    "{% macro one(a) %}{{ a.absent }}{% endmacro %}{{ one(wording) }}",
]
REFUSED = [
    "{% macro one(a) %}{% endmacro %}{{ one(1, 2) }}",
    "{% macro one(a) %}{% endmacro %}{{ one(b=1) }}",
    "{% macro one(a) %}{% endmacro %}{{ one(caller=1) }}",
]
GIVEN = {
    "wording": "Qui <es>-tu & pourquoi", "markup": Markup("<b>&amp;</b>"), "none": None,
    "quotes": "\"l'an\"", "parts": ("<", Markup("<br>"), 3),
}


def environments() -> tuple[Environment, Environment]:
    return (Environment(autoescape=True, undefined=StrictUndefined),
            DirectEnvironment(autoescape=True, undefined=StrictUndefined))


@pytest.mark.parametrize("template", CASES)
def test_a_template_prints_what_it_prints_with_jinja(template: str) -> None:
    ours, theirs = (one.from_string(template).render(GIVEN) for one in environments())
    assert ours == theirs


@pytest.mark.parametrize("template", FAULTS)
def test_a_fault_is_told_in_the_words_of_jinja(template: str) -> None:
    messages = []
    for environment in environments():
        with pytest.raises(TemplateError) as fault:
            environment.from_string(template).render(GIVEN)
        messages.append((type(fault.value), fault.value.message))
    assert messages[0] == messages[1]


@pytest.mark.parametrize("template", REFUSED)
def test_an_argument_too_many_is_told_in_the_words_of_jinja(template: str) -> None:
    messages = []
    for environment in environments():
        with pytest.raises(TypeError) as fault:
            environment.from_string(template).render(GIVEN)
        messages.append(str(fault.value))
    assert messages[0] == messages[1]


def test_a_fault_is_told_at_its_line() -> None:
    lines = []
    for environment in environments():
        with pytest.raises(TemplateError) as fault:
            environment.from_string("\n\n{{ wording.absent }}\n").render(GIVEN)
        lines += [frame.lineno for frame in traceback.extract_tb(fault.value.__traceback__)
                  if frame.filename == "<template>"]
    assert lines == [3, 3]


def test_what_a_template_calls_has_faults_of_its_own() -> None:
    def faulty() -> object:
        return object().absent  # type: ignore[attr-defined]

    for environment in environments():
        with pytest.raises(AttributeError):
            environment.from_string("{{ faulty() }}").render(faulty=faulty)


@pytest.mark.parametrize(("fault", "said"), [
    ("{{ a.absent }}", "'str object' has no attribute 'absent'"), ("{{ b }}", "'b' is undefined")])
def test_a_macro_that_no_template_calls_has_the_faults_of_a_template(
    fault: str, said: str
) -> None:
    template = environments()[1].from_string(f"\n{{% macro one(a) %}}{fault}{{% endmacro %}}")
    macros: Any = template.module
    with pytest.raises(UndefinedError, match=said) as told:
        called(macros.one, "")
    frames = traceback.extract_tb(told.value.__traceback__)
    assert [frame.lineno for frame in frames if frame.filename == "<template>"] == [2]


def test_a_page_is_made_of_its_blocks_and_those_of_the_page_beneath() -> None:
    loader = DictLoader({
        "base": "{% block a %}a{% block b %}b{% endblock %}{% endblock %}|{{ self.b() }}{{ one }}",
        "page": "{% extends 'base' %}{% set one = 1 %}{% block b %}<{{ super() }}>"
                "{% for n in (1, 2) %}{{ n }}{% endfor %}{% endblock %}"})
    for environment in environments():
        environment.loader = loader
        assert environment.get_template("page").render() == "a<b>12|<b>121"


def test_calls_are_compiled_to_calls() -> None:
    source = DirectEnvironment(autoescape=True).compile("{{ t('x', a=1) }}", raw=True)
    assert "'x', a=1, )" in source
    assert "context.call" not in source
    assert "escape(" not in source


@pytest.mark.parametrize("char", ["&", "<", ">", '"', "'"])
def test_what_html_takes_for_its_own_is_escaped(char: str) -> None:
    assert printed(f"a{char}b") == Markup.escape(f"a{char}b") != f"a{char}b"


def test_markup_is_printed_as_it_is() -> None:
    markup = Markup("<b>")
    assert printed(markup) is markup
