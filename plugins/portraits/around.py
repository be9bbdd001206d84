"""What a portrait's own files show of the rest of the series.

    page, feed entry, JSON of a portrait = the portrait + what is around it

A portrait of which more is shown than its name is named by its source. What is around a
portrait does not change with its answers, so that it is kept with the published site: an edit
of a text need not derive it again from the whole series.
"""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter

from portraits.graph_columns import Side, Tie
from portraits.packing import packed
from portraits.related import Reason
from portraits.values import dataclass
from portraits.views import Link


@packed
@dataclass(frozen=True, slots=True)
class Follow:
    """What is known of an account that a portrait recommends."""

    person: Link | None
    """The portrait of the person whose account it is."""
    also: tuple[Link, ...]
    """The first others who recommended it."""
    url: str
    """Its entry in the directory."""


_LINK, _TIE, _REASON = (
    attrgetter(*(each.name for each in fields(kind))) for kind in (Link, Tie, Reason))


@packed
@dataclass(frozen=True, slots=True)
class Around:
    """The rest of the series, as one portrait's files show it."""

    older: str
    """The portrait before it in time; empty at the end."""
    newer: str
    related: tuple[tuple[str, Reason], ...]
    """The portraits that go best with it, and what ties them most."""
    recommended_by: tuple[tuple[Link, str], ...]
    """Who recommends the person, and why, as HTML."""
    translations: tuple[str, ...]
    """Every published language of the portrait, when there is more than one."""
    links: tuple[str, ...]
    """Where each of its internal links leads, as a path on the site."""
    follows: tuple[Follow, ...]
    """One for each entry of its #FF list."""
    before: Side
    """In the graph, those who recommend the person; empty like ``after`` where no portrait is
    tied to this one, since the #FF list says all the rest."""
    after: Side

    def plain(self) -> tuple[object, ...]:
        """All of it in tuples, whose text form is written ten times as fast."""
        return (
            self.older, self.newer,
            [(source, _REASON(reason)) for source, reason in self.related],
            [(_LINK(link), reason) for link, reason in self.recommended_by],
            self.translations, self.links,
            [(follow.person and _LINK(follow.person), [*map(_LINK, follow.also)], follow.url)
             for follow in self.follows],
            [([*map(_TIE, side.shown)], side.more) for side in (self.before, self.after)])
