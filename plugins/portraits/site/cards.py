"""Compose the social cards of portraits, questions and the site."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portraits.images.accent import Accent, accent_of_name
from portraits.images.card_text import CardText, Typefaces
from portraits.images.monogram import initials
from portraits.images.social_card import social_card, social_card_name
from portraits.images.source import ImageFile
from portraits.model import addresses
from portraits.series.reading import Summary
from portraits.site.context import BuildContext
from portraits.site.views import SocialImage


@dataclass(frozen=True, slots=True)
class SocialCard:
    """The content of a card, before drawing."""

    text: CardText
    photo: ImageFile | None
    focus: tuple[float, float]
    accent: Accent
    fonts: Typefaces
    initials: str = ""

    @property
    def name(self) -> str:
        """File name; changes with everything that the card shows."""
        return social_card_name(
            self.text, self.photo, self.focus, self.accent, self.fonts, self.initials
        )

    @property
    def address(self) -> str:
        """Address relative to the site's root."""
        return addresses.IMAGES + self.name

    def draw(self) -> bytes:
        """Draw the card; return it as JPEG."""
        return social_card(
            self.text, self.photo, self.focus, self.accent, self.fonts, self.initials
        )


CENTRE = (0.5, 0.5)
OF_THE_SITE = Accent("#9b2f55", "#e88ba5")
"""The colour of pages without a person: ``--accent-light`` and ``--accent-dark`` of the theme."""
WIDTH, HEIGHT = 1200, 630


def portrait_card(context: BuildContext, one: Summary) -> SocialCard:
    """Return the card of a portrait."""
    photo = context.photo(one.photo.file) if one.photo else None
    subtitle = ", ".join(part for part in (one.role, one.organization) if part)
    text = CardText(
        kicker=context.speaking(one.lang).settings.site_name,
        title=one.name,
        subtitle=subtitle,
        quote=one.quote,
        lang=one.lang,
    )
    return SocialCard(
        text,
        photo,
        one.photo.focus if one.photo else CENTRE,
        context.accent(one),
        context.fonts,
        "" if photo else initials(one.name),
    )


def quote_card(context: BuildContext, one: Summary) -> SocialCard:
    """Return the card of a portrait's featured quote: the quote large, the face beside it."""
    card = portrait_card(context, one)
    subtitle = ", ".join(part for part in (one.name, one.role) if part)
    return replace(card, text=replace(card.text, title="", subtitle=subtitle))


def site_card(context: BuildContext) -> SocialCard:
    """Return the card of the pages about the series."""
    settings = context.settings
    text = CardText("", settings.site_name, settings.site_description, lang=context.spoken)
    return SocialCard(text, None, CENTRE, OF_THE_SITE, context.fonts)


def question_card(context: BuildContext, topic: str, wording: str) -> SocialCard:
    """Return the card of a question page."""
    settings = context.settings
    text = CardText(settings.site_name, wording, lang=context.spoken)
    return SocialCard(text, None, CENTRE, accent_of_name(topic), context.fonts)


def social_image(context: BuildContext, card: SocialCard, alt: str) -> SocialImage | None:
    """Return the card's address and size for a page's head, or None if pictures are disabled."""
    settings = context.settings
    if not settings.pictures:
        return None
    return SocialImage(settings.absolute(card.address), WIDTH, HEIGHT, alt)
