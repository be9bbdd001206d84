"""Derive the terms: tags, organisations, years, themes of the questions.

Names with the same slug are the same term, shown under the most frequent spelling:

    « Événements », « événements »        tag/evenements

They differ by no more than capitals, apostrophes, hyphens, spaces or the language of the portrait:
:func:`portraits.checks.series.distinct_terms` refuses others.

The first spelling in alphabetical order wins a tie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from portraits.series.reads import Series
from portraits.series.tables import LeadingRow, TermCountRow, TermLabelRow, TermRow
from portraits.series.views.view import View
from portraits.series.writing import ORGANIZATION, TAG, YEAR
from portraits.settings import Settings
from portraits.support.catalogue import catalogue, interface_language
from portraits.support.transliteration import unaccented

LEADING_TERMS = 12
"""Number of terms of a kind that the lists of this kind link to: the most frequent ones."""


def _terms(series: Series, settings: Settings) -> Iterator[str]:
    for (term,) in series.sql(
        "SELECT DISTINCT term FROM term WHERE position IS NOT NULL ORDER BY term"
    ):
        yield term


def _term(series: Series, settings: Settings, key: str) -> Iterator[tuple[Any, ...]]:
    spellings = series.grouped(TermRow, "term", key, "label, person")
    people = sum(times for _, person, times in spellings if person)
    counts = Counter[str]()
    for label, person, times in spellings:
        if person or not people:  # only the translation that counts for the person
            counts[label] += times
    if not counts:
        return
    label = min(counts, key=lambda spelling: (-counts[spelling], spelling))
    kind, _, slug = key.partition("/")
    yield TermLabelRow(key, kind, slug, label, int(bool(people)))
    yield TermCountRow(key, kind, people)


def counted(series: Series, kind: str) -> list[tuple[TermLabelRow, int]]:
    """Return the terms of a kind that people have, with the number of people, most frequent
    first."""
    counts = {row.term: row.people for row in series.rows(TermCountRow, "kind", kind)}
    found = [
        (row, counts[row.term]) for row in series.rows(TermLabelRow, "kind", kind) if row.listed
    ]
    return sorted(found, key=lambda one: (-one[1], unaccented(one[0].label), one[0].label))


def _kinds(series: Series, settings: Settings) -> tuple[str, ...]:
    return TAG, ORGANIZATION, YEAR


def _leading(series: Series, settings: Settings, key: str) -> Iterator[LeadingRow]:
    first = [row for row, _ in counted(series, key)][: LEADING_TERMS + 1]
    spare = first[LEADING_TERMS:]
    words = catalogue(interface_language(settings.lang))
    for number, row in enumerate(sorted(first, key=lambda row: words.sort_key(row.label))):
        yield LeadingRow(key, number, row.term, row.label, int(row in spare))


LEADING = View("leading terms", (LeadingRow,), _kinds, _leading)
TERMS = View("terms", (TermLabelRow, TermCountRow), _terms, _term)
