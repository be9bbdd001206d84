"""Encode photos into a store, and reuse what is stored and undamaged.

The store is a folder of files named by :func:`portraits.images.picture.plan`, with one
record per picture (``<key>.json``: size and SHA-256 of each file) that is written last.
A picture is complete if its record and all its files exist and agree; otherwise the whole
picture is encoded again, to the same bytes. The store may be deleted at any time.
"""

import hashlib
import io
import json
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from portraits.images.picture import AVIF_QUALITY, AVIF_SPEED, JPEG_QUALITY, Picture
from portraits.images.source import ImageFile

if TYPE_CHECKING:
    from PIL.Image import Image


def is_kept(picture: Picture, store: Path) -> bool:
    """Return whether the store has the complete picture, undamaged: to the byte what was stored."""
    try:
        record = json.loads((store / f"{picture.key}.json").read_bytes())
        for variant in (*picture.avif, *picture.jpeg):
            size, digest = record[variant.name]
            content = (store / variant.name).read_bytes()
            if len(content) != size or hashlib.sha256(content).hexdigest() != digest:
                return False
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def encode(image: ImageFile, pictures: Iterable[Picture], store: Path) -> None:
    """Encode the pictures of one photo that are missing from the store (see :func:`is_kept`).

    The photo is decoded once for each fraction of its size needed, nearly always once.
    Files are written atomically. Raises :class:`portraits.images.source.ImageError` for the
    photo, ``OSError`` for the store.
    """
    from portraits.images.decode import decode

    store.mkdir(parents=True, exist_ok=True)
    by_divisor: defaultdict[int, dict[str, Picture]] = defaultdict(dict)
    for picture in pictures:
        if not is_kept(picture, store):
            by_divisor[_divisor(picture)][picture.key] = picture
    for divisor in sorted(by_divisor):
        pixels = decode(image, divisor)
        for picture in by_divisor[divisor].values():
            _write_picture(pixels, image, picture, store)


def _divisor(picture: Picture) -> int:
    """Return the largest of 8, 4, 2, 1 that leaves enough pixels for the picture.

    It depends on the picture alone, not on other pictures to encode, so that the bytes are
    reproducible.
    """
    left, _, right, _ = picture.crop
    return max(divisor for divisor in (1, 2, 4, 8) if divisor * picture.width <= right - left)


def _write_picture(pixels: "Image", image: ImageFile, picture: Picture, store: Path) -> None:
    from PIL.Image import Resampling

    across, down = pixels.width / image.width, pixels.height / image.height
    left, top, right, bottom = picture.crop
    box = (left * across, top * down, right * across, bottom * down)
    largest = pixels.resize((picture.width, picture.height), Resampling.LANCZOS, box)
    record = {}
    for variant in (*picture.avif, *picture.jpeg):
        # Resize from the largest size: visually equivalent, and much faster.
        sized = largest.resize((variant.width, variant.height), Resampling.LANCZOS)
        content = _avif(sized) if variant.media_type == "image/avif" else _jpeg(sized)
        write_whole(store / variant.name, content)
        record[variant.name] = (len(content), hashlib.sha256(content).hexdigest())
    write_whole(store / f"{picture.key}.json", json.dumps(record, indent=1).encode())


def _avif(pixels: "Image") -> bytes:
    stream = io.BytesIO()
    # One thread: the encoder tiles the image by the number of threads, so the bytes would
    # depend on the machine.
    pixels.save(stream, "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED, max_threads=1)
    return stream.getvalue()


def _jpeg(pixels: "Image") -> bytes:
    stream = io.BytesIO()
    pixels.save(stream, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True)
    return stream.getvalue()


def write_whole(path: Path, content: bytes) -> None:
    """Write a world-readable file atomically: through a temporary file that is renamed.

    Raises ``OSError``.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.chmod(0o644)
    temporary.replace(path)
