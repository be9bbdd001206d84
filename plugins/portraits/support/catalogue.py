"""Load the messages of the interface, from one TOML file per language.

    message = text | { one, other }
    text    = words with {values}; {count} picks the form and is printed as a number

The table ``writing`` defines how the language writes dates and numbers (:class:`Writing`): loading
Babel for three formats would take longer than rendering a page. Messages are stored typeset and
are printed unchanged.
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
    """Return whether a language uses the singular for ``count``."""
    return count == 1 or (count == 0 and catalogue(lang).writing.none_is_one)


def quantity(number: int, one: str, many: str = "") -> str:
    """Format a quantity in French, for commands: « 0 portrait », « 2 portraits ».

    ``many`` is the plural if it is not formed with an s.
    """
    return f"{number} {one if number in (0, 1) else many or f'{one}s'}"


@dataclass(frozen=True, slots=True)
class Plural:
    """The singular and plural forms of a message."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language writes dates and numbers."""

    months: tuple[str, ...]
    date: str
    """Format with ``{day}``, ``{month}`` and ``{year}``; authors may write dates like this too."""
    first_day: str
    """``{day}`` for the first of a month: « 1er »."""
    thousands: str
    """Separator of groups of three digits."""
    decimal: str
    """Decimal separator."""
    none_is_one: bool
    """Whether zero takes the singular, as in French (Unicode CLDR, plural rules)."""
    locale: str
    """Locale in Open Graph notation: ``fr_CA``."""
    reading_headings: tuple[str, ...]
    """Headings that open the reading list of a portrait; new portraits get the first one."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language. Templates call it ``t``."""

    lang: str
    messages: Mapping[str, str | Plural]
    """Dotted key -> message."""
    writing: Writing

    def __call__(self, key: str, /, **values: object) -> Markup:
        """Return the message as HTML; values that are not Markup are escaped.

        Raises KeyError for a missing key or value.
        """
        if not values:
            return _constant(self.lang, key)
        if len(values) == 1:
            [(name, value)] = values.items()
            # Not Markup: it compares equal to a str, so the cache would confuse the two.
            if type(value) is str:
                return _with(self.lang, key, name, value)
        # Equivalent to Markup.format, but ten times faster: a page has hundreds of messages.
        message = _escaped(self._form(key, values))
        if "count" in values:
            values = self._printable(values)
        for name, value in values.items():
            values[name] = escape(value)
        return Markup(message.format_map(values))  # noqa: S704 - message and values are escaped

    def text(self, key: str, /, **values: object) -> str:
        """Return the message as plain text, for titles, feeds and pictures.

        Raises KeyError for a missing key or value.
        """
        message = self._form(key, values)
        return message.format(**self._printable(values)) if values else message

    def template(self, key: str, count: int = 0) -> str:
        """Return the message with its ``{values}`` unfilled, in the form for ``count``, for a
        script that fills it in the browser."""
        return self._form(key, {"count": count})

    def language(self, tag: str) -> str:
        """Return the name of the language of a BCP 47 tag, in this language or else its own.

        Returns the tag itself for an unknown language.
        """
        primary = tag.split("-", 1)[0].lower()
        key = f"language.{primary}"
        name = self.messages.get(key)
        if name is None and primary in LANGUAGES:
            name = catalogue(primary).messages.get(key)
        return name if isinstance(name, str) else tag

    def date(self, day: dt.date) -> str:
        """Format a date: « 1er août 2011 », “August 1, 2011”. Day and month stay on one line."""
        writing = self.writing
        number = writing.first_day if day.day == 1 else str(day.day)
        return writing.date.format(day=number, month=writing.months[day.month - 1], year=day.year)

    def month(self, day: dt.date) -> str:
        """Format a month: « août 2011 »."""
        return f"{self.writing.months[day.month - 1]} {day.year}"

    def number(self, value: int | float) -> str:
        """Format a number, with groups of three digits: separated by a no-break space in French
        (OQLF), by a comma in English."""
        return f"{value:,}".translate(
            {ord(","): self.writing.thousands, ord("."): self.writing.decimal}
        )

    def enumeration(self, parts: Iterable[str]) -> Markup:
        """Join ``parts`` as « a, b et c ». Parts that are not Markup are escaped."""
        *front, last = [escape(part) for part in parts] or [Markup("")]
        if not front:
            return last
        return Markup(", ").join(front) + self("enumeration.last") + last

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        message = self.messages[key]
        if isinstance(message, str):
            return message
        count = values["count"]
        assert isinstance(count, int | float), key  # noqa: S101 - a bug in a template
        return message.one if is_singular(count, self.lang) else message.other

    def _printable(self, values: dict[str, object]) -> dict[str, object]:
        """Format ``count`` for printing; other values, such as years, are left unchanged."""
        count = values.get("count")
        if isinstance(count, int | float):
            return {**values, "count": self.number(count)}
        return values


@lru_cache(maxsize=1024)
def _constant(lang: str, key: str) -> Markup:
    """Return a message without values. Cached, to escape it once."""
    return escape(catalogue(lang)._form(key, {}))


@lru_cache(maxsize=4096)
def _with(lang: str, key: str, name: str, value: str) -> Markup:
    """Return a message with one text value. Cached, because many values are wordings of questions,
    which are the same in every portrait."""
    message = _escaped(catalogue(lang)._form(key, {}))
    return Markup(message.format_map({name: escape(value)}))  # noqa: S704 - escaped


@lru_cache(maxsize=1024)
def _escaped(message: str) -> str:
    return str(escape(message))


def interface_language(lang: str, default: str = "fr") -> str:
    """Return the interface's language for a page in ``lang``: the same if there is a catalogue
    (``fr-CA`` uses ``fr``), else ``default``, the site's language."""
    for tag in (lang, default):
        primary = tag.split("-", 1)[0].lower()
        if primary in LANGUAGES:
            return primary
    return LANGUAGES[0]


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(lang: str) -> Catalogue:
    """Return the catalogue of a language of the project. Raises KeyError for any other."""
    if lang not in LANGUAGES:
        raise KeyError(lang)
    with (CATALOGUES / f"{lang}.toml").open("rb") as file:
        table = tomllib.load(file)
    writing: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in table.pop("writing").items()
    }
    return Catalogue(lang, dict(_flat(table, "")), Writing(**writing))


@lru_cache(maxsize=1)
def reading_headings() -> tuple[str, ...]:
    """Return the headings that open a reading list, in all languages of the project."""
    return tuple(
        heading for lang in LANGUAGES for heading in catalogue(lang).writing.reading_headings
    )


def _flat(table: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, str | Plural]]:
    """Yield nested tables with dotted keys; a table of ``one`` and ``other`` is one message."""
    for key, value in table.items():
        if type(value) is str:
            yield prefix + key, value
        elif value.keys() == {"one", "other"}:
            yield prefix + key, Plural(**value)
        else:
            yield from _flat(value, f"{prefix}{key}.")
