"""The questionnaire of a series: ``content/questionnaire.yml``.

    questions:
      - id: annee-de-creation
        fr: En quelle année as-tu créé tes comptes?
        en: When did you open your accounts?
        variants: {fr: [ … ], en: [ … ]}
        tags: [parcours]

A wording belongs to a question when both are equal after :func:`normalised`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from portraits.problems import unaccented

_NOT_WORD = re.compile(r"[^\w%]+")


def normalised(wording: str) -> str:
    """A wording without case, accents, punctuation and spacing: what makes it the same."""
    plain = unaccented(wording).replace("œ", "oe").replace("æ", "ae")
    return _NOT_WORD.sub(" ", plain).strip()


@dataclass(frozen=True, slots=True)
class QuestionnaireEntry:
    """One question of the series, with every wording that it is known under."""

    id: str
    wordings: tuple[tuple[str, str], ...]
    """(language, current wording), in the file's order."""
    variants: tuple[tuple[str, str], ...] = ()
    """(language, former or other wording)."""
    tags: tuple[str, ...] = ()
    line: int = 0

    def wording(self, lang: str) -> str:
        """The current wording in ``lang``, else in the first language that the file gives."""
        return dict(self.wordings).get(lang) or self.wordings[0][1]


@dataclass(frozen=True)
class Questionnaire:
    """All questions, in the order in which they are asked."""

    entries: tuple[QuestionnaireEntry, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, QuestionnaireEntry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_wording(self) -> Mapping[str, str]:
        """Normalised wording -> id. The first entry wins; clashes are a problem of the file."""
        known: dict[str, str] = {}
        for entry in self.entries:
            for _, wording in (*entry.wordings, *entry.variants):
                known.setdefault(normalised(wording), entry.id)
        return known

    def id_of(self, wording: str, explicit_id: str = "") -> str:
        """The questionnaire's id for a question as asked, or an empty string."""
        if explicit_id in self.by_id:
            return explicit_id
        return self.by_wording.get(normalised(wording), "")
