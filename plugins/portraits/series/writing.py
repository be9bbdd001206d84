"""Turn a parsed portrait into rows of the tables."""

from __future__ import annotations

import datetime as dt
import json
import marshal
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from portraits.model.addresses import slug_of
from portraits.model.people import Person
from portraits.model.portrait import (
    Account,
    FollowUp,
    Portrait,
    Question,
    ReadingList,
    RecommendationList,
    RichText,
    Status,
)
from portraits.reader.questionnaire import Questionnaire
from portraits.series.search.passages import passages
from portraits.series.search.postings import words_of
from portraits.series.search.shards import hash_of
from portraits.series.tables import (
    AliasRow,
    AnswerRow,
    ConsentRow,
    CorrectionRow,
    ExternalLinkRow,
    HeldAccountRow,
    ImageRow,
    LinkRow,
    ManagedRow,
    PersonRow,
    PortraitRow,
    PresenceRow,
    ProseRow,
    QuestionnaireRow,
    QuestionRow,
    ReadingRow,
    RecommendationRow,
    SectionRow,
    TermRow,
    VocabularyRow,
    due_at,
    position_of,
    shown_by,
)

TAG, ORGANIZATION, YEAR, THEME = "tag", "organization", "year", "theme"
"""Kinds of terms."""
Row = tuple[Any, ...]


class Standing(NamedTuple):
    """The place of a portrait in the series, which depends on the day and on its translations."""

    position: str | None
    """None for a portrait that the site does not show."""
    person: bool
    """True for the one shown translation that counts for the person."""
    draft: bool
    """True if only a preview shows it."""


NOWHERE = Standing(None, False, False)
"""The standing of a portrait before the rest of the series is known."""


def term_of(kind: str, label: str) -> str:
    """Return the key of a term: labels with the same slug are the same term."""
    return f"{kind}/{slug_of(label)}"


def directory_name(account: Account) -> str:
    """Return the name that the directory sorts an account by: ``[a-z0-9]+``."""
    return slug_of(account.handle or account.label).replace("-", "") or "0"


def rows_of(portrait: Portrait, questionnaire: Questionnaire, *, search: bool) -> list[Row]:
    """Return all rows of a portrait, with the standing :data:`NOWHERE`."""
    return list(_rows(portrait, questionnaire, search))


def standings(
    group: Collection[PortraitRow],
    lang: str,
    now: dt.datetime,
    *,
    drafts: bool = False,
    proof: str = "",
) -> Iterator[tuple[str, Standing]]:
    """Yield the source and the standing of each translation of one portrait, as of ``now``, in the
    time zone of the series.

    Of the translations that are shown, the one in ``lang``, the site's language, counts for the
    person; failing that, the first by language tag. ``drafts`` shows everything, ``proof`` the
    portrait of one source.
    """

    def is_public(one: PortraitRow) -> bool:
        return one.status == Status.PUBLISHED.value and due_at(one.date, one.hour) <= shown_by(now)

    shown = [one for one in group if drafts or is_public(one) or one.source == proof]
    person = min(shown, key=lambda one: (one.lang != lang, one.lang, one.source), default=None)
    for one in group:
        if one not in shown:
            yield one.source, NOWHERE
            continue
        hour = dt.datetime.fromisoformat(one.hour) if one.hour else None
        day = dt.date.fromisoformat(one.date)
        position = position_of(day, one.slug, one.lang, one.source, hour)
        yield one.source, Standing(position, one is person, not is_public(one))


def questionnaire_rows(questionnaire: Questionnaire) -> Iterator[tuple[str, list[Row]]]:
    """Yield each id of a questionnaire and its row; an entry without any wording has no row."""
    for number, (id_, entry) in enumerate(questionnaire.by_id.items()):
        row = QuestionnaireRow(
            id_, number, json.dumps(dict(entry.wordings), ensure_ascii=False), _json(entry.tags)
        )
        yield id_, [row] if entry.wordings else []


def person_rows(person: Person) -> list[Row]:
    """Return the rows of what ``people.yml`` says of one person."""
    return [
        PersonRow(person.id, person.name, person.portrait, person.line),
        *(
            HeldAccountRow(
                person.id, number, *_account(held.account), held.since, held.until, held.archived
            )
            for number, held in enumerate(person.accounts)
        ),
    ]


def placed(rows: list[Row], standing: Standing) -> list[Row]:
    """Return ``rows`` of one portrait with the columns of its ``standing`` filled in."""
    person = int(standing.person)
    found = []
    for row in rows:
        fields: tuple[str, ...] = row._fields  # type: ignore[attr-defined]
        given: dict[str, Any] = {}
        if "position" in fields:
            given["position"] = standing.position
        if "person" in fields:
            given["person"] = person
        if "draft" in fields:
            given["draft"] = int(standing.draft)
        found.append(row._replace(**given) if given else row)  # type: ignore[attr-defined]
    return found


def _rows(portrait: Portrait, questionnaire: Questionnaire, search: bool) -> Iterator[Row]:
    source, lang = portrait.source, portrait.lang
    photo, quote = portrait.photo, portrait.quote
    yield PortraitRow(
        source,
        None,
        0,
        lang,
        portrait.slug,
        portrait.translation_key,
        portrait.status.value,
        0,
        portrait.date.isoformat(),
        portrait.hour.isoformat(timespec="minutes") if portrait.hour else "",
        _day(portrait.modified),
        portrait.name,
        portrait.title,
        portrait.role,
        portrait.organization,
        _json(portrait.tags),
        _json(portrait.interviewers),
        portrait.series,
        portrait.summary,
        photo.file if photo else "",
        photo.alt if photo else "",
        photo.credit if photo else "",
        *(photo.focus if photo else (0.5, 0.5)),
        quote.text if quote else "",
        portrait.value_of("sort_name"),
    )
    yield ProseRow(
        source,
        portrait.notice.html,
        portrait.notice.text,
        portrait.introduction.html,
        portrait.introduction.text,
        portrait.footnotes,
        quote.question_id if quote else "",
        portrait.words,
        json.dumps(dict(portrait.further), ensure_ascii=False),
        json.dumps(dict(_lines(portrait))),
        _json(question.id for question in portrait.questions),
    )
    for kind, section in (("ff", portrait.recommendations), ("reading", portrait.readings)):
        if section:
            yield _section(source, kind, section)
    yield from _interview(portrait)
    if portrait.recommendations:
        for number, entry in enumerate(portrait.recommendations.entries):
            yield RecommendationRow(
                source,
                None,
                0,
                lang,
                number,
                *_account(entry.account),
                directory_name(entry.account),
                *_rich(entry.reason),
            )
    if portrait.readings:
        for number, reading in enumerate(portrait.readings.entries):
            yield ReadingRow(source, number, reading.title, reading.url, *_rich(reading.note))
    for number, presence in enumerate(portrait.accounts):
        yield PresenceRow(
            source,
            None,
            0,
            number,
            presence.network,
            *(_account(presence.account) if presence.account else ("",) * 5),
            presence.note,
        )
    for number, managed in enumerate(portrait.manages):
        yield ManagedRow(source, None, 0, number, *_account(managed.account), managed.label)
    yield from _terms(portrait, questionnaire)
    for number, alias in enumerate(portrait.aliases):
        yield AliasRow(source, None, number, alias)
    for number, link in enumerate(portrait.links):
        yield LinkRow(source, None, number, link.target, link.fragment)
    if photo:
        yield ImageRow(source, None, -1, photo.file, photo.alt, "", "")
    for number, image in enumerate(portrait.images):
        yield ImageRow(source, None, number, image.file, image.alt, image.title, image.credit)
    for number, one in enumerate(portrait.corrections):
        yield CorrectionRow(source, number, one.date.isoformat(), one.text)
    if agreed := portrait.consent:
        yield ConsentRow(
            source,
            _day(agreed.text),
            _day(agreed.photo),
            _day(agreed.date),
            agreed.of,
            int(agreed.current),
        )
    archives = dict(portrait.archives)
    for url, line in portrait.external_links:
        yield ExternalLinkRow(source, url, line, archives.pop(url, ""))
    for url, archived in archives.items():
        yield ExternalLinkRow(source, url, 0, archived)
    if search:
        words = marshal.dumps(dict(sorted(words_of(passages(portrait)).items())), 2)
        yield VocabularyRow(source, None, hash_of(lang, portrait.slug), lang, portrait.slug, words)


def _lines(portrait: Portrait) -> Iterator[tuple[str, int]]:
    yield from portrait.lines
    if portrait.photo:
        yield "image -1", portrait.photo.line
    for number, image in enumerate(portrait.images):
        yield f"image {number}", image.line
    for number, link in enumerate(portrait.links):
        yield f"link {number}", link.line


def _interview(portrait: Portrait) -> Iterator[Row]:
    for number, exchange in enumerate(portrait.exchanges):
        words = exchange.answer.words + sum(one.answer.words for one in exchange.follow_ups)
        yield _question(portrait, number, 0, exchange.question)
        yield _answer(portrait, number, 0, exchange.answer, words)
        for place, follow_up in enumerate(exchange.follow_ups, 1):
            yield from _further(portrait, number, place, follow_up)


def _further(portrait: Portrait, number: int, place: int, asked: FollowUp) -> Iterator[Row]:
    yield _question(portrait, number, place, asked.question)
    yield _answer(portrait, number, place, asked.answer, -1)


def _question(portrait: Portrait, number: int, place: int, question: Question) -> QuestionRow:
    return QuestionRow(
        portrait.source,
        None,
        0,
        portrait.lang,
        number,
        place,
        "" if place else question.questionnaire_id or question.id,
        question.id,
        question.questionnaire_id,
        *_rich(question.wording),
    )


def _answer(portrait: Portrait, number: int, place: int, text: RichText, words: int) -> AnswerRow:
    return AnswerRow(
        portrait.source,
        answer_place(portrait.source, number),
        0,
        number,
        place,
        text.html,
        text.text,
        words,
    )


def answer_place(source: str, number: int) -> str:
    """Return the key by which an answer is queried: its portrait and the number of its question."""
    return f"{source}#{number}"


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _section(source: str, kind: str, section: RecommendationList | ReadingList) -> SectionRow:
    question = section.question
    return SectionRow(
        source,
        kind,
        question.id,
        *_rich(question.wording),
        *_rich(section.before),
        *_rich(section.after),
        question.questionnaire_id,
    )


def _terms(portrait: Portrait, questionnaire: Questionnaire) -> Iterator[TermRow]:
    labels = [(TAG, tag) for tag in portrait.tags]
    if portrait.organization:
        labels.append((ORGANIZATION, portrait.organization))
    labels.append((YEAR, str(portrait.date.year)))
    for exchange in portrait.exchanges:
        question = exchange.question
        entry = questionnaire.by_id.get(question.questionnaire_id or question.id)
        labels += [(THEME, theme) for theme in (entry.tags if entry else ())]
    seen = set()
    for number, (kind, label) in enumerate(labels):
        term = f"{kind}/{label}" if kind == YEAR else term_of(kind, label)
        if term not in seen:
            seen.add(term)
            yield TermRow(portrait.source, None, 0, portrait.lang, number, term, label)


def _account(account: Account) -> tuple[str, str, str, str, str]:
    return account.key, account.network, account.handle, account.url, account.label


def _rich(text: RichText) -> tuple[str, str]:
    return text.html, text.text


def _json(values: Any) -> str:
    return json.dumps(list(values), ensure_ascii=False)
