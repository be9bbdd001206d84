"""Write the pictures of the site, encoded photos, monograms, social cards, and its sounds.

Their names are hashes of what they show. Encoded pictures are cached in a folder between builds, so
that none is encoded twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from portraits.images.accent import accent_of_name
from portraits.images.encode import encode, write_whole
from portraits.images.monogram import monogram
from portraits.images.picture import CARD, INLINE, PORTRAIT, SQUARE, Picture, plan
from portraits.images.source import SOUND, ImageError, ImageFile, read_bytes
from portraits.model import addresses
from portraits.pages.portrait.quotation import with_quote
from portraits.series.reading import summary_of
from portraits.series.tables import ImageRow, PortraitRow
from portraits.series.views.topics import with_page, wording_of
from portraits.site.cards import SocialCard, portrait_card, question_card, quote_card, site_card
from portraits.site.context import BuildContext, monogram_address, sound_address
from portraits.site.page import File, PageKind, every_portrait, in_each_language
from portraits.support.messages import msg
from portraits.support.picture_paths import is_sound


def _photos(context: BuildContext) -> Iterator[str]:
    if context.settings.pictures:
        for (file,) in context.series.sql(
            "SELECT DISTINCT file FROM image WHERE position IS NOT NULL ORDER BY file"
        ):
            yield file


def _pictures(context: BuildContext, file: str, photo: ImageFile) -> tuple[Picture, ...]:
    """Return every use of one source picture, without repeats."""
    found: dict[str, Picture] = {}
    for row in context.series.rows(ImageRow, "file", file):
        if row.number >= 0:
            made = [plan(photo, INLINE)]
        else:
            one = context.summary(row.source)
            focus = one.photo.focus if one.photo else (0.5, 0.5)
            made = [plan(photo, use, focus) for use in (PORTRAIT, CARD, SQUARE)]
        found.update((picture.key, picture) for picture in made)
    return tuple(found[key] for key in sorted(found))


def _photo(context: BuildContext, key: str) -> Iterator[File]:
    photo = context.photo(key)
    assert photo is not None  # noqa: S101 - checks refuse a picture that cannot be shown
    if is_sound(key):
        yield File(sound_address(photo), sound_bytes(photo))
        return
    pictures = _pictures(context, key, photo)
    encode(photo, pictures, context.images)  # in one call, so that the photo is decoded once
    for picture in pictures:
        for variant in (*picture.avif, *picture.jpeg):
            yield File(
                addresses.IMAGES + variant.name, (context.images / variant.name).read_bytes()
            )


def sound_bytes(sound: ImageFile) -> bytes:
    """Return the bytes of a sound; refuse one that has changed since it was checked."""
    content = read_bytes(sound.path, SOUND)
    if hashlib.sha256(content).hexdigest() != sound.digest:
        raise ImageError(
            sound.path, "sound-changed", msg("build.changed"), msg("build.changed_hint")
        )
    return content


def _names(context: BuildContext) -> Iterator[str]:
    """Yield the names of the people without a photo to show."""
    for name, photo in context.series.sql(
        "SELECT DISTINCT name, photo FROM portrait WHERE position IS NOT NULL ORDER BY name"
    ):
        if not photo or not context.settings.pictures:
            yield name


def _monogram(context: BuildContext, key: str) -> Iterator[File]:
    accent = accent_of_name(key)
    yield File(monogram_address(key, accent), monogram(key, accent))


def _portraits(context: BuildContext) -> Iterator[str]:
    if context.settings.pictures:
        yield from every_portrait(context)


def _portrait_card(context: BuildContext, key: str) -> Iterator[File]:
    found = context.series.one(PortraitRow, "source", key)
    assert found is not None  # noqa: S101 - the key of a portrait that is shown
    yield _drawn(context, portrait_card(context, summary_of(found)))


def _quotes(context: BuildContext) -> Iterator[str]:
    if context.settings.pictures:
        yield from with_quote(context)


def _quote_card(context: BuildContext, key: str) -> Iterator[File]:
    yield _drawn(context, quote_card(context, context.summary(key)))


def _questions(context: BuildContext) -> Iterator[str]:
    if context.settings.pictures:
        yield from with_page(context.series)


def _topic_card(context: BuildContext, key: str) -> Iterator[File]:
    wording = wording_of(context.series, key, context.spoken)
    yield _drawn(context, question_card(context, key, wording))


def _site(context: BuildContext) -> tuple[str, ...]:
    return ("",) if context.settings.pictures else ()


def _site_card(context: BuildContext, key: str) -> Iterator[File]:
    yield _drawn(context, site_card(context))


def _drawn(context: BuildContext, card: SocialCard) -> File:
    context.depend_on("typefaces")
    return File(card.address, _kept_or_drawn(card, context.images))


def _kept_or_drawn(card: SocialCard, store: Path) -> bytes:
    kept = store / card.name
    try:
        content = kept.read_bytes()
    except OSError:
        content = b""
    if not content.endswith(b"\xff\xd9"):  # no JPEG end marker: missing or truncated
        content = card.draw()
        store.mkdir(parents=True, exist_ok=True)
        write_whole(kept, content)
    return content


PHOTOS = PageKind("photos", _photos, _photo)
MONOGRAMS = PageKind("monograms", lambda context: dict.fromkeys(_names(context)), _monogram)
PORTRAIT_CARDS = PageKind("cards of portraits", _portraits, _portrait_card)
QUOTE_CARDS = PageKind("cards of quotes", _quotes, _quote_card)
TOPIC_CARDS = in_each_language("cards of questions", _questions, _topic_card)
SITE_CARD = in_each_language("site card", _site, _site_card)
