"""Take the files that other plugins write into the release, beside ours.

A file that both write is ours, or theirs if ``PORTRAITS["on_clash"]`` says so; either way it is
told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from portraits.build.engine import PAGE, Outcome
from portraits.build.releases import Staging
from portraits.checks.output_paths import as_stored
from portraits.series.database import Database
from portraits.series.tables import FileRow
from portraits.support.messages import msg

_KIND = f"{PAGE}of other plugins"
_TAKEN = "files taken by others"
"""Fact: the paths of our files that others took the place of (JSON)."""


def gave_way_to_others(database: Database, others: Mapping[str, bytes]) -> bool:
    """Return whether pages of ours are missing, because files of others that are gone stood in
    their place."""
    taken = json.loads(database.fact(_TAKEN) or b"[]")
    return not others.keys() >= set(taken)


def add_files_of_others(
    database: Database, staging: Staging, outcome: Outcome, others: Mapping[str, bytes], choice: str
) -> list[str]:
    """Put the files of others (path -> content) into staging and into the rows of the release.

    Call it when every page is made. Return what to tell the editor.
    """
    node = database.node(_KIND, "")
    before = {
        path
        for (path,) in database.connection.execute("SELECT path FROM file WHERE node=?", (node,))
    }
    ours = {
        path
        for path in others
        if database.connection.execute(
            "SELECT 1 FROM file WHERE path=? AND node<>?", (path, node)
        ).fetchone()
    }
    outcome.gone |= before
    taken = set(json.loads(database.fact(_TAKEN) or b"[]")) & others.keys()
    if choice == "theirs":
        database.connection.executemany(
            "DELETE FROM file WHERE path=? AND node<>?", [(path, node) for path in ours]
        )
        taken |= ours
    else:
        others = {path: content for path, content in others.items() if path not in ours}
    rows = []
    for path, content in sorted(others.items()):
        size, mtime, written = staging.put(path, content)
        rows.append(FileRow(node, path, as_stored(path), size, mtime, "", ""))
        outcome.paths.add(path)
        if written:
            outcome.written.add(path)
    database.replace(node, rows, (FileRow,))
    database.remember(_TAKEN, json.dumps(sorted(taken)).encode())
    kept = "build.clash_theirs" if choice == "theirs" else "build.clash_ours"
    return [msg(kept, path=path) for path in sorted(ours | taken)]
