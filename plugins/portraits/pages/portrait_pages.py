"""A page for each portrait.

Shows, besides the portrait itself: the cards of related portraits and neighbours in time,
who recommends the person, who else recommends the same accounts, its translations, and
links to pages that exist only under conditions. All of it is in the key.
"""

from __future__ import annotations

from functools import partial

from portraits import addresses
from portraits.digests import digest
from portraits.images.picture import PORTRAIT
from portraits.model import Portrait
from portraits.outline import Outline
from portraits.pages.assembly import Assembly, accent_class, safe
from portraits.pages.cards import portrait_card, social_image
from portraits.pages.fragments import Filling
from portraits.pages.graph_pages import neighbourhood
from portraits.pages.spec import PageSpec
from portraits.pages.take_away import exports_of
from portraits.published_image import PublishedImage
from portraits.structured_data import portrait_markup
from portraits.views import (
    Card,
    Hero,
    Link,
    Meta,
    PortraitPage,
    RecommendedBy,
    RelatedCard,
)


def portrait_page(assembly: Assembly, outline: Outline) -> PageSpec:
    """The spec of the page of a portrait."""
    return PageSpec(
        assembly.address(outline), assembly.key("portrait", *portrait_parts(assembly, outline)),
        partial(_portrait_page, assembly, outline), indexed=True)


def portrait_parts(assembly: Assembly, outline: Outline) -> tuple[object, ...]:
    """Everything that the page of ``outline`` shows, in a form fit for a key."""
    around = assembly.around(outline)

    def facet(source: str) -> str:
        return assembly.facet(assembly.outline(source)) if source else ""

    return (
        content_key(assembly, outline), facet(outline.source),
        [(facet(source), reason) for source, reason in around.related],
        facet(around.older), facet(around.newer),
        around.recommended_by,
        [(other.title, assembly.link(other)) for other in translations(assembly, outline)],
        around.before, around.after,
    )


def content_key(assembly: Assembly, outline: Outline) -> str:
    """Hash of everything that the fragment of ``outline`` shows."""
    known = assembly.content_keys
    if outline.source not in known:
        known[outline.source] = digest(repr(_content_parts(assembly, outline))).hex()
    return known[outline.source]


def _content_parts(assembly: Assembly, outline: Outline) -> tuple[object, ...]:
    around = assembly.around(outline)
    return (
        outline.digest, assembly.url(outline), *shown_besides(assembly, outline),
        around.links, around.follows,
    )


def shown_besides(assembly: Assembly, outline: Outline) -> tuple[object, ...]:
    """What the fragment of ``outline`` shows besides its text and what is around it: its pictures,
    and which of its questions lead to everybody's answers."""
    return (
        [photo and photo.image.digest for photo in map(assembly.photos.get, _files(outline))],
        "".join(["1" if (asked.questionnaire_id or asked.id) in assembly.with_page else "0"
                 for asked in outline.asked]))


def _files(outline: Outline) -> tuple[str, ...]:
    return tuple(file for file, _ in outline.images)


def translations(assembly: Assembly, outline: Outline) -> tuple[Outline, ...]:
    """Every published language of a portrait, when there is more than one."""
    return tuple(map(assembly.outline, assembly.around(outline).translations))


def _portrait_page(assembly: Assembly, outline: Outline) -> bytes:
    filling = Filling(assembly, outline)
    portrait = filling.portrait
    around = assembly.around(outline)
    settings, words = assembly.settings, assembly.words(outline.lang)

    def card(source: str) -> Card | None:
        return assembly.card(assembly.outline(source)) if source else None

    page = PortraitPage(
        portrait=portrait, url=assembly.url(outline), hero=hero(assembly, outline),
        content=filling.content,
        tags=tuple(Link(tag, settings.path(addresses.tag(tag))) for tag in outline.tags),
        organization=Link(outline.organization,
                          settings.path(addresses.organization(outline.organization)))
        if outline.organization else None,
        year=Link(str(outline.date.year), settings.path(addresses.year(str(outline.date.year)))),
        translations=tuple(
            Link(other.title, assembly.url(other), other.lang)
            for other in translations(assembly, outline) if other.lang != outline.lang),
        recommended_by=tuple(
            RecommendedBy(link, safe(reason)) for link, reason in around.recommended_by),
        neighbourhood=neighbourhood(assembly, outline),
        exports=tuple(Link(export.label, settings.path(export.address))
                      for export in exports_of(assembly, outline)),
        related=tuple(
            RelatedCard(assembly.card(assembly.outline(source)), reason.text(words.lang))
            for source, reason in around.related),
        previous=card(around.older), next=card(around.newer),
        reply_subject=outline.title, draft=assembly.is_draft(outline),
    )
    return assembly.render("portrait.html", portrait_meta(assembly, outline, portrait), page)


def portrait_meta(assembly: Assembly, outline: Outline, portrait: Portrait) -> Meta:
    """The head of a portrait's page."""
    settings = assembly.settings
    around = assembly.around(outline)
    url = settings.absolute(assembly.address(outline))
    image = social_image(assembly, portrait_card(assembly, outline), outline.title)
    alternates = tuple((other.lang, settings.absolute(assembly.address(other)))
                       for other in translations(assembly, outline))
    trail = ((settings.site_name, settings.absolute(addresses.HOME)),
             (assembly.words(outline.lang).text("heading.portraits"),
              settings.absolute(addresses.PORTRAITS)),
             (outline.name, url))
    return Meta(
        title=outline.title, description=outline.summary, lang=outline.lang, canonical=url,
        og_type="article", image=image, feeds=assembly.series_feeds(outline.lang),
        alternates=alternates,
        json_ld=portrait_markup(
            portrait, settings, url=url, trail=trail, translations=alternates,
            photo=photo_as_published(assembly, outline),
            card=PublishedImage(image.absolute_url, "image/jpeg", image.width, image.height,
                                alt=image.alt) if image else None),
        published=outline.date, modified=outline.modified,
        previous=assembly.url(assembly.outline(around.older)) if around.older else "",
        next=assembly.url(assembly.outline(around.newer)) if around.newer else "",
        noindex=assembly.preview, accent=assembly.accent(outline),
        accent_class=accent_class(assembly.accent(outline)),
    )


def hero(assembly: Assembly, outline: Outline) -> Hero:
    monogram = assembly.monogram_file(outline)
    photo = outline.photo
    return Hero(
        assembly.picture(outline, PORTRAIT), assembly.settings.path(monogram) if monogram else "",
        photo.alt if photo else "", photo.credit if photo else "")


def photo_as_published(assembly: Assembly, outline: Outline) -> PublishedImage | None:
    """The photo at its largest as JPEG, for everything that machines read."""
    picture = assembly.picture(outline, PORTRAIT)
    if not picture or not outline.photo:
        return None
    variant = picture.jpeg[-1]
    return PublishedImage(
        assembly.settings.absolute(addresses.IMAGES + variant.name), variant.media_type,
        variant.width, variant.height, alt=outline.photo.alt, credit=outline.photo.credit)
