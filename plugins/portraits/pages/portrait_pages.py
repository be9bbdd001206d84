"""A page for each portrait.

Shows, besides the portrait itself: the cards of related portraits and neighbours in time,
who recommends the person, who else recommends the same accounts, its translations, and
links to pages that exist only under conditions. All of it is in the key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from portraits import addresses
from portraits.digests import digest
from portraits.directory import Recommender
from portraits.images.picture import PORTRAIT
from portraits.model import Portrait
from portraits.outline import Outline
from portraits.pages.assembly import Assembly, accent_class, safe
from portraits.pages.cards import portrait_card, social_image
from portraits.pages.fragments import Filling, also_recommending, link_targets
from portraits.pages.graph_pages import neighbourhood, neighbourhood_parts
from portraits.pages.spec import PageSpec
from portraits.pages.take_away import exports_of
from portraits.published_image import PublishedImage
from portraits.related import Related
from portraits.structured_data import portrait_markup
from portraits.views import (
    Hero,
    Link,
    Meta,
    PortraitPage,
    RecommendedBy,
    RelatedCard,
)


def portrait_pages(
    assembly: Assembly, only: Collection[str] | None = None
) -> Iterator[PageSpec]:
    """The specs of the pages of all portraits, or of those whose sources are ``only``."""
    for outline in assembly.chosen(only):
        related = assembly.related_to(outline)
        yield PageSpec(
            assembly.address(outline),
            assembly.key("portrait", *portrait_parts(assembly, outline, related)),
            partial(portrait_page, assembly, outline, related),
            indexed=True, near=outline.source,
        )


def portrait_parts(
    assembly: Assembly, outline: Outline, related: tuple[Related, ...]
) -> tuple[object, ...]:
    """Everything that the page of ``outline`` shows, in a form fit for a key."""
    older, newer = assembly.neighbours(outline)
    return (
        content_key(assembly, outline),
        assembly.facet(outline),
        [(assembly.facet(found.outline), found.reasons) for found in related],
        older and assembly.facet(older), newer and assembly.facet(newer),
        [(r.outline.name, r.outline.slug, r.outline.lang, r.reason_html)
         for r in assembly.directory.recommending(outline)],
        [(o.lang, o.slug, o.title) for o in translations(assembly, outline)],
        neighbourhood_parts(assembly, outline),
    )


def content_key(assembly: Assembly, outline: Outline) -> str:
    """Hash of everything that the fragment of ``outline`` shows."""
    known = assembly.content_keys
    if outline.source not in known:
        known[outline.source] = digest(repr(_content_parts(assembly, outline))).hex()
    return known[outline.source]


def _content_parts(assembly: Assembly, outline: Outline) -> tuple[object, ...]:
    index = assembly.questions
    known = [index.by_id.get(asked.questionnaire_id or asked.id) for asked in outline.asked]
    entries = [assembly.directory.by_key[r.account.key] for r in outline.recommends]
    return (
        outline.digest, assembly.url(outline),
        [photo and photo.image.digest for photo in map(assembly.photos.get, _files(outline))],
        link_targets(assembly, outline),
        "".join("1" if question and index.has_page(question) else "0" for question in known),
        [[(other.name, other.lang, other.slug) for other in also_recommending(outline, entry)]
         for entry in entries],
        [entry.person and (entry.person.name, assembly.url(entry.person)) for entry in entries],
    )


def _files(outline: Outline) -> tuple[str, ...]:
    return tuple(file for file, _ in outline.images)


def translations(assembly: Assembly, outline: Outline) -> tuple[Outline, ...]:
    """Every published language of a portrait, when there is more than one."""
    group = assembly.library.translations[outline.translation_key]
    return group if len(group) > 1 else ()


def portrait_page(assembly: Assembly, outline: Outline, related: tuple[Related, ...]) -> bytes:
    """The page of one portrait, as UTF-8."""
    filling = Filling(assembly, outline)
    portrait = filling.portrait
    older, newer = assembly.neighbours(outline)
    settings, words = assembly.settings, assembly.words(outline.lang)
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
        recommended_by=tuple(map(partial(recommended_by, assembly),
                                 assembly.directory.recommending(outline))),
        neighbourhood=neighbourhood(assembly, outline),
        exports=tuple(Link(export.label, settings.path(export.address))
                      for export in exports_of(assembly, outline)),
        related=tuple(
            RelatedCard(assembly.card(found.outline),
                        tuple(reason.text(words.lang) for reason in found.reasons))
            for found in related),
        previous=assembly.card(older) if older else None,
        next=assembly.card(newer) if newer else None,
        reply_subject=outline.title, draft=assembly.is_draft(outline),
    )
    return assembly.render("portrait.html", portrait_meta(assembly, outline, portrait), page)


def portrait_meta(assembly: Assembly, outline: Outline, portrait: Portrait) -> Meta:
    """The head of a portrait's page."""
    settings = assembly.settings
    older, newer = assembly.neighbours(outline)
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
        previous=assembly.url(older) if older else "", next=assembly.url(newer) if newer else "",
        noindex=assembly.preview, accent=assembly.accent(outline),
        accent_class=accent_class(assembly.accent(outline)),
    )


def hero(assembly: Assembly, outline: Outline) -> Hero:
    monogram = assembly.monogram_file(outline)
    photo = outline.photo
    return Hero(
        assembly.picture(outline, PORTRAIT), assembly.settings.path(monogram) if monogram else "",
        photo.alt if photo else "", photo.credit if photo else "")


def recommended_by(assembly: Assembly, recommender: Recommender) -> RecommendedBy:
    return RecommendedBy(assembly.link(recommender.outline), safe(recommender.reason_html))


def photo_as_published(assembly: Assembly, outline: Outline) -> PublishedImage | None:
    """The photo at its largest as JPEG, for everything that machines read."""
    picture = assembly.picture(outline, PORTRAIT)
    if not picture or not outline.photo:
        return None
    variant = picture.jpeg[-1]
    return PublishedImage(
        assembly.settings.absolute(addresses.IMAGES + variant.name), variant.media_type,
        variant.width, variant.height, alt=outline.photo.alt, credit=outline.photo.credit)
