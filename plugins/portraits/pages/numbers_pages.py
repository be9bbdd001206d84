"""« En chiffres »: what the series amounts to, as figures and small charts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from portraits import addresses
from portraits.charts import bars, columns
from portraits.pages.assembly import Assembly
from portraits.pages.heads import series_meta
from portraits.pages.spec import PageSpec
from portraits.statistics import LENGTHS, Statistics, statistics
from portraits.svg import serialised
from portraits.views import Chart, NumbersPage

QUESTIONS = 12
"""Questions in the chart: those with most answers."""


def numbers_pages(assembly: Assembly) -> Iterator[PageSpec]:
    """The spec of the page."""
    found = statistics(assembly.library, assembly.questions, assembly.directory,
                       lang=assembly.settings.lang)
    key = assembly.key("numbers", [getattr(found, name) for name in (
        "portraits", "people_recommending", "accounts", "recommendations", "words",
        "median_words", "median_answer", "by_year", "by_network", "questions",
        "answer_lengths")], [(e.account.label, e.count) for e in found.most_recommended])
    yield PageSpec(addresses.NUMBERS, key, partial(_page, assembly, found), indexed=True)


def _page(assembly: Assembly, found: Statistics) -> bytes:
    words = assembly.words()
    number = words.number
    figures = tuple(
        (words.text(f"numbers.{name}"), str(number(getattr(found, name))))
        for name in ("portraits", "people_recommending", "accounts", "recommendations", "words",
                     "median_words", "median_answer"))
    most_asked = sorted(found.questions, key=lambda question: -question.portraits)[:QUESTIONS]
    charts = (
        _chart(assembly, "by_year", [(c.label, c.count) for c in found.by_year], upright=True),
        _chart(assembly, "by_question", [(q.wording, q.portraits) for q in most_asked]),
        _chart(assembly, "by_network", [
            (assembly.network_label(c.label), c.count) for c in found.by_network]),
        _chart(assembly, "answer_lengths", [
            (_class(assembly, int(c.label)), c.count) for c in found.answer_lengths]),
        _chart(assembly, "most_recommended", [
            (e.account.label, e.count) for e in found.most_recommended]))
    view = NumbersPage(figures, tuple(chart for chart in charts if chart.rows))
    meta = series_meta(assembly, addresses.NUMBERS, words.text("numbers.heading"),
                       words.text("numbers.introduction"))
    return assembly.render("numbers.html", meta, view)


def _class(assembly: Assembly, lowest: int) -> str:
    """« 10 à 24 mots », from the lower bound of a class of lengths."""
    following = [bound for bound in LENGTHS if bound > lowest]
    words = assembly.words()
    if not following:
        return words.text("numbers.length_from", low=lowest)
    return words.text("numbers.length", low=lowest, high=following[0] - 1)


def _chart(
    assembly: Assembly, name: str, rows: list[tuple[str, int]], *, upright: bool = False
) -> Chart:
    words = assembly.words()
    heading = words.text(f"numbers.{name}")
    draw = columns if upright else bars
    svg = draw(rows, name=f"chiffres-{name}", title=heading,
               description=words.text("numbers.in_table"))
    return Chart(
        heading, serialised(svg),
        (words.text(f"numbers.{name}_label"), words.text("numbers.count")),
        tuple((label, str(words.number(value))) for label, value in rows))
