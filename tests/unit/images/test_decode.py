"""Whatever the file, what comes out is the picture as people see it, and nothing else."""

import struct
import warnings
from pathlib import Path

import pytest
from PIL import Image
from portraits.images.checking import read_image
from portraits.images.decode import decode
from portraits.images.source import ImageError

from tests.unit.images.photos import (
    GREEN,
    RED,
    UNDO,
    corners,
    exif,
    four_corners,
    saved,
    swapped_profile,
    written,
)

AS_SEEN = ["red", "green", "blue", "yellow"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(tmp_path: Path, kind: str, orientation: int) -> None:
    stored = four_corners()
    if orientation in UNDO:
        stored = stored.transpose(UNDO[orientation])
    suffix = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[kind]
    path = written(tmp_path / f"a{suffix}", saved(stored, kind, exif=exif(orientation)))
    image = read_image(path)
    for divisor in (1, 2):
        pixels = decode(image, divisor)
        assert corners(pixels) == AS_SEEN
    assert (image.width, image.height) == (120, 80)


def translucent() -> Image.Image:
    image = four_corners().convert("RGBA")
    image.paste((30, 60, 200, 0), (0, 40, 60, 80))  # blue, but invisible
    return image


def three_greys_16() -> Image.Image:
    image = Image.new("I;16", (120, 80), 65535)
    image.paste(Image.new("I;16", (40, 80), 0), (0, 0))
    image.paste(Image.new("I;16", (40, 80), 100 << 8), (40, 0))
    return image


def frames(kind: str) -> bytes:
    later = four_corners().rotate(180)
    return saved(four_corners(), kind, save_all=True, append_images=[later], duration=100)


def rgb_16() -> bytes:
    """A PNG of 16 bits a channel, which Pillow reads but does not write."""
    import zlib

    row = b"\0" + struct.pack(">3H", 200 << 8, 30 << 8, 30 << 8) * 60
    row += struct.pack(">3H", 30 << 8, 160 << 8, 60 << 8) * 60

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", 120, 80, 16, 2, 0, 0, 0)
    pixels = zlib.compress(row * 80)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


UNUSUAL = [
    ("CMYK JPEG", "a.jpg", saved(four_corners().convert("CMYK"), "JPEG"), AS_SEEN),
    ("palette PNG", "a.png", saved(four_corners().quantize(8), "PNG"), AS_SEEN),
    ("16-bit RGB PNG", "a.png", rgb_16(), ["red", "green", "red", "green"]),
    ("animated GIF", "a.gif", frames("GIF"), AS_SEEN),
    ("animated WebP", "a.webp", frames("WEBP"), AS_SEEN),
    ("animated PNG", "a.png", frames("PNG"), AS_SEEN),
    ("JPEG of several photos", "a.jpg", frames("MPO"), AS_SEEN),
    ("transparent PNG", "a.png", saved(translucent(), "PNG"), ["red", "green", "white", "yellow"]),
    (
        "transparent WebP",
        "a.webp",
        saved(translucent(), "WEBP"),
        ["red", "green", "white", "yellow"],
    ),
    ("transparent GIF", "a.gif", saved(translucent(), "GIF"), ["red", "green", "white", "yellow"]),
]


@pytest.mark.parametrize(
    ("name", "content", "expected"), [case[1:] for case in UNUSUAL], ids=[c[0] for c in UNUSUAL]
)
def test_an_unusual_photo_looks_right(
    tmp_path: Path, name: str, content: bytes, expected: list[str]
) -> None:
    pixels = decode(read_image(written(tmp_path / name, content)))
    assert pixels.mode == "RGB"
    assert corners(pixels) == expected


def test_sixteen_bit_greys_keep_their_black_their_middle_and_their_white(tmp_path: Path) -> None:
    pixels = decode(read_image(written(tmp_path / "a.png", saved(three_greys_16(), "PNG"))))
    assert pixels.getpixel((10, 10)) == (0, 0, 0)
    assert pixels.getpixel((60, 10)) == (100, 100, 100)
    assert pixels.getpixel((110, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "LA", "1"])
def test_greys_stay_grey(tmp_path: Path, mode: str) -> None:
    path = written(tmp_path / "a.png", saved(Image.new("L", (20, 20), 255).convert(mode), "PNG"))
    assert decode(read_image(path)).getpixel((3, 3)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_are_taken_to_srgb_when_the_photo_has_a_profile(tmp_path: Path, kind: str) -> None:
    suffix = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}[kind]
    content = saved(Image.new("RGB", (40, 40), GREEN), kind, icc_profile=swapped_profile())
    pixels = decode(read_image(written(tmp_path / f"a{suffix}", content)))
    red, green, _ = pixels.getpixel((20, 20))
    assert red > 140 and green < 60


@pytest.mark.parametrize("profile", [b"rien", swapped_profile()[:200], b"\0" * 128])
def test_a_broken_profile_is_ignored(tmp_path: Path, profile: bytes) -> None:
    content = saved(Image.new("RGB", (40, 40), RED), "PNG", icc_profile=profile)
    pixels = decode(read_image(written(tmp_path / "a.png", content)))
    assert pixels.getpixel((20, 20)) == RED


def test_a_profile_of_another_colour_space_is_ignored(tmp_path: Path) -> None:
    content = saved(Image.new("L", (40, 40), 77), "PNG", icc_profile=swapped_profile())
    pixels = decode(read_image(written(tmp_path / "a.png", content)))
    assert pixels.getpixel((20, 20)) == (77, 77, 77)


def test_a_photo_that_changed_since_it_was_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "a.png", saved(four_corners(), "PNG"))
    image = read_image(path)
    written(path, saved(four_corners(60, 60), "PNG"))
    with pytest.raises(ImageError) as caught:
        decode(image)
    assert caught.value.code == "image-changed"


def test_damage_says_nothing_on_the_console_but_the_error(tmp_path: Path) -> None:
    content = saved(four_corners(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x05\x01\x12")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        decode(read_image(written(tmp_path / "a.jpg", content)))
