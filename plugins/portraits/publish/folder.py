"""Publish to a folder of this machine.

Normally the folder is a release (:mod:`portraits.build.releases`): the new site is swapped with the
old one in one step, and the previous one is kept for ``portraits rollback``. That requires write
access next to the folder. Where that is impossible (a mounted volume, a parent that is not
writable, a folder that already contains other files), files change one by one.

In both cases files that others put into the folder are kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from portraits.build.releases import PublishingError, opened
from portraits.build.trees import STAMP, Tree, marks_of
from portraits.publish import manifest
from portraits.publish.changes import Changes, TargetState
from portraits.publish.site import MANIFEST, OURS_ALONE, BuiltSite, entries_in, file_digest
from portraits.publish.stepwise import carry_out, reason
from portraits.support.messages import msg
from portraits.support.symlinks import refuse_links
from portraits.support.workers import Progress


class Folder:
    """The folder ``path``, to which ``site`` is published."""

    def __init__(self, path: Path, site: BuiltSite, progress: Progress | None) -> None:
        self.path, self.site, self.progress = path, site, progress
        self.standing = TargetState()
        self.others: dict[str, bool] = {}
        """Files that others put there: path -> whether it is a link."""
        self.release = ""

    def look(self) -> TargetState:
        """Return what is in the folder now.

        Raise PublishingError if it cannot be read, if it is, contains or is inside the folder of
        the site itself, or if somebody put a link in the place of a folder of the site.
        """
        self._refuse_overlap()
        if not self.path.parent.is_dir():
            raise PublishingError(msg("publish.no_folder", folder=self.path.parent))
        try:
            for folder in sorted({path.rpartition("/")[0] for path in self.site.paths}):
                refuse_links(self.path, folder)
            present = (
                {path: entry.is_symlink() for path, entry in entries_in(self.path)}
                if self.path.exists()
                else {}
            )
            listed = manifest.read(self._content(MANIFEST))
            same = frozenset(
                path for path in self.site.paths if present.get(path) is False and self._holds(path)
            )
        except OSError as error:
            raise PublishingError(
                msg("problem.at", place=error.filename, message=reason(error))
            ) from error
        self.release = (self._content(STAMP) or b"").decode(errors="replace")
        self.others = {
            path: link
            for path, link in present.items()
            if path not in listed and path not in OURS_ALONE
        }
        self.standing = TargetState(
            same,
            frozenset(self.site.paths) & present.keys() - same,
            frozenset(listed) & present.keys(),
        )
        return self.standing

    def carry_out(self, changes: Changes) -> None:
        """Copy the site to the folder. Raise PublishingError if that fails."""
        if self.changes_places:
            self._exchange()
        else:
            self.path.mkdir(exist_ok=True)
            carry_out(
                _InPlace(self.path, self.site), self.site, self.standing, changes, self.progress
            )

    @property
    def changes_places(self) -> bool:
        """True if the new site can be swapped with the old one in one step."""
        beside = self.path.parent
        if not os.access(beside, os.W_OK | os.X_OK) or self.path.is_mount():
            return False
        return bool(self.release) or not self.path.exists() or not any(self.path.iterdir())

    def _refuse_overlap(self) -> None:
        here, there = self.site.folder.resolve(), self.path.resolve()
        if here.is_relative_to(there) or there.is_relative_to(here):
            raise PublishingError(msg("publish.overlap", folder=self.path))

    def _content(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _holds(self, path: str) -> bool:
        here, there = self.site.file(path), self.path / path
        return here.stat().st_size == there.stat().st_size and file_digest(here) == file_digest(
            there
        )

    def _exchange(self) -> None:
        with opened(self.path) as releases:
            if (self._content(STAMP) or b"").decode(errors="replace") != self.release:
                raise PublishingError(msg("publish.overtaken", folder=self.path))
            staged = [*self._staged(releases.staging().tree)]
            kept = [path for path in self._kept() if not self.others[path]]
            _, tree = releases.put_together(
                staged,
                (),
                (*self.standing.same, *kept),
                None,
                durable=True,
                marks=marks_of(self.site.folder),
            )
            releases.exchange(tree)

    def _kept(self) -> list[str]:
        """Return the files of others that no file of the site replaces."""
        return sorted(self.others.keys() - set(self.site.paths))

    def _staged(self, tree: Tree) -> Iterator[str]:
        """Write to a tree, and yield, the paths of all that cannot be hard-linked from the
        folder."""
        for path in self.site.paths:
            if path not in self.standing.same:
                tree.write(path, self.site.file(path).read_bytes())
                yield path
        for path in self._kept():
            if self.others[path]:
                (tree.root / path).parent.mkdir(parents=True, exist_ok=True)
                (tree.root / path).symlink_to((self.path / path).readlink())
                yield path
        tree.write(MANIFEST, manifest.written(dict.fromkeys(self.site.paths, "")))
        yield MANIFEST


class _InPlace:
    """The steps of a folder whose files change one by one, each atomically."""

    def __init__(self, path: Path, site: BuiltSite) -> None:
        self.path, self.site = path, site

    def send(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._put(path, self.site.file(path).read_bytes())

    def delete(self, paths: Sequence[str]) -> None:
        tree = Tree(self.path)
        for path in paths:
            tree.remove(path)

    def record(self, paths: Iterable[str]) -> None:
        self._put(MANIFEST, manifest.written(dict.fromkeys(paths, "")))

    def _put(self, path: str, content: bytes) -> None:
        target = self.path / path
        refuse_links(self.path, path.rpartition("/")[0])
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.envoi")
        try:
            unfinished.write_bytes(content)
            unfinished.chmod(0o644)
            unfinished.replace(target)
        except OSError:
            with suppress(OSError):
                unfinished.unlink()
            raise
