"""The picture that goes with a shared link: 1200 by 630 pixels, JPEG, under 150 kB.

A portrait shows its photo, cropped to 4:5 around the focus, or the initials, beside
the text on the page's ground. The site and its questions have the text alone, on the
accent. Type is the site's own; nothing overflows (see
:mod:`portraits.images.typesetting`).
"""

import functools
import hashlib
import io
import json
from dataclasses import astuple, dataclass
from pathlib import Path

from portraits.images.accent import Accent
from portraits.images.picture import encoder_version
from portraits.images.source import ImageError, ImageFile

MAX_BYTES = 150_000
CARD_VERSION = 1
"""Raised whenever a change in the drawing of cards changes their pixels."""

_QUALITIES = (86, 80, 74, 68, 60, 50, 40, 30, 20)


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card says. Empty texts take no room."""

    kicker: str
    """One short line above the title: the series."""
    title: str
    """A name, a question, the site's title."""
    subtitle: str = ""
    """A role, a number of answers."""
    quote: str = ""
    """A sentence, without quotation marks."""
    lang: str = "fr"
    """Decides the quotation marks."""


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The site's typefaces: variable fonts with a weight axis, TTF, OTF or WOFF2."""

    serif: Path
    italic: Path
    sans: Path
    digest: str
    """SHA-256 over the three files."""


def typefaces(serif: Path, italic: Path, sans: Path) -> Typefaces:
    """Return the typefaces of the cards. Raises :class:`ImageError` where one is missing."""
    digest = hashlib.sha256()
    for path in (serif, italic, sans):
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise ImageError(
                path,
                "font-missing",
                "la police des cartes de partage ne se laisse pas lire",
                "vérifie son chemin dans les réglages",
            ) from error
    return Typefaces(serif, italic, sans, digest.hexdigest())


def social_card_name(
    text: CardText,
    photo: ImageFile | None,
    focus: tuple[float, float],
    accent: Accent,
    fonts: Typefaces,
    initials: str = "",
) -> str:
    """Return the file name of :func:`social_card` for the same arguments; draws nothing."""
    recipe = json.dumps(
        [
            astuple(text),
            photo and photo.digest,
            focus if photo else None,
            accent.light,
            fonts.digest,
            initials,
            _version(),
        ]
    )
    return f"social-{hashlib.sha256(recipe.encode()).hexdigest()[:20]}.jpg"


def social_card(
    text: CardText,
    photo: ImageFile | None,
    focus: tuple[float, float],
    accent: Accent,
    fonts: Typefaces,
    initials: str = "",
) -> bytes:
    """Return the JPEG of a card.

    ``initials`` stand in for the photo of a person who has none; with neither, the
    text has the whole card. Raises :class:`ImageError` for a photo that does not decode.
    """
    from portraits.images.card_drawing import draw_card

    canvas = draw_card(text, photo, focus, accent, fonts, initials)
    for quality in _QUALITIES:
        stream = io.BytesIO()
        # No chroma subsampling: small coloured type would bleed.
        canvas.save(stream, "JPEG", quality=quality, subsampling=0, progressive=True, optimize=True)
        if stream.tell() < MAX_BYTES:
            break
    return stream.getvalue()


@functools.cache
def _version() -> str:
    from PIL import _imagingft as drawing  # as for encoder_version: without all of Pillow

    shaping = (drawing.raqm_version, drawing.harfbuzz_version) if drawing.HAVE_RAQM else ()
    return f"{CARD_VERSION} {encoder_version()} {drawing.freetype2_version} {shaping}"
