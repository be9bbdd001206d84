"""Publish releases atomically: readers get the old site or the new one, never a mix.

A working folder next to the output folder carries our marker:

    output/                    what readers are served (a plain folder, or a symbolic link)
    .output.portraits/
        MARKER, lock           one build at a time; nothing is deleted in a folder without MARKER
        staging/               the files that a build writes
        trees/<any name>/      the previous release, and the one being assembled

    tree = STAMP files         holds the release whose number is in the stamp, with the marks of
                               the people who were off the site by then
         | files               is being assembled, or was when a build was killed

A release is assembled in a tree of its own and then swapped with the published one in a single
system call: ``renameat2(RENAME_EXCHANGE)`` for a plain folder, ``rename`` of a link for a symbolic
link. Where the system has neither, two renames leave a window of microseconds; if the second one
fails, the old release is put back.

The tree is that of the previous release, updated with what has changed since: the cost depends on
the size of the change, not on that of the site. Without a previous release, the tree is made of
hard links to the published one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from portraits.build.trees import (
    STAMP,
    Tree,
    exchanged,
    has_our_mode,
    marks_of,
    stamp_of,
    stamp_text,
    sync,
)
from portraits.support.locks import Locked, alone
from portraits.support.messages import msg
from portraits.support.symlinks import link_on_the_way, open_itself, refuse_links

_MARKER = "MARKER"


class PublishingError(Exception):
    """The site cannot be published; the message says why and what to do (French)."""


def working_folder(output: Path) -> Path:
    """Return the folder where releases of ``output`` are assembled: next to it, on the same
    disk."""
    return output.parent / f".{output.name}.portraits"


@dataclass(frozen=True)
class Staging:
    """The folder that receives the files of a build, from any process."""

    output: Path
    tree: Tree
    compared: bool
    """True if a release is published in ``output``, so that files may be unchanged."""

    def put(self, path: str, content: bytes) -> tuple[int, int, bool]:
        """Store a file unless the published one has the same content.

        Return its size in bytes, its mtime in ns, and whether it was written.
        """
        if self.compared and (facts := self._published(path, content)):
            return facts.st_size, facts.st_mtime_ns, False
        return *self.tree.write(path, content), True

    def read(self, path: str) -> bytes:
        """Return the content of a file: what was stored, else what is published."""
        staged = self.tree.root / path
        return (staged if staged.exists() else self.output / path).read_bytes()

    def _published(self, path: str, content: bytes) -> os.stat_result | None:
        try:
            with open(f"{self.output}/{path}", "rb", opener=open_itself) as file:
                facts = os.fstat(file.fileno())
                same = (
                    facts.st_size == len(content)
                    and has_our_mode(facts)
                    and (file.read() == content)
                )
        except OSError:
            return None
        return facts if same else None


@dataclass
class Releases:
    """The releases of one output folder, under its lock. Open them with :func:`opened`."""

    output: Path
    work: Path = field(init=False)

    def __post_init__(self) -> None:
        self.work = working_folder(self.output)

    @property
    def number(self) -> int:
        """Number of the published release; 0 if the folder holds none of ours."""
        return stamp_of(self.output)

    def standing(self) -> set[str]:
        """Return the paths of all files of the published release."""
        if not self.number:
            return set()
        root = os.path.realpath(self.output)
        return {
            os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")  # noqa: PTH118
            for folder, _, names in os.walk(root)
            for name in names
        } - {STAMP}

    def staging(self) -> Staging:
        """Return an empty staging folder for a build.

        Raise PublishingError if the output folder holds files that are not ours.
        """
        self._refuse_foreign()
        folder = self.work / "staging"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return Staging(self.output, Tree(folder), bool(self.number))

    def holds_others(self) -> bool:
        """Return whether the output folder holds files, none of which we published."""
        return not self.number and self.output.is_dir() and any(self.output.iterdir())

    def adopt(self) -> None:
        """Count what stands in the output folder as the first release, which a roll-back brings
        back."""
        Tree(self.output).write(STAMP, b"1\n")

    def empty_tree(self) -> Path:
        """Return an empty folder for a release that others write, for :meth:`exchange`.

        Unfinished ones of builds that were killed are removed.
        """
        for stamp, folder in self._trees():
            if not stamp:
                shutil.rmtree(folder)
        return self._new_folder()

    def put_together(
        self,
        made: Collection[str],
        gone: Collection[str],
        all_paths: Iterable[str],
        changed_before: Collection[str] | None,
        *,
        durable: bool,
        marks: Iterable[str] = (),
    ) -> tuple[int, Path]:
        """Assemble the next release; return its number and its tree, for :meth:`exchange`.

        ``made`` are the staged files, ``gone`` those that the site no longer has; ``all_paths``
        yields the paths of all its other files. ``changed_before`` are those that the published
        release changed or removed; None if that is not known. With ``durable``, wait until the
        files are on disk. ``marks`` are those of the people who are off the site.
        """
        number = self.number + 1
        tree = self._updated_previous(changed_before, {*made, *gone})
        if tree is None:
            tree = Tree(self._new_folder())
            tree.link_all(self.output, all_paths)
        else:
            for path in gone:
                tree.remove(path)
        staging = self.work / "staging"
        for path in made:
            tree.take(path, staging / path)
        tree.write(STAMP, stamp_text(number, marks))
        if durable:
            sync(tree.root)
        return number, tree.root

    def _updated_previous(
        self, changed: Collection[str] | None, touched: Collection[str]
    ) -> Tree | None:
        """Return the tree of the previous release, updated with the changes of the published one.

        Return None, after deleting unusable trees, if there is no such tree. A tree in which
        somebody put a link on the way to a changed or a ``touched`` file is unusable.
        """
        published, found = self.number, None
        for stamp, folder in self._trees():
            if changed is not None and stamp and stamp == published - 1:
                found = folder
            elif not 0 < stamp < published:
                shutil.rmtree(folder)
        if found is None or changed is None:
            return None
        folders = {path.rpartition("/")[0] for path in (*changed, *touched)}
        if any(link_on_the_way(found, folder) for folder in folders):
            shutil.rmtree(found)
            return None
        (found / STAMP).unlink()
        tree = Tree(found)
        for path in sorted(changed, reverse=True):  # remove a/b before a
            tree.remove(path)
        tree.link_all(self.output, [path for path in changed if (self.output / path).is_file()])
        return tree

    def exchange(self, tree: Path) -> None:
        """Swap a tree with the published release, which is kept as the previous one."""
        if self.output.is_symlink():
            link = self.work / "link"
            link.unlink(missing_ok=True)
            link.symlink_to(os.path.relpath(tree, os.path.realpath(self.output.parent)))
            os.replace(link, self.output)  # noqa: PTH105
        elif not self.number:
            self.output.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                self.output.rmdir()
            os.rename(tree, self.output)  # noqa: PTH104
        elif not exchanged(tree, self.output):
            aside = self._new_folder()
            aside.rmdir()  # Windows renames nothing over a folder, not even an empty one
            os.rename(self.output, aside)  # noqa: PTH104
            try:
                os.rename(tree, self.output)  # noqa: PTH104
            except OSError:
                os.rename(aside, self.output)  # noqa: PTH104 - the old site again
                raise
        self._prune()

    def previous(self, marks: Collection[str] = ()) -> tuple[int, Path]:
        """Return the number and the folder of the previous release.

        Raise PublishingError if there is none, or if it shows somebody who was withdrawn since:
        ``marks`` are those of the withdrawals that it must respect, besides those that the
        published one respects.
        """
        earlier = [tree for tree in self._trees() if 0 < tree[0] < self.number]
        if not earlier:
            raise PublishingError(msg("build.no_earlier_release"))
        number, folder = earlier[0]
        if {*marks, *marks_of(self.output)} - marks_of(folder):
            raise PublishingError(msg("withdrawal.older_release", number=number))
        return earlier[0]

    def drop_previous(self) -> None:
        """Delete every release but the published one."""
        for _, folder in self._trees():
            shutil.rmtree(folder)

    def roll_back(self, marks: Collection[str] = ()) -> int:
        """Publish the previous release again; return its number.

        The release that is taken back is kept as a tree. Raise PublishingError as
        :meth:`previous` does.
        """
        number, folder = self.previous(marks)
        self.exchange(folder)
        return number

    def _trees(self) -> list[tuple[int, Path]]:
        """Return the stamp and folder of every tree but the published one, newest first.

        The stamp of an unfinished tree is 0.
        """
        folders = self.work / "trees"
        if not folders.is_dir():
            return []
        published = Path(os.path.realpath(self.output))
        return sorted(
            (
                (stamp_of(folder), folder)
                for folder in folders.iterdir()
                if folder.is_dir() and folder.resolve() != published
            ),
            reverse=True,
        )

    def _new_folder(self) -> Path:
        folders = self.work / "trees"
        folders.mkdir(exist_ok=True)
        free = next(folders / str(name) for name in count(1) if not (folders / str(name)).exists())
        free.mkdir()
        free.chmod(0o755)
        return free

    def _prune(self) -> None:
        """Keep only the previous release; after a roll-back, only the one taken back. Keep none
        that shows somebody whom the published one does not."""
        published = marks_of(self.output)
        for place, (_, folder) in enumerate(self._trees()):
            if place or published - marks_of(folder):
                shutil.rmtree(folder)
        shutil.rmtree(self.work / "staging", ignore_errors=True)

    def _refuse_foreign(self) -> None:
        if self.output.is_symlink() or not self.output.exists():
            return
        if not self.output.is_dir():
            raise PublishingError(msg("build.not_a_folder", path=self.output))
        if self.number or not any(self.output.iterdir()):
            return
        raise PublishingError(msg("build.foreign_files", folder=self.output))


def outputs_beside(output: Path) -> list[Path]:
    """Return the other output folders of ours in the same place, sorted."""
    found = [path.parent for path in output.parent.glob(f".*.portraits/{_MARKER}")]
    names = sorted(path.name.removeprefix(".").removesuffix(".portraits") for path in found)
    return [output.parent / name for name in names if name != output.name]


def is_ours(output: Path) -> bool:
    """Return whether releases of ``output`` were published from here before."""
    return (working_folder(output) / _MARKER).is_file()


@contextmanager
def opened(output: Path, *, wait_seconds: float = 60.0) -> Iterator[Releases]:
    """Yield the releases of ``output``, locked; wait while another build holds the lock.

    Raise PublishingError if the working folder is not ours, cannot be written, or stays locked for
    ``wait_seconds``.
    """
    work = working_folder(output)
    with ExitStack() as stack:
        try:
            _claim(work)
            stack.enter_context(alone(work / "lock", work, wait_seconds=wait_seconds))
        except OSError as error:
            raise PublishingError(
                msg("build.not_writable", path=work, error=error.strerror)
            ) from error
        except Locked as error:
            raise PublishingError(str(error)) from None
        yield Releases(output)


def _claim(work: Path) -> None:
    refuse_links(work.parent, f"{work.name}/trees")
    if work.exists() and not (work / _MARKER).exists() and any(work.iterdir()):
        raise PublishingError(msg("build.not_ours", folder=work))
    work.mkdir(parents=True, exist_ok=True)
    if not (work / _MARKER).exists():
        (work / _MARKER).write_text(msg("build.working_folder"), encoding="utf-8")
