"""Read the catalogue file of a language, and refuse one that lacks something.

    message = text | { form = text, … }      the forms of CLDR: one, other… (``plurals``)
    text    = words with {values}

French is the measure: every catalogue has its keys and their values, and each message that counts
has every form of its language. A fault is a problem that names file, line and key, and is found
when the catalogue is loaded.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from portraits.support.languages import CATALOGUES
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused, did_you_mean
from portraits.support.writing.elision import Elision
from portraits.support.writing.plurals import CATEGORIES, Rule, plural_rule

Message = str | Mapping[str, str]
"""A text, or its forms: ``{"one": …, "other": …}``."""
MEASURE = "fr.toml"
_OWN_NAMES = "language."
"""Keys that each catalogue has for the languages that it can name."""
_SECTION = re.compile(r"\[+\s*([\w.-]+)\s*\]+")
_KEY = re.compile(r"([\w-]+)\s*=")
_AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language writes dates, numbers, plurals, and in which order its letters stand."""

    months: tuple[str, ...]
    date: str
    """Format with ``{day}``, ``{month}`` and ``{year}``; authors may write dates like this too."""
    first_day: str
    """``{day}`` for the first of a month: « 1er »."""
    thousands: str
    """Separator of groups of three digits."""
    grouped_from: int
    """The least number that is written in groups."""
    decimal: str
    """Decimal separator."""
    plurals: Mapping[str, Rule]
    """Form -> its rule, without ``other``."""
    elisions: tuple[Elision, ...]
    """Words that change before a vowel (:mod:`portraits.support.writing.elision`)."""
    alphabet: str
    """Letters in their order, separated by spaces (:mod:`portraits.support.writing.alphabet`)."""
    locale: str
    """Locale in Open Graph notation: ``fr_CA``."""
    reading_headings: tuple[str, ...]
    """Headings that open the reading list of a portrait; new portraits get the first one."""


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """What stands in the catalogue file of a language."""

    messages: Mapping[str, Message]
    """Dotted key -> message."""
    writing: Writing


def read(lang: str, folder: Path = CATALOGUES) -> CatalogueFile:
    """Return what the catalogue file of ``lang`` in ``folder`` says.

    Raise SourceRefused with a problem for each key that is missing, unknown or wrong.
    """
    path = folder / f"{lang}.toml"
    table = _table(path)
    messages = dict(_flat(table, ""))
    writing = table.get("writing", {})
    rules = writing.get("plurals", {}) if isinstance(writing, dict) else {}
    forms = {*rules, "other"} if isinstance(rules, dict) else {"other"}
    found = [*_faults_of_writing(path, writing), *_faults_of_messages(path, messages, forms)]
    if found:
        raise SourceRefused(found)
    return CatalogueFile(messages, _writing(writing))


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@lru_cache(maxsize=32)
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def _table(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        raise SourceRefused(
            [
                Problem(
                    _name(path),
                    int(line[1]) if line else 0,
                    "catalogue-syntax",
                    msg("catalogue.syntax", error=error),
                    msg("catalogue.syntax_hint"),
                )
            ]
        ) from None


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    """Yield nested tables with dotted keys; a table of forms is one message."""
    for key, value in table.items():
        if prefix + key == "writing":
            continue
        if isinstance(value, dict) and not (value and value.keys() <= set(CATEGORIES)):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


def _lines(text: str) -> dict[str, int]:
    """Return the line of each dotted key and of each section."""
    lines: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if opened := _SECTION.fullmatch(line.strip()):
            section = f"{opened[1]}."
            lines[opened[1]] = number
        elif key := _KEY.match(line):
            lines[section + key[1]] = number
    return lines


def _problem(path: Path, key: str, code: str, message: str, hint: str) -> Problem:
    lines = _lines(_text(path))
    line = lines.get(key) or lines.get(key.rpartition(".")[0], 0)
    return Problem(_name(path), line, code, message, hint, key)


def _faults_of_messages(
    path: Path, messages: Mapping[str, Any], forms: set[str]
) -> Iterator[Problem]:
    measure = dict(_flat(_table(path.with_name(MEASURE)), ""))
    expected = [key for key in measure if not key.startswith(_OWN_NAMES)]
    for key in (*expected, _OWN_NAMES + path.stem):
        if key not in messages:
            said = measure.get(key, "")
            yield _problem(
                path,
                key,
                "catalogue-missing",
                msg("catalogue.missing", key=key),
                msg("catalogue.in_french", text=said if isinstance(said, str) else said["other"])
                if said
                else msg("catalogue.own_name"),
            )
    for key, said in messages.items():
        if key not in measure and not key.startswith(_OWN_NAMES):
            yield _problem(
                path,
                key,
                "catalogue-unknown",
                msg("catalogue.unknown", key=key),
                did_you_mean(key, expected) or msg("catalogue.remove"),
            )
        elif fault := _fault(said, measure.get(key, ""), forms):
            yield _problem(path, key, *fault)


def _fault(said: Any, measure: Message, forms: set[str]) -> tuple[str, str, str] | None:
    """Return code, message and hint of what is wrong with a message, or None."""
    texts = list(said.values()) if isinstance(said, dict) else [said]
    if not all(isinstance(text, str) for text in texts):
        return "catalogue-forms", msg("catalogue.not_a_text"), msg("catalogue.not_a_text_hint")
    if isinstance(said, dict) != isinstance(measure, dict) and measure:
        counted = isinstance(measure, dict)
        return (
            "catalogue-forms",
            msg("catalogue.counts") if counted else msg("catalogue.counts_nothing"),
            msg("catalogue.forms_hint", forms=_listed(forms))
            if counted
            else msg("catalogue.one_text"),
        )
    if isinstance(said, dict) and said.keys() != forms:
        return (
            "catalogue-forms",
            msg("catalogue.forms", forms=_listed(said.keys())),
            msg("catalogue.forms_of_plurals", forms=_listed(forms)),
        )
    try:
        found = {name for text in texts for name in _values(text)}
    except ValueError:
        return "catalogue-values", msg("catalogue.brace"), msg("catalogue.brace_hint")
    french = [measure] if isinstance(measure, str) else list(measure.values())
    wanted = {name for text in french for name in _values(text)}
    if found != wanted:
        return (
            "catalogue-values",
            msg("catalogue.values", values=_listed(found)) if found else msg("catalogue.no_values"),
            msg("catalogue.values_hint", values=_listed(wanted))
            if wanted
            else msg("catalogue.no_values_hint"),
        )
    return None


def _listed(names: Any) -> str:
    return ", ".join(sorted(names))


def _values(text: str) -> Iterator[str]:
    for _, name, _, _ in Formatter().parse(text):
        if name is not None:
            yield name


def _faults_of_writing(path: Path, writing: Any) -> Iterator[Problem]:
    table = writing if isinstance(writing, dict) else {}
    for field in fields(Writing):
        key, example = f"writing.{field.name}", msg(f"catalogue.{field.name}")
        if field.name not in table:
            yield _problem(
                path,
                key,
                "catalogue-missing",
                msg("catalogue.writing_missing", key=key),
                msg("catalogue.writing_like", example=example),
            )
            continue
        try:
            _WRITTEN[field.name](table[field.name])
        except (ValueError, TypeError, KeyError, AttributeError, re.error):
            value = table[field.name]
            yield _problem(
                path,
                key,
                "catalogue-writing",
                msg("catalogue.writing_value", key=key, value=repr(value)),
                msg("catalogue.writing_expected", example=example),
            )
    for name in table.keys() - _WRITTEN.keys():
        yield _problem(
            path,
            f"writing.{name}",
            "catalogue-unknown",
            msg("catalogue.writing_unknown", key=name),
            did_you_mean(name, list(_WRITTEN)) or msg("catalogue.remove"),
        )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _strings(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise TypeError
    return tuple(map(_string, value))


def _months(value: Any) -> tuple[str, ...]:
    if len(value) != 12:
        raise ValueError
    return _strings(value)


def _date(value: Any) -> str:
    if sorted(_values(_string(value))) != ["day", "month", "year"]:
        raise ValueError
    return str(value)


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _plurals(value: Any) -> Mapping[str, Rule]:
    if not value.keys() <= set(CATEGORIES[:-1]):
        raise ValueError
    return {form: plural_rule(rule) for form, rule in value.items()}


def _elisions(value: Any) -> tuple[Elision, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(
        Elision(word, short, re.compile(group["before"]))
        for group in value
        for word, short in group["words"].items()
    )


_WRITTEN: Mapping[str, Callable[[Any], Any]] = {
    "months": _months,
    "date": _date,
    "first_day": _string,
    "thousands": _string,
    "grouped_from": _number,
    "decimal": _string,
    "plurals": _plurals,
    "elisions": _elisions,
    "alphabet": _string,
    "locale": _string,
    "reading_headings": _strings,
}
"""Key of ``writing`` -> what reads its value, and raises an exception for a wrong one."""


def _writing(table: Mapping[str, Any]) -> Writing:
    values: dict[str, Any] = {name: value_of(table[name]) for name, value_of in _WRITTEN.items()}
    return Writing(**values)
