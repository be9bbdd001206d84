"""Rule 6: pictures are always made anew, and nothing of the original's own words is left."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from tests.security.building import Builder
from tests.security.corpus import GOOD
from tests.security.invariants import holding

pytestmark = pytest.mark.site

CANARY = "ZQMETADONNEE7731"


@pytest.fixture
def builder(settings: Path, tmp_path: Path) -> Builder:
    return Builder(settings, tmp_path / "log")


def encoded(kind: str, size: tuple[int, int] = (120, 120), **options: object) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (200, 60, 60)).save(stream, kind, **options)
    return stream.getvalue()


def telling_jpeg() -> bytes:
    """A JPEG that says everything: place, thumbnail, comment, XMP, profile, a file at its end."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = exif[0x8298] = CANARY
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (45.0, 30.0, 0.0), 3: "W", 4: (73.0, 34.0, 0.0), 29: CANARY}
    )
    photo = encoded(
        "JPEG",
        exif=exif,
        comment=CANARY.encode(),
        xmp=f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode(),
    )
    iptc = b"Photoshop 3.0\x00" + CANARY.encode()
    photo = photo[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + photo[2:]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr(f"{CANARY}.html", f"<script>{CANARY}</script>")
    return photo + archive.getvalue()


def telling_png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARY)
    words.add_text("Packed", CANARY, zip=True)
    words.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY}</x>")
    return encoded("PNG", pnginfo=words) + CANARY.encode()


def put(content: Path, name: str, file: str, data: bytes) -> None:
    """A portrait whose photo is ``data``."""
    (content / "portraits" / file).write_bytes(data)
    (content / "portraits" / f"{name}.md").write_text(
        GOOD.replace("---\n##", f"photo: {{file: {file}, alt: Une photo}}\n---\n##"), "utf-8"
    )


def test_nothing_that_a_photo_says_is_published(
    small: Path, builder: Builder, tmp_path: Path
) -> None:
    put(small, "un", "un.jpg", telling_jpeg())
    put(small, "deux", "deux.png", telling_png())
    put(small, "trois", "trois.webp", encoded("WEBP", exif=CANARY.encode()))
    put(small, "quatre", "quatre.gif", encoded("GIF", comment=CANARY.encode()))
    (small / "portraits" / f"{CANARY}.jpg").write_bytes(telling_jpeg())  # nobody refers to it
    assert builder.build(small, tmp_path / "out") == 0, builder.said
    assert holding(tmp_path / "out", [CANARY, "adobe:ns:meta", "Photoshop"]) == {}
    pictures = [
        path for path in (tmp_path / "out" / "images").iterdir() if path.suffix in (".jpg", ".avif")
    ]
    assert len(pictures) > 10
    for path in pictures:
        with Image.open(path) as picture:
            picture.load()
            assert not picture.getexif(), path
            assert not {"exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp"} & {
                str(key) for key in picture.info if picture.info[key]
            }, path
    sources = {path.read_bytes() for path in (small / "portraits").iterdir()}
    assert not sources & {
        path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()
    }


def _png_of(width: int, height: int) -> bytes:
    """A PNG of one colour that says how large it is and is hardly any bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    rows = zlib.compress(b"\x00" * ((width + 7) // 8 + 1) * min(height, 20_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


BAD = {
    "bombe": ("bombe.png", _png_of(60_000, 60_000), "démesurée"),
    "grande": ("grande.png", _png_of(6_400, 6_400), "la limite est de 40"),
    "lourde": ("lourde.jpg", encoded("JPEG") + bytes(20_000_001), "plus de 20 Mo"),
    "coupee": ("coupee.jpg", encoded("JPEG", (400, 400))[:-200], "abîmée ou coupée"),
    "abimee": ("abimee.png", encoded("PNG")[:60] + b"\xff" * 40, "abîmée ou coupée"),
    "vide": ("vide.jpg", b"", "vide"),
    "texte": ("texte.jpg", b"GIF89a <script>alert(1)</script>", "finit par « .jpg »"),
    "page": ("page.jpg", b"<!doctype html><script>alert(1)</script>", "pas d’image reconnue"),
    "dessin": ("dessin.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
    "iphone": ("iphone.jpg", b"\0\0\0\x18ftypheic" + bytes(40), "HEIC"),
    "tiff": ("tiff.jpg", encoded("TIFF"), "TIFF"),
    "bmp": ("bmp.png", encoded("BMP"), "BMP"),
    "menteuse": ("menteuse.png", encoded("JPEG"), "finit par « .png »"),
    "point": ("point.png", encoded("PNG", (1, 1)), "1 × 1"),
    "passes": (
        "passes.jpg",
        encoded("JPEG", progressive=True)[:-2] + b"\xff\xda\0\x02" * 200,
        "trop de passes",
    ),
    "pdf": ("pdf.jpg", b"%PDF-1.7", "PDF"),
}


def test_every_bad_photo_is_named_with_the_line_that_shows_it(
    small: Path, builder: Builder, tmp_path: Path
) -> None:
    for name, (file, data, _) in BAD.items():
        put(small, name, file, data)
    assert builder.build(small, tmp_path / "out") == 1
    assert "Traceback" not in builder.said
    for name, (_, _, said) in BAD.items():
        place = f"portraits/{name}.md:4 :"
        assert any(place in line and said in line for line in builder.said.splitlines()), (
            name,
            builder.said,
        )
    assert not (tmp_path / "out").exists()


def test_a_photo_that_is_exchanged_for_a_link_is_not_followed(
    small: Path, builder: Builder, tmp_path: Path
) -> None:
    put(small, "un", "un.png", encoded("PNG"))
    assert builder.build(small, tmp_path / "out") == 0, builder.said
    (tmp_path / "ailleurs.png").write_bytes(encoded("PNG", (300, 300)))
    (small / "portraits" / "un.png").unlink()
    (small / "portraits" / "un.png").symlink_to(tmp_path / "ailleurs.png")
    assert builder.build(small, tmp_path / "out") == 1
    assert re.search(r"portraits/un\.md:4 : .*un\.png.*lien symbolique", builder.said)
