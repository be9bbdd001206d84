"""All portraits of a site, in one order, with the lookups that pages need.

Only what may be read by everybody is in ``portraits``: status ``published`` and a date
not after the library's day. The rest is in ``unpublished`` and reaches no page.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from portraits.model import Status
from portraits.outline import Outline
from portraits.questionnaire_file import Questionnaire


@dataclass(frozen=True)
class Library:
    """The series at one moment. Portraits are newest first, ties by slug."""

    portraits: tuple[Outline, ...]
    unpublished: tuple[Outline, ...] = ()
    questionnaire: Questionnaire = Questionnaire()

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
        return self._grouped(lambda o: (o.organization,) if o.organization else ())

    @cached_property
    def by_year(self) -> Mapping[str, tuple[Outline, ...]]:
        return self._grouped(lambda outline: (str(outline.date.year),))

    @cached_property
    def by_lang(self) -> Mapping[str, tuple[Outline, ...]]:
        return self._grouped(lambda outline: (outline.lang,))

    @cached_property
    def translations(self) -> Mapping[str, tuple[Outline, ...]]:
        """Translation key -> all published languages of one portrait, by language tag."""
        groups: dict[str, list[Outline]] = defaultdict(list)
        for outline in self.portraits:
            groups[outline.translation_key].append(outline)
        return {key: tuple(sorted(group, key=lambda o: o.lang)) for key, group in groups.items()}

    def _grouped(self, names_of: object) -> Mapping[str, tuple[Outline, ...]]:
        groups: dict[str, list[Outline]] = defaultdict(list)
        for outline in self.portraits:
            for name in names_of(outline):  # type: ignore[operator]
                groups[name].append(outline)
        return {name: tuple(groups[name]) for name in sorted(groups)}


def library_of(
    outlines: Iterable[Outline], *, today: dt.date, questionnaire: Questionnaire | None = None,
    drafts: bool = False,
) -> Library:
    """Sort outlines into a library as of ``today``; ``drafts`` publishes everything."""
    shown: list[Outline] = []
    kept_back: list[Outline] = []
    for outline in sorted(outlines, key=lambda o: (o.order, o.lang, o.source)):
        public = outline.status is Status.PUBLISHED and outline.date <= today
        (shown if public or drafts else kept_back).append(outline)
    return Library(tuple(shown), tuple(kept_back), questionnaire or Questionnaire())
