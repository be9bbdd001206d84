"""The domain: a portrait and its parts, frozen, without Pelican.

A portrait is one person's answers to one questionnaire:

    Portrait     = header Introduction Exchange* [RecommendationList] [ReadingList]
    Exchange     = Question Answer FollowUp*
    FollowUp     = Question Answer

Text comes twice: ``html`` is what a page shows (already typeset, already safe),
``text`` is the same as plain Unicode for feeds, cards, search and comparison.
HTML may hold *placeholders*, one for each link to another portrait and each picture, which
are filled when a page is rendered (see :mod:`portraits.model.placeholders`): a parsed portrait
depends on its own file and on nothing else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Status(StrEnum):
    """Whether a portrait is published. Same words as Pelican's ``status``."""

    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"
    """Kept out of everything, as a draft is, but finished: an embargo without a date."""


@lru_cache(maxsize=256)
def _words(text: str) -> int:
    """Counted once for an answer, for the portrait that it stands in and for its outline."""
    return len(text.split())


@dataclass(frozen=True, slots=True)
class RichText:
    """One passage, as HTML and as plain text."""

    html: str = ""
    """Typeset, sanitised HTML; may contain placeholders."""
    text: str = ""
    """The same words as typeset plain text; paragraphs separated by one blank line."""

    def __bool__(self) -> bool:
        return bool(self.html)

    @property
    def words(self) -> int:
        """Words of the text."""
        return _words(self.text)


@dataclass(frozen=True, slots=True)
class Account:
    """A place on the web where somebody can be followed."""

    network: str
    """A key of :data:`portraits.model.accounts.NETWORKS`: ``twitter``, ``mastodon``, ``web``…"""
    handle: str
    """Without the leading ``@``, spelt as found; empty for a plain web address."""
    url: str
    """The absolute address of the profile."""
    label: str
    """What readers see: ``@evenko``, ``@sam@mastodon.example``, « Le blogue d’Ana »."""
    key: str
    """Identity: two accounts are one when their keys are equal (``twitter:osheaga``,
    ``web:ana.example/``), whatever the notation or the case."""


@dataclass(frozen=True, slots=True)
class Presence:
    """One line of « Pour suivre … »: an account, or a note that stands in its place."""

    network: str
    account: Account | None
    note: str = ""
    """« privé », when there is no account to give."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked to this person."""

    id: str
    """The fragment of its permalink, unique in the portrait."""
    wording: RichText
    """Inline HTML, and the plain wording."""
    line: int
    """1-based line of the heading in the source file."""
    questionnaire_id: str = ""
    """The questionnaire's question that this is, or empty if it is this portrait's own."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question asked inside an answer."""

    question: Question
    answer: RichText


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, its answer, and what was asked further."""

    question: Question
    answer: RichText
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One entry of a #FF list: the account and why it is worth following."""

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
    """What it is called in words, or the account's own label."""


@dataclass(frozen=True, slots=True)
class Photo:
    """The portrait's photo as the front matter gives it."""

    file: str
    """Path of the source picture from the content folder, POSIX separators."""
    alt: str
    credit: str
    focus: tuple[float, float]
    """What a crop must keep: fractions of width and height from the top left, 0..1."""
    line: int


@dataclass(frozen=True, slots=True)
class Quote:
    """The featured quote and the question under which it stands."""

    text: str
    question_id: str
    line: int


@dataclass(frozen=True, slots=True)
class InternalLink:
    """A link from the body to another file of the content folder; its position is the number of
    its placeholder."""

    target: str
    """Path of the source file from the content folder, POSIX separators."""
    fragment: str
    line: int


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A picture inside the body; its position is the number of its placeholder."""

    file: str
    """Path of the source picture from the content folder, POSIX separators."""
    alt: str
    title: str
    """Shown as the caption; empty for none."""
    line: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """The interview of one person, parsed, typeset and checked as far as one file allows."""

    source: str
    """Path of the file from the content folder, POSIX separators: ``portraits/x.md``."""
    slug: str
    """Last part of the page's address; from the file's stem unless the file sets it."""
    translation_key: str
    """The file's stem without language suffix: translations of one portrait share it."""
    lang: str
    """BCP 47 tag."""
    status: Status
    date: dt.date
    modified: dt.date | None
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
    """The editor's remark about the text itself: condensed from, invented…"""
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
    """Each address on the web that the body names, with its line."""
    words: int
    """Words of introduction, answers and follow-ups."""
    lines: tuple[tuple[str, int], ...]
    """Front matter keys (dotted) and their lines, for problems found later across files."""
    archives: tuple[tuple[str, str], ...] = ()
    """(address, archived copy) of pages that the portrait names and that may be gone."""

    def line_of(self, key: str) -> int:
        """Line of a front matter key; of the file's first line when the key is absent."""
        return dict(self.lines).get(key, 1)

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
