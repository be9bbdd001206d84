"""« En chiffres »: what the series amounts to, as figures and small charts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from portraits import addresses
from portraits.charts import bars, columns
from portraits.packing import packed
from portraits.pages.assembly import Assembly
from portraits.pages.heads import series_meta
from portraits.pages.spec import PageSpec
from portraits.statistics import LENGTHS, Lengths, classes, lengths_of, median, statistics
from portraits.svg import serialised
from portraits.values import dataclass
from portraits.views import Chart, NumbersPage

QUESTIONS = 12
"""Questions in the chart: those with most answers."""


@packed
@dataclass(frozen=True, slots=True)
class Numbers:
    """What the page shows. Only its lengths change with the texts."""

    portraits: int
    people_recommending: int
    accounts: int
    recommendations: int
    by_year: tuple[tuple[str, int], ...]
    by_question: tuple[tuple[str, int], ...]
    by_network: tuple[tuple[str, int], ...]
    most_recommended: tuple[tuple[str, int], ...]
    lengths: Lengths


def numbers_of(assembly: Assembly) -> Numbers:
    """The numbers of the whole series."""
    found = statistics(assembly.library, assembly.questions, assembly.directory,
                       lang=assembly.settings.lang)
    most_asked = sorted(found.questions, key=lambda question: -question.portraits)[:QUESTIONS]
    return Numbers(
        found.portraits, found.people_recommending, found.accounts, found.recommendations,
        by_year=tuple((c.label, c.count) for c in found.by_year),
        by_question=tuple((q.wording, q.portraits) for q in most_asked),
        by_network=tuple((assembly.network_label(c.label), c.count) for c in found.by_network),
        most_recommended=tuple((e.account.label, e.count) for e in found.most_recommended),
        lengths=lengths_of(assembly.people.portraits))


def numbers_page(assembly: Assembly, numbers: Numbers) -> PageSpec:
    """The spec of the page."""
    return PageSpec(addresses.NUMBERS, assembly.key("numbers", numbers),
                    partial(_page, assembly, numbers), indexed=True)


def _page(assembly: Assembly, found: Numbers) -> bytes:
    words = assembly.words()
    number = words.number
    lengths = found.lengths
    figures = (
        ("portraits", found.portraits), ("people_recommending", found.people_recommending),
        ("accounts", found.accounts), ("recommendations", found.recommendations),
        ("words", lengths.words), ("median_words", median(lengths.portraits)),
        ("median_answer", median(lengths.answers)))
    charts = (
        _chart(assembly, "by_year", found.by_year, upright=True),
        _chart(assembly, "by_question", found.by_question),
        _chart(assembly, "by_network", found.by_network),
        _chart(assembly, "answer_lengths", [
            (_class(assembly, int(c.label)), c.count) for c in classes(lengths.answers)]),
        _chart(assembly, "most_recommended", found.most_recommended))
    view = NumbersPage(
        tuple((words.text(f"numbers.{name}"), str(number(value))) for name, value in figures),
        tuple(chart for chart in charts if chart.rows))
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
    assembly: Assembly, name: str, rows: Sequence[tuple[str, int]], *, upright: bool = False
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
