"""The source pictures that portraits refer to: each is checked once, ever.

A picture is decoded whole when it is first seen (a photo cut short shows only then) and
its accent is taken; both are kept by content hash. Size, time stamp and inode are a first
glance, as for texts.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from portraits.cache import Cache, code_version
from portraits.content_folder import links_among
from portraits.digests import digest
from portraits.images.accent import Accent, accent_of_photo
from portraits.images.source import ImageError, ImageFile
from portraits.reading import Progress
from portraits.values import dataclass
from portraits.workers import deaf_to_interrupts, executor

_FEW = 20
"""Files up to which each is looked up by itself."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A source picture that can be shown, and the accent taken from it."""

    image: ImageFile
    accent: Accent | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a source picture cannot be shown (French)."""

    code: str
    message: str
    hint: str


def photographs(
    content: Path, files: Iterable[str], cache: Cache, *, processes: int = 1,
    progress: Progress | None = None,
) -> tuple[Mapping[str, Photo], Mapping[str, Refusal]]:
    """What is known of each of ``files`` (paths from the content folder): the pictures
    that can be shown, and the refusals."""
    wanted = sorted(set(files))
    seen = cache.seen_of if len(wanted) <= _FEW else cache.seen().get
    known: dict[str, Photo | Refusal] = {
        file: Refusal("image-symlink", "un lien symbolique mène hors de ce dossier",
                      "mettez la photo elle-même dans le dossier content")
        for file in links_among(content, wanted)}
    pending: list[str] = []
    glances: dict[str, tuple[int, int, int]] = {}
    for file in wanted:
        if file in known:
            continue
        try:
            facts = (content / file).lstat()
        except OSError:
            facts = None
        glance = (facts.st_size, facts.st_mtime_ns, facts.st_ino) if facts else None
        before = seen(f"photo:{file}")
        outcome = (cache.get(_key(before[3], file))
                   if before and glance and before[:3] == glance else None)
        if outcome is not None:
            known[file] = _at(outcome, content / file)
            continue
        pending.append(file)
        if glance:
            glances[file] = glance
    paths = [content / file for file in pending]
    parallel = processes > 1 and len(pending) > 2
    with executor(processes, "fork") if parallel else nullcontext() as pool:
        with deaf_to_interrupts():
            outcomes = (pool.map if pool else map)(examined, paths)
        fresh = []
        for number, (file, outcome) in enumerate(zip(pending, outcomes, strict=True), 1):
            known[file] = outcome
            if file in glances and isinstance(outcome, Photo):
                content_digest = bytes.fromhex(outcome.image.digest)
                cache.put(_key(content_digest, file), outcome, f"photo:{file}")
                fresh.append((f"photo:{file}", *glances[file], content_digest))
            if progress:
                progress("photos", number, len(pending))
    cache.remember_seen(fresh)
    photos = {file: known[file] for file in sorted(known) if isinstance(known[file], Photo)}
    refusals = {file: known[file] for file in sorted(known) if isinstance(known[file], Refusal)}
    return photos, refusals  # type: ignore[return-value]


def examined(path: Path) -> Photo | Refusal:
    """Decode a picture whole and take its accent."""
    from portraits.images.decode import verify_image

    try:
        image = verify_image(path)
        return Photo(image, accent_of_photo(image))
    except ImageError as error:
        return Refusal(error.code, error.message, error.hint)


def _key(content: bytes, file: str) -> bytes:
    return digest(b"photo", code_version(), content, os.path.splitext(file)[1])  # noqa: PTH122


def _at(outcome: Photo, path: Path) -> Photo:
    return replace(outcome, image=replace(outcome.image, path=path))
