"""Pictures as files of the site: encoded photos, monograms, social cards.

Their names come from their content, so a name that stands in the published site need
never be made again. What is encoded is kept in the store between builds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from portraits import addresses
from portraits.images.encode import EncodeJob, encode, is_kept, write_whole
from portraits.images.monogram import monogram
from portraits.images.picture import CARD, INLINE, PORTRAIT, SQUARE, Picture, plan
from portraits.images.source import ImageFile
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.pages.cards import SocialCard, portrait_card, question_card, site_card
from portraits.pages.spec import PageSpec


def picture_pages(assembly: Assembly, store: Path) -> Iterator[PageSpec]:
    """The specs of every picture that a page names."""
    for image, pictures in _pictures(assembly):
        for picture in pictures:
            for variant in (*picture.avif, *picture.jpeg):
                yield PageSpec(
                    addresses.IMAGES + variant.name, variant.name.encode(),
                    partial(_encoded, image, picture, variant.name, store), heavy=True)
    for outline in assembly.library.portraits:
        address = assembly.monogram_file(outline)
        if address:
            yield PageSpec(address, address.encode(), partial(_monogram, assembly, outline))
    for card in social_cards(assembly):
        yield PageSpec(card.address, card.address.encode(), partial(_drawn, card, store),
                       heavy=True)


def encode_jobs(assembly: Assembly, wanted: frozenset[str]) -> list[EncodeJob]:
    """What must be encoded so that the files at the ``wanted`` addresses can be made."""
    jobs = []
    for image, pictures in _pictures(assembly):
        needed = tuple(
            picture for picture in pictures
            if any(addresses.IMAGES + variant.name in wanted
                   for variant in (*picture.avif, *picture.jpeg)))
        if needed:
            jobs.append(EncodeJob(image, needed))
    return jobs


def _pictures(assembly: Assembly) -> Iterator[tuple[ImageFile, tuple[Picture, ...]]]:
    """Each source picture with everything that is made of it."""
    if not assembly.settings.pictures:
        return
    wanted: dict[str, dict[str, Picture]] = defaultdict(dict)
    for outline in assembly.library.portraits:
        for use in (PORTRAIT, CARD, SQUARE):
            picture = assembly.picture(outline, use)
            if picture and outline.photo:
                wanted[outline.photo.file][picture.key] = picture
        for file in assembly.inline_images(outline):
            picture = plan(assembly.photos[file].image, INLINE)
            wanted[file][picture.key] = picture
    for file in sorted(wanted):
        yield assembly.photos[file].image, tuple(wanted[file].values())


def _encoded(image: ImageFile, picture: Picture, name: str, store: Path) -> bytes:
    if not is_kept(picture, store):
        encode(image, (picture,), store)
    return (store / name).read_bytes()


def _monogram(assembly: Assembly, outline: Outline) -> bytes:
    return monogram(outline.name, assembly.accent(outline))


def social_cards(assembly: Assembly) -> Iterator[SocialCard]:
    """Every card: the site's, one a portrait, one a question page."""
    if not assembly.settings.pictures:
        return
    yield site_card(assembly)
    for outline in assembly.library.portraits:
        yield portrait_card(assembly, outline)
    for question in assembly.questions.pages:
        yield question_card(assembly, question.id, question.wording(assembly.settings.lang))


def _drawn(card: SocialCard, store: Path) -> bytes:
    kept = store / card.name
    try:
        content = kept.read_bytes()
    except OSError:
        content = b""
    if not content.endswith(b"\xff\xd9"):  # JPEG's end of image: the file is whole
        content = card.draw()
        store.mkdir(parents=True, exist_ok=True)
        write_whole(kept, content)
    return content
