"""Cut long lists into pages (:mod:`portraits.series.paging`): where each page begins and ends.

    list = "portraits"        one portrait per person
         | "term/" term       a tag, an organisation, a year
         | "topic/" id        the answers to a question that has a page

A row holds only the first and last portrait of a page and the counts: the page itself queries the
portraits in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from portraits.series.paging import slices
from portraits.series.reads import Series
from portraits.series.tables import PortraitRow, QuestionRow, SliceRow, TermLabelRow, TermRow
from portraits.series.views.topics import with_page
from portraits.series.views.view import View
from portraits.series.writing import THEME
from portraits.settings import Settings

PORTRAITS, TERM, TOPIC = "portraits", "term/", "topic/"


def _lists(series: Series, settings: Settings) -> Iterator[str]:
    yield PORTRAITS
    for (term,) in series.sql("SELECT term FROM term_label WHERE kind<>? ORDER BY term", THEME):
        yield TERM + term
    for topic in with_page(series):
        yield TOPIC + topic


class ListSource(NamedTuple):
    """The table, column and value that select the members of a list."""

    table: type
    column: str
    value: str
    equal: dict[str, Any]


def listed(series: Series, key: str) -> ListSource:
    """Return where the members of a list are found.

    If people have a term, only their portraits are listed, one each; if only other translations
    have it, those are listed.
    """
    if key == PORTRAITS:
        return ListSource(PortraitRow, "", "", {"person": 1})
    if key.startswith(TOPIC):
        return ListSource(QuestionRow, "question", key.removeprefix(TOPIC), {"person": 1})
    term = key.removeprefix(TERM)
    label = series.one(TermLabelRow, "term", term)
    return ListSource(TermRow, "term", term, {"person": 1} if label and label.listed else {})


def members(series: Series, key: str, newer: str, older: str) -> Sequence[Any]:
    """Return the rows of a list from ``newer`` to ``older`` (see :func:`place`), newest first."""
    table, column, value, equal = listed(series, key)
    rows: list[Any] = series.rows(
        table, column, value, newer=newer.partition("#")[0], older=older.partition("#")[0], **equal
    )
    return [row for row in rows if newer <= place(row) <= older]


def place(row: Any) -> str:
    """Return the sort key of a row in a list.

    It is the position, followed by the question's number in a list of answers, where one portrait
    may occur twice.
    """
    return f"{row.position}#{row.number:04}" if isinstance(row, QuestionRow) else str(row.position)


def _slices(series: Series, settings: Settings, key: str) -> Iterator[SliceRow]:
    table, column, value, equal = listed(series, key)
    if table is QuestionRow:
        found = [
            f"{position}#{number:04}"
            for position, number in series.columns(
                table, column, value, "position, number", **equal
            )
        ]
    else:
        found = [
            position for (position,) in series.columns(table, column, value, "position", **equal)
        ]
    pages = slices(len(found), settings.page_size)
    numbers = [page.number or 0 for page in pages]
    for at, page in enumerate(pages):
        shown = found[page.start : page.stop]
        number, newest = page.number or 0, page.number is None
        yield SliceRow(
            key,
            f"{key}#{number}",
            number,
            shown[0] if shown else "",
            shown[-1] if shown else "",
            len(found) if newest else 0,
            len(pages) if newest else 0,
            numbers[at - 1] if at else -1,
            numbers[at + 1] if at + 1 < len(numbers) else -1,
        )


def slice_of(series: Series, key: str, number: int) -> SliceRow | None:
    """Return one page of a list; number 0 is the newest."""
    return series.one(SliceRow, "page", f"{key}#{number}")


SLICES = View("slices", (SliceRow,), _lists, _slices)
