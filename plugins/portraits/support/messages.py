"""Speak to the editor: problems, commands and their help, in the editor's language.

    file    = room*                     one file a language: ``message_files/fr.toml``
    room    = "[" name "]" message*     a package or a module of ours, parsed when it first speaks
    message = key "=" text              with {values}
            | key "=" { form = text }   the forms of CLDR (``writing/plurals.py``), by {count}

French is the measure: every file has its keys and their values. What an editor was told is stored
with its key and its values, so that what was found in one language is read in another.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter

from portraits.support.writing.plurals import Rule, category, plural_rule

FILES = Path(__file__).parent / "message_files"
"""Folder of ``fr.toml``, ``en.toml``…"""
MEASURE = "fr"
_PLURALS = "plurals"
"""The room that holds the plural rules."""
_ROOM = re.compile(r"^\[([\w-]+)\]$", re.M)
Wording = str | Mapping[str, str]
"""A text, or its forms."""

_spoken = ""


class MessagesRefused(Exception):
    """A file of messages that cannot be used; in English, for there is no language to say it in."""

    def __init__(self, path: Path, key: str, fault: str) -> None:
        super().__init__(f"{path.name}: {key}: {fault}")


class EditorMessage(str):
    """A text in the editor's language that knows where it comes from.

    Pickled, it is its key and its values; unpickled, it is said again, in the language of the day.
    """

    __slots__ = ("key", "values")

    key: str
    values: Mapping[str, object]

    def __new__(cls, key: str, values: Mapping[str, object]) -> EditorMessage:
        self = super().__new__(cls, _text(spoken(), key, values))
        self.key, self.values = key, values
        return self

    def __reduce__(self) -> tuple[type[EditorMessage], tuple[str, Mapping[str, object]]]:
        return EditorMessage, (self.key, self.values)


class Names(tuple[str, ...]):
    """A list of names as a value of a message, printed with commas.

    A name that is a message remains one, which a text put together with ``join`` would not.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(self)


def msg(key: str, /, **values: object) -> EditorMessage:
    """Return a message in the editor's language.

    ``key`` is ``room.name``; ``values`` fill its braces, and ``count`` chooses its form. Raises
    KeyError for a key or a value that does not exist, MessagesRefused for a faulty file.
    """
    return EditorMessage(key, values)


def in_language(lang: str, message: EditorMessage) -> str:
    """Return a message in a language that need not be the editor's, for what others read too."""
    return _text(
        lang,
        message.key,
        {
            name: in_language(lang, value) if isinstance(value, EditorMessage) else value
            for name, value in message.values.items()
        },
    )


def speak(lang: str) -> None:
    """Speak a language from now on. Raises KeyError for one without a file of messages."""
    global _spoken
    if lang not in languages():
        raise KeyError(lang)
    _spoken = lang


def spoken() -> str:
    """Return the language that is spoken: French, until another one is chosen."""
    return _spoken or MEASURE


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that have a file of messages, in alphabetical order."""
    return tuple(sorted(path.stem for path in FILES.glob("*.toml")))


def language_of_system(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language that the system asks for if we speak it, or an empty string.

    Sources: the GNU gettext manual, « Specifying a Priority List of Languages » (LANGUAGE), and
    POSIX, « Environment Variables », 8.2 (LC_ALL, then LC_MESSAGES, then LANG).
    """
    for wanted in environment.get("LANGUAGE", "").split(":"):
        if (lang := re.split("[_.@-]", wanted)[0].lower()) in languages():
            return lang
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environment.get(name):
            lang = re.split("[_.@-]", locale)[0].lower()
            return lang if lang in languages() else ""
    return ""


def choose(setting: str = "", site: str = "") -> None:
    """Speak the language of a setting, else that of the system, else that of the site, else
    French. A language without a file of messages does not count."""
    wanted = (setting, language_of_system(), site.split("-")[0].lower())
    speak(next((lang for lang in wanted if lang in languages()), MEASURE))


def _text(lang: str, key: str, values: Mapping[str, object]) -> str:
    room, _, name = key.partition(".")
    message = messages_of(lang, room)[name]
    if not isinstance(message, str):
        count = values["count"]
        assert isinstance(count, int), key  # noqa: S101 - a bug of the caller
        message = message[category(_plurals(lang), count)]
    return message.format_map(values)


@lru_cache(maxsize=64)
def messages_of(lang: str, room: str) -> Mapping[str, Wording]:
    """Return the messages of a room, by key. Raises KeyError for a room that does not exist."""
    found = _parsed(lang, room)
    if lang != MEASURE:
        _compare(FILES / f"{lang}.toml", room, found, messages_of(MEASURE, room), _forms(lang))
    return found


def rooms(lang: str) -> tuple[str, ...]:
    """Return the rooms of a language's file, in its order."""
    return tuple(room for room in _sources(lang) if room != _PLURALS)


@lru_cache(maxsize=8)
def _sources(lang: str) -> Mapping[str, str]:
    """Return the text of each room: to parse all of them takes longer than most commands."""
    path = FILES / f"{lang}.toml"
    parts = _ROOM.split(path.read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for room, text in zip(parts[1::2], parts[2::2], strict=True):
        if room in found:
            raise MessagesRefused(path, room, "this room stands twice")
        found[room] = text
    return found


def _parsed(lang: str, room: str) -> Mapping[str, Wording]:
    try:
        return tomllib.loads(_sources(lang)[room])
    except tomllib.TOMLDecodeError as error:
        raise MessagesRefused(FILES / f"{lang}.toml", room, str(error)) from None


@lru_cache(maxsize=8)
def _plurals(lang: str) -> Mapping[str, Rule]:
    return {form: plural_rule(str(rule)) for form, rule in _parsed(lang, _PLURALS).items()}


def _forms(lang: str) -> set[str]:
    return {*_plurals(lang), "other"}


def _compare(
    path: Path,
    room: str,
    found: Mapping[str, Wording],
    measure: Mapping[str, Wording],
    forms: set[str],
) -> None:
    """Raise MessagesRefused if a room lacks a message, a form or a value, or has one too many."""
    for name in sorted({*found, *measure}):
        key = f"{room}.{name}"
        if name not in found or name not in measure:
            raise MessagesRefused(path, key, "missing" if name in measure else "unknown")
        said, expected = found[name], measure[name]
        if isinstance(said, str) != isinstance(expected, str):
            raise MessagesRefused(path, key, "only one of the languages counts")
        if not isinstance(said, str) and said.keys() != forms:
            raise MessagesRefused(path, key, f"the forms are {', '.join(sorted(forms))}")
        if values_of(said) != values_of(expected):
            names = ", ".join(sorted(values_of(expected))) or "none"
            raise MessagesRefused(path, key, f"the values are {names}")


def values_of(message: Wording) -> set[str]:
    """Return the names in the braces of a message."""
    texts = [message] if isinstance(message, str) else message.values()
    return {
        re.split(r"[.\[]", name)[0]
        for text in texts
        for _, name, _, _ in Formatter().parse(text)
        if name is not None
    }
