"""The interface's words, in the page's language: one TOML file a language.

    message = text | { one, other }
    text    = words with {values}; {count} picks the form and is printed as a number

The table ``writing`` says how the language writes dates and numbers (:class:`Writing`): loading
Babel for three sentences would cost more than the rest of the page. The messages are
stored typeset: what they say goes to the page as it stands.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from portraits.support.languages import CATALOGUES, LANGUAGES


def is_singular(count: int | float, lang: str) -> bool:
    """Whether a language counts so many of a thing as one."""
    return count == 1 or (count == 0 and catalogue(lang).writing.none_is_one)


def quantity(number: int, one: str, many: str = "") -> str:
    """« 0 portrait », « 1 portrait », « 2 portraits », as commands say it, in French; ``many`` is
    given where it takes more than an s."""
    return f"{number} {one if number in (0, 1) else many or f'{one}s'}"


@dataclass(frozen=True, slots=True)
class Plural:
    """A message in its two forms."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language writes dates and numbers."""

    months: tuple[str, ...]
    date: str
    """Of ``{day}``, ``{month}`` and ``{year}``; authors may write dates in the same way."""
    first_day: str
    """The first of a month as ``{day}``: « 1er »."""
    thousands: str
    """What stands between groups of three digits."""
    decimal: str
    none_is_one: bool
    """Whether nothing is counted in the singular, as in French (Unicode CLDR, plural rules)."""
    locale: str
    """As Open Graph names it: ``fr_CA``."""
    reading_headings: tuple[str, ...]
    """Headings that open the reading list of a portrait; the program writes the first."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language. Templates call it ``t``."""

    lang: str
    messages: Mapping[str, str | Plural]
    """Dotted key -> message."""
    writing: Writing

    def __call__(self, key: str, /, **values: object) -> Markup:
        """The message as HTML: what is not Markup already is escaped.

        Raises KeyError for a key or a value that is missing.
        """
        if not values:
            return _constant(self.lang, key)
        if len(values) == 1:
            [(name, value)] = values.items()
            if type(value) is str:  # and no Markup, which equals a text of the same letters
                return _with(self.lang, key, name, value)
        # Markup.format does the same, ten times slower, and a page has hundreds of messages.
        message = _escaped(self._form(key, values))
        if "count" in values:
            values = self._printable(values)
        for name, value in values.items():
            values[name] = escape(value)
        return Markup(message.format_map(values))  # noqa: S704 - all of it is escaped

    def text(self, key: str, /, **values: object) -> str:
        """The message as plain text, for titles, feeds and pictures. Errors as above."""
        message = self._form(key, values)
        return message.format(**self._printable(values)) if values else message

    def template(self, key: str, count: int = 0) -> str:
        """The message with its ``{values}`` still to fill, in the form that ``count`` picks:
        what a script is given to print later."""
        return self._form(key, {"count": count})

    def language(self, tag: str) -> str:
        """What the language of a BCP 47 tag is called: in this language, else in its own; the
        tag itself for an unknown one."""
        primary = tag.split("-", 1)[0].lower()
        key = f"language.{primary}"
        name = self.messages.get(key)
        if name is None and primary in LANGUAGES:
            name = catalogue(primary).messages.get(key)
        return name if isinstance(name, str) else tag

    def date(self, day: dt.date) -> str:
        """« 1er août 2011 », “August 1, 2011”; the day never parts from its month."""
        writing = self.writing
        number = writing.first_day if day.day == 1 else str(day.day)
        return writing.date.format(day=number, month=writing.months[day.month - 1], year=day.year)

    def month(self, day: dt.date) -> str:
        """« août 2011 »."""
        return f"{self.writing.months[day.month - 1]} {day.year}"

    def number(self, value: int | float) -> str:
        """Thousands in groups: no-break space in French (OQLF), comma in English."""
        return f"{value:,}".translate(
            {ord(","): self.writing.thousands, ord("."): self.writing.decimal})

    def enumeration(self, parts: Iterable[str]) -> Markup:
        """« a, b et c ». Parts that are Markup stay what they are."""
        *front, last = [escape(part) for part in parts] or [Markup("")]
        if not front:
            return last
        return Markup(", ").join(front) + self("enumeration.last") + last

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        message = self.messages[key]
        if isinstance(message, str):
            return message
        count = values["count"]
        assert isinstance(count, int | float), key  # noqa: S101 - a template's mistake
        return message.one if is_singular(count, self.lang) else message.other

    def _printable(self, values: dict[str, object]) -> dict[str, object]:
        """Counts are grouped; years and the like come in under other names."""
        count = values.get("count")
        if isinstance(count, int | float):
            return {**values, "count": self.number(count)}
        return values


@lru_cache(maxsize=1024)
def _constant(lang: str, key: str) -> Markup:
    """A message without values, escaped once."""
    return escape(catalogue(lang)._form(key, {}))


@lru_cache(maxsize=4096)
def _with(lang: str, key: str, name: str, value: str) -> Markup:
    """A message with one text in it. Kept, because many are about a question, and a questionnaire
    is asked of everybody in the same words."""
    message = _escaped(catalogue(lang)._form(key, {}))
    return Markup(message.format_map({name: escape(value)}))  # noqa: S704 - escaped


@lru_cache(maxsize=1024)
def _escaped(message: str) -> str:
    return str(escape(message))


def interface_language(lang: str, default: str = "fr") -> str:
    """The interface's language for a page in ``lang``: its own where there is a
    catalogue (``fr-CA`` is ``fr``), else the site's."""
    for tag in (lang, default):
        primary = tag.split("-", 1)[0].lower()
        if primary in LANGUAGES:
            return primary
    return LANGUAGES[0]


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(lang: str) -> Catalogue:
    """The catalogue of a language of the project. KeyError for any other."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    with (CATALOGUES / f"{lang}.toml").open("rb") as file:
        table = tomllib.load(file)
    writing: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value
                               for name, value in table.pop("writing").items()}
    return Catalogue(lang, dict(_flat(table, "")), Writing(**writing))


@lru_cache(maxsize=1)
def reading_headings() -> tuple[str, ...]:
    """The headings that open a reading list in the languages of the project."""
    return tuple(heading for lang in LANGUAGES
                 for heading in catalogue(lang).writing.reading_headings)


def _flat(table: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, str | Plural]]:
    """Nested tables as dotted keys; a table of ``one`` and ``other`` is one message."""
    for key, value in table.items():
        if type(value) is str:
            yield prefix + key, value
        elif value.keys() == {"one", "other"}:
            yield prefix + key, Plural(**value)
        else:
            yield from _flat(value, f"{prefix}{key}.")
