"""What is published of a photo, and how well the store looks after it."""

import io
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image, ImageCms
from portraits.images import decode
from portraits.images.checking import read_image
from portraits.images.encode import encode, is_kept
from portraits.images.picture import CARD, PORTRAIT, SQUARE, Picture, Use, plan
from portraits.images.source import ImageError, ImageFile
from portraits.support.workers import spread

from tests.unit.images.photos import (
    BLUE,
    GREEN,
    RED,
    UNDO,
    corners,
    exif,
    four_corners,
    nearest,
    saved,
    written,
)

TINY = Use("tiny", (24, 48), (48,), 1.0, 1.0)


def tiny_photo(folder: Path, name: str = "a.jpg", angle: int = 0) -> ImageFile:
    return read_image(written(folder / name, saved(four_corners().rotate(angle), "JPEG")))


def content_of(store: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in store.iterdir()}


def open_all(picture: Picture, store: Path) -> Iterator[Image.Image]:
    for variant in (*picture.avif, *picture.jpeg):
        with Image.open(store / variant.name) as image:
            assert Image.MIME[image.format or ""] == variant.media_type
            assert image.size == (variant.width, variant.height)
            yield image


@pytest.mark.parametrize("orientation", range(1, 9))
def test_published_pictures_are_upright(tmp_path: Path, orientation: int) -> None:
    stored = four_corners(240, 160)
    if orientation in UNDO:
        stored = stored.transpose(UNDO[orientation])
    path = written(tmp_path / "a.jpg", saved(stored, "JPEG", exif=exif(orientation)))
    image = read_image(path)
    picture = plan(image, PORTRAIT)
    encode(image, [picture], tmp_path / "store")
    for opened in open_all(picture, tmp_path / "store"):
        assert opened.size == (240, 160)
        assert corners(opened) == ["red", "green", "blue", "yellow"]


@pytest.mark.parametrize(
    ("focus", "seen"), [((0.0, 0.5), "red"), ((0.5, 0.5), "green"), ((1.0, 0.5), "blue")]
)
@pytest.mark.parametrize("factor", [1, 12])
def test_a_crop_shows_what_the_focus_points_at(
    tmp_path: Path, focus: tuple[float, float], seen: str, factor: int
) -> None:
    """The large photo is decoded at an eighth of its size, and cropped at the same place."""
    image = Image.new("RGB", (300 * factor, 100 * factor), RED)
    image.paste(GREEN, (100 * factor, 0, 200 * factor, 100 * factor))
    image.paste(BLUE, (200 * factor, 0, 300 * factor, 100 * factor))
    read = read_image(written(tmp_path / "a.jpg", saved(image, "JPEG")))
    picture = plan(read, TINY, focus)
    encode(read, [picture], tmp_path / "store")
    for opened in open_all(picture, tmp_path / "store"):
        known = {"red": RED, "green": GREEN, "blue": BLUE}
        shown = opened.convert("RGB")
        for x in (2, shown.width // 2, shown.width - 3):
            assert nearest(shown.getpixel((x, shown.height // 2)), known) == seen


CANARIES = (b"CANARI", b"Exif", b"ns.adobe.com", b"xpacket", b"ICC_PROFILE", b"GPS")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_nothing_but_the_pixels_is_published(tmp_path: Path, kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<?xpacket begin=''?><x:xmpmeta xmlns:x='http://ns.adobe.com/'>CANARI-XMP</x:xmpmeta>"
    if kind == "GIF":
        content = saved(four_corners(), kind, comment=b"CANARI-COMMENT")
    else:
        options = {"xmp": xmp} if kind != "PNG" else {}
        content = saved(four_corners(), kind, exif=exif(1), icc_profile=profile, **options)
    if kind == "JPEG":
        content = saved(
            Image.open(io.BytesIO(content)), kind, comment=b"CANARI-COMMENT", exif=exif(1), xmp=xmp
        )
    assert b"CANARI" in content
    suffix = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}[kind]
    image = read_image(written(tmp_path / f"a{suffix}", content))
    picture = plan(image, TINY)
    encode(image, [picture], tmp_path / "store")
    for name, published in content_of(tmp_path / "store").items():
        assert not any(canary in published for canary in CANARIES), name
    for opened in open_all(picture, tmp_path / "store"):
        assert not opened.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & opened.info.keys()


def jpeg_segments(content: bytes) -> list[int]:
    """The markers of a JPEG up to its pixels (ITU-T T.81, annex B)."""
    at, markers = 2, []
    while content[at + 1] != 0xDA:
        markers.append(content[at + 1])
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return markers


def avif_boxes(content: bytes) -> list[bytes]:
    """The kinds of the boxes at the top of an AVIF file (ISO/IEC 14496-12)."""
    at, kinds = 0, []
    while at < len(content):
        kinds.append(content[at + 4 : at + 8])
        at += int.from_bytes(content[at : at + 4])
    return kinds


def test_the_files_hold_only_the_parts_that_an_image_needs(tmp_path: Path) -> None:
    image = tiny_photo(tmp_path)
    picture = plan(image, TINY)
    encode(image, [picture], tmp_path / "store")
    jfif, tables, progressive_frame, codes = 0xE0, 0xDB, 0xC2, 0xC4
    for variant in picture.jpeg:
        markers = jpeg_segments((tmp_path / "store" / variant.name).read_bytes())
        assert set(markers) == {jfif, tables, progressive_frame, codes}
    for variant in picture.avif:
        content = (tmp_path / "store" / variant.name).read_bytes()
        assert avif_boxes(content) == [b"ftyp", b"meta", b"mdat"]
        assert content.count(b"infe") == 1  # one thing inside: the image
        assert b"colrprof" not in content and b"colrrICC" not in content


def encoded(store: Path, image: ImageFile) -> None:
    encode(image, (plan(image, TINY), plan(image, SQUARE)), store)


def test_the_bytes_do_not_depend_on_the_number_of_processes(tmp_path: Path) -> None:
    images = [tiny_photo(tmp_path, f"{number}.jpg", angle=number) for number in range(3)]
    for image in images:
        encoded(tmp_path / "one", image)
    assert len(list(spread(2, partial(encoded, tmp_path / "two"), images, batch=1))) == 3
    assert content_of(tmp_path / "one") == content_of(tmp_path / "two")


def test_the_bytes_do_not_depend_on_what_is_encoded_along(tmp_path: Path) -> None:
    content = saved(Image.effect_noise((900, 700), 80).convert("RGB"), "JPEG")
    image = read_image(written(tmp_path / "a.jpg", content))
    large, small = plan(image, CARD), plan(image, TINY)
    encode(image, [large, small], tmp_path / "together")
    encode(image, [small], tmp_path / "apart")
    encode(image, [large], tmp_path / "apart")
    assert content_of(tmp_path / "together") == content_of(tmp_path / "apart")


@pytest.mark.parametrize("width", [96, 192, 384, 768])
def test_a_photo_is_not_decoded_smaller_than_it_is_shown(tmp_path: Path, width: int) -> None:
    """Stripes as fine as the picture can show are still there."""
    stripe = 2 * 768 // width
    image = Image.new("RGB", (768, 768), (255, 255, 255))
    for left in range(0, 768, 2 * stripe):
        image.paste((0, 0, 0), (left, 0, left + stripe, 768))
    read = read_image(written(tmp_path / "a.jpg", saved(image, "JPEG", quality=95)))
    picture = plan(read, Use("tiny", (width,), (width,)))
    encode(read, [picture], tmp_path / "store")
    for opened in open_all(picture, tmp_path / "store"):
        darkest, brightest = opened.convert("L").getextrema()
        assert darkest < 60 and brightest > 195


def test_what_is_kept_is_not_encoded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = tiny_photo(tmp_path)
    picture = plan(image, TINY)
    encode(image, [picture], tmp_path / "store")
    monkeypatch.setattr(decode, "decode", None)
    encode(image, [picture], tmp_path / "store")


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.parametrize("damage", [emptied, cut, Path.unlink], ids=["emptied", "cut", "deleted"])
@pytest.mark.parametrize("suffix", [".avif", ".jpg", ".json"])
def test_a_damaged_store_is_mended(tmp_path: Path, damage: object, suffix: str) -> None:
    image = tiny_photo(tmp_path)
    picture = plan(image, TINY)
    store = tmp_path / "store"
    encode(image, [picture], store)
    whole = content_of(store)
    assert callable(damage)
    damage(next(path for path in sorted(store.iterdir()) if path.suffix == suffix))
    assert not is_kept(picture, store)
    encode(image, [picture], store)
    assert content_of(store) == whole


def test_a_byte_that_changed_is_found(tmp_path: Path) -> None:
    image = tiny_photo(tmp_path)
    picture = plan(image, TINY)
    store = tmp_path / "store"
    encode(image, [picture], store)
    whole = content_of(store)
    path = store / picture.avif[0].name
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    assert not is_kept(picture, store)
    encode(image, [picture], store)
    assert content_of(store) == whole


@pytest.mark.parametrize("record", [[], {"a": 1}, None, {"files": {}}])
def test_a_record_that_makes_no_sense_counts_as_none(tmp_path: Path, record: object) -> None:
    image = tiny_photo(tmp_path)
    picture = plan(image, TINY)
    encode(image, [picture], tmp_path)
    (tmp_path / f"{picture.key}.json").write_text(json.dumps(record))
    assert not is_kept(picture, tmp_path)


def test_a_photo_that_fails_is_named_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    bad = tiny_photo(tmp_path, "b.jpg", angle=90)
    bad.path.write_bytes(bad.path.read_bytes()[:-200])
    with pytest.raises(ImageError) as refused:
        encode(bad, [plan(bad, TINY)], tmp_path / "store")
    assert (refused.value.path.name, refused.value.code) == ("b.jpg", "image-changed")
    assert not is_kept(plan(bad, TINY), tmp_path / "store")


def test_files_are_readable_by_all_and_nothing_temporary_is_left(tmp_path: Path) -> None:
    image = tiny_photo(tmp_path)
    picture = plan(image, TINY)
    encode(image, [picture], tmp_path / "store")
    names = {variant.name for variant in (*picture.avif, *picture.jpeg)}
    assert content_of(tmp_path / "store").keys() == names | {f"{picture.key}.json"}
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in (tmp_path / "store").iterdir())
