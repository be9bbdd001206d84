"""Nothing is lost in silence: every word of a source is accounted for.

    words(source) <= words(portrait) - words(added by us) + words(report)     (as multisets)

A word is a run of letters and digits; a symbol (an emoji, ``%``, ``€``) counts as one.
In the portrait only what readers would see counts: values of the front matter, and the
body without its ``{#id}``. Keys and comments do not, and neither does what the importer
wrote of its own (a name taken out of the title), so that they stand in for no lost word.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import yaml

from portraits.importer.report import Report

_WORD = re.compile(r"[^\W_]+|[%$]|[^\x00-\x7f\w\s]")
_ID = re.compile(r"(?m)^(#{2,3} .*?) \{#[\w-]+\}$")
_REFERENCE = re.compile(r"&#?\w+;")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a plain text, in order, in Unicode's composed form (NFC)."""
    return tuple(
        word for word in _WORD.findall(unicodedata.normalize("NFC", text))
        if word.isalnum() or word in "%$" or unicodedata.category(word[0])[0] == "S"
    )


def words_of_markdown(text: str) -> tuple[str, ...]:
    """The words of a Markdown text; character references are undone (backslashes are no words)."""
    return words_of(_REFERENCE.sub(lambda found: html.unescape(found.group()), text))


def words_of_value(value: object) -> tuple[str, ...]:
    """The words of a front matter value: scalars, and scalars inside lists and mappings."""
    if isinstance(value, dict):
        return tuple(word for part in value.values() for word in words_of_value(part))
    if isinstance(value, list | tuple):
        return tuple(word for part in value for word in words_of_value(part))
    return () if value is None or isinstance(value, bool) else words_of(str(value))


def words_of_portrait(text: str) -> tuple[str, ...]:
    """The words that a portrait file says: front matter values and body."""
    _, front, body = text.split("---\n", 2)
    return words_of_value(yaml.safe_load(front) or {}) + words_of_markdown(_ID.sub(r"\1", body))


@dataclass(frozen=True, slots=True)
class Accounting:
    """Where the words of a source are."""

    total: int
    placed: int
    """Words that stand in the portrait."""
    reported: int
    """Words that stand only in the report."""
    missing: tuple[str, ...]
    """Words that stand nowhere: an importer's bug, and never published."""


class WordsLost(Exception):
    """An import that cannot account for all words. It writes nothing."""


def account_for_words(
    source_words: Iterable[str], result: str, report: Report, added: Iterable[str] = (),
) -> Accounting:
    """Compare a source's words with the portrait file ``result`` and the ``report``.

    ``added`` are the words in ``result`` that the importer wrote of its own.
    """
    source = Counter(source_words)
    placed = Counter(words_of_portrait(result)) - Counter(added)
    elsewhere = source - placed
    missing = elsewhere - Counter(words_of(report.kept_text))
    return Accounting(
        total=source.total(), placed=(source & placed).total(),
        reported=(elsewhere - missing).total(), missing=tuple(sorted(missing.elements())),
    )
