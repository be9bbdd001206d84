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

Documents and schemas are made from the same tables of members, below: a member more is a line more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portraits.model import addresses
from portraits.output.json_members import (
    Json,
    Member,
    Members,
    address,
    day,
    defined,
    listed,
    moment,
    number,
    object_of,
    or_null,
    text,
    values,
)
from portraits.reader.front_matter.reading import FURTHER_KEYS
from portraits.reader.front_matter.schema import Key
from portraits.support.messages import in_language

if TYPE_CHECKING:
    from portraits.model.portrait import Account, FollowUp, Portrait, Question, RichText
    from portraits.series.reading import Summary
    from portraits.settings import Settings

VERSION = "1.1"

PORTRAITS = f"{addresses.API}portraits.json"
RECOMMENDATIONS = f"{addresses.API}recommandations.json"


def schema_address(name: str) -> str:
    """Return the address of the schema called ``portraits``, ``portrait`` or
    ``recommandations``."""
    return f"{addresses.API}schemas/{name}.json"


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

    def portraits(
        self, listing: Iterable[tuple[Summary, Sequence[Account], Sequence[Summary]]]
    ) -> Json:
        """Return ``api/portraits.json``: every portrait in every language, newest first; with
        each, the person's accounts and its translations."""
        return self._document(
            "portraits",
            [
                _Listed(self, summary, accounts=accounts, translations=translations)
                for summary, accounts, translations in listing
            ],
        )

    def portrait(self, portrait: Portrait, summary: Summary, html_of: Callable[[str], str]) -> Json:
        """Return ``api/portraits/<slug>.json``. ``html_of`` replaces the placeholders of a passage
        of HTML and makes its addresses absolute."""
        accounts = [presence.account for presence in portrait.accounts if presence.account]
        return self._document("portrait", _Whole(self, summary, accounts, portrait, html_of))

    def recommendations(self, accounts: Iterable[RecommendedAccount]) -> Json:
        """Return ``api/recommandations.json``: every recommended account, most recommended
        first."""
        return self._document("recommandations", [_DirectoryEntry(self, one) for one in accounts])

    def _document(self, name: str, about: object) -> Json:
        return {
            "$schema": self.settings.absolute(schema_address(name)),
            "version": VERSION,
            "series": values(_SERIES, self.settings),
            **values(_DOCUMENTS[name].members, about),
        }

    def page(self, one: Summary) -> str:
        """Return the absolute address of a portrait's page."""
        return self.settings.absolute(addresses.portrait(one.slug, one.lang, self.settings.lang))

    def data(self, one: Summary) -> str:
        """Return the absolute address of a portrait's JSON."""
        return self.settings.absolute(
            addresses.portrait_data(one.slug, one.lang, self.settings.lang)
        )


# -- what members are about


@dataclass(frozen=True, slots=True)
class _Portrayed:
    """A portrait that is named, and the reason it gives where it recommends an account."""

    api: Api
    summary: Summary
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A portrait in the list of all."""

    api: Api
    summary: Summary
    accounts: Sequence[Account]
    translations: Sequence[Summary]


@dataclass(frozen=True, slots=True)
class _Whole:
    """A portrait with its answers."""

    api: Api
    summary: Summary
    accounts: Sequence[Account]
    portrait: Portrait
    html_of: Callable[[str], str]

    def rich(self, passage: RichText) -> Json:
        return values(_RICH, (self, passage))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question of a portrait."""

    whole: _Whole
    question: Question
    answer: RichText
    follow_ups: tuple[FollowUp, ...] = ()


@dataclass(frozen=True, slots=True)
class _DirectoryEntry:
    """An entry of the directory."""

    api: Api
    recommended: RecommendedAccount


# -- members


def _links(page: str) -> Members:
    """Return the members that say where a portrait is; ``page`` describes its page."""
    return (
        Member("url", address(page), lambda one: one.api.page(one.summary)),
        Member(
            "api", address("The whole portrait, as JSON."), lambda one: one.api.data(one.summary)
        ),
    )


_SERIES = (
    Member("name", text(), lambda settings: settings.site_name),
    Member("url", address("The site."), lambda settings: settings.absolute(addresses.HOME)),
    Member("language", text("BCP 47 tag of the site.", least=2), lambda settings: settings.lang),
)
_ACCOUNT = (
    Member(
        "id",
        text("Identity: two accounts are one when their ids are equal.", least=1),
        lambda account: account.key,
    ),
    Member(
        "network",
        text("twitter, mastodon, bluesky, web…", least=1),
        lambda account: account.network,
    ),
    Member(
        "handle",
        or_null(text("Without the leading @; null for a plain web address.")),
        lambda account: account.handle or None,
    ),
    Member("label", text("What readers see."), lambda account: account.label),
    Member("url", address("The profile."), lambda account: account.url),
)
_RICH = (
    Member("html", text("HTML with absolute addresses."), lambda one: one[0].html_of(one[1].html)),
    Member(
        "text",
        text("The same as plain text, paragraphs separated by a blank line."),
        lambda one: one[1].text,
    ),
)
_PERSON = (
    Member("name", text(least=1), lambda one: one.summary.name),
    *_links("The portrait’s page."),
)
_DEFINITIONS = {
    "series": object_of(_SERIES, "The series that publishes this."),
    "account": object_of(_ACCOUNT, "A place on the web where somebody can be followed."),
    "rich": object_of(_RICH, "A passage."),
    "person": object_of(_PERSON, "Somebody with a portrait."),
}
"""What schemas refer to."""

_SUMMARY = (
    Member("slug", text("Last part of the page’s address.", least=1), lambda one: one.summary.slug),
    Member("language", text("BCP 47 tag of the portrait.", least=2), lambda one: one.summary.lang),
    *_links("The page."),
    Member("name", text("The person.", least=1), lambda one: one.summary.name),
    Member("title", text(least=1), lambda one: one.summary.title),
    Member("role", or_null(text()), lambda one: one.summary.role or None),
    Member("organization", or_null(text()), lambda one: one.summary.organization or None),
    Member("date", day("First published."), lambda one: one.summary.date.isoformat()),
    Member(
        "hour",
        or_null(moment("The minute of its publication, if it was published at one.")),
        lambda one: one.summary.hour.isoformat() if one.summary.hour else None,
    ),
    Member(
        "modified",
        or_null(day("Last changed, when it was.")),
        lambda one: one.summary.modified.isoformat() if one.summary.modified else None,
    ),
    Member("tags", listed(text()), lambda one: list(one.summary.tags)),
    Member("summary", text("Plain text."), lambda one: one.summary.summary),
    Member(
        "quote",
        or_null(text("The featured quote, as plain text.")),
        lambda one: one.summary.quote or None,
    ),
    Member(
        "image",
        or_null(address("The portrait’s picture.")),
        lambda one: one.api.image_of(one.summary) or None,
    ),
    Member(
        "accounts",
        listed(defined("account"), "The person’s own accounts."),
        lambda one: [values(_ACCOUNT, account) for account in one.accounts],
    ),
)
_TRANSLATION = (
    Member("language", text(least=2), lambda one: one.summary.lang),
    *_links("The page."),
)
_LISTED = (
    *_SUMMARY,
    Member(
        "translations",
        listed(object_of(_TRANSLATION), "The same portrait in other languages."),
        lambda one: [
            values(_TRANSLATION, _Portrayed(one.api, other))
            for other in one.translations
            if other.source != one.summary.source
        ],
    ),
)

_LICENSE = (
    Member(
        "text",
        or_null(text("What readers may do with the text, in words.")),
        lambda settings: settings.license or None,
    ),
    Member("url", or_null(address("The licence.")), lambda settings: settings.license_url or None),
)
_PRESENCE = (
    Member("network", text(), lambda presence: presence.network),
    Member(
        "note",
        or_null(text("What stands in the place of an account.")),
        lambda presence: presence.note or None,
    ),
    Member(
        "account",
        or_null(defined("account")),
        lambda presence: values(_ACCOUNT, presence.account) if presence.account else None,
    ),
)
_MANAGED = (
    Member("label", text(), lambda managed: managed.label),
    Member("account", defined("account"), lambda managed: values(_ACCOUNT, managed.account)),
)
_ASKED = (
    Member(
        "id", text("Fragment of the answer’s address.", least=1), lambda asked: asked.question.id
    ),
    Member(
        "questionnaire_id",
        or_null(text("Which question of the questionnaire it is; null for the portrait’s own.")),
        lambda asked: asked.question.questionnaire_id or None,
    ),
    Member(
        "url",
        address("The answer in its page."),
        lambda asked: f"{asked.whole.api.page(asked.whole.summary)}#{asked.question.id}",
    ),
    Member(
        "question", text("As it was asked, plain text."), lambda asked: asked.question.wording.text
    ),
    Member("answer", defined("rich"), lambda asked: asked.whole.rich(asked.answer)),
)
_EXCHANGE = (
    *_ASKED,
    Member(
        "follow_ups",
        listed(object_of(_ASKED)),
        lambda asked: [
            values(_ASKED, _Asked(asked.whole, further.question, further.answer))
            for further in asked.follow_ups
        ],
    ),
)
_RECOMMENDATION = (
    Member("account", defined("account"), lambda entry: values(_ACCOUNT, entry[1].account)),
    Member("reason", defined("rich"), lambda entry: entry[0].rich(entry[1].reason)),
)
_READING = (
    Member("title", text(), lambda entry: entry[1].title),
    Member("url", or_null(address("Where it can be read.")), lambda entry: entry[1].url or None),
    Member("note", defined("rich"), lambda entry: entry[0].rich(entry[1].note)),
)
_CORRECTION = (
    Member("date", day("When it was corrected."), lambda one: one.date.isoformat()),
    Member("text", text("What was corrected, plain text.", least=1), lambda one: one.text),
)
_WHOLE = (
    *_SUMMARY,
    Member("words", number("Words of introduction and answers."), lambda one: one.portrait.words),
    Member("interviewers", listed(text()), lambda one: list(one.portrait.interviewers)),
    Member("license", object_of(_LICENSE), lambda one: values(_LICENSE, one.api.settings)),
    Member(
        "notice",
        or_null(defined("rich"), "The editor’s remark about the text itself."),
        lambda one: one.rich(one.portrait.notice) if one.portrait.notice else None,
    ),
    Member(
        "presences",
        listed(object_of(_PRESENCE), "Where the person can be followed."),
        lambda one: [values(_PRESENCE, presence) for presence in one.portrait.accounts],
    ),
    Member(
        "manages",
        listed(object_of(_MANAGED), "The accounts that the person runs for others."),
        lambda one: [values(_MANAGED, managed) for managed in one.portrait.manages],
    ),
    Member("introduction", defined("rich"), lambda one: one.rich(one.portrait.introduction)),
    Member(
        "questions",
        listed(object_of(_EXCHANGE)),
        lambda one: [
            values(_EXCHANGE, _Asked(one, exchange.question, exchange.answer, exchange.follow_ups))
            for exchange in one.portrait.exchanges
        ],
    ),
    Member(
        "recommendations",
        listed(object_of(_RECOMMENDATION), "The #FF list."),
        lambda one: [
            values(_RECOMMENDATION, (one, entry))
            for entry in (
                one.portrait.recommendations.entries if one.portrait.recommendations else ()
            )
        ],
    ),
    Member(
        "readings",
        listed(object_of(_READING)),
        lambda one: [
            values(_READING, (one, entry))
            for entry in (one.portrait.readings.entries if one.portrait.readings else ())
        ],
    ),
    Member(
        "corrections",
        listed(object_of(_CORRECTION), "What was corrected after publication, newest first."),
        lambda one: [values(_CORRECTION, correction) for correction in one.portrait.corrections],
    ),
)


def _further(key: Key) -> Member:
    """Return the member for a front matter key that has no attribute, under the key's name."""
    return Member(
        key.name,
        or_null(text(in_language("en", key.description))),
        lambda one: one.portrait.value_of(key.name) or None,
    )


_RECOMMENDER = (
    *_PERSON,
    Member("reason", or_null(text("Why, as plain text.")), lambda one: one.reason or None),
)
_ENTRY = (
    Member(
        "account", defined("account"), lambda entry: values(_ACCOUNT, entry.recommended.account)
    ),
    Member(
        "count",
        number("How many recommend it.", least=1),
        lambda entry: len(entry.recommended.recommended_by),
    ),
    Member(
        "portrait",
        or_null(defined("person"), "The portrait of the account’s owner."),
        lambda entry: (
            values(_PERSON, _Portrayed(entry.api, entry.recommended.portrait))
            if entry.recommended.portrait
            else None
        ),
    ),
    Member(
        "recommended_by",
        listed(object_of(_RECOMMENDER), "Newest portrait first.", least=1),
        lambda entry: [
            values(_RECOMMENDER, _Portrayed(entry.api, summary, reason))
            for summary, reason in entry.recommended.recommended_by
        ],
    ),
)


# -- documents


@dataclass(frozen=True, slots=True)
class _JsonDocument:
    """What a document is called, and its members after those that all documents have."""

    title: str
    description: str
    members: Members
    definitions: tuple[str, ...]


_DOCUMENTS = {
    "portraits": _JsonDocument(
        "All portraits",
        "Every portrait of the series in every language, newest first, without the answers.",
        (
            Member(
                "portraits",
                listed(object_of(_LISTED)),
                lambda listing: [values(_LISTED, one) for one in listing],
            ),
        ),
        ("series", "account"),
    ),
    "portrait": _JsonDocument(
        "One portrait",
        "The interview of one person, whole.",
        (*_WHOLE, *map(_further, FURTHER_KEYS)),
        ("series", "account", "rich"),
    ),
    "recommandations": _JsonDocument(
        "The #FF directory",
        "Every recommended account, most recommended first.",
        (
            Member(
                "accounts",
                listed(object_of(_ENTRY)),
                lambda listing: [values(_ENTRY, one) for one in listing],
            ),
        ),
        ("series", "account", "person"),
    ),
}
_HEAD = {
    "$schema": address("The schema that describes this document."),
    "version": {**text("Version of this interface: major.minor."), "pattern": r"^1\.[0-9]+$"},
    "series": defined("series"),
}


def schemas() -> Mapping[str, bytes]:
    """Return the content of each schema to publish, by address relative to the site's root."""
    return {schema_address(name): _schema(document) for name, document in _DOCUMENTS.items()}


def _schema(document: _JsonDocument) -> bytes:
    whole = object_of(document.members)
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": document.title,
        "description": document.description,
        **whole,
        "properties": {**_HEAD, **whole["properties"]},
        "required": [*_HEAD, *whole["required"]],
        "$defs": {name: _DEFINITIONS[name] for name in document.definitions},
    }
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()
