"""Check the source pictures and sounds that portraits show, and choose accent colours.

Each picture is decoded completely once, because a truncated photo shows only then. The result is
cached next to the encoded pictures, under the content hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portraits.build.sounds import read_sound
from portraits.images.checking import read_image
from portraits.images.encode import write_whole
from portraits.images.source import ImageError
from portraits.options import BuildOptions
from portraits.series.database import Database
from portraits.series.tables import PhotoRow
from portraits.support.content_folder import links_among, spellings
from portraits.support.messages import msg
from portraits.support.picture_paths import is_sound
from portraits.support.workers import Progress, spread

_GLANCE = "photo:"
_VERSION = 2
"""Version of the cached result."""
_COLOUR = re.compile("#[0-9a-f]{6}")
Glance = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason why a source picture or sound cannot be shown (French)."""

    code: str
    message: str
    hint: str


def update_photos(
    options: BuildOptions, database: Database, progress: Progress | None = None
) -> Mapping[str, Refusal]:
    """Update the rows of the pictures and sounds that the site shows; return what cannot be shown.

    The result is keyed by path relative to the content folder. Call it in a transaction.
    """
    if not options.settings.pictures:
        return {}
    wanted = [
        file
        for (file,) in database.connection.execute(
            "SELECT DISTINCT file FROM image WHERE position IS NOT NULL ORDER BY file"
        )
    ]
    known: dict[str, str] = dict(
        database.connection.execute("SELECT file, coalesce(nullif(path, ''), file) FROM photo")
    )
    for file in known.keys() - set(wanted):
        _keep(database, file, None, None)
    spelt = spellings(options.content, wanted)
    paths = {file: found[0] if found else file for file, found in spelt.items()}
    refusals = {
        file: Refusal("image-twice", msg("build.image_twice"), msg("build.image_twice_hint"))
        for file, found in spelt.items()
        if len(found) > 1
    }
    linked = set(links_among(options.content, paths.values()))
    refusals |= {
        file: Refusal("image-symlink", msg("build.image_symlink"), msg("build.image_symlink_hint"))
        for file in wanted
        if paths[file] in linked
    }
    glances = {
        file: _glance(options.content / paths[file]) for file in wanted if file not in refusals
    }
    pending = [
        file
        for file, glance in glances.items()
        if known.get(file) != paths[file] or glance is None or _seen(database, file) != glance
    ]
    for file in sorted(known.keys() & refusals.keys()):
        _keep(database, file, None, None)
    found = _examined_all(options, [paths[file] for file in pending])
    for done, (file, outcome) in enumerate(zip(pending, found, strict=True), 1):
        if isinstance(outcome, Refusal):
            refusals[file] = outcome
            _keep(database, file, None, None)
        else:
            path = "" if paths[file] == file else paths[file]
            _keep(database, file, outcome._replace(file=file, path=path), glances[file])
        if progress:
            progress(msg("progress.photos"), done, len(pending))
    return refusals


def _keep(database: Database, file: str, row: PhotoRow | None, glance: Glance | None) -> None:
    database.replace(file, (row,) if row else (), (PhotoRow,))
    if glance:
        database.remember(_GLANCE + file, json.dumps(glance).encode())
    else:
        database.connection.execute("DELETE FROM fact WHERE name=?", (_GLANCE + file,))


def _seen(database: Database, file: str) -> Glance | None:
    known = database.fact(_GLANCE + file)
    size, mtime, inode = json.loads(known) if known else (0, 0, 0)
    return (size, mtime, inode) if known else None


def _glance(path: Path) -> Glance | None:
    try:
        facts = path.lstat()
    except OSError:
        return None
    return facts.st_size, facts.st_mtime_ns, facts.st_ino


def _examined_all(options: BuildOptions, files: list[str]) -> Iterable[PhotoRow | Refusal]:
    look = partial(examined, options.cache / "images")
    paths = [options.content / file for file in files]
    parallel = options.processes > 1 and len(files) > 2
    return spread(options.processes, look, paths, batch=1) if parallel else map(look, paths)


def examined(store: Path, path: Path) -> PhotoRow | Refusal:
    """Return the row of a picture or a sound, without its path, or the reason why it is refused.

    The picture is decoded only if the folder ``store`` has no cached result.
    """
    from portraits.images.accent import accent_of_photo
    from portraits.images.checking import verify_image

    try:
        if is_sound(path.name):
            digest, media_type = read_sound(path)
            return PhotoRow("", digest, 0, 0, media_type, "")
        image = read_image(path)
        kept = store / f"{image.digest}.{_VERSION}.json"
        accent = _kept_accent(kept)
        if accent is None:
            verify_image(path)
            found = accent_of_photo(image)
            accent = [found.light, found.dark] if found else []
            _write(kept, json.dumps(accent))
    except ImageError as error:
        return Refusal(error.code, error.message, error.hint)
    return PhotoRow(
        "",
        image.digest,
        image.width,
        image.height,
        image.media_type,
        json.dumps(accent) if accent else "",
    )


def _kept_accent(kept: Path) -> list[str] | None:
    """Return the accent's two colours, or an empty list for a photo without one; None if the file
    is missing or damaged."""
    try:
        accent = json.loads(kept.read_bytes())
    except (OSError, ValueError):
        return None
    whole = isinstance(accent, list) and len(accent) in (0, 2)
    return accent if whole and all(_COLOUR.fullmatch(str(one)) for one in accent) else None


def _write(kept: Path, text: str) -> None:
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_whole(kept, text.encode())
    except OSError:
        pass  # without the cache the next build decodes the picture again
