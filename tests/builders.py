"""Short ways to make accounts, outlines, portraits and libraries for tests.

    portrait_named("Léa", recommends=["@sam", "@ana@mastodon.example"], tags=["musique"])
    library_with(portrait_named("Léa"), portrait_named("Sam", accounts=["@sam"]))

Handles are written as an editor writes them: ``@name`` is on Twitter, ``@name@host`` on
Mastodon, ``@name.bsky.social`` on Bluesky, ``network:name`` anywhere else, and an address
is itself. Dates count down from 2024-12-31, one day a portrait, unless one is given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from portraits.addresses import slug_of
from portraits.library import Library, library_of
from portraits.model import (
    Account,
    Exchange,
    ManagedAccount,
    Portrait,
    Presence,
    Question,
    Recommendation,
    RecommendationList,
    RichText,
    Status,
)
from portraits.outline import Outline, outline_of
from portraits.questionnaire_file import Questionnaire, QuestionnaireEntry

DAY = dt.date(2024, 12, 31)


def account(notation: str) -> Account:
    """The account that a notation means."""
    if notation.startswith("http"):
        place = urlsplit(notation)
        bare = f"{place.netloc}{place.path}"
        return Account("web", "", notation, place.netloc, f"web:{bare.lower()}")
    network, _, handle = notation.rpartition(":")
    handle = handle.removeprefix("@")
    user, _, host = handle.partition("@")
    if host:
        network, url = "mastodon", f"https://{host}/@{user}"
    elif not network and "." in handle:
        network, url = "bluesky", f"https://bsky.app/profile/{handle}"
    else:
        network = network or "twitter"
        url = f"https://{network}.com/{handle}"
    return Account(network, handle, url, f"@{handle}", f"{network}:{handle.lower()}")


def rich(text: str) -> RichText:
    """A passage of one paragraph, without anything that HTML would escape."""
    return RichText(f"<p>{text}</p>" if text else "", text)


def full_portrait_named(
    name: str, *, slug: str = "", lang: str = "fr", date: dt.date | str = DAY,
    recommends: Iterable[str | tuple[str, str]] = (), accounts: Iterable[str] = (),
    manages: Iterable[str] = (), answers: Mapping[str, str | tuple[str, str]] | None = None,
    own_answers: Mapping[str, str | tuple[str, str]] | None = None,
    organization: str = "", tags: Iterable[str] = (), status: Status = Status.PUBLISHED,
    translation_key: str = "", role: str = "",
) -> Portrait:
    """A portrait. ``recommends`` holds notations, or pairs of notation and reason;
    ``answers`` maps the questionnaire's ids, and ``own_answers`` ids of the portrait's own,
    to an answer, or to a pair of wording and answer."""
    slug = slug or slug_of(name)
    exchanges = []
    for own, given in ((False, answers or {}), (True, own_answers or {})):
        for question_id, pair in given.items():
            wording, answer = pair if isinstance(pair, tuple) else (f"{question_id} ?", pair)
            question = Question(
                question_id, RichText(wording, wording), 20, "" if own else question_id)
            exchanges.append(Exchange(question, rich(answer)))
    entries = []
    for recommended in recommends:
        notation, reason = recommended if isinstance(recommended, tuple) else (recommended, "")
        entries.append(Recommendation(account(notation), rich(reason), 40))
    suffix = "" if lang == "fr" else f".{lang}"
    return Portrait(
        source=f"portraits/{slug}{suffix}.md", slug=slug, translation_key=translation_key or slug,
        lang=lang, status=status,
        date=dt.date.fromisoformat(date) if isinstance(date, str) else date, modified=None,
        name=name, title=f"Portrait de {name}", role=role, organization=organization,
        tags=tuple(tags), interviewers=(), series="", summary=f"Une rencontre avec {name}.",
        notice=RichText(), photo=None,
        accounts=tuple(
            Presence(found.network, found) for found in map(account, accounts)),
        manages=tuple(ManagedAccount(found, found.label) for found in map(account, manages)),
        quote=None, aliases=(), introduction=rich(f"Voici {name}."), exchanges=tuple(exchanges),
        recommendations=RecommendationList(
            Question("ff", RichText("#FF", "#FF"), 39), tuple(entries)) if entries else None,
        readings=None, footnotes="", links=(), images=(), external_links=(),
        words=2 + sum(len(exchange.answer.text.split()) for exchange in exchanges),
        lines=(("name", 2),),
    )


def portrait_named(name: str, **fields: object) -> Outline:
    """The outline of :func:`full_portrait_named`, which says what ``fields`` may hold."""
    portrait = full_portrait_named(name, **fields)  # type: ignore[arg-type]
    return outline_of(portrait, f"digest of {portrait.source}")


def question(question_id: str, wording: str = "", *, tags: Iterable[str] = (),
             en: str = "") -> QuestionnaireEntry:
    """An entry of the questionnaire, in French and, where given, in English."""
    wordings = [("fr", wording or f"{question_id} ?")]
    if en:
        wordings.append(("en", en))
    return QuestionnaireEntry(question_id, tuple(wordings), tags=tuple(tags))


def library_with(
    *outlines: Outline, questions: Iterable[QuestionnaireEntry] = (),
) -> Library:
    """A library as of 2025-01-01. Portraits without a date of their own (:data:`DAY`) are
    dated one day apart, the first given newest."""
    dated = [
        replace(outline, date=DAY - dt.timedelta(days=position))
        if outline.date == DAY else outline
        for position, outline in enumerate(outlines)
    ]
    return library_of(
        dated, today=dt.date(2025, 1, 1), questionnaire=Questionnaire(tuple(questions)))
