"""Which files are taken for photos, and what is said of the others."""

import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from portraits.images import checking
from portraits.images.checking import read_image, verify_image
from portraits.images.source import MAX_BYTES, PHOTO, SOUND, Expected, ImageError, read_bytes
from portraits.support import messages

from tests.unit.images.photos import exif, four_corners, saved, written


def huge_png(width: int, height: int) -> bytes:
    """The header of a PNG of that size, with hardly any pixels behind it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


JPEG = saved(four_corners(), "JPEG")
PNG = saved(four_corners(), "PNG")
WEBP = saved(four_corners(), "WEBP")
GIF = saved(four_corners(), "GIF")

REFUSED = [
    ("an empty file", "a.jpg", b"", "image-empty"),
    ("a text", "a.jpg", b"Bonjour", "image-unknown"),
    ("an iPhone’s HEIC", "a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image-heic"),
    ("a HEIC named JPEG", "a.jpg", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image-heic"),
    ("an AVIF", "a.avif", saved(four_corners(), "AVIF"), "image-unsupported"),
    ("a TIFF", "a.tiff", saved(four_corners(), "TIFF"), "image-unsupported"),
    ("a BMP", "a.bmp", saved(four_corners(), "BMP"), "image-unsupported"),
    ("a PDF", "a.pdf", b"%PDF-1.7", "image-unsupported"),
    ("an SVG", "a.svg", b"<?xml version='1.0'?><svg onload='x()'/>", "image-svg"),
    ("an SVG named PNG", "a.png", b"<SVG/>", "image-svg"),
    ("a PNG named JPEG", "a.jpg", PNG, "image-mislabelled"),
    ("a JPEG named PNG", "a.png", JPEG, "image-mislabelled"),
    ("a WebP named JPEG", "a.jpeg", WEBP, "image-mislabelled"),
    ("a JPEG without extension", "photo", JPEG, "image-mislabelled"),
    ("41 megapixels", "a.png", huge_png(8200, 5000), "image-too-large"),
    ("100 megapixels", "a.png", huge_png(10000, 10000), "image-too-large"),
    ("a decompression bomb", "a.png", huge_png(60000, 60000), "image-too-large"),
    ("a tracking pixel", "a.gif", saved(Image.new("L", (1, 1)), "GIF"), "image-too-small"),
    ("a JPEG of a thousand passes", "a.jpg", JPEG + b"\xff\xda" * 1000, "image-too-complex"),
    ("a JPEG cut within its header", "a.jpg", JPEG[:100], "image-damaged"),
    ("a PNG of its signature alone", "a.png", PNG[:8], "image-damaged"),
    ("a WebP cut within its header", "a.webp", WEBP[:20], "image-damaged"),
    ("a GIF of its signature alone", "a.gif", GIF[:6], "image-damaged"),
]


@pytest.mark.parametrize(
    ("name", "content", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_a_file_that_is_no_photo_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    with pytest.raises(ImageError) as caught:
        read_image(written(tmp_path / name, content))
    assert caught.value.code == code
    assert caught.value.message and caught.value.hint


CUT = [("a.jpg", JPEG), ("a.png", PNG), ("a.webp", WEBP), ("a.gif", GIF)]


@pytest.mark.parametrize(("name", "content"), CUT, ids=[name for name, _ in CUT])
def test_a_photo_cut_short_is_found_when_it_is_verified(
    tmp_path: Path, name: str, content: bytes
) -> None:
    whole = written(tmp_path / name, content)
    assert verify_image(whole) == read_image(whole)
    half = written(tmp_path / f"half-{name}", content[: len(content) * 2 // 3])
    with pytest.raises(ImageError) as caught:
        verify_image(half)
    assert caught.value.code == "image-damaged"


def test_a_png_whose_pixels_do_not_match_their_checksum_is_damaged(tmp_path: Path) -> None:
    content = bytearray(PNG)
    content[-14] ^= 0xFF  # in the checksum of the last chunk of pixels; IEND has 12 bytes
    with pytest.raises(ImageError):
        verify_image(written(tmp_path / "a.png", bytes(content)))


def test_a_photo_that_is_too_heavy_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(ImageError) as caught:
        read_image(written(tmp_path / "a.jpg", JPEG + bytes(MAX_BYTES)))
    assert caught.value.code == "image-too-heavy"


def test_what_is_not_a_regular_file_is_not_opened(tmp_path: Path) -> None:
    photo = written(tmp_path / "photo.jpg", JPEG)
    link = tmp_path / "link.jpg"
    link.symlink_to(photo)
    pipe = tmp_path / "pipe.jpg"
    os.mkfifo(pipe)
    folder = tmp_path / "folder.jpg"
    folder.mkdir()
    refusals = {}
    for path in (link, pipe, folder, Path("/dev/zero"), tmp_path / "absent.jpg"):
        with pytest.raises(ImageError) as caught:
            read_image(path)
        refusals[path.name] = caught.value.code
    assert refusals == {
        "link.jpg": "image-symlink",
        "pipe.jpg": "image-not-a-file",
        "folder.jpg": "image-not-a-file",
        "zero": "image-not-a-file",
        "absent.jpg": "image-missing",
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a\0b.jpg", "image-unreadable"),
        ("a" * 300 + ".jpg", "image-unreadable"),
        ("absent/\udcff.jpg", "image-missing"),
    ],
)
def test_a_name_that_no_file_can_have_is_an_error_too(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(ImageError) as caught:
        read_image(tmp_path / name)
    assert caught.value.code == code


@pytest.mark.parametrize("orientation", range(1, 9))
def test_width_and_height_are_those_of_the_upright_photo(tmp_path: Path, orientation: int) -> None:
    for kind in ("JPEG", "PNG", "WEBP", "MPO"):
        suffix = checking.SUFFIXES.get(kind, (".jpg",))[0]
        content = saved(four_corners(120, 80), kind, exif=exif(orientation))
        image = read_image(written(tmp_path / f"{kind}{suffix}", content))
        upright = (120, 80) if orientation < 5 else (80, 120)
        assert (image.width, image.height) == upright, kind


def test_unreadable_exif_leaves_the_photo_as_it_is(tmp_path: Path) -> None:
    for number, block in enumerate(
        (b"Exif\0\0", b"Exif\0\0MM\0*\0\0\0\x08\xff\xff", b"Exif\0\0rien")
    ):
        path = written(tmp_path / f"{number}.jpg", saved(four_corners(), "JPEG", exif=block))
        assert (verify_image(path).width, verify_image(path).height) == (120, 80)


def test_what_is_known_of_a_photo_comes_from_its_content(tmp_path: Path) -> None:
    one = read_image(written(tmp_path / "a.JPG", JPEG))
    other = read_image(written(tmp_path / "b.jpeg", JPEG))
    assert one.digest == other.digest
    assert one.media_type == "image/jpeg"
    assert read_image(written(tmp_path / "c.webp", WEBP)).media_type == "image/webp"


def test_an_error_names_the_file_what_was_found_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ImageError) as caught:
        read_image(written(tmp_path / "photo.jpg", PNG))
    assert str(caught.value) == (
        f"{tmp_path / 'photo.jpg'} : le nom finit par « .jpg », mais le fichier contient du PNG "
        "— renommez-le « photo.png », ici et dans le portrait"
    )


@pytest.mark.parametrize(
    ("expected", "named"),
    [
        (PHOTO, {"fr": "photo", "en": "photo", "es": "foto"}),
        (SOUND, {"fr": "enregistrement|son", "en": "recording|sound", "es": "grabación|audio"}),
    ],
)
@pytest.mark.parametrize("fault", ["missing", "empty", "too-heavy", "symlink", "not-a-file"])
@pytest.mark.parametrize("lang", ["fr", "en", "es"])
def test_what_is_wrong_is_said_of_a_photo_or_of_a_sound_in_the_editor_s_language(
    fault: str,
    expected: Expected,
    named: dict[str, str],
    lang: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "a.x"
    if fault in ("empty", "too-heavy"):
        path.touch()
        os.truncate(path, 0 if fault == "empty" else expected.most + 1)
    elif fault == "symlink":
        path.symlink_to(tmp_path)
    elif fault == "not-a-file":
        path.mkdir()
    monkeypatch.setattr(messages, "_spoken", lang)
    with pytest.raises(ImageError, match=named[lang]) as refused:
        read_bytes(path, expected)
    assert refused.value.code == f"{expected.code}-{fault}"
    assert str(refused.value).startswith(f"{path} : " if lang == "fr" else f"{path}: ")
