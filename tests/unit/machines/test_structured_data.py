"""The JSON-LD of each kind of page: what it says, and that it cannot leave its element."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from portraits.model.portrait import Correction
from portraits.output.structured_data import (
    collection_markup,
    headline,
    home_markup,
    markup_of,
    portrait_markup,
)
from pyld import jsonld

from tests.unit.machines.published import HOSTILE, PAGE, PHOTO, SETTINGS, lea

SITE = "https://serie.example/"
TRAIL = (("Accueil", SITE), ("Portraits", f"{SITE}portraits/"), ("Léa", PAGE))
CARD = replace(
    PHOTO,
    url=f"{SITE}images/lea-carte.png",
    media_type="image/png",
    width=1200,
    height=630,
    credit="",
)

PROPERTIES = {
    "Article": {
        "about",
        "author",
        "correction",
        "dateModified",
        "datePublished",
        "description",
        "headline",
        "image",
        "inLanguage",
        "isPartOf",
        "keywords",
        "license",
        "mainEntityOfPage",
        "name",
        "publisher",
        "translationOfWork",
        "url",
        "wordCount",
        "workTranslation",
    },
    "CorrectionComment": {"datePublished", "text"},
    "Person": {"image", "jobTitle", "name", "sameAs", "worksFor"},
    "Organization": {"name", "url"},
    "ImageObject": {"caption", "creditText", "encodingFormat", "height", "url", "width"},
    "CreativeWorkSeries": {"description", "license", "name", "publisher", "url"},
    "WebSite": {"description", "inLanguage", "name", "publisher", "url"},
    "CollectionPage": {
        "about",
        "description",
        "inLanguage",
        "isPartOf",
        "mainEntity",
        "name",
        "url",
    },
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"itemListElement", "numberOfItems"},
    "ListItem": {"item", "name", "position", "url"},
}
"""The types that we use, and those of their properties on schema.org that we use."""


def graph(markup: Markup) -> list[dict[str, Any]]:
    document = json.loads(markup)
    assert document["@context"] == "https://schema.org"
    return list(document["@graph"])


def of_lea(**fields: Any) -> Markup:
    given_fields: dict[str, Any] = {"url": PAGE, "trail": TRAIL, "photo": PHOTO, "card": CARD}
    return portrait_markup(lea(), SETTINGS, **(given_fields | fields))


def every_node(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for member in value for node in every_node(member)]
    if isinstance(value, dict):
        return [value, *every_node(list(value.values()))]
    return []


ALL = {
    "portrait": of_lea(translations=(("en", f"{SITE}en/portraits/lea/"), ("fr", PAGE))),
    "bare portrait": portrait_markup(
        lea(role="", organization="", accounts=(), interviewers=(), tags=(), summary=""),
        replace(SETTINGS, publisher="", license_url=""),
        url=PAGE,
        trail=TRAIL,
    ),
    "home": home_markup(SETTINGS),
    "English home": home_markup(SETTINGS, lang="en"),
    "list": collection_markup(
        SETTINGS,
        url=f"{SITE}organisations/la-cantine/",
        heading="La Cantine",
        trail=TRAIL,
        members=(("Léa", PAGE),),
        total=30,
        organization="La Cantine",
    ),
    "empty list": collection_markup(
        SETTINGS, url=f"{SITE}portraits/", heading="Portraits", trail=TRAIL[:2]
    ),
}
each_page = pytest.mark.parametrize("markup", ALL.values(), ids=ALL)


def test_a_portrait_is_an_article_about_a_person() -> None:
    article, trail = graph(of_lea(translations=(("en", f"{SITE}en/portraits/lea/"), ("fr", PAGE))))
    publisher = {
        "@type": "Organization",
        "@id": f"{SITE}#publisher",
        "url": SITE,
        "name": "Gens du fil",
    }
    photo = {
        "@type": "ImageObject",
        "url": PHOTO.url,
        "width": 1080,
        "height": 1350,
        "encodingFormat": "image/jpeg",
        "caption": "Léa à sa table",
        "creditText": "Photo : Ana Exemple",
    }
    assert article == {
        "@type": "Article",
        "@id": f"{PAGE}#article",
        "url": PAGE,
        "mainEntityOfPage": PAGE,
        "headline": "Portrait de Léa",
        "name": "Portrait de Léa",
        "description": "Une rencontre avec Léa.",
        "inLanguage": "fr",
        "datePublished": "2011-07-14T12:00:00+00:00",
        "dateModified": "2012-01-02T12:00:00+00:00",
        "correction": [
            {
                "@type": "CorrectionComment",
                "datePublished": "2012-01-02",
                "text": "L’atelier est à Lévis.",
            }
        ],
        "wordCount": 6,
        "keywords": ["musique", "festivals"],
        "about": {
            "@type": "Person",
            "@id": f"{PAGE}#person",
            "name": "Léa",
            "jobTitle": "Gestionnaire de communauté",
            "worksFor": {"@type": "Organization", "name": "La Cantine"},
            "image": PHOTO.url,
            "sameAs": ["https://twitter.com/lea", "https://mastodon.example/@lea"],
        },
        "author": [{"@type": "Person", "name": "Ana Exemple"}],
        "publisher": publisher,
        "image": [
            photo,
            {
                "@type": "ImageObject",
                "url": CARD.url,
                "width": 1200,
                "height": 630,
                "encodingFormat": "image/png",
                "caption": "Léa à sa table",
            },
        ],
        "isPartOf": [
            {
                "@type": "CreativeWorkSeries",
                "@id": f"{SITE}#series",
                "url": SITE,
                "name": "Gens du fil",
            }
        ],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "workTranslation": [
            {
                "@type": "Article",
                "@id": f"{SITE}en/portraits/lea/#article",
                "url": f"{SITE}en/portraits/lea/",
                "inLanguage": "en",
            }
        ],
    }
    assert trail["itemListElement"][2] == {
        "@type": "ListItem",
        "position": 3,
        "name": "Léa",
        "item": PAGE,
    }


def test_a_translation_names_its_original() -> None:
    english = portrait_markup(
        lea(lang="en"),
        SETTINGS,
        url=f"{SITE}en/portraits/lea/",
        trail=TRAIL,
        translations=(("fr", PAGE),),
    )
    article = graph(english)[0]
    assert article["translationOfWork"]["@id"] == f"{PAGE}#article"
    assert "workTranslation" not in article


def test_without_an_interviewer_the_editors_are_the_author() -> None:
    article = graph(portrait_markup(lea(interviewers=()), SETTINGS, url=PAGE, trail=TRAIL))[0]
    assert article["author"] == {
        "@type": "Organization",
        "name": "L’atelier des portraits",
        "url": SITE,
    }


def test_a_portrait_of_another_series_is_part_of_both() -> None:
    article = graph(portrait_markup(lea(series="Hors série"), SETTINGS, url=PAGE, trail=TRAIL))[0]
    assert [series["name"] for series in article["isPartOf"]] == ["Gens du fil", "Hors série"]


def test_a_list_says_how_many_there_are_on_all_its_pages() -> None:
    page = graph(ALL["list"])[0]
    assert page["mainEntity"]["numberOfItems"] == 30
    assert page["about"] == {"@type": "Organization", "name": "La Cantine"}
    assert graph(ALL["empty list"])[0]["mainEntity"]["numberOfItems"] == 0


@each_page
def test_pages_use_words_of_the_vocabulary_only(markup: Markup) -> None:
    for node in every_node(graph(markup)):
        if "@type" in node:
            assert {key for key in node if key[0] != "@"} <= PROPERTIES[node["@type"]]
        else:
            assert set(node) == {"@id"}


@each_page
def test_no_page_is_a_list_of_frequent_questions(markup: Markup) -> None:
    assert {node.get("@type") for node in every_node(graph(markup))}.isdisjoint(
        {"FAQPage", "QAPage", "Question", "Answer"}
    )


@each_page
def test_nothing_empty_is_said(markup: Markup) -> None:
    for node in every_node(graph(markup)):
        assert all(value not in ("", None, {}) for value in node.values())


@each_page
def test_what_is_referred_to_is_an_address_and_things_expand(markup: Markup) -> None:
    """Read as linked data, every name becomes schema.org’s and every @id absolute."""
    context = {
        "@context": {
            "@vocab": "https://schema.org/",
            **{
                name: {"@type": "@id"}
                for name in ("url", "item", "sameAs", "license", "mainEntityOfPage")
            },
        }
    }

    def local(address: str, options: object) -> dict[str, Any]:
        assert address == "https://schema.org"
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": context,
        }

    expanded = jsonld.expand(json.loads(markup), {"documentLoader": local})

    assert expanded
    for node in every_node(expanded):
        assert node.get("@id", "https://").startswith("https://")
        assert all(key.startswith(("@", "https://schema.org/")) for key in node)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Court", "Court"),
        ("x" * 110, "x" * 110),
        ("x" * 111, "x" * 109 + "…"),
        (("mot " * 40).strip(), "mot " * 26 + "mot…"),
    ],
)
def test_a_headline_is_cut_between_words(title: str, expected: str) -> None:
    assert headline(title) == expected
    assert len(headline(title)) <= 110


def in_its_element(markup: Markup) -> str:
    """What a browser reads in the script element."""
    page = html5lib.parse(
        f'<!doctype html><title>t</title><script type="application/ld+json">{markup}</script>'
        "<p>après",
        namespaceHTMLElements=False,
    )
    assert page.findtext(".//p") == "après"
    return str(page.findtext(".//script"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_in_its_element(text: str) -> None:
    corrections = (Correction(dt.date(2012, 1, 2), text, 9),)
    portrait = lea(title=f"T{text}", name=text or "x", summary=text, corrections=corrections)
    markup = portrait_markup(portrait, SETTINGS, url=PAGE, trail=(("x", SITE), (text, PAGE)))
    assert json.loads(in_its_element(markup))["@graph"][0]["name"] == f"T{text}"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",))))
def test_any_text_is_read_back_as_it_was_written(text: str) -> None:
    markup = markup_of({"name": text})
    assert json.loads(markup)["@graph"] == [{"name": text}]
    assert not set(markup) & set("<>&\u2028\u2029")
