"""What the social cards say."""

from __future__ import annotations

from portraits import addresses
from portraits.images.accent import Accent, accent_of_name
from portraits.images.monogram import initials
from portraits.images.social_card import CardText, Typefaces, social_card, social_card_name
from portraits.images.source import ImageFile
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.values import dataclass
from portraits.views import SocialImage


@dataclass(frozen=True, slots=True)
class SocialCard:
    """One card before it is drawn."""

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
            self.text, self.photo, self.focus, self.accent, self.fonts, self.initials)

    @property
    def address(self) -> str:
        return addresses.IMAGES + self.name

    def draw(self) -> bytes:
        """The card as JPEG."""
        return social_card(
            self.text, self.photo, self.focus, self.accent, self.fonts, self.initials)


CENTRE = (0.5, 0.5)
WIDTH, HEIGHT = 1200, 630


def portrait_card(assembly: Assembly, outline: Outline) -> SocialCard:
    """The card of a portrait."""
    photo = outline.photo and assembly.photos.get(outline.photo.file)
    subtitle = ", ".join(part for part in (outline.role, outline.organization) if part)
    text = CardText(kicker=assembly.settings.site_name, title=outline.name, subtitle=subtitle,
                    quote=outline.quote, lang=outline.lang)
    return SocialCard(
        text, photo.image if photo else None, outline.photo.focus if outline.photo else CENTRE,
        assembly.accent(outline), assembly.fonts, "" if photo else initials(outline.name))


def site_card(assembly: Assembly) -> SocialCard:
    """The card of the pages about the series."""
    settings = assembly.settings
    text = CardText("", settings.site_name, settings.site_description, lang=settings.lang)
    return SocialCard(text, None, CENTRE, accent_of_name(settings.site_name), assembly.fonts)


def question_card(assembly: Assembly, question_id: str, wording: str) -> SocialCard:
    """The card of a question page."""
    settings = assembly.settings
    text = CardText(settings.site_name, wording, lang=settings.lang)
    return SocialCard(text, None, CENTRE, accent_of_name(question_id), assembly.fonts)


def social_image(assembly: Assembly, card: SocialCard, alt: str) -> SocialImage | None:
    """The card as a page's head names it; None when no pictures are made."""
    settings = assembly.settings
    if not settings.pictures:
        return None
    return SocialImage(settings.absolute(card.address), WIDTH, HEIGHT, alt)
