"""Write the series as JSON, for other people's programs.

    api/portraits.json              all portraits, without their answers
    api/portraits/<slug>.json       one portrait, whole (``<slug>.<lang>.json`` if its
                                    language is not the site's)
    api/recommandations.json        the #FF directory
    api/schemas/<name>.json         the schema of each (JSON Schema 2020-12)

VERSION follows semantic versioning: within one major version members are added, never renamed,
retyped or removed. All addresses are absolute. An unknown value is null, a list without entries is
empty; every member is always present. The list of all portraits contains nothing that depends on
answers, such as their length, so that editing a text does not rewrite it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portraits.model import addresses

if TYPE_CHECKING:
    from portraits.model.portrait import Account, FollowUp, Portrait, Question, RichText
    from portraits.series.reading import Summary
    from portraits.settings import Settings

VERSION = "1.0"

PORTRAITS = f"{addresses.API}portraits.json"
RECOMMENDATIONS = f"{addresses.API}recommandations.json"

Json = dict[str, Any]


def schema_address(name: str) -> str:
    """Return the address of the schema called ``portraits``, ``portrait`` or
    ``recommandations``."""
    return f"{addresses.API}schemas/{name}.json"


def schemas() -> Mapping[str, bytes]:
    """Return the content of each schema to publish, by address relative to the site's root."""
    folder = Path(__file__).parent / "schemas"
    return {
        schema_address(name): (folder / f"{name}.json").read_bytes()
        for name in ("portraits", "portrait", "recommandations")
    }


def encoded(document: Json) -> bytes:
    """Return ``document`` as UTF-8 JSON, with a final newline."""
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


@dataclass(frozen=True, slots=True)
class RecommendedAccount:
    """A recommended account."""

    account: Account
    portrait: Summary | None
    """The portrait of the account's owner, if there is one."""
    recommended_by: Sequence[tuple[Summary, str]]
    """The portraits that recommend it and their reasons (plain text), newest first."""


@dataclass(frozen=True, slots=True)
class Api:
    """The documents of one site."""

    settings: Settings
    image_of: Callable[[Summary], str]
    """Returns the absolute address of a portrait's picture, or an empty string."""

    def portraits(self, listed: Iterable[tuple[Summary, Sequence[Account], Sequence[Summary]]]
                  ) -> Json:
        """Return ``api/portraits.json``: every portrait in every language, newest first.

        ``listed`` gives each portrait with the person's accounts and its translations.
        """
        return {
            **self._head("portraits"),
            "portraits": [
                {
                    **self._summary(one, accounts),
                    "translations": [
                        {"language": other.lang, **self._links(other.slug, other.lang)}
                        for other in translations if other.source != one.source
                    ],
                }
                for one, accounts, translations in listed
            ],
        }

    def portrait(
        self, portrait: Portrait, summary: Summary, html_of: Callable[[str], str],
    ) -> Json:
        """Return ``api/portraits/<slug>.json``.

        ``html_of`` fills the placeholders of HTML and makes its addresses absolute.
        """
        page = self._links(portrait.slug, portrait.lang)["url"]

        def rich(passage: RichText) -> Json:
            return {"html": html_of(passage.html), "text": passage.text}

        def question(asked: Question, answer: RichText) -> Json:
            return {
                "id": asked.id, "questionnaire_id": asked.questionnaire_id or None,
                "url": f"{page}#{asked.id}", "question": asked.wording.text,
                "answer": rich(answer),
            }

        def further(follow_ups: tuple[FollowUp, ...]) -> Iterator[Json]:
            return (question(one.question, one.answer) for one in follow_ups)

        found, readings = portrait.recommendations, portrait.readings
        return {
            **self._head("portrait"),
            **self._summary(summary, [p.account for p in portrait.accounts if p.account]),
            "words": portrait.words, "interviewers": list(portrait.interviewers),
            "license": {"text": self.settings.license or None,
                        "url": self.settings.license_url or None},
            "notice": rich(portrait.notice) if portrait.notice else None,
            "presences": [
                {"network": presence.network, "note": presence.note or None,
                 "account": _account(presence.account) if presence.account else None}
                for presence in portrait.accounts
            ],
            "manages": [
                {"label": managed.label, "account": _account(managed.account)}
                for managed in portrait.manages
            ],
            "introduction": rich(portrait.introduction),
            "questions": [
                {**question(exchange.question, exchange.answer),
                 "follow_ups": list(further(exchange.follow_ups))}
                for exchange in portrait.exchanges
            ],
            "recommendations": [
                {"account": _account(entry.account), "reason": rich(entry.reason)}
                for entry in (found.entries if found else ())
            ],
            "readings": [
                {"title": entry.title, "url": entry.url or None, "note": rich(entry.note)}
                for entry in (readings.entries if readings else ())
            ],
        }

    def recommendations(self, accounts: Iterable[RecommendedAccount]) -> Json:
        """Return ``api/recommandations.json``: every recommended account, most recommended
        first."""
        return {**self._head("recommandations"), "accounts": [self._entry(one) for one in accounts]}

    def _head(self, schema: str) -> Json:
        settings = self.settings
        return {
            "$schema": settings.absolute(schema_address(schema)),
            "version": VERSION,
            "series": {"name": settings.site_name, "url": settings.absolute(addresses.HOME),
                       "language": settings.lang},
        }

    def _links(self, slug: str, lang: str) -> Json:
        settings = self.settings
        return {
            "url": settings.absolute(addresses.portrait(slug, lang, settings.lang)),
            "api": settings.absolute(addresses.portrait_data(slug, lang, settings.lang)),
        }

    def _summary(self, one: Summary, accounts: Iterable[Account]) -> Json:
        return {
            "slug": one.slug, "language": one.lang,
            **self._links(one.slug, one.lang),
            "name": one.name, "title": one.title, "role": one.role or None,
            "organization": one.organization or None,
            "date": one.date.isoformat(),
            "modified": one.modified.isoformat() if one.modified else None,
            "tags": list(one.tags), "summary": one.summary,
            "quote": one.quote or None,
            "image": self.image_of(one) or None,
            "accounts": [_account(account) for account in accounts],
        }

    def _entry(self, one: RecommendedAccount) -> Json:
        return {
            "account": _account(one.account), "count": len(one.recommended_by),
            "portrait": self._person(one.portrait) if one.portrait else None,
            "recommended_by": [
                {**self._person(summary), "reason": reason or None}
                for summary, reason in one.recommended_by
            ],
        }

    def _person(self, one: Summary) -> Json:
        return {"name": one.name, **self._links(one.slug, one.lang)}


def _account(account: Account) -> Json:
    """Return an account. Equal ``id`` means equal account, however it is written."""
    return {"id": account.key, "network": account.network, "handle": account.handle or None,
            "label": account.label, "url": account.url}
