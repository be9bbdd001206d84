"""Verify a build before its release: unique paths, well-formed files, no dead internal links."""

from __future__ import annotations

from collections.abc import Iterator

from portraits.build.engine import Outcome
from portraits.build.releases import PublishingError, Staging
from portraits.checks.output import linked_files
from portraits.checks.output_paths import as_stored, misplaced
from portraits.model import addresses
from portraits.series.database import Database
from portraits.support.messages import msg

_MAX_REPORTED = 20
_NAMED_AFTER_CONTENT = (addresses.IMAGES, addresses.SEARCH_WORDS)
"""Folders of files named by content hash, which two pages may both write."""
_FEW = 1000
"""Up to this many new paths, compare each with its neighbours only; above it, compare all paths."""


def verify(database: Database, outcome: Outcome, staging: Staging, base_path: str) -> None:
    """Raise PublishingError, with what is wrong with which file, unless everything is right."""
    faults = [*outcome.faults, *_places(database, outcome.paths - outcome.gone)]
    for path, page in outcome.links.items():
        if not stands(database, path) and path in linked_files(staging.read(page), base_path, page):
            faults.append(msg("build.leads_nowhere", page=page, path=path))
    if faults:
        listed = "\n  ".join(sorted(faults)[:_MAX_REPORTED])
        raise PublishingError(msg("build.bad_pages", faults=listed))


def stands(database: Database, path: str) -> bool:
    """Return whether the site has a file at ``path``."""
    return (
        database.connection.execute("SELECT 1 FROM file WHERE path=?", (path,)).fetchone()
        is not None
    )


def _places(database: Database, new: set[str]) -> list[str]:
    """Return what is wrong with the paths of ``new`` files."""
    if not new:
        return []
    run = database.connection.execute
    if len(new) > _FEW:
        paths = {path for (path,) in run("SELECT path FROM file")}
    else:
        paths = {one for path in new for one in _around(database, path)}
    twice = [
        path
        for path in paths
        if not path.startswith(_NAMED_AFTER_CONTENT)
        and run("SELECT count(*) FROM file WHERE path=?", (path,)).fetchone()[0] > 1
    ]
    return misplaced(paths, twice)


def _around(database: Database, path: str) -> Iterator[str]:
    """Yield ``path`` and the files that may collide with it: same place, above it, inside it."""
    yield path
    run, place = database.connection.execute, as_stored(path)
    parts = place.split("/")
    above = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    for one in above:
        yield from (found for (found,) in run("SELECT path FROM file WHERE stored=?", (one,)))
    yield from (
        found
        for (found,) in run(
            "SELECT path FROM file WHERE stored>? AND stored<? LIMIT 1", (f"{place}/", f"{place}0")
        )
    )
