"""Publishing to a folder of this machine.

As a rule the folder is a release (:mod:`portraits.build.releases`): the new site changes places
with the old one in one step, and the earlier ones are kept for ``portraits rollback``. That
needs room beside the folder. Where there is none (a mounted volume, a parent that is not
ours to write in, a folder that holds other things already), files change one by one.

What others put into the folder stays, under either rule.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from portraits.build.releases import PublishingError, opened
from portraits.build.trees import STAMP, Tree
from portraits.publish import manifest
from portraits.publish.changes import Changes, TargetState
from portraits.publish.site import (
    MANIFEST,
    OURS_ALONE,
    BuiltSite,
    entries_in,
    file_digest,
)
from portraits.publish.stepwise import carry_out, reason
from portraits.support.progress import Progress


class Folder:
    """The folder ``path`` as a place to publish ``site`` to."""

    def __init__(self, path: Path, site: BuiltSite, progress: Progress | None) -> None:
        self.path, self.site, self.progress = path, site, progress
        self.standing = TargetState()
        self.others: dict[str, bool] = {}
        """What others put there: path -> whether it is a link."""
        self.release = ""

    def look(self) -> TargetState:
        """What is in the folder now. Raises PublishingError where it cannot be read, or
        where it is, contains or is inside the folder of the site itself."""
        self._refuse_overlap()
        if not self.path.parent.is_dir():
            raise PublishingError(f"{self.path.parent} : ce dossier n’existe pas — créez-le")
        try:
            present = {path: entry.is_symlink() for path, entry in entries_in(self.path)} \
                if self.path.exists() else {}
            listed = manifest.read(self._content(MANIFEST))
            same = frozenset(
                path for path in self.site.paths
                if present.get(path) is False and self._holds(path))
        except OSError as error:
            raise PublishingError(f"{error.filename} : {reason(error)}") from error
        self.release = (self._content(STAMP) or b"").decode(errors="replace")
        self.others = {path: link for path, link in present.items()
                       if path not in listed and path not in OURS_ALONE}
        self.standing = TargetState(
            same, frozenset(self.site.paths) & present.keys() - same,
            frozenset(listed) & present.keys())
        return self.standing

    def carry_out(self, changes: Changes) -> None:
        """Make the folder hold the site. PublishingError where that fails."""
        if self.changes_places:
            self._exchange()
        else:
            self.path.mkdir(exist_ok=True)
            carry_out(_InPlace(self.path, self.site), self.site, self.standing, changes,
                      self.progress)

    @property
    def changes_places(self) -> bool:
        """Whether the new site can take the place of the old one in one step."""
        beside = self.path.parent
        if not os.access(beside, os.W_OK | os.X_OK) or self.path.is_mount():
            return False
        return bool(self.release) or not self.path.exists() or not any(self.path.iterdir())

    def _refuse_overlap(self) -> None:
        here, there = self.site.folder.resolve(), self.path.resolve()
        if here.is_relative_to(there) or there.is_relative_to(here):
            raise PublishingError(
                f"{self.path} et le dossier où le site est construit se recouvrent — "
                "publiez dans un dossier à part")

    def _content(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _holds(self, path: str) -> bool:
        here, there = self.site.file(path), self.path / path
        return (here.stat().st_size == there.stat().st_size
                and file_digest(here) == file_digest(there))

    def _exchange(self) -> None:
        with opened(self.path) as releases:
            if (self._content(STAMP) or b"").decode(errors="replace") != self.release:
                raise PublishingError(
                    f"{self.path} : une autre publication vient d’y passer — recommencez")
            staged = [*self._staged(releases.staging().tree)]
            kept = [path for path in self._kept() if not self.others[path]]
            _, tree = releases.put_together(
                staged, (), (*self.standing.same, *kept), None, durable=True)
            releases.exchange(tree)

    def _kept(self) -> list[str]:
        """What others put in the folder and the site has no file in the place of."""
        return sorted(self.others.keys() - set(self.site.paths))

    def _staged(self, tree: Tree) -> Iterator[str]:
        """Put in a tree, and name, all that the folder cannot share with its next release."""
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
    """The steps of a folder whose files change one by one, each in one go."""

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
