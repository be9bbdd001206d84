"""Write JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with the interview as data.

The extension ``_portrait`` of an item contains the interview as plain text, for programs: the
person, each question with its answer, the recommended accounts, the reading list. The entry of one
answer contains the person, the question and the answer.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from portraits.model.portrait import Account, Exchange, Portrait, Presence, Question, RichText
from portraits.output.feeds.entry import Answered, FeedChannel, FeedEntry, rfc3339
from portraits.series.reading import Summary

FILE_NAME = "feed.json"
MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"

_END = b"]}"
"""The bytes that close the last member of a feed, its items, and the feed."""
Json: TypeAlias = Mapping[str, Any]


def document(channel: FeedChannel, updated: dt.datetime, entries: Sequence[bytes]) -> bytes:
    """Return the feed of entries written by :func:`serialised`, keys in the order of the
    specification.

    JSON Feed has no ``updated`` for a whole feed, only for items.
    """
    feed = _given(
        {
            "version": VERSION,
            "title": channel.title,
            "home_page_url": channel.home_url,
            "feed_url": channel.url_of(FILE_NAME),
            "description": channel.description,
            "icon": channel.icon_url,
            "authors": [{"name": channel.author}],
            "language": channel.lang,
            "_portrait": _given(
                {
                    "about": channel.about_url,
                    "license": channel.license,
                    "license_url": channel.license_url,
                }
            ),
            "items": [],
        },
        always=("items",),
    )
    return b"".join((_encoded(feed).removesuffix(_END), b", ".join(entries), _END, b"\n"))


def serialised(channel: FeedChannel, entry: FeedEntry) -> bytes:
    """Return an item's bytes, for any feed whose channel has the same author."""
    url = entry.url.partition("#")[0]
    told = entry.told
    return _encoded(
        _given(
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_html": entry.content_html,
                "summary": entry.summary,
                "image": entry.image.url if entry.image else "",
                "date_published": rfc3339(entry.published),
                "date_modified": rfc3339(entry.updated),
                "authors": [{"name": name} for name in entry.authors or (channel.author,)],
                "tags": list(entry.tags),
                "language": entry.lang,
                "_portrait": _answered(told, url)
                if isinstance(told, Answered)
                else _portrait(told, url),
            },
            always=("content_html",),
        )
    )


def _encoded(members: Json) -> bytes:
    return json.dumps(members, ensure_ascii=False).encode()


def _answered(told: Answered, url: str) -> Json:
    return _given({**_person(told.summary), "questions": [_exchange(told.exchange, url)]})


def _portrait(portrait: Portrait, url: str) -> Json:
    found, read = portrait.recommendations, portrait.readings
    return _given(
        {
            **_person(portrait),
            "notice": portrait.notice.text,
            "accounts": [_presence(presence) for presence in portrait.accounts],
            "manages": [
                {**_account(managed.account), "label": managed.label}
                for managed in portrait.manages
            ],
            "introduction": portrait.introduction.text,
            "questions": [_exchange(exchange, url) for exchange in portrait.exchanges],
            "quote": portrait.quote.text if portrait.quote else "",
            "recommendations": [
                {**_account(entry.account), "reason": entry.reason.text}
                for entry in (found.entries if found else ())
            ],
            "readings": [
                {"title": entry.title, "url": entry.url, "note": entry.note.text}
                for entry in (read.entries if read else ())
            ],
            "corrections": [
                {"date": one.date.isoformat(), "text": one.text} for one in portrait.corrections
            ],
        }
    )


def _person(one: Portrait | Summary) -> Json:
    return {
        "name": one.name,
        "role": one.role,
        "organization": one.organization,
        "date": one.date.isoformat(),
    }


def _exchange(exchange: Exchange, url: str) -> Json:
    return {
        **_asked(exchange.question, exchange.answer, url),
        "follow_ups": [
            _asked(further.question, further.answer, url) for further in exchange.follow_ups
        ],
    }


def _asked(question: Question, answer: RichText, url: str) -> Json:
    return {
        "id": question.id,
        "questionnaire_id": question.questionnaire_id,
        "url": f"{url}#{question.id}",
        "question": question.wording.text,
        "answer": answer.text,
    }


def _presence(presence: Presence) -> Json:
    if presence.account:
        return _account(presence.account)
    return {"network": presence.network, "note": presence.note}


def _account(account: Account) -> Json:
    return {
        "network": account.network,
        "handle": account.handle,
        "label": account.label,
        "url": account.url,
    }


def _given(members: Json, always: Sequence[str] = ()) -> Json:
    """Return ``members`` without the empty ones, except those of ``always``."""
    return {key: value for key, value in members.items() if value or key in always}
