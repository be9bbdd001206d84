"""Make the preview picture of a shared link: 1200 by 630 pixels, JPEG, under 150 kB.

The card of a portrait shows its photo, cropped to 4:5 around the focus, or the initials, beside
the text. The cards of the site and its questions show text only, on the accent colour. Typefaces
are the site's own; text never overflows (see :mod:`portraits.images.typesetting`).
"""

import functools
import hashlib
import io
import json
from dataclasses import astuple

from portraits.images.accent import Accent
from portraits.images.card_text import CardText, Typefaces
from portraits.images.picture import encoder_version
from portraits.images.source import ImageFile

MAX_BYTES = 150_000
CARD_VERSION = 1
"""Increment whenever a change in the drawing of cards changes their pixels."""

_QUALITIES = (86, 80, 74, 68, 60, 50, 40, 30, 20)


def social_card_name(
    text: CardText,
    photo: ImageFile | None,
    focus: tuple[float, float],
    accent: Accent,
    fonts: Typefaces,
    initials: str = "",
) -> str:
    """Return the file name of the card for the same arguments, without drawing it.

    It contains a hash of everything that determines the pixels.
    """
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

    ``initials`` replace a missing photo of a person; without either, the text fills the
    card. Raises :class:`ImageError` for a photo that does not decode.
    """
    from portraits.images.card_drawing import draw_card

    canvas = draw_card(text, photo, focus, accent, fonts, initials)
    for quality in _QUALITIES:
        stream = io.BytesIO()
        # No chroma subsampling: it blurs small coloured text.
        canvas.save(stream, "JPEG", quality=quality, subsampling=0, progressive=True, optimize=True)
        if stream.tell() < MAX_BYTES:
            break
    return stream.getvalue()


@functools.cache
def _version() -> str:
    from PIL import features

    typesetting = [features.version(name) for name in ("freetype2", "raqm", "harfbuzz")]
    return f"{CARD_VERSION} {encoder_version()} {typesetting}"
