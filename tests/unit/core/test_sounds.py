"""A sound is known by what is in its file, and published byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from portraits.build.sounds import read_sound
from portraits.images.source import SOUND, ImageError, ImageFile
from portraits.pages.pictures import sound_bytes

OGG = b"OggS" + bytes(24)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.mp3", b"ID3\x04", "audio/mpeg"),
        ("a.MP3", b"\xff\xfb\x90\x00", "audio/mpeg"),
        ("a.ogg", OGG + b"\x01vorbis", "audio/ogg"),
        ("a.opus", OGG + b"OpusHead", "audio/ogg"),
        ("a.m4a", b"\0\0\0\x20ftypM4A ", "audio/mp4"),
    ],
)
def test_a_sound_is_recognized(tmp_path: Path, name: str, content: bytes, media_type: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert read_sound(tmp_path / name)[1] == media_type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.m4a", b"\0\0\0\x20ftypisom", "sound-video"),
        ("a.mp3", b"\x1a\x45\xdf\xa3", "sound-video"),
        ("a.ogg", OGG + b"\x80theora", "sound-video"),
        ("a.mp3", b"RIFF\0\0\0\0WAVE", "sound-unsupported"),
        ("a.mp3", OGG + b"OpusHead", "sound-mislabelled"),
        ("a.mp3", b"\xff\xd8\xff\xe0", "sound-unknown"),
        ("a.mp3", b"", "sound-empty"),
        ("a.mp3", b"ID3" + bytes(SOUND.most), "sound-too-heavy"),
        ("a.mp3", None, "sound-missing"),
    ],
)
def test_what_is_no_sound_is_refused_with_a_remedy(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ImageError) as caught:
        read_sound(tmp_path / name)
    assert caught.value.code == code
    assert caught.value.hint


def test_a_sound_that_changed_since_it_was_checked_is_not_published(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"ID3\x04 one")
    checked = ImageFile(path, hashlib.sha256(b"ID3\x04 one").hexdigest(), 0, 0, "audio/mpeg")
    assert sound_bytes(checked) == b"ID3\x04 one"
    path.write_bytes(b"ID3\x04 two")
    with pytest.raises(ImageError) as caught:
        sound_bytes(checked)
    assert caught.value.code == "sound-changed"
