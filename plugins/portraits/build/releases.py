"""The published site is always whole: the old one or the new one, never something between.

Beside the output folder stands a working folder that carries our marker:

    output/                    what readers are served (a plain folder, or a symbolic link)
    .output.portraits/
        MARKER, lock           one build at a time; nothing is deleted in a folder without MARKER
        staging/               the files that a build makes
        trees/<any name>/      the release before, and the one being put together

    tree = STAMP files         holds the release whose number the stamp says
         | files               is being put together, or was when a build was killed

A release is put together in a tree of its own and then changes places with the published one in a
single system call: ``renameat2(RENAME_EXCHANGE)`` for a plain folder, ``rename`` of a link for
a symbolic link. Where the system has neither, two renames leave a window of microseconds.

The tree is that of the release before, brought up to date with what has changed since: a release
costs what has changed, not what there is. Where that is not to be had, it is made of hard links.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from portraits.build.trees import STAMP, Tree, exchanged, stamp_of, sync
from portraits.support.locks import Locked, alone

_MARKER = "MARKER"
_MARKER_TEXT = "Dossier de travail de « portraits » : versions du site. Peut être effacé.\n"


class PublishingError(Exception):
    """The site cannot be put in place; the message says why and what to do (French)."""


def working_folder(output: Path) -> Path:
    """Where the releases of ``output`` are put together: beside it, on the same disk."""
    return output.parent / f".{output.name}.portraits"


@dataclass(frozen=True)
class Staging:
    """Where files are put as they are made, in whichever process."""

    output: Path
    tree: Tree
    compared: bool
    """Whether a release stands in ``output``, some of whose files may be the same."""

    def put(self, path: str, content: bytes) -> tuple[int, int, bool]:
        """Size and mtime in ns of a file, and whether it is not as it is published."""
        if self.compared and (facts := self._published(path, content)):
            return facts.st_size, facts.st_mtime_ns, False
        return *self.tree.write(path, content), True

    def _published(self, path: str, content: bytes) -> os.stat_result | None:
        try:
            with open(f"{self.output}/{path}", "rb", opener=_no_follow) as file:
                facts = os.fstat(file.fileno())
                same = facts.st_size == len(content) and facts.st_mode & 0o777 == 0o644 and (
                    file.read() == content)
        except OSError:
            return None
        return facts if same else None


def _no_follow(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW)


@dataclass
class Releases:
    """The releases of one output folder, under its lock. Use :func:`opened`."""

    output: Path
    work: Path = field(init=False)

    def __post_init__(self) -> None:
        self.work = working_folder(self.output)

    @property
    def number(self) -> int:
        """Number of the published release; 0 when there is none of ours."""
        return stamp_of(self.output)

    def standing(self) -> set[str]:
        """The paths of all files of the published release."""
        if not self.number:
            return set()
        root = os.path.realpath(self.output)
        return {os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")  # noqa: PTH118
                for folder, _, names in os.walk(root) for name in names} - {STAMP}

    def staging(self) -> Staging:
        """An empty place for the files of a build.

        Raises PublishingError when the output folder holds something that is not ours.
        """
        self._refuse_foreign()
        folder = self.work / "staging"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return Staging(self.output, Tree(folder), bool(self.number))

    def put_together(
        self, made: Iterable[str], gone: Collection[str], all_paths: Iterable[str],
        changed_before: Collection[str] | None, *, durable: bool,
    ) -> tuple[int, Path]:
        """The number of the next release and its tree, which :meth:`exchange` puts in place.

        ``made`` are the staged files, ``gone`` those that are no part of the site any more;
        ``all_paths`` gives the paths of all its files. ``changed_before`` are those that the
        published release changed or took away; None where that is not known.
        """
        number = self.number + 1
        tree = self._caught_up(changed_before)
        if tree is None:
            tree = Tree(self._new_folder())
            tree.link_all(self.output, all_paths)
        else:
            for path in gone:
                tree.remove(path)
        staging = self.work / "staging"
        for path in made:
            tree.take(path, staging / path)
        tree.write(STAMP, f"{number}\n".encode())
        if durable:
            sync(tree.root)
        return number, tree.root

    def _caught_up(self, changed: Collection[str] | None) -> Tree | None:
        """The release before, with what the published one has changed."""
        published, found = self.number, None
        for stamp, folder in self._trees():
            if changed is not None and stamp and stamp == published - 1:
                found = folder
            elif not 0 < stamp < published:
                shutil.rmtree(folder)
        if found is None or changed is None:
            return None
        (found / STAMP).unlink()
        tree = Tree(found)
        for path in sorted(changed, reverse=True):  # a folder's files before a file of its name
            tree.remove(path)
        tree.link_all(self.output, [path for path in changed if (self.output / path).is_file()])
        return tree

    def exchange(self, tree: Path) -> None:
        """Put a tree in the place of the published release, which is kept."""
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
            os.rename(self.output, aside)  # noqa: PTH104
            os.rename(tree, self.output)  # noqa: PTH104
        self._prune()

    def roll_back(self) -> int:
        """Publish the release before this one again; returns its number.

        The release that is taken back is kept as a tree. Raises PublishingError when
        there is none to go back to.
        """
        earlier = [tree for tree in self._trees() if 0 < tree[0] < self.number]
        if not earlier:
            raise PublishingError("aucune version antérieure n’est gardée")
        number, folder = earlier[0]
        self.exchange(folder)
        return number

    def _trees(self) -> list[tuple[int, Path]]:
        """Stamp and folder of every tree but the published one, newest first; 0 for one that
        is not finished."""
        folders = self.work / "trees"
        if not folders.is_dir():
            return []
        published = Path(os.path.realpath(self.output))
        return sorted(((stamp_of(folder), folder) for folder in folders.iterdir()
                       if folder.is_dir() and folder.resolve() != published), reverse=True)

    def _new_folder(self) -> Path:
        folders = self.work / "trees"
        folders.mkdir(exist_ok=True)
        free = next(folders / str(name) for name in count(1) if not (folders / str(name)).exists())
        free.mkdir()
        free.chmod(0o755)
        return free

    def _prune(self) -> None:
        """Keep the release before and nothing else; after a roll-back, the one taken back."""
        for _, folder in self._trees()[1:]:
            shutil.rmtree(folder)
        shutil.rmtree(self.work / "staging", ignore_errors=True)

    def _refuse_foreign(self) -> None:
        if self.output.is_symlink() or not self.output.exists():
            return
        if not self.output.is_dir():
            raise PublishingError(f"{self.output} n’est pas un dossier")
        if self.number or not any(self.output.iterdir()):
            return
        raise PublishingError(
            f"{self.output} contient des fichiers qui ne viennent pas d’ici; rien n’y est touché "
            "— choisissez un autre dossier, ou videz celui-ci vous-même")


def is_ours(output: Path) -> bool:
    """Whether releases of ``output`` were published from here before."""
    return (working_folder(output) / _MARKER).is_file()


@contextmanager
def opened(output: Path, *, wait_seconds: float = 60.0) -> Iterator[Releases]:
    """The releases of ``output``, alone: another build waits its turn.

    Raises PublishingError when the working folder is not ours, cannot be written, or
    stays locked for ``wait_seconds``.
    """
    work = working_folder(output)
    with ExitStack() as stack:
        try:
            _claim(work)
            stack.enter_context(alone(work / "lock", work, wait_seconds=wait_seconds))
        except OSError as error:
            raise PublishingError(f"{work} : impossible d’y écrire ({error.strerror})") from error
        except Locked as error:
            raise PublishingError(str(error)) from None
        yield Releases(output)


def _claim(work: Path) -> None:
    if work.exists() and not (work / _MARKER).exists() and any(work.iterdir()):
        raise PublishingError(
            f"{work} existe et n’est pas à nous; rien n’y est touché — déplacez ce dossier")
    work.mkdir(parents=True, exist_ok=True)
    if not (work / _MARKER).exists():
        (work / _MARKER).write_text(_MARKER_TEXT, encoding="utf-8")
