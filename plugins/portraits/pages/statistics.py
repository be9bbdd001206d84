"""Render « En chiffres »: the series in figures and small charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portraits.drawing.charts import bars, columns
from portraits.drawing.statistics import LENGTHS, Count, statistics
from portraits.model import addresses
from portraits.output.sitemap import entry
from portraits.site.context import BuildContext
from portraits.site.heads import series_meta
from portraits.site.page import File, in_each_language, once
from portraits.site.views import Chart, NumbersPage
from portraits.support.svg import serialised

FIGURES = (
    "portraits",
    "people_recommending",
    "accounts",
    "recommendations",
    "words",
    "median_words",
    "median_answer",
)
QUESTIONS = 12
"""Number of questions in the chart: the most answered."""


def _make(context: BuildContext, key: str) -> Iterator[File]:
    words = context.words()
    found = statistics(context.series, context.spoken)
    networks = [Count(context.network_label(c.label), c.count) for c in found.by_network]
    lengths = [Count(_class(context, int(c.label)), c.count) for c in found.answer_lengths]
    charts = (
        _chart(context, "by_year", found.by_year, upright=True),
        _chart(context, "by_question", found.by_question[:QUESTIONS]),
        _chart(context, "by_network", networks),
        _chart(context, "answer_lengths", lengths),
        _chart(context, "most_recommended", found.most_recommended),
    )
    view = NumbersPage(
        tuple(
            (words.text(f"numbers.{name}"), str(words.number(getattr(found, name))))
            for name in FIGURES
        ),
        tuple(chart for chart in charts if chart.rows),
    )
    meta = series_meta(
        context,
        addresses.NUMBERS,
        words.text("numbers.heading"),
        words.text("numbers.introduction"),
    )
    yield File(
        context.place(addresses.NUMBERS),
        context.render("numbers.html", meta, view),
        entry(meta.canonical, None, meta.alternates),
    )


def _class(context: BuildContext, lowest: int) -> str:
    """Return the label of a class of lengths, « 10 à 24 mots », from its lower bound."""
    following = [bound for bound in LENGTHS if bound > lowest]
    words = context.words()
    if not following:
        return words.text("numbers.length_from", low=lowest)
    return words.text("numbers.length", low=lowest, high=following[0] - 1)


def _chart(
    context: BuildContext, name: str, counts: Iterable[Count], *, upright: bool = False
) -> Chart:
    words = context.words()
    rows = [(one.label, one.count) for one in counts]
    heading = words.text(f"numbers.{name}")
    draw = columns if upright else bars
    svg = draw(
        rows, name=f"chiffres-{name}", title=heading, description=words.text("numbers.in_table")
    )
    return Chart(
        heading,
        serialised(svg),
        (words.text(f"numbers.{name}_label"), words.text("numbers.count")),
        tuple((label, str(words.number(value))) for label, value in rows),
    )


KIND = in_each_language("numbers", once, _make)
