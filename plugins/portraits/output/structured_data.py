"""Describe pages to machines: JSON-LD with the vocabulary of schema.org.

    portrait     Article about a Person, BreadcrumbList
    home         WebSite, CreativeWorkSeries
    other lists  CollectionPage with an ItemList, BreadcrumbList

An interview is never ``FAQPage`` or ``QAPage``: schema.org reserves the first for a page's own
frequent questions and the second for questions that visitors answer. There is no ``SearchAction``:
search engines no longer use it, and our search needs the page's script.

The instant of a portrait is the one that feeds give.

Nodes are identified by address (``@id``), so that the series and its publisher are the same nodes
on every page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from markupsafe import Markup

from portraits.model import addresses
from portraits.model.portrait import Portrait
from portraits.model.published_image import PublishedImage
from portraits.output.feeds.entry import changed, published, rfc3339
from portraits.settings import Settings

Node: TypeAlias = Mapping[str, Any]
"""A JSON-LD node: a thing and its properties."""

Trail: TypeAlias = Sequence[tuple[str, str]]
"""(label, absolute address) of each page from the home page to this one, both included."""

HEADLINE_LENGTH = 110
"""Number of characters of ``headline`` that search engines show."""

_ESCAPES = tuple((char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029")
"""Characters that would end a script element or a line of script; in JSON they occur only in
strings."""


def markup_of(*nodes: Node) -> Markup:
    """Return a JSON-LD document, safe inside ``<script type="application/ld+json">``."""
    document = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for char, escaped in _ESCAPES:
        text = text.replace(char, escaped)
    return Markup(text)  # noqa: S704 - escaped above


def portrait_markup(
    portrait: Portrait,
    settings: Settings,
    *,
    url: str,
    trail: Trail,
    photo: PublishedImage | None = None,
    card: PublishedImage | None = None,
    translations: Sequence[tuple[str, str]] = (),
) -> Markup:
    """Return the data of a portrait's page at the absolute address ``url``.

    ``card`` is the image made for sharing; ``translations`` are (language, absolute address) of
    every language of the portrait; its own may be included.
    """
    return markup_of(
        _article(portrait, settings, url, photo, card, translations), _breadcrumbs(url, trail)
    )


def home_markup(settings: Settings, *, lang: str = "") -> Markup:
    """Return the data of the home page, or of the series' home in another language."""
    lang = lang or settings.lang
    site_url = settings.absolute("")
    website = _given(
        {
            "@type": "WebSite",
            "@id": f"{site_url}#website",
            "url": site_url,
            "name": settings.site_name,
            "description": settings.site_description,
            "inLanguage": settings.lang,
            "publisher": _publisher(settings),
        }
    )
    series = _given(
        {
            **_series(settings),
            "description": settings.site_description,
            "license": settings.license_url,
            "publisher": {"@id": _publisher(settings)["@id"]},
        }
    )
    page = _given(
        {
            "@type": "CollectionPage",
            "url": settings.absolute(addresses.series_home(lang, settings.lang)),
            "inLanguage": lang,
            "name": settings.site_name,
            "isPartOf": {"@id": website["@id"]},
            "about": {"@id": series["@id"]},
        }
    )
    return markup_of(website, series, page)


def collection_markup(
    settings: Settings,
    *,
    url: str,
    heading: str,
    trail: Trail,
    lang: str = "",
    description: str = "",
    members: Sequence[tuple[str, str]] = (),
    total: int | None = None,
    organization: str = "",
) -> Markup:
    """Return the data of a page that lists things: portraits, answers, accounts.

    ``members`` are (name, absolute address) in the order of the page, ``total`` their number on all
    its pages; ``organization`` is the one that the page is about.
    """
    page = _given(
        {
            "@type": "CollectionPage",
            "@id": url,
            "url": url,
            "name": heading,
            "description": description,
            "inLanguage": lang or settings.lang,
            "isPartOf": {"@id": f"{settings.absolute('')}#website"},
            "about": {"@type": "Organization", "name": organization} if organization else "",
            "mainEntity": {
                "@type": "ItemList",
                "numberOfItems": len(members) if total is None else total,
                "itemListElement": [
                    {"@type": "ListItem", "position": position, "name": name, "url": address}
                    for position, (name, address) in enumerate(members, start=1)
                ],
            },
        }
    )
    return markup_of(page, _breadcrumbs(url, trail))


def _article(
    portrait: Portrait,
    settings: Settings,
    url: str,
    photo: PublishedImage | None,
    card: PublishedImage | None,
    translations: Sequence[tuple[str, str]],
) -> Node:
    publisher = _publisher(settings)
    series = [_series(settings)]
    if portrait.series and portrait.series != settings.site_name:
        series.append({"@type": "CreativeWorkSeries", "name": portrait.series})
    interviewers = [{"@type": "Person", "name": name} for name in portrait.interviewers if name]
    return _given(
        {
            "@type": "Article",
            "@id": f"{url}#article",
            "url": url,
            "mainEntityOfPage": url,
            "headline": headline(portrait.title),
            "name": portrait.title,
            "description": portrait.summary,
            "inLanguage": portrait.lang,
            "datePublished": rfc3339(published(portrait)),
            "dateModified": rfc3339(changed(portrait)),
            "wordCount": portrait.words,
            "keywords": list(portrait.tags),
            "about": _person(portrait, url, photo),
            "author": interviewers or _editors(settings),
            "publisher": publisher,
            "image": [_image(image) for image in (photo, card) if image],
            "isPartOf": series,
            "license": settings.license_url,
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "datePublished": one.date.isoformat(),
                    "text": one.text,
                }
                for one in portrait.corrections
            ],
            **_translations(portrait.lang, settings.lang, translations),
        }
    )


def _person(portrait: Portrait, url: str, photo: PublishedImage | None) -> Node:
    return _given(
        {
            "@type": "Person",
            "@id": f"{url}#person",
            "name": portrait.name,
            "jobTitle": portrait.role,
            "worksFor": {"@type": "Organization", "name": portrait.organization}
            if portrait.organization
            else "",
            "image": photo.url if photo else "",
            "sameAs": [
                presence.account.url
                for presence in portrait.accounts
                if presence.account and presence.account.url
            ],
        }
    )


def _translations(
    lang: str, original: str, translations: Sequence[tuple[str, str]]
) -> Mapping[str, Any]:
    """Return ``workTranslation`` for the text in the site's language, ``translationOfWork`` for
    others.

    schema.org has no property between two translations without an original.
    """
    articles = {
        other: {"@type": "Article", "@id": f"{url}#article", "url": url, "inLanguage": other}
        for other, url in translations
    }
    if lang == original:
        return {
            "workTranslation": [article for other, article in articles.items() if other != lang]
        }
    return {"translationOfWork": articles.get(original, "")}


def _image(image: PublishedImage) -> Node:
    return _given(
        {
            "@type": "ImageObject",
            "url": image.url,
            "width": image.width,
            "height": image.height,
            "encodingFormat": image.media_type,
            "caption": image.alt,
            "creditText": image.credit,
        }
    )


def _publisher(settings: Settings) -> Node:
    """Return the site as the publisher: reading views show its name as that of the site."""
    home = settings.absolute("")
    return {
        "@type": "Organization",
        "@id": f"{home}#publisher",
        "url": home,
        "name": settings.site_name,
    }


def _editors(settings: Settings) -> Node:
    return {
        "@type": "Organization",
        "name": settings.publisher or settings.site_name,
        "url": settings.absolute(""),
    }


def _series(settings: Settings) -> Node:
    home = settings.absolute("")
    return {
        "@type": "CreativeWorkSeries",
        "@id": f"{home}#series",
        "url": home,
        "name": settings.site_name,
    }


def _breadcrumbs(url: str, trail: Trail) -> Node:
    return {
        "@type": "BreadcrumbList",
        "@id": f"{url}#trail",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": label, "item": address}
            for position, (label, address) in enumerate(trail, start=1)
        ],
    }


def headline(title: str) -> str:
    """Return ``title``, cut at a word if it is too long."""
    if len(title) <= HEADLINE_LENGTH:
        return title
    return f"{title[: HEADLINE_LENGTH - 1].rsplit(' ', 1)[0]}…"


def _given(node: Node) -> Node:
    """Return ``node`` without its unknown values."""
    return {key: value for key, value in node.items() if value or value == 0}
