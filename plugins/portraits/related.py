"""Which portraits go together, and why.

Two portraits are related by what they share and by naming each other. A thing that both
have counts

    weight of its kind * log2((N + 1) / holders)

where N is the number of portraits in the language and ``holders`` how many of them have
the thing: the rarer, the more it says. What more than half of them have (and more than
two) says nothing, such as the questions that everybody is asked. That one recommends the
other counts a fixed, large weight.

Of a thing that many have, only the NEAREST holders in time on either side are looked at, so
that the whole series costs the number of portraits times a constant. Weights are whole
thousandths: a sum does not depend on its order. Best first; ties go to the portrait
nearer in time, then to the newer; in time means in the library's order, which is total.
Portraits are compared within their language.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log2
from typing import TYPE_CHECKING

from portraits.addresses import slug_of
from portraits.catalogue import catalogue, interface_language
from portraits.values import dataclass

if TYPE_CHECKING:
    from portraits.library import Library
    from portraits.outline import Outline
    from portraits.questionnaire_file import Questionnaire

ACCOUNT, ORGANIZATION, TAG, QUESTION, THEME, NAMES = (
    "account", "organization", "tag", "question", "theme", "names")

WEIGHTS = {ACCOUNT: 1500, ORGANIZATION: 1200, TAG: 1000, QUESTION: 400, THEME: 200}
"""Thousandths that a shared thing of each kind counts, before its rarity."""
NAMED = 12000
"""Thousandths that a recommendation from one to the other counts."""
NEAREST = 15
"""Holders of a thing that are looked at on either side in time."""

Feature = tuple[str, str]
"""Something that portraits can share: (kind, account key | slug | id | theme)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a portrait is shown beside another one."""

    kind: str
    """ACCOUNT, ORGANIZATION, TAG, QUESTION or THEME that they share, or NAMES."""
    value: str
    """What is shared, or the account that is recommended, as readers know it."""
    by: str = ""
    """For NAMES, the name of the one of the two who recommends the other."""

    def text(self, lang: str) -> str:
        """The reason for readers of ``lang``, a phrase without capital or full stop:
        « recommandation commune : @sam »."""
        words = catalogue(interface_language(lang))
        return words.text(f"related.{self.kind}", value=self.value, by=self.by)


@dataclass(frozen=True, slots=True)
class Related:
    """A portrait to show beside another one."""

    outline: Outline
    score: int
    reasons: tuple[Reason, ...]
    """Those that count most first; at least one."""


class RelatedIndex:
    """What the portraits of a library have in common, ready to be asked about any of them.

    Making it reads every portrait once; asking about one does not depend on how many
    there are.
    """

    def __init__(self, library: Library) -> None:
        self._questionnaire = library.questionnaire
        self._languages = {
            lang: _Language(outlines, library.questionnaire)
            for lang, outlines in library.by_lang.items()
        }

    def features(self, outline: Outline) -> tuple[Feature, ...]:
        """Everything of ``outline`` that another portrait can share, each once."""
        return tuple(_features(outline, self._questionnaire))

    def of(self, outline: Outline, count: int) -> tuple[Related, ...]:
        """The ``count`` portraits that go best with ``outline``, best first; fewer where fewer
        have anything in common with it. KeyError when the library does not publish it."""
        return self._languages[outline.lang].related(outline, count)


def related(library: Library, count: int) -> Mapping[tuple[str, str], tuple[Related, ...]]:
    """(language, slug) -> the portraits that go best with that one, for all of ``library``."""
    index = RelatedIndex(library)
    return {
        (outline.lang, outline.slug): index.of(outline, count) for outline in library.portraits
    }


def _features(outline: Outline, questionnaire: Questionnaire) -> dict[Feature, None]:
    found: dict[Feature, None] = {}
    for recommended in outline.recommends:
        found[ACCOUNT, recommended.account.key] = None
    if outline.organization:
        found[ORGANIZATION, slug_of(outline.organization)] = None
    for tag in outline.tags:
        found[TAG, slug_of(tag)] = None
    for asked in outline.asked:
        key = asked.questionnaire_id or asked.id
        found[QUESTION, key] = None
        entry = questionnaire.by_id.get(key)
        if entry:
            for theme in entry.tags:
                found[THEME, theme] = None
    return found


def _label(feature: Feature, outline: Outline, questionnaire: Questionnaire) -> str:
    """What readers of ``outline``, which has it, call the feature."""
    kind, key = feature
    if kind == ACCOUNT:
        return next(found.account.label for found in outline.recommends
                    if found.account.key == key)
    if kind == ORGANIZATION:
        return outline.organization
    if kind == TAG:
        return next(tag for tag in outline.tags if slug_of(tag) == key)
    if kind == QUESTION and key not in questionnaire.by_id:
        return next(asked.wording for asked in outline.asked if asked.id == key)
    return questionnaire.by_id[key].wording(outline.lang) if kind == QUESTION else key


class _Language:
    """The portraits in one language, each known by its position in the library's order."""

    def __init__(self, outlines: tuple[Outline, ...], questionnaire: Questionnaire) -> None:
        self._outlines = outlines
        self._questionnaire = questionnaire
        self._positions = {outline.source: n for n, outline in enumerate(outlines)}
        self._owners: dict[str, list[int]] = defaultdict(list)
        holders: dict[str, dict[str, list[int]]] = {kind: defaultdict(list) for kind in WEIGHTS}
        slugs: dict[str, str] = {}
        for position, outline in enumerate(outlines):
            for account in outline.accounts:
                self._owners[account.key].append(position)
            for recommended in outline.recommends:
                _hold(holders[ACCOUNT][recommended.account.key], position)
            for name in (outline.organization, *outline.tags):
                if name not in slugs:
                    slugs[name] = slug_of(name)
            if outline.organization:
                holders[ORGANIZATION][slugs[outline.organization]].append(position)
            for tag in outline.tags:
                _hold(holders[TAG][slugs[tag]], position)
            for asked in outline.asked:
                _hold(holders[QUESTION][asked.questionnaire_id or asked.id], position)
        self._recommenders = holders[ACCOUNT]
        most = max(2, len(outlines) // 2)
        _gather_themes(holders, questionnaire, most)
        self._shared: dict[Feature, tuple[int, list[int]]] = {
            (kind, key): (
                round(WEIGHTS[kind] * log2((len(outlines) + 1) / len(positions))), positions)
            for kind, keys in holders.items()
            for key, positions in keys.items()
            if 2 <= len(positions) <= most
        }

    def related(self, outline: Outline, count: int) -> tuple[Related, ...]:
        here = self._positions[outline.source]
        scores: dict[int, int] = defaultdict(int)
        for there in self._names(outline):
            scores[there] += NAMED
        for there in self._named_by(outline, here):
            scores[there] += NAMED
        mine = {
            feature: self._shared[feature] for feature in _features(outline, self._questionnaire)
            if feature in self._shared
        }
        for weight, holders in mine.values():
            for there in _nearest(holders, here):
                scores[there] += weight
        scores.pop(here, None)
        if count <= 0 or not scores:
            return ()
        enough = sorted(scores.values(), reverse=True)[:count][-1]
        best = sorted(
            (there for there, score in scores.items() if score >= enough),
            key=lambda there: (-scores[there], abs(there - here), there),
        )[:count]
        return tuple(
            Related(self._outlines[there], scores[there], (
                *_namings(outline, self._outlines[there]),
                *(Reason(feature[0], _label(feature, outline, self._questionnaire))
                  for feature in _shared_with(there, mine)),
            ))
            for there in best
        )

    def _names(self, outline: Outline) -> set[int]:
        """Those whom ``outline`` recommends."""
        return {
            there for recommended in outline.recommends
            for there in self._owners.get(recommended.account.key, ())
        }

    def _named_by(self, outline: Outline, here: int) -> set[int]:
        """Those nearest in time who recommend the person of ``outline``."""
        return {
            there for account in outline.accounts
            for there in _nearest(self._recommenders.get(account.key, ()), here)
        }


def _hold(positions: list[int], position: int) -> None:
    """Note that the portrait at ``position`` has the thing; twice is once."""
    if not positions or positions[-1] != position:
        positions.append(position)


def _gather_themes(
    holders: dict[str, dict[str, list[int]]], questionnaire: Questionnaire, most: int,
) -> None:
    """Fill in who answered questions of each theme (a questionnaire's ``tags``).

    A theme with a question that more than ``most`` answered is itself held by too many to
    say anything and is left out.
    """
    of_theme: dict[str, list[list[int]]] = defaultdict(list)
    for entry in questionnaire.entries:
        for theme in entry.tags:
            of_theme[theme].append(holders[QUESTION].get(entry.id, []))
    for theme, lists in of_theme.items():
        if all(len(positions) <= most for positions in lists):
            holders[THEME][theme] = sorted(set().union(*lists))


def _nearest(positions: Sequence[int], here: int) -> Sequence[int]:
    """Those of ascending ``positions`` that stand at most NEAREST places before or after."""
    if len(positions) <= 2 * NEAREST:
        return positions
    middle = bisect_left(positions, here)
    return positions[max(0, middle - NEAREST):middle + NEAREST + 1]


def _namings(outline: Outline, other: Outline) -> Iterator[Reason]:
    """That ``outline`` recommends ``other``, and the other way round."""
    for one, two in ((outline, other), (other, outline)):
        theirs = {account.key for account in two.accounts}
        for recommended in one.recommends:
            if recommended.account.key in theirs:
                yield Reason(NAMES, recommended.account.label, one.name)
                break


def _shared_with(
    there: int, mine: Mapping[Feature, tuple[int, list[int]]],
) -> list[Feature]:
    """Those of ``mine`` that the portrait at ``there`` has too, those that count most first."""
    shared = [
        (-weight, feature) for feature, (weight, holders) in mine.items()
        if (place := bisect_left(holders, there)) < len(holders) and holders[place] == there
    ]
    return [feature for _, feature in sorted(shared)]
