"""The feeds: valid, the same for the same portraits, and read back as they were written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from html import escape, unescape
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from portraits.output.feeds.entry import answer_of, channel_of, entry_of
from portraits.output.feeds.formats import FORMATS, FeedFormat

from tests.builders import portrait_named
from tests.feed_rules import NAMES, all_of, broken_rules, texts
from tests.unit.machines.published import (
    FRAGMENT,
    HOSTILE,
    PAGE,
    PHOTO,
    REFUSED,
    SETTINGS,
    entry,
    lea,
    summarised,
)

CHANNEL = channel_of(
    SETTINGS,
    "",
    icon_url="https://serie.example/icon.png",
    about_url="https://serie.example/abonnement/",
)
each_format = pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.file_name)
ATOM, RSS, JSON = FORMATS


def others() -> list[Any]:
    bare = replace(
        lea(),
        slug="sam",
        name="Sam",
        title="Portrait de Sam",
        interviewers=(),
        tags=(),
        role="",
        organization="",
        accounts=(),
        manages=(),
        summary="",
        recommendations=None,
        readings=None,
        quote=None,
        modified=None,
        exchanges=(),
        notice=lea().notice.__class__(),
    )
    english = portrait_named("Ana", lang="en", date="2010-01-01")
    return [
        entry_of(bare, url="https://serie.example/portraits/sam/", content="<p>x</p>"),
        entry_of(english, url="https://serie.example/en/portraits/ana/", content="<p>x</p>"),
    ]


# -- valid -----------------------------------------------------------------------------


@each_format
def test_a_feed_of_portraits_keeps_every_rule(kind: FeedFormat) -> None:
    document = kind.write(CHANNEL, [entry(), *others()])
    assert broken_rules(document, kind.file_name) == []


@each_format
def test_a_feed_without_portraits_keeps_every_rule(kind: FeedFormat) -> None:
    assert broken_rules(kind.write(CHANNEL, []), kind.file_name) == []


@each_format
def test_a_feed_of_a_site_that_says_little_keeps_every_rule(kind: FeedFormat) -> None:
    channel = channel_of(
        replace(SETTINGS, site_description="", publisher="", license="", license_url=""),
        "etiquettes/musique/",
        title="Musique",
    )
    assert broken_rules(kind.write(channel, [entry()]), kind.file_name) == []


@each_format
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_breaks_no_rule(kind: FeedFormat, text: str) -> None:
    hostile = lea(
        title=f"T{text}",
        summary=f"S{text}",
        tags=(f"x{text}",),
        name=f"N{text}",
        interviewers=(f"I{text}",),
    )
    image = replace(PHOTO, alt=text, credit=text)
    channel = replace(CHANNEL, title=f"C{text}", description=f"D{text}", author=f"A{text}")
    document = kind.write(
        channel, [entry_of(hostile, url=PAGE, image=image, content=f"<p>{escape(text)}</p>")]
    )
    assert broken_rules(document, kind.file_name) == []


@pytest.mark.parametrize("kind", [ATOM, RSS], ids=lambda kind: kind.file_name)
@pytest.mark.parametrize("text", REFUSED)
def test_what_xml_cannot_hold_is_refused_rather_than_published(kind: FeedFormat, text: str) -> None:
    with pytest.raises(ValueError, match=r"XML compatible|surrogates not allowed"):
        kind.write(CHANNEL, [entry(title=f"x{text}")])


# -- the same --------------------------------------------------------------------------


def written_at_once(document: bytes) -> bytes:
    """A feed read, and written again by the serialiser in one piece."""
    if document.startswith(b"{"):
        return f"{json.dumps(json.loads(document), ensure_ascii=False)}\n".encode()
    plain = etree.fromstring(document, etree.XMLParser(remove_blank_text=True))
    return bytes(etree.tostring(plain, encoding="utf-8", xml_declaration=True, pretty_print=True))


@each_format
@pytest.mark.parametrize(
    "text", [*HOSTILE, "<!--here-->\n", "]}", "</channel>", "</entry>\n", "<item>", '"items": [']
)
def test_entries_put_together_are_the_feed_written_at_once(kind: FeedFormat, text: str) -> None:
    hostile = entry(title=text, summary=text, content_html=f"<p>{escape(text)}</p>{text}")
    document = kind.write(replace(CHANNEL, description=text), [hostile, entry(), *others()])
    assert document == written_at_once(document)


@each_format
def test_an_entry_is_the_same_bytes_in_every_feed_of_a_language(kind: FeedFormat) -> None:
    tag = channel_of(SETTINGS, "etiquettes/musique/", title="Musique")
    once = kind.serialised(CHANNEL, entry())
    assert once in kind.write(tag, [*others(), entry()])
    assert once in kind.write(CHANNEL, [entry(), *others()])


@each_format
def test_the_same_portraits_give_the_same_bytes(kind: FeedFormat) -> None:
    assert kind.write(CHANNEL, [entry()]) == kind.write(CHANNEL, [entry()])


def test_a_new_title_does_not_make_a_new_entry() -> None:
    assert entry(lea(title="Un tout autre titre")).id == entry().id == PAGE


def test_entries_keep_the_order_they_are_given_in() -> None:
    given_order = [entry(), *others()]
    assert [item["id"] for item in json.loads(JSON.write(CHANNEL, given_order))["items"]] == [
        found.id for found in given_order
    ]


@pytest.mark.parametrize(
    ("date", "modified", "published", "updated"),
    [
        ("2011-07-14", None, "2011-07-14T12:00:00+00:00", "2011-07-14T12:00:00+00:00"),
        ("2011-07-14", "2012-01-02", "2011-07-14T12:00:00+00:00", "2012-01-02T12:00:00+00:00"),
        ("2011-07-14", "2010-01-01", "2011-07-14T12:00:00+00:00", "2011-07-14T12:00:00+00:00"),
        ("0987-01-02", None, "0987-01-02T12:00:00+00:00", "0987-01-02T12:00:00+00:00"),
    ],
)
def test_a_day_is_its_noon_in_utc_and_no_change_precedes_publication(
    date: str, modified: str | None, published: str, updated: str
) -> None:
    portrait = lea(
        date=dt.date.fromisoformat(date),
        modified=dt.date.fromisoformat(modified) if modified else None,
    )
    made = entry(portrait)
    assert (made.published.isoformat(), made.updated.isoformat()) == (published, updated)
    for kind in FORMATS:
        assert broken_rules(kind.write(CHANNEL, [made]), kind.file_name) == []


def test_an_hour_is_given_with_its_offset_by_every_feed() -> None:
    hour = dt.datetime(2026, 12, 1, 6, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    made = entry(lea(date=hour.date(), hour=hour, modified=None))
    assert made.published == made.updated == hour
    feeds = {kind.file_name: kind.write(CHANNEL, [made]) for kind in FORMATS}
    atom, rss = (etree.fromstring(feeds[name]) for name in ("atom.xml", "rss.xml"))
    assert texts(atom, "a:entry/a:published") == ["2026-12-01T06:00:00-05:00"]
    assert texts(rss, "channel/item/pubDate") == ["Tue, 01 Dec 2026 06:00:00 -0500"]
    [item] = json.loads(feeds["feed.json"])["items"]
    assert item["date_published"] == item["date_modified"] == "2026-12-01T06:00:00-05:00"
    for kind in FORMATS:
        assert broken_rules(kind.write(CHANNEL, [made]), kind.file_name) == []


@pytest.mark.parametrize("modified", ["2026-12-01", "2026-11-30"])
def test_no_change_of_a_day_precedes_publication_at_an_hour(modified: str) -> None:
    hour = dt.datetime(2026, 12, 1, 23, tzinfo=dt.UTC)
    made = entry(lea(date=hour.date(), hour=hour, modified=dt.date.fromisoformat(modified)))
    assert made.updated == hour


@pytest.mark.parametrize(("kind", "path"), [(ATOM, "a:updated"), (RSS, "channel/lastBuildDate")])
def test_a_feed_is_as_new_as_its_newest_change(kind: FeedFormat, path: str) -> None:
    newest = texts(etree.fromstring(kind.write(CHANNEL, [*others(), entry()])), path)
    assert newest in (["2012-01-02T12:00:00+00:00"], ["Mon, 02 Jan 2012 12:00:00 GMT"])


# -- what they say ---------------------------------------------------------------------


def test_the_photo_heads_the_content_with_its_credit() -> None:
    assert entry().content_html.startswith(
        '<figure><img src="https://serie.example/images/lea.1a2b3c4d.jpg" alt="Léa à sa table" '
        'width="1080" height="1350"><figcaption>Photo : Ana Exemple</figcaption></figure><p>'
    )


@pytest.mark.parametrize("kind", [ATOM, RSS], ids=lambda kind: kind.file_name)
def test_the_photo_is_media_content(kind: FeedFormat) -> None:
    (content,) = all_of(etree.fromstring(kind.write(CHANNEL, [entry()])), ".//media:content")
    assert dict(content.attrib) == {
        "url": PHOTO.url,
        "type": "image/jpeg",
        "medium": "image",
        "width": "1080",
        "height": "1350",
        "fileSize": "213004",
    }
    assert (texts(content, "media:description"), texts(content, "media:credit")) == (
        ["Léa à sa table"],
        ["Photo : Ana Exemple"],
    )


def test_atom_names_the_translations() -> None:
    feed = etree.fromstring(ATOM.write(CHANNEL, [entry()]))
    links = [
        tuple(link.get(name) for name in ("rel", "hreflang", "href"))
        for link in all_of(feed, "a:entry/a:link")
    ]
    assert links == [
        ("alternate", "fr", PAGE),
        ("related", "en", "https://serie.example/en/portraits/lea/"),
    ]


def test_rss_names_the_language_of_an_entry_that_differs() -> None:
    feed = etree.fromstring(RSS.write(CHANNEL, [entry(), *others()]))
    languages = [texts(item, "dc:language") for item in all_of(feed, "channel/item")]
    assert languages == [[], [], ["en"]]


def test_an_entry_without_interviewer_is_by_the_publisher() -> None:
    portrait = others()[0]
    rss = etree.fromstring(RSS.write(CHANNEL, [portrait]))
    assert texts(rss, ".//dc:creator") == ["L’atelier des portraits"]
    assert json.loads(JSON.write(CHANNEL, [portrait]))["items"][0]["authors"] == [
        {"name": "L’atelier des portraits"}
    ]


def test_an_interviewer_without_a_name_is_no_author() -> None:
    assert entry(lea(interviewers=("", " ", "Ana"))).authors == ("Ana",)


def test_json_feed_takes_the_interview_to_pieces() -> None:
    (item,) = json.loads(JSON.write(CHANNEL, [entry()]))["items"]
    assert item["_portrait"] == {
        "name": "Léa",
        "role": "Gestionnaire de communauté",
        "organization": "La Cantine",
        "date": "2011-07-14",
        "notice": "Inventé.",
        "corrections": [{"date": "2012-01-02", "text": "L’atelier est à Lévis."}],
        "accounts": [
            {
                "network": "twitter",
                "handle": "lea",
                "label": "@lea",
                "url": "https://twitter.com/lea",
            },
            {
                "network": "mastodon",
                "handle": "lea@mastodon.example",
                "label": "@lea@mastodon.example",
                "url": "https://mastodon.example/@lea",
            },
            {"network": "facebook", "note": "privé"},
        ],
        "manages": [
            {
                "network": "twitter",
                "handle": "cantine",
                "label": "@cantine",
                "url": "https://twitter.com/cantine",
            }
        ],
        "introduction": "Voici Léa.",
        "questions": [
            {
                "id": "etudes",
                "questionnaire_id": "etudes",
                "url": f"{PAGE}#etudes",
                "question": "En quoi as-tu étudié ?",
                "answer": "En rien du tout.",
                "follow_ups": [
                    {
                        "id": "etudes-2",
                        "questionnaire_id": "",
                        "url": f"{PAGE}#etudes-2",
                        "question": "Vraiment ?",
                        "answer": "Vraiment.",
                    }
                ],
            }
        ],
        "quote": "rien du tout",
        "recommendations": [
            {
                "network": "twitter",
                "handle": "sam",
                "label": "@sam",
                "url": "https://twitter.com/sam",
                "reason": "Pour ses photos",
            }
        ],
        "readings": [{"title": "Le métier", "url": "https://exemple.example/metier", "note": ""}],
    }


def test_an_answer_by_itself_is_under_the_name_of_the_person() -> None:
    portrait = lea()
    url = f"{PAGE}#etudes"
    answer = answer_of(
        summarised(portrait), portrait.exchanges[0], url=url, content="<p>En rien du tout.</p>"
    )
    (item,) = json.loads(JSON.write(CHANNEL, [answer]))["items"]
    assert (item["id"], item["title"], item["summary"]) == (url, "Léa", "En quoi as-tu étudié ?")
    assert (item["date_published"], item["date_modified"]) == (
        "2011-07-14T12:00:00+00:00",
        "2012-01-02T12:00:00+00:00",
    )
    assert item["_portrait"] == {
        "name": "Léa",
        "role": "Gestionnaire de communauté",
        "organization": "La Cantine",
        "date": "2011-07-14",
        "questions": [
            {
                "id": "etudes",
                "questionnaire_id": "etudes",
                "url": url,
                "question": "En quoi as-tu étudié ?",
                "answer": "En rien du tout.",
                "follow_ups": [
                    {
                        "id": "etudes-2",
                        "questionnaire_id": "",
                        "url": f"{PAGE}#etudes-2",
                        "question": "Vraiment ?",
                        "answer": "Vraiment.",
                    }
                ],
            }
        ],
    }
    for kind in FORMATS:
        assert broken_rules(kind.write(CHANNEL, [answer]), kind.file_name) == []


def test_json_feed_names_the_licence_and_where_the_extension_is_explained() -> None:
    assert json.loads(JSON.write(CHANNEL, []))["_portrait"] == {
        "about": "https://serie.example/abonnement/",
        "license": "CC BY 4.0",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
    }


# -- read back -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [ATOM, RSS], ids=lambda kind: kind.file_name)
def test_feedparser_reads_what_was_written(kind: FeedFormat) -> None:
    found = feedparser.parse(kind.write(CHANNEL, [entry(), *others()]))
    first = found.entries[0]
    assert not found.bozo
    assert found.feed.title == "Gens du fil"
    assert (first.title, first.id, first.link) == ("Léa — Gestionnaire de communauté", PAGE, PAGE)
    assert (first.summary, first.author) == ("Une rencontre avec Léa.", "Ana Exemple")
    assert [tag.term for tag in first.tags] == ["musique", "festivals"]
    assert first.published_parsed[:6] == (2011, 7, 14, 12, 0, 0)
    assert "https://serie.example/portraits/sam/" in first.content[0].value
    assert first.media_content[0]["url"] == PHOTO.url


ACCEPTED = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
)
"""What front matter lets through: any text without control characters."""


def in_atom(document: bytes) -> tuple[str, str, str]:
    feed = etree.fromstring(document)
    return (
        texts(feed, "a:entry/a:title")[0],
        texts(feed, "a:entry/a:summary")[0],
        all_of(feed, "a:entry/a:category")[0].get("term"),
    )


def in_rss(document: bytes) -> tuple[str, str, str]:
    item = etree.fromstring(document).find("channel/item", NAMES)
    return (
        item.findtext("title"),
        unescape(item.findtext("description")),
        item.findtext("category"),
    )


def in_json(document: bytes) -> tuple[str, str, str]:
    item = json.loads(document)["items"][0]
    return item["title"], item["summary"], item["tags"][0]


@pytest.mark.parametrize(
    ("kind", "read"), [(ATOM, in_atom), (RSS, in_rss), (JSON, in_json)], ids=["atom", "rss", "json"]
)
@settings(max_examples=60)
@given(title=ACCEPTED, summary=ACCEPTED, tag=ACCEPTED)
def test_any_text_is_read_back_as_it_was_written(
    kind: FeedFormat,
    read: Callable[[bytes], tuple[str, str, str]],
    title: str,
    summary: str,
    tag: str,
) -> None:
    made = entry(title=title, summary=summary, tags=(tag,))
    assert read(kind.write(CHANNEL, [made])) == (title, summary, tag)


def test_the_fragment_of_the_examples_is_in_the_entry() -> None:
    assert FRAGMENT.split("<h2")[0].replace('"/', '"https://serie.example/') in entry().content_html


@pytest.mark.parametrize(
    ("title", "role", "shown"),
    [
        ("Portrait d’artisane\u00a0: Léa", "Chapelière", "Léa — Portrait d’artisane"),
        ("Léa, chapelière", "", "Léa, chapelière"),
        ("Portrait de Léa", "Chapelière", "Léa — Chapelière"),
        ("Portrait de Léa", "", "Léa"),
        ("Une chapelière se raconte", "Chapelière", "Léa — Une chapelière se raconte"),
    ],
)
def test_the_title_of_an_entry_begins_with_the_name(title: str, role: str, shown: str) -> None:
    one = entry_of(replace(lea(), title=title, role=role), url=PAGE, content="<p>x</p>")
    assert one.title == shown
