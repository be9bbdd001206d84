"""Find related portraits, and the reason to show for each.

Two portraits are related by what they share and by recommending each other. A shared feature adds

    weight of its kind * octaves between the size of the series and the number of its holders

so that rare features count more. A feature held by more than half of the people (and more than two)
counts nothing, such as a question that everybody is asked. A recommendation from one to the other
adds a fixed, large weight. Sizes are rounded to half octaves, so that adding a portrait rarely
changes a weight.

For a frequent feature only the NEAREST holders in time on either side are considered: so a change
to one portrait affects only its neighbours. The best score comes first; ties go to the portrait
nearer in time, then to the newer. Portraits are compared within their language; holders of a
feature are counted over all people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import log2
from typing import Any, NamedTuple

from portraits.series.reads import Series
from portraits.series.tables import (
    PopularityRow,
    PortraitRow,
    PresenceRow,
    QuestionnaireRow,
    QuestionRow,
    RecommendationRow,
    RelatedRow,
    TermRow,
    day_of,
)
from portraits.series.views.accounts import RECOMMENDED
from portraits.series.views.topics import wording_of
from portraits.series.views.view import View, once
from portraits.series.writing import ORGANIZATION, TAG, THEME
from portraits.settings import Settings

ACCOUNT, QUESTION, NAMES = "account", "question", "names"
WEIGHTS = {ACCOUNT: 1500, ORGANIZATION: 1200, TAG: 1000, QUESTION: 400, THEME: 200}
"""Score, in thousandths, of a shared feature of each kind, per octave of its rarity."""
NAMED = 12000
"""Score, in thousandths, of a recommendation from one to the other."""
NEAREST = 15
"""Number of holders of a feature considered on either side in time."""
_MANY = 2 * NEAREST
SIZE = "size"
"""Key of the popularity row that holds the number of people."""


class Feature(NamedTuple):
    """Something that portraits can share."""

    kind: str
    table: type
    column: str
    value: str
    label: str
    """The name of the feature, in the portrait's language."""


def half_octaves(number: int) -> int:
    """Return twice the binary logarithm of a number, rounded: 1, 2, 4, 8 give 0, 2, 4, 6."""
    return round(2 * log2(number))


def _popularity(series: Series, settings: Settings, key: str) -> Iterator[PopularityRow]:
    size = series.sql("SELECT count(*) FROM portrait WHERE position IS NOT NULL AND person=1")[0][0]
    most = max(2, size // 2)
    yield PopularityRow(key, SIZE, half_octaves(size + 1))
    for column, statement in (
        ("account", f"SELECT account, people FROM {RECOMMENDED} WHERE people>? ORDER BY account"),
        ("term", "SELECT term, people FROM term_count WHERE people>? ORDER BY term"),
        ("question", "SELECT topic, portraits FROM topic_count WHERE portraits>? ORDER BY topic"),
    ):
        # Only frequent features need a row: `_holders` counts the holders of the others itself.
        for value, people in series.sql(statement, min(most, _MANY)):
            yield PopularityRow(
                key, f"{column}/{value}", 0 if people > most else half_octaves(people)
            )


def _portraits(series: Series, settings: Settings) -> Iterator[str]:
    for (source,) in series.sql(
        "SELECT source FROM portrait WHERE position IS NOT NULL ORDER BY source"
    ):
        yield source


def _features(series: Series, source: str) -> Iterator[Feature]:
    seen: set[tuple[str, str]] = set()
    for row in series.rows(RecommendationRow, "source", source):
        if (ACCOUNT, row.account) not in seen:
            seen.add((ACCOUNT, row.account))
            yield Feature(ACCOUNT, RecommendationRow, "account", row.account, row.label)
    for term in series.rows(TermRow, "source", source):
        kind = term.term.partition("/")[0]
        if kind in WEIGHTS:
            yield Feature(kind, TermRow, "term", term.term, term.label)
    for question in series.rows(QuestionRow, "source", source, follow_up=0):
        if (QUESTION, question.question) not in seen:
            seen.add((QUESTION, question.question))
            yield Feature(
                QUESTION, QuestionRow, "question", question.question, question.wording_text
            )


def _related(series: Series, settings: Settings, key: str) -> Iterator[tuple[Any, ...]]:
    if settings.related <= 0:
        return
    most_kept = settings.related + 1  # the page leaves out who is shown as the next portrait
    found = series.one(PortraitRow, "source", key)
    if found is None:
        return
    here, lang = str(found.position), found.lang
    size = series.one(PopularityRow, "feature", SIZE)
    assert size is not None  # noqa: S101 - always there
    positions: dict[str, str] = {}
    scores: dict[str, int] = defaultdict(int)
    shared: dict[str, list[tuple[int, Feature]]] = defaultdict(list)
    for feature in _features(series, key):
        holders, weight = _holders(series, feature, lang, here, size.weight)
        for other, position in holders.items():
            if other != key:
                positions[other] = position
                scores[other] += weight
                shared[other].append((-weight, feature))
    named: dict[str, tuple[str, str]] = {}
    for other, position, label, by in _namings(series, key, found, here):
        positions[other] = position
        scores[other] += NAMED
        named.setdefault(other, (label, by))  # the first one: this portrait names the other
    if not scores:
        return
    # Sort only the portraits that can make the list: there are far more candidates.
    enough = sorted(scores.values(), reverse=True)[:most_kept][-1]
    best = sorted(
        (other for other, score in scores.items() if score >= enough),
        key=lambda other: (
            -scores[other],
            abs(day_of(positions[other]) - day_of(here)),
            positions[other],
        ),
    )
    for rank, other in enumerate(best[:most_kept]):
        if other in named:
            yield RelatedRow(key, rank, other, NAMES, *named[other])
            continue
        _, most = min(shared[other], key=lambda one: (one[0], one[1].kind, one[1].value))
        label = _wording(series, key, most.value, lang) if most.kind == QUESTION else most.label
        yield RelatedRow(key, rank, other, most.kind, label, "")


def _wording(series: Series, source: str, question: str, lang: str) -> str:
    """Return a shared question in the questionnaire's wording, else as this portrait was asked."""
    if series.one(QuestionnaireRow, "id", question):
        return wording_of(series, question, lang)
    return next(
        row.wording_text
        for row in series.rows(QuestionRow, "source", source)
        if row.question == question
    )


def _holders(
    series: Series, feature: Feature, lang: str, here: str, size: int
) -> tuple[dict[str, str], int]:
    """Return the nearest portraits with a feature and their positions, and the score for sharing
    it."""
    popular = series.one(PopularityRow, "feature", f"{feature.column}/{feature.value}")
    if popular and not popular.weight:
        return {}, 0
    at = feature.table, feature.column, feature.value
    if popular:
        places = dict(
            [
                *series.places(*at, lang=lang, newer=here, limit=NEAREST + 1),
                *series.places(*at, lang=lang, older=here, limit=NEAREST + 1, oldest_first=True),
            ]
        )
        return places, WEIGHTS[feature.kind] * (size - popular.weight) // 2
    places = dict(series.places(*at, lang=lang))
    if len(places) < 2:
        return {}, 0
    return places, WEIGHTS[feature.kind] * (size - half_octaves(len(places))) // 2


def _namings(
    series: Series, source: str, found: PortraitRow, here: str
) -> Iterator[tuple[str, str, str, str]]:
    """Yield the portraits that this one recommends, then those that recommend it.

    Each is a tuple: source and position of the other portrait, label of the recommended account,
    name of the person who recommends it. If both recommend each other, the other one is yielded
    once per direction, and the caller keeps the first.
    """
    named: set[str] = set()
    for row in series.rows(RecommendationRow, "source", source):
        for presence in series.rows(PresenceRow, "account", row.account):
            other = series.one(PortraitRow, "source", presence.source)
            if other and other.lang == found.lang and other.source not in {source, *named}:
                named.add(other.source)
                yield other.source, str(other.position), row.label, found.name
    naming: set[str] = set()
    for presence in series.rows(PresenceRow, "source", source):
        if not presence.account:
            continue
        limits: dict[str, Any] = {"limit": NEAREST + 1, "lang": found.lang}
        for row in (
            *series.rows(RecommendationRow, "account", presence.account, newer=here, **limits),
            *series.rows(
                RecommendationRow,
                "account",
                presence.account,
                older=here,
                oldest_first=True,
                **limits,
            ),
        ):
            if row.source not in {source, *naming}:
                naming.add(row.source)
                other = series.one(PortraitRow, "source", row.source)
                assert other is not None  # noqa: S101 - it has a place in the series
                yield row.source, str(row.position), row.label, other.name


POPULARITY = View("popularity", (PopularityRow,), once, _popularity)
RELATED = View("related", (RelatedRow,), _portraits, _related)
