"""The command « stats »: what the series amounts to, to be read or to be counted with.

    text = figures, years, networks, questions with most answers, whom to ask next
    JSON = the same, and every question

Whom to ask next: accounts that at least two people recommend, and that belong to nobody
portrayed and are run by nobody portrayed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from portraits.catalogue import catalogue
from portraits.directory import DirectoryEntry, directory
from portraits.library import Library
from portraits.networks import NETWORKS
from portraits.question_index import question_index
from portraits.statistics import Statistics, statistics

FIGURES = ("portraits", "people_recommending", "accounts", "recommendations", "words",
           "median_words", "median_answer")
QUESTIONS = 10
"""Questions that the text names."""
ACCOUNTS = 30
"""Accounts that the text and the JSON name in each list."""


def counted(library: Library, lang: str, minimum: int) -> Statistics:
    """The statistics of ``library``; ``minimum`` is what a question's page needs."""
    return statistics(library, question_index(library, minimum, lang),
                      directory(library, lang), lang=lang, top=ACCOUNTS)


def figures_text(found: Statistics) -> str:
    """The figures in French, one a line."""
    words = catalogue("fr")
    lines = [f"{words.text(f'numbers.{name}')} : {words.number(getattr(found, name))}"
             for name in FIGURES]
    asked = sorted(found.questions, key=lambda question: -question.portraits)[:QUESTIONS]
    lines += _table(words.text("numbers.by_year"), ((c.label, c.count) for c in found.by_year))
    lines += _table(words.text("numbers.by_network"),
                    ((NETWORKS[c.label].name("fr"), c.count) for c in found.by_network))
    lines += _table(words.text("numbers.by_question"), ((q.wording, q.portraits) for q in asked))
    lines += ["", "À interviewer : plusieurs les recommandent, et ils n’ont pas encore de portrait"]
    lines += [_next(entry) for entry in found.not_yet_interviewed] or [
        "  personne pour l’instant"]
    return "\n".join(lines)


def _next(entry: DirectoryEntry) -> str:
    account = entry.account
    people = catalogue("fr").enumeration(outline.name for outline in entry.outlines).unescape()
    return (f"  {account.label} ({NETWORKS[account.network].name('fr')}, {account.url}) — "
            f"par {people}")


def _table(heading: str, rows: Iterable[tuple[str, int]]) -> Iterator[str]:
    listed = list(rows)
    if not listed:
        return
    width = max(len(str(count)) for _, count in listed)
    yield from ("", heading)
    for label, count in listed:
        yield f"  {count:>{width}}  {label}"


def figures_json(found: Statistics) -> str:
    """The figures as JSON; ``not_yet_interviewed`` names who recommends each account."""
    return json.dumps({
        **{name: getattr(found, name) for name in FIGURES},
        "by_year": {count.label: count.count for count in found.by_year},
        "by_month": {count.label: count.count for count in found.by_month},
        "by_network": {count.label: count.count for count in found.by_network},
        "questions": [asdict(question) for question in found.questions],
        "answer_lengths": {count.label: count.count for count in found.answer_lengths},
        "most_recommended": [_entry(entry) for entry in found.most_recommended],
        "not_yet_interviewed": [_entry(entry) for entry in found.not_yet_interviewed],
    }, ensure_ascii=False, indent=2)


def _entry(entry: DirectoryEntry) -> dict[str, object]:
    account = entry.account
    return {"network": account.network, "label": account.label, "url": account.url,
            "recommended_by": [outline.name for outline in entry.outlines]}
