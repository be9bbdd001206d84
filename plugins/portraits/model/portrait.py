"""Define a portrait and its parts as frozen values, independent of Pelican.

A portrait is one person's answers to one questionnaire:

    Portrait     = header Introduction Exchange* [RecommendationList] [ReadingList]
    Exchange     = Question Answer FollowUp*
    FollowUp     = Question Answer

Text comes in two forms: ``html`` for pages (typeset and sanitised) and ``text``, the same words
in plain Unicode for feeds, cards, search and comparison. HTML may contain *placeholders*, one for
each link to another portrait and each picture, which are filled when a page is rendered
(:mod:`portraits.model.placeholders`), so that a parsed portrait depends on its own file only.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Status(StrEnum):
    """Whether a portrait is published. The values are those of Pelican's ``status``."""

    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"
    """Finished but not published, like a draft: an embargo without a date."""


WITHHELD = frozenset({Status.DRAFT, Status.HIDDEN})
"""The statuses of portraits that no day publishes."""


@lru_cache(maxsize=256)
def _words(text: str) -> int:
    """Count words. Cached: each answer is counted for itself, its portrait and its summary."""
    return len(text.split())


@dataclass(frozen=True, slots=True)
class RichText:
    """A passage, as HTML and as plain text."""

    html: str = ""
    """Typeset, sanitised HTML; may contain placeholders."""
    text: str = ""
    """The same words as typeset plain text; paragraphs separated by one blank line."""

    def __bool__(self) -> bool:
        return bool(self.html)

    @property
    def words(self) -> int:
        """Number of words of the text."""
        return _words(self.text)


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a network, or a web address, where somebody can be followed."""

    network: str
    """A key of :data:`portraits.model.accounts.NETWORKS`: ``twitter``, ``mastodon``, ``web``…"""
    handle: str
    """Without the leading ``@``, spelt as in the source; empty for a plain web address."""
    url: str
    """The absolute address of the profile."""
    label: str
    """What readers see: ``@evenko``, ``@sam@mastodon.example``, « Le blogue d’Ana »."""
    key: str
    """Identity: accounts with equal keys (``twitter:osheaga``, ``web:ana.example/``) are the same,
    whatever their notation or case."""


@dataclass(frozen=True, slots=True)
class Presence:
    """One line of « Pour suivre … »: an account, or a note that replaces it."""

    network: str
    account: Account | None
    note: str = ""
    """Text such as « privé » when there is no account."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked to this person."""

    id: str
    """The fragment of its permalink, unique in the portrait."""
    wording: RichText
    """Inline HTML and plain text."""
    line: int
    """1-based line of the heading in the source file."""
    questionnaire_id: str = ""
    """Id of the same question in the questionnaire, or empty if it is asked here only."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question asked inside an answer."""

    question: Question
    answer: RichText


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its answer, and the follow-up questions."""

    question: Question
    answer: RichText
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One entry of a #FF list: an account and the reason to follow it."""

    account: Account
    reason: RichText
    line: int


@dataclass(frozen=True, slots=True)
class RecommendationList:
    """The #FF section. Prose around the entries is kept, in ``before`` and ``after``."""

    question: Question
    entries: tuple[Recommendation, ...]
    before: RichText = RichText()
    after: RichText = RichText()


@dataclass(frozen=True, slots=True)
class Reading:
    """One title of the reading list; ``url`` is empty when only the title is known."""

    title: str
    url: str
    note: RichText
    line: int


@dataclass(frozen=True, slots=True)
class ReadingList:
    """The reading section. Prose around the entries is kept, in ``before`` and ``after``."""

    question: Question
    entries: tuple[Reading, ...]
    before: RichText = RichText()
    after: RichText = RichText()


@dataclass(frozen=True, slots=True)
class ManagedAccount:
    """An account that the person runs for somebody else."""

    account: Account
    label: str
    """Its name in words, or the account's own label."""


@dataclass(frozen=True, slots=True)
class Photo:
    """The portrait's photo, from the front matter."""

    file: str
    """Path of the source file relative to the content folder, POSIX separators."""
    alt: str
    credit: str
    focus: tuple[float, float]
    """Point that a crop must keep: fractions of width and height from the top left, 0 to 1."""
    line: int


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person agreed to, from the front matter, and when."""

    text: dt.date | None = None
    """The day on which they agreed to the text; None if they did not."""
    photo: dt.date | None = None
    """The day on which they agreed to the photo; None if they did not."""
    date: dt.date | None = None
    """The day of publication that they agreed to; None for any."""
    of: str = ""
    """Hash of the text that they agreed to; empty if nobody noted it."""
    current: bool = True
    """Whether the text still is the one that they agreed to, as far as :attr:`of` tells."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The featured quote and the question whose answer contains it."""

    text: str
    question_id: str
    line: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What was corrected after publication, as newspapers say it."""

    date: dt.date
    text: str
    """Plain text."""
    line: int


@dataclass(frozen=True, slots=True)
class InternalLink:
    """A link from the body to another file of the content folder; its index in ``Portrait.links``
    is the number of its placeholder."""

    target: str
    """Path of the source file relative to the content folder, POSIX separators."""
    fragment: str
    line: int


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A picture or a sound inside the body; its index in ``Portrait.images`` is the number of its
    placeholder."""

    file: str
    """Path of the source picture relative to the content folder, POSIX separators."""
    alt: str
    """Words for a picture; the caption of a sound."""
    title: str
    """Shown as the caption; empty for none."""
    credit: str
    """Who made it; empty if nobody is named."""
    line: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """The interview of one person, parsed, typeset and checked as far as one file allows."""

    source: str
    """Path of the file relative to the content folder, POSIX separators: ``portraits/x.md``."""
    slug: str
    """Last segment of the page's address: the file's stem unless the file sets another."""
    translation_key: str
    """The file's stem without language suffix: translations of one portrait share it."""
    lang: str
    """BCP 47 tag."""
    status: Status
    date: dt.date
    modified: dt.date | None
    """The last change that readers are told of; never before the newest correction."""
    name: str
    title: str
    role: str
    organization: str
    tags: tuple[str, ...]
    interviewers: tuple[str, ...]
    series: str
    summary: str
    """Plain text; from the file, or the beginning of the introduction."""
    notice: RichText
    """The editor's note about the text itself, for instance that it is condensed or fictional."""
    photo: Photo | None
    accounts: tuple[Presence, ...]
    manages: tuple[ManagedAccount, ...]
    quote: Quote | None
    aliases: tuple[str, ...]
    """Former addresses of the page, from the site's root: ``/2011/07/caroline/``."""
    introduction: RichText
    exchanges: tuple[Exchange, ...]
    recommendations: RecommendationList | None
    readings: ReadingList | None
    footnotes: str
    """HTML of the footnotes of all sections, or empty."""
    links: tuple[InternalLink, ...]
    images: tuple[InlineImage, ...]
    external_links: tuple[tuple[str, int], ...]
    """(address, line) of each link to the web in the body."""
    words: int
    """Number of words of introduction, answers and follow-ups."""
    lines: tuple[tuple[str, int], ...]
    """(dotted front matter key, line), for problems found later, across files."""
    hour: dt.datetime | None = None
    """The minute of ``date`` from which it is public, with the offset of the series' time zone;
    None for the beginning of the day."""
    corrections: tuple[Correction, ...] = ()
    """Newest first."""
    further: tuple[tuple[str, str], ...] = ()
    """Front matter keys that have no attribute here, and their values as plain text."""
    archives: tuple[tuple[str, str], ...] = ()
    """(address, archived copy) of linked pages that may no longer exist."""
    consent: Consent | None = None
    """What the person agreed to; None if the file says nothing of it."""

    def line_of(self, key: str) -> int:
        """Return the line of a front matter key, or 1 when the key is absent."""
        return dict(self.lines).get(key, 1)

    def value_of(self, key: str) -> str:
        """Return the value of a front matter key that has no attribute; empty if absent."""
        return dict(self.further).get(key, "")

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in reading order: follow-ups after their question, lists last."""
        asked: list[Question] = []
        for exchange in self.exchanges:
            asked.append(exchange.question)
            asked.extend(follow_up.question for follow_up in exchange.follow_ups)
        asked.extend(
            section.question for section in (self.recommendations, self.readings) if section
        )
        return tuple(asked)

    @property
    def reading_minutes(self) -> int:
        """Whole minutes at 220 words a minute, at least one."""
        return max(1, round(self.words / 220))
