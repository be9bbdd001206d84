"""All portraits of a site, in one order, with the lookups that pages need.

Only what may be read by everybody is in ``portraits``: status ``published`` and a date
not after the library's day. The rest is in ``unpublished`` and reaches no page.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from portraits.addresses import slug_of
from portraits.model import Status
from portraits.outline import Outline
from portraits.problems import unaccented
from portraits.questionnaire_file import Questionnaire
from portraits.values import dataclass

EMPTY = Questionnaire()
"""The questionnaire of a series without one."""


@dataclass(frozen=True)
class Library:
    """The series at one moment. Portraits are newest first, ties by slug."""

    portraits: tuple[Outline, ...]
    unpublished: tuple[Outline, ...] = ()
    questionnaire: Questionnaire = EMPTY
    previewed: frozenset[str] = frozenset()
    """Sources that are in ``portraits`` only because this is a preview."""

    @cached_property
    def by_slug(self) -> Mapping[tuple[str, str], Outline]:
        """(language, slug) -> portrait."""
        return {(outline.lang, outline.slug): outline for outline in self.portraits}

    @cached_property
    def by_source(self) -> Mapping[str, Outline]:
        """Path from the content folder -> portrait, published or not."""
        return {outline.source: outline for outline in (*self.portraits, *self.unpublished)}

    @cached_property
    def by_tag(self) -> Mapping[str, tuple[Outline, ...]]:
        """Tag -> its portraits, in the library's order; tags in alphabetical order."""
        return self._grouped(lambda outline: outline.tags)

    @cached_property
    def by_organization(self) -> Mapping[str, tuple[Outline, ...]]:
        """Organisation -> its people's portraits."""
        return self._grouped(lambda o: (o.organization,) if o.organization else ())

    @cached_property
    def by_year(self) -> Mapping[str, tuple[Outline, ...]]:
        """Year -> its portraits."""
        return self._grouped(lambda outline: (str(outline.date.year),))

    @cached_property
    def by_lang(self) -> Mapping[str, tuple[Outline, ...]]:
        """Language tag -> its portraits."""
        return self._grouped(lambda outline: (outline.lang,))

    @cached_property
    def translations(self) -> Mapping[str, tuple[Outline, ...]]:
        """Translation key -> all published languages of one portrait, by language tag."""
        groups: dict[str, list[Outline]] = defaultdict(list)
        for outline in self.portraits:
            groups[outline.translation_key].append(outline)
        return {key: tuple(sorted(group, key=lambda o: o.lang)) for key, group in groups.items()}

    def languages_of(self, outline: Outline) -> tuple[Outline, ...]:
        """Every published language of a portrait, when there is more than one."""
        group = self.translations[outline.translation_key]
        return group if len(group) > 1 else ()

    def _grouped(
        self, names_of: Callable[[Outline], tuple[str, ...]]
    ) -> Mapping[str, tuple[Outline, ...]]:
        """Names that have one address (« Événements », « evenements ») are one group, under
        the spelling that is used most, ties in alphabetical order."""
        groups: dict[str, dict[str, Outline]] = defaultdict(dict)
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for outline in self.portraits:
            for name in names_of(outline):
                slug = slug_of(name)
                groups[slug][outline.source] = outline
                spellings[slug][name] += 1
        named = {_usual(spellings[slug]): tuple(groups[slug].values()) for slug in groups}
        return {name: named[name] for name in sorted(named, key=unaccented)}


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))


def library_of(
    outlines: Iterable[Outline], *, today: dt.date, questionnaire: Questionnaire | None = None,
    drafts: bool = False,
) -> Library:
    """Sort outlines into a library as of ``today``; ``drafts`` publishes everything."""
    shown: list[Outline] = []
    kept_back: list[Outline] = []
    for outline in sorted(outlines, key=lambda o: (o.order, o.lang, o.source)):
        public = outline.status is Status.PUBLISHED and outline.date <= today
        (shown if public else kept_back).append(outline)
    questionnaire = questionnaire or EMPTY
    if not drafts:
        return Library(tuple(shown), tuple(kept_back), questionnaire)
    everything = sorted((*shown, *kept_back), key=lambda o: (o.order, o.lang, o.source))
    return Library(tuple(everything), (), questionnaire,
                   frozenset(outline.source for outline in kept_back))


def one_per_person(library: Library, lang: str) -> tuple[Outline, ...]:
    """The library's portraits without their translations, in the library's order.

    Of the languages of one portrait the one in ``lang`` stands for all, else the first by
    language tag: what is counted, is counted once a person.
    """
    kept = {
        next((outline.source for outline in group if outline.lang == lang), group[0].source)
        for group in library.translations.values()
    }
    return tuple(outline for outline in library.portraits if outline.source in kept)
