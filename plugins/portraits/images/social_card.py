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
from dataclasses import astuple

from portraits.images.accent import Accent
from portraits.images.card_text import CardText, Typefaces
from portraits.images.picture import encoder_version
from portraits.images.source import ImageFile

MAX_BYTES = 150_000
CARD_VERSION = 1
"""Raised whenever a change in the drawing of cards changes their pixels."""

_QUALITIES = (86, 80, 74, 68, 60, 50, 40, 30, 20)


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
    from PIL import features

    typesetting = [features.version(name) for name in ("freetype2", "raqm", "harfbuzz")]
    return f"{CARD_VERSION} {encoder_version()} {typesetting}"
