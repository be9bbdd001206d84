"""What the rest of the site knows of a portrait without reading its answers.

A site of ten thousand portraits holds ten thousand outlines in memory and reads an
answer only where a page shows it. Everything that relates portraits to one another
(related, directory, graph, question index, lists) is computed from outlines.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter
from sys import intern
from typing import Any

from portraits.digests import digest
from portraits.holes import has_images
from portraits.model import (
    Account,
    Exchange,
    InternalLink,
    Photo,
    Portrait,
    Status,
)
from portraits.packing import packed
from portraits.values import dataclass


@packed
@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a portrait, where it leads and how it was worded."""

    id: str
    """Fragment in the portrait's page."""
    questionnaire_id: str
    """The questionnaire's id, or empty."""
    wording: str
    words: int
    """Words of the answer, follow-ups included."""
    digest: bytes = b""
    """Hash of the exchange: what a question page shows of this portrait."""


@packed
@dataclass(frozen=True, slots=True)
class Recommended:
    """A #FF entry: the account and the reason in its two forms."""

    account: Account
    reason_html: str
    reason_text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a :class:`Portrait` that other pages show, count or link to."""

    source: str
    slug: str
    translation_key: str
    lang: str
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
    photo: Photo | None
    quote: str
    aliases: tuple[str, ...]
    accounts: tuple[Account, ...]
    """The person's own accounts."""
    manages: tuple[Account, ...]
    """The accounts that the person runs for others."""
    recommends: tuple[Recommended, ...]
    asked: tuple[Asked, ...]
    """The questions of the interview itself: neither follow-ups nor lists."""
    fragments: tuple[str, ...]
    """Every id that a link may point to in the page."""
    links: tuple[InternalLink, ...]
    images: tuple[tuple[str, int], ...]
    """Each picture the portrait shows, photo first: path from the content folder, line."""
    words: int
    lines: tuple[tuple[str, int], ...]
    digest: str
    """Hash of everything parsed: equal digests mean equal portraits."""
    relations: str
    """Hash of all of this but ``digest``, ``words``, ``lines`` and those of ``asked``. An edit
    that leaves it alone is seen on the portrait's own pages and where its answers stand."""

    @property
    def order(self) -> tuple[int, str]:
        """Sort key of the series: newest first, ties by slug."""
        return (-self.date.toordinal(), self.slug)

    def line_of(self, key: str) -> int:
        """Line of a front matter key; of the file's first line when the key is absent."""
        return dict(self.lines).get(key, 1)

    def __reduce__(self) -> tuple[Callable[..., Outline], tuple[object, ...]]:
        """What pickle keeps: lists by columns. Most of what stands in them repeats from portrait
        to portrait, and is restored as one string for all of them."""
        return _restored, (
            _REST(self), self.tags, self.fragments, tuple(zip(*self.lines, strict=True)),
            tuple(zip(*map(_ASKED, self.asked), strict=True)),
            tuple(zip(*map(_RECOMMENDED, self.recommends), strict=True)))


_REST_NAMES = tuple(field.name for field in fields(Outline) if field.name not in {
    "tags", "fragments", "lines", "asked", "recommends"})
_REST = attrgetter(*_REST_NAMES)
_ASKED = attrgetter(*(field.name for field in fields(Asked)))
_RECOMMENDED = attrgetter(
    *(f"account.{field.name}" for field in fields(Account)), "reason_html", "reason_text")


def _restored(
    rest: tuple[Any, ...], tags: tuple[str, ...], fragments: tuple[str, ...],
    lines: tuple[Any, ...], asked: tuple[Any, ...], recommends: tuple[Any, ...],
) -> Outline:
    keys, numbers = lines or ((), ())
    ids, questionnaire_ids, wordings, words, digests = asked or ((),) * 5
    *account, html, text = recommends or ((),) * 7
    accounts = map(Account, *(map(intern, column) for column in account))
    return Outline(
        **dict(zip(_REST_NAMES, rest, strict=True)), tags=tuple(map(intern, tags)),
        fragments=tuple(map(intern, fragments)), lines=tuple(map(_line, keys, numbers)),
        asked=tuple(map(Asked, map(intern, ids), map(intern, questionnaire_ids),
                        map(intern, wordings), words, digests)),
        recommends=tuple(map(Recommended, accounts, html, text)))


@lru_cache(maxsize=8192)
def _line(key: str, number: int) -> tuple[str, int]:
    """One of :attr:`Outline.lines`: the same few stand at the top of every portrait."""
    return intern(key), number


_PLAIN = attrgetter(*(field.name for field in fields(Outline) if field.name not in {
    "photo", "accounts", "manages", "recommends", "asked", "links", "images",  # told apart below
    "words", "lines", "digest", "relations"}))
_ACCOUNT = attrgetter(*(field.name for field in fields(Account)))
_PHOTO = attrgetter(*(field.name for field in fields(Photo) if field.name != "line"))


def _relations(outline: Outline) -> str:
    """The hash that :attr:`Outline.relations` holds. Made of plain tuples: the text form of a
    dataclass is written by Python, that of a tuple ten times as fast."""
    return digest(repr((
        _PLAIN(outline), outline.photo and _PHOTO(outline.photo),
        [_ACCOUNT(account) for account in outline.accounts],
        [_ACCOUNT(account) for account in outline.manages],
        [(_ACCOUNT(each.account), each.reason_html, each.reason_text)
         for each in outline.recommends],
        [(asked.id, asked.questionnaire_id, asked.wording) for asked in outline.asked],
        [(link.target, link.fragment) for link in outline.links],
        [file for file, _ in outline.images],
    ))).hex()


def outline_of(portrait: Portrait, portrait_digest: str) -> Outline:
    """The outline of ``portrait``; ``portrait_digest`` is the hash of its parsed form."""
    pictures = [(image.file, image.line) for image in portrait.images]
    if portrait.photo:
        pictures.insert(0, (portrait.photo.file, portrait.photo.line))
    found = portrait.recommendations
    outline = Outline(
        source=portrait.source, slug=portrait.slug, translation_key=portrait.translation_key,
        lang=portrait.lang, status=portrait.status, date=portrait.date,
        modified=portrait.modified, name=portrait.name, title=portrait.title,
        role=portrait.role, organization=portrait.organization, tags=portrait.tags,
        interviewers=portrait.interviewers, series=portrait.series, summary=portrait.summary,
        photo=portrait.photo,
        quote=portrait.quote.text if portrait.quote else "",
        aliases=portrait.aliases,
        accounts=tuple(p.account for p in portrait.accounts if p.account),
        manages=tuple(managed.account for managed in portrait.manages),
        recommends=tuple(
            Recommended(entry.account, entry.reason.html, entry.reason.text)
            for entry in (found.entries if found else ())
        ),
        asked=tuple(_asked(exchange, portrait) for exchange in portrait.exchanges),
        fragments=tuple(question.id for question in portrait.questions),
        links=portrait.links, images=tuple(pictures), words=portrait.words,
        lines=portrait.lines, digest=portrait_digest, relations="",
    )
    return replace(outline, relations=_relations(outline))


_SAID = attrgetter("question.id", "question.questionnaire_id", "question.wording.html",
                   "question.wording.text", "answer.html", "answer.text")
"""All that an exchange or a follow-up shows; none of it can hold U+0000. Its line is left out:
an answer does not change with a line more above it."""


def _asked(exchange: Exchange, portrait: Portrait) -> Asked:
    question, words = exchange.question, exchange.answer.words
    said = "\0".join(_SAID(exchange))
    for further in exchange.follow_ups:
        words += further.answer.words
        said += "\0" + "\0".join(_SAID(further))
    if has_images(said):
        # The words for a picture stand in the portrait, and not in the answer that shows it.
        said = "\0".join((said, *(part for image in portrait.images
                                  for part in (image.file, image.alt, image.title))))
    return Asked(question.id, question.questionnaire_id, question.wording.text, words,
                 digest(said)[:8])
