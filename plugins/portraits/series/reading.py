"""Turn rows back into the objects that pages work with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from portraits.model.portrait import (
    Account,
    Consent,
    Correction,
    Exchange,
    FollowUp,
    InlineImage,
    InternalLink,
    ManagedAccount,
    Photo,
    Portrait,
    Presence,
    Question,
    Quote,
    Reading,
    ReadingList,
    Recommendation,
    RecommendationList,
    RichText,
    Status,
)
from portraits.series.tables import (
    AccountRow,
    AliasRow,
    AnswerRow,
    ConsentRow,
    CorrectionRow,
    ExternalLinkRow,
    HeldAccountRow,
    ImageRow,
    LinkRow,
    ManagedRow,
    PortraitRow,
    PresenceRow,
    ProseRow,
    QuestionRow,
    ReadingRow,
    RecommendationRow,
    SectionRow,
)

if TYPE_CHECKING:
    from portraits.series.reads import Series


@dataclass(frozen=True, slots=True)
class Summary:
    """What lists, cards and feeds show of a portrait."""

    source: str
    """Path of the file from the content folder, POSIX separators."""
    position: str
    """Position in the series; empty for a portrait that the site does not show."""
    person: bool
    """True if this translation counts for the person in lists and totals."""
    lang: str
    slug: str
    translation_key: str
    status: Status
    draft: bool
    """True if only a preview shows the portrait."""
    date: dt.date
    hour: dt.datetime | None
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


@lru_cache(maxsize=4096)
def _texts(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))


def summary_of(row: PortraitRow) -> Summary:
    """Return the summary stored in a row."""
    photo = Photo(row.photo, row.alt, row.credit, (row.focus_x, row.focus_y), 0)
    return Summary(
        row.source,
        row.position or "",
        bool(row.person),
        row.lang,
        row.slug,
        row.translation,
        Status(row.status),
        bool(row.draft),
        dt.date.fromisoformat(row.date),
        dt.datetime.fromisoformat(row.hour) if row.hour else None,
        dt.date.fromisoformat(row.modified) if row.modified else None,
        row.name,
        row.title,
        row.role,
        row.organization,
        _texts(row.tags),
        _texts(row.interviewers),
        row.collection,
        row.summary,
        photo if row.photo else None,
        row.quote,
    )


def account_of(
    row: RecommendationRow | PresenceRow | ManagedRow | AccountRow | HeldAccountRow,
) -> Account:
    """Return the account that a row names."""
    return Account(row.network, row.handle, row.url, row.label, row.account)


def recommendation_of(row: RecommendationRow) -> Recommendation:
    """Return the entry of a #FF list stored in a row."""
    return Recommendation(account_of(row), RichText(row.reason_html, row.reason_text), 0)


def exchange_of(questions: Iterable[QuestionRow], answers: Iterable[AnswerRow]) -> Exchange:
    """Return one question with its answer and follow-ups, from their rows in order."""
    (question, answer), *further = [
        (_question(asked), RichText(answered.html, answered.text))
        for asked, answered in zip(questions, answers, strict=True)
    ]
    return Exchange(question, answer, tuple(FollowUp(*one) for one in further))


def _question(row: QuestionRow | SectionRow) -> Question:
    return Question(
        row.fragment, RichText(row.wording_html, row.wording_text), 0, row.questionnaire
    )


def portrait_of(series: Series, source: str) -> Portrait:
    """Return the whole portrait of the file ``source``, without line numbers."""

    def rows(table: type) -> list[Any]:
        return series.rows_of(table, source)

    summary = summary_of(rows(PortraitRow)[0])
    prose: ProseRow = rows(ProseRow)[0]
    sections: Mapping[str, SectionRow] = {row.kind: row for row in rows(SectionRow)}
    quote = summary.quote
    images = [row for row in rows(ImageRow) if row.number >= 0]
    external = rows(ExternalLinkRow)
    return Portrait(
        source=source,
        slug=summary.slug,
        translation_key=summary.translation_key,
        lang=summary.lang,
        status=summary.status,
        date=summary.date,
        hour=summary.hour,
        modified=summary.modified,
        name=summary.name,
        title=summary.title,
        role=summary.role,
        organization=summary.organization,
        tags=summary.tags,
        interviewers=summary.interviewers,
        series=summary.series,
        summary=summary.summary,
        notice=RichText(prose.notice_html, prose.notice_text),
        photo=summary.photo,
        accounts=tuple(
            Presence(row.presence, account_of(row) if row.account else None, row.note)
            for row in rows(PresenceRow)
        ),
        manages=tuple(ManagedAccount(account_of(row), row.words) for row in rows(ManagedRow)),
        quote=Quote(quote, prose.quote_question, 0) if quote else None,
        aliases=tuple(row.address for row in rows(AliasRow)),
        introduction=RichText(prose.introduction_html, prose.introduction_text),
        exchanges=_exchanges(rows(QuestionRow), rows(AnswerRow)),
        recommendations=RecommendationList(
            **_list(sections["ff"]), entries=tuple(map(recommendation_of, rows(RecommendationRow)))
        )
        if "ff" in sections
        else None,
        readings=ReadingList(
            **_list(sections["reading"]),
            entries=tuple(
                Reading(row.title, row.url, RichText(row.note_html, row.note_text), 0)
                for row in rows(ReadingRow)
            ),
        )
        if "reading" in sections
        else None,
        footnotes=prose.footnotes,
        links=tuple(InternalLink(row.target, row.fragment, 0) for row in rows(LinkRow)),
        images=tuple(InlineImage(row.file, row.alt, row.title, row.credit, 0) for row in images),
        external_links=tuple((row.url, row.line) for row in external if row.line),
        words=prose.words,
        further=tuple(json.loads(prose.further).items()),
        lines=(),
        corrections=tuple(
            Correction(dt.date.fromisoformat(row.date), row.text, 0) for row in rows(CorrectionRow)
        ),
        archives=tuple((row.url, row.archived) for row in external if row.archived),
        consent=next(map(consent_of, rows(ConsentRow)), None),
    )


def consent_of(row: ConsentRow) -> Consent:
    """Return the consent that a row stores."""
    text, photo, date = (
        dt.date.fromisoformat(day) if day else None for day in (row.text, row.photo, row.date)
    )
    return Consent(text, photo, date, row.fingerprint, bool(row.current))


def _exchanges(questions: list[QuestionRow], answers: list[AnswerRow]) -> tuple[Exchange, ...]:
    by_number = {
        number: list(group) for number, group in groupby(answers, key=lambda row: row.number)
    }
    return tuple(
        exchange_of(list(group), by_number[number])
        for number, group in groupby(questions, key=lambda row: row.number)
    )


def _list(row: SectionRow) -> dict[str, Any]:
    return {
        "question": _question(row),
        "before": RichText(row.before_html, row.before_text),
        "after": RichText(row.after_html, row.after_text),
    }
