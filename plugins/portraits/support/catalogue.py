"""Give the messages of the interface, in the languages that have a catalogue file.

{count} picks the form of a message and is printed as a number. Messages are stored typeset and are
printed unchanged. Dates, numbers and plural forms are as the file's table ``writing`` says
(:class:`Writing`): loading Babel for them would take longer than rendering a page
(``docs/decisions/015-languages.md``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from markupsafe import Markup, escape

from portraits.support.languages import LANGUAGES
from portraits.support.writing.alphabet import SortKey, letter_of, sort_key
from portraits.support.writing.catalogue_file import Message, Writing, read
from portraits.support.writing.elision import before
from portraits.support.writing.plurals import category


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language. Templates call it ``t``."""

    lang: str
    messages: Mapping[str, Message]
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
        filled = {name: str(escape(value)) for name, value in values.items()}
        return Markup(_filled(self.lang, message, filled))  # noqa: S704 - both are escaped

    def text(self, key: str, /, **values: object) -> str:
        """Return the message as plain text, for titles, feeds and pictures.

        Raises KeyError for a missing key or value.
        """
        message = self._form(key, values)
        if not values:
            return message
        filled = {name: str(value) for name, value in self._printable(values).items()}
        return _filled(self.lang, message, filled)

    def template(self, key: str) -> str:
        """Return the message, or its form ``other``, with its ``{values}`` unfilled."""
        return self.forms(key)["other"]

    def forms(self, key: str) -> Mapping[str, str]:
        """Return the forms of a message with their ``{values}`` unfilled, for a script that fills
        them in the browser; one that does not count has the form ``other``."""
        message = self.messages[key]
        return {"other": message} if isinstance(message, str) else message

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
        """Format a number, in groups of three digits where the language writes them: « 1 312 »,
        “1,312”, « 1312 » in Spanish."""
        grouped = abs(value) >= self.writing.grouped_from
        return f"{value:{',' if grouped else ''}}".translate(
            {ord(","): self.writing.thousands, ord("."): self.writing.decimal}
        )

    def sort_key(self, text: str) -> SortKey:
        """Return what a text is sorted by in this language."""
        return sort_key(text, self.writing.alphabet)

    def letter_of(self, text: str) -> str:
        """Return the letter of the alphabet under which a text stands, or an empty string."""
        return letter_of(text, self.writing.alphabet)

    def enumeration(self, parts: Iterable[str]) -> Markup:
        """Join ``parts`` as « a, b et c ». Parts that are not Markup are escaped."""
        *front, last = [escape(part) for part in parts] or [Markup("")]
        if not front:
            return last
        return self("enumeration.last", front=self("enumeration.comma").join(front), last=last)

    def _form(self, key: str, values: Mapping[str, object]) -> str:
        message = self.messages[key]
        if isinstance(message, str):
            return message
        count = values["count"]
        assert isinstance(count, int | float), key  # noqa: S101 - a bug in a template
        return message[category(self.writing.plurals, count)]

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
    return Markup(_filled(lang, message, {name: str(escape(value))}))  # noqa: S704 - escaped


@lru_cache(maxsize=1024)
def _escaped(message: str) -> str:
    return str(escape(message))


def _filled(lang: str, message: str, values: Mapping[str, str]) -> str:
    """Return ``message`` with its values, each after the word before it as it is written there."""
    parts = _elidable(lang, message)
    if not parts:
        return message.format_map(values)
    elisions = catalogue(lang).writing.elisions
    return "".join(
        before(text, values[name], elisions) + values[name] if name else text
        for text, name in parts
    )


@lru_cache(maxsize=4096)
def _elidable(lang: str, message: str) -> tuple[tuple[str, str], ...]:
    """Return (text, value after it) of a message where an elision is possible, else nothing."""
    parts = tuple((text, name or "") for text, name, _, _ in Formatter().parse(message))
    elisions = catalogue(lang).writing.elisions
    return parts if any(name and one.ends(text) for text, name in parts for one in elisions) else ()


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
    """Return the catalogue of a language of the project.

    Raise KeyError for any other language, SourceRefused for a catalogue file with faults.
    """
    if lang not in LANGUAGES:
        raise KeyError(lang)
    file = read(lang)
    return Catalogue(lang, file.messages, file.writing)


@lru_cache(maxsize=1)
def reading_headings() -> tuple[str, ...]:
    """Return the headings that open a reading list, in all languages of the project."""
    return tuple(
        heading for lang in LANGUAGES for heading in catalogue(lang).writing.reading_headings
    )
