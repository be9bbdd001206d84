"""Check by its content whether a sound can be published.

    MP3   an ID3 tag (id3.org, ID3v2.4, section 3.1), or a frame of MPEG audio, layer III
    Ogg   a page of Ogg (RFC 3533, section 6) whose first packet is Opus (RFC 7845) or Vorbis
    M4A   an "ftyp" box (ISO 14496-12, section 4.3) of the brand "M4A "

A film in the same containers is refused, and so is what the name says otherwise. Sounds are
published byte for byte; :class:`portraits.images.source.ImageError` says why one is not.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from portraits.images.source import SOUND, ImageError, read_bytes
from portraits.support.messages import msg
from portraits.support.picture_paths import video_hint

_SUFFIXES = {"audio/mpeg": (".mp3",), "audio/ogg": (".ogg", ".opus"), "audio/mp4": (".m4a",)}


def read_sound(path: Path) -> tuple[str, str]:
    """Return the SHA-256 of a sound, 64 hexadecimal digits, and its media type.

    Raises :class:`portraits.images.source.ImageError` for anything else than a sound.
    """
    content = read_bytes(path, SOUND)
    media_type = _media_type(path, content)
    if path.suffix.lower() not in _SUFFIXES[media_type]:
        name = path.with_suffix(_SUFFIXES[media_type][0]).name
        raise ImageError(
            path,
            "sound-mislabelled",
            msg("build.sound_mislabelled", suffix=path.suffix),
            msg("build.sound_mislabelled_hint", name=name),
        )
    return hashlib.sha256(content).hexdigest(), media_type


def _media_type(path: Path, content: bytes) -> str:
    layer_3 = content[:1] == b"\xff" and content[1:2] and content[1] & 0xE6 == 0xE2
    if content.startswith(b"ID3") or layer_3:
        return "audio/mpeg"
    if content.startswith(b"OggS"):
        first = content[:200]
        if b"OpusHead" in first or b"\x01vorbis" in first:
            return "audio/ogg"
    if content[4:8] == b"ftyp":
        if content[8:12] in (b"M4A ", b"M4B "):
            return "audio/mp4"
        raise ImageError(path, "sound-video", msg("build.sound_video"), video_hint())
    if content.startswith(b"\x1a\x45\xdf\xa3") or b"theora" in content[:200]:
        raise ImageError(path, "sound-video", msg("build.sound_video"), video_hint())
    if content.startswith((b"RIFF", b"FORM", b"fLaC")):
        raise ImageError(
            path, "sound-unsupported", msg("build.sound_unsupported"), msg("build.sound_export")
        )
    raise ImageError(
        path, "sound-unknown", msg("build.sound_unknown"), msg("build.sound_unknown_hint")
    )
