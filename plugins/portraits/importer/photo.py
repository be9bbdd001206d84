"""Choose the photo of the portrait among the pictures of a message, and clean it.

    pictures = ( photo | logo )*
    logo     = a picture of a signature: small, or embedded in the text and narrow

Each picture passes the checks of the site's own photos. The photo is decoded and encoded anew,
upright and in sRGB, so that nothing of its metadata is left: a telephone writes there where it was
taken. The largest picture is proposed, one that was attached before one that is embedded. All
others are told.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from portraits.images.checking import SUFFIXES, verify_image
from portraits.images.source import ImageError, ImageFile
from portraits.importer.transcript import AttachedPhoto, Block, Kind
from portraits.support.messages import msg

SMALLEST_SIDE = 240
"""Pixels of the shorter side of a photo; a smaller picture is a logo."""
SMALLEST_EMBEDDED_SIDE = 400
"""The same for a picture that the text shows, as signatures do."""
WIDEST = 2.2
"""Most that an embedded photo is longer than wide, or wider than long: banners are more."""
QUALITY = 95
"""Of the JPEG that is written: the site encodes it once more."""


@dataclass(frozen=True, slots=True)
class AttachedImage:
    """A picture of a message."""

    name: str
    """Its file name, as the message gives it, or its type."""
    content: bytes
    embedded: bool
    """Whether the text shows it, by its Content-ID."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    image: AttachedImage
    pixels: int
    content: bytes
    """A JPEG without metadata."""


def chosen_photo(images: Sequence[AttachedImage]) -> tuple[AttachedPhoto | None, tuple[Block, ...]]:
    """Return the photo to propose, if any, and what is told of the other pictures."""
    candidates: list[_Candidate] = []
    told: list[Block] = []
    for image in images:
        try:
            found = _candidate(image)
        except ImageError as error:
            why = msg("import_source.picture_refused", what=error.message, hint=error.hint)
            told.append(_told(image, Kind.UNPLACED, why))
        else:
            if found is None:
                told.append(_told(image, Kind.BOILERPLATE, msg("import_source.small_picture")))
            else:
                candidates.append(found)
    if not candidates:
        return None, tuple(told)
    best = max(candidates, key=lambda one: (not one.image.embedded, one.pixels))
    why = msg("import_source.other_picture")
    told += [_told(one.image, Kind.UNPLACED, why) for one in candidates if one is not best]
    told.append(_told(best.image, Kind.BOILERPLATE, msg("import_source.attached_photo")))
    return AttachedPhoto(best.image.name, best.content), tuple(told)


def _told(image: AttachedImage, kind: Kind, why: str) -> Block:
    return Block(0, 0, image.name, "", kind, why=why)


def _candidate(image: AttachedImage) -> _Candidate | None:
    """Check ``image``; None for a logo. Raise ImageError for what is no sound picture."""
    with TemporaryDirectory() as folder:
        checked = _checked(image, Path(folder))
        short, long = sorted((checked.width, checked.height))
        least = SMALLEST_EMBEDDED_SIDE if image.embedded else SMALLEST_SIDE
        if short < least or (image.embedded and long > WIDEST * short):
            return None
        return _Candidate(image, short * long, _cleaned(checked))


def _checked(image: AttachedImage, folder: Path) -> ImageFile:
    """Check the content, whatever the name in the message ends in."""
    path = folder / "image.jpg"
    for suffixes in SUFFIXES.values():
        path = folder / f"image{suffixes[0]}"
        path.write_bytes(image.content)
        try:
            return verify_image(path)
        except ImageError as error:
            if error.code == "image-too-small":
                return ImageFile(path, "", 1, 1, "")
            if error.code != "image-mislabelled":
                raise
    return verify_image(path)


def _cleaned(image: ImageFile) -> bytes:
    from portraits.images.decode import decode  # imports Pillow: only with photos

    stream = io.BytesIO()
    decode(image).save(stream, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
    return stream.getvalue()
