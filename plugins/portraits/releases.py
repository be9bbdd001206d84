"""The published site is always whole: the old one or the new one, never something between.

Beside the output folder stands a working folder that carries our marker:

    output/                    what readers are served (a plain folder, or a symbolic link)
    .output.portraits/
        MARKER, lock           one build at a time; nothing is deleted in a folder without MARKER
        state.sqlite           releases and, for each file of the newest, its key and facts
        trees/<number>/        the releases before it, and the one being built

A release is built in a tree of its own and then changes places with the published one in a
single system call: ``renameat2(RENAME_EXCHANGE)`` for a plain folder, ``rename`` of a link for
a symbolic link. Where the system has neither, two renames leave a window of microseconds.

Trees share unchanged files as hard links, and the oldest is brought up to date by
replaying what changed since, so that a release costs what has changed, not what there is.
A file is never written in place: a link may share it with a published release.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

KEPT = 3
"""Releases kept besides the published one."""
STAMP = ".portraits-release"
"""File in each tree that says which release it is; also the output folder's marker."""
_MARKER = "MARKER"
_MARKER_TEXT = "Dossier de travail de « portraits » : releases et état. Peut être effacé.\n"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_TABLES = """
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, key BLOB, digest BLOB, size INTEGER, mtime INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS change (
    release INTEGER, path TEXT, PRIMARY KEY (release, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS release (number INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS trace (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""


class PublishingError(Exception):
    """The site cannot be put in place; the message says why and what to do (French)."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of the published release."""

    key: bytes
    """What it was made from: an equal key means that it need not be made again."""
    digest: bytes
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Tree:
    """A release under construction. Paths are relative, POSIX separators."""

    root: Path
    _folders: set[str]
    _vacant: bool = False
    """Nothing stands in it yet, so that no place has to be cleared."""

    def write(self, path: str, content: bytes) -> tuple[int, int]:
        """Put ``content`` at ``path``; returns its size and mtime in ns."""
        target = self._free(path)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(handle, view):]
            os.fchmod(handle, 0o644)
            facts = os.fstat(handle)
        finally:
            os.close(handle)
        return facts.st_size, facts.st_mtime_ns

    def copy(self, path: str, source: Path) -> tuple[int, int]:
        """Put a copy of the file ``source`` at ``path``; returns size and mtime in ns."""
        target = self._free(path)
        shutil.copyfile(source, target)
        os.chmod(target, 0o644)  # noqa: PTH101 - beside os.link and os.stat
        facts = os.stat(target)  # noqa: PTH116
        return facts.st_size, facts.st_mtime_ns

    def link(self, path: str, source: str) -> None:
        """Put a hard link to ``source`` at ``path``; a copy where links are not to be had."""
        target = self._free(path)
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOTSUP):
                raise
            shutil.copy2(source, target)

    def remove(self, path: str) -> None:
        """Remove a file and the folders that it leaves empty."""
        target = self.root / path
        target.unlink(missing_ok=True)
        for folder in target.parents:
            if folder == self.root:
                break
            try:
                folder.rmdir()
            except OSError:
                break
            self._folders.discard(str(folder))

    def _free(self, path: str) -> str:
        target = f"{self.root}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, mode=0o755, exist_ok=True)  # noqa: PTH103 - hot
            self._folders.add(folder)
        if not self._vacant:
            with suppress(FileNotFoundError):
                os.unlink(target)  # noqa: PTH108 - hot
        return target


class Releases:
    """The releases of one output folder, under its lock. Use :func:`opened`."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.work = working_folder(output)
        self._state = self._connected()
        self._recover()

    def _connected(self) -> sqlite3.Connection:
        name = self.work / "state.sqlite"
        try:
            return self._begun(name)
        except sqlite3.DatabaseError as error:
            if "readonly" in str(error) or "unable to open" in str(error) or "full" in str(error):
                raise PublishingError(f"{name} : impossible d’y écrire ({error})") from error
            for suffix in ("", "-wal", "-shm"):
                Path(f"{name}{suffix}").unlink(missing_ok=True)
            return self._begun(name)

    @staticmethod
    def _begun(name: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(name, isolation_level=None, timeout=20)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.executescript(_TABLES)
        connection.execute("SELECT count(*) FROM file").fetchone()
        return connection

    # -- what is published

    @property
    def number(self) -> int:
        """Number of the published release; 0 when there is none of ours."""
        try:
            return int((self.output / STAMP).read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return 0

    def files(self) -> Mapping[str, FileRecord]:
        """Every file of the published release that stands there untouched."""
        intact: dict[str, FileRecord] = {}
        root = os.fspath(self.output)
        for path, key, digest, size, mtime in self._state.execute("SELECT * FROM file"):
            try:
                facts = os.stat(f"{root}/{path}", follow_symlinks=False)  # noqa: PTH116 - hot
            except OSError:
                continue
            if facts.st_size == size and facts.st_mtime_ns == mtime:
                intact[path] = FileRecord(key, digest, size, mtime)
        return intact

    def recorded(self) -> frozenset[str]:
        """Paths of all files that the published release should hold."""
        return frozenset(row[0] for row in self._state.execute("SELECT path FROM file"))

    def fact(self, name: str) -> bytes | None:
        """Something remembered with the published release."""
        row = self._state.execute("SELECT value FROM fact WHERE name=?", (name,)).fetchone()
        return row[0] if row else None

    def remember(self, name: str, value: bytes) -> None:
        """Remember something with the published release."""
        self._state.execute("INSERT OR REPLACE INTO fact VALUES (?,?)", (name, value))

    def trace(self, name: str) -> bytes | None:
        """An entry of what the builds keep beside the release (:mod:`portraits.trace`)."""
        row = self._state.execute("SELECT value FROM trace WHERE name=?", (name,)).fetchone()
        return row[0] if row else None

    def keep_trace(self, entries: Iterable[tuple[str, bytes]], *, whole: bool = False) -> None:
        """Keep entries under their names; those that are as before are not written. ``whole``
        drops all others."""
        names: set[str] = set()

        def noted() -> Iterator[tuple[str, bytes]]:
            for entry in entries:
                names.add(entry[0])
                yield entry

        with self._transaction():
            self._state.executemany(
                "INSERT INTO trace VALUES (?,?) ON CONFLICT (name) DO UPDATE "
                "SET value=excluded.value WHERE value<>excluded.value", noted())
            if whole:
                before = self._state.execute("SELECT name FROM trace").fetchall()
                self._state.executemany("DELETE FROM trace WHERE name=?",
                                        (row for row in before if row[0] not in names))

    # -- a new release

    def begin(self) -> Tree:
        """A tree equal to the published release, to be changed and then published.

        Raises PublishingError when the output folder holds something that is not ours.
        """
        self._refuse_foreign()
        number = self.number
        kept = self._kept()
        recycled = kept[0] if len(kept) > KEPT and self._knows_since(kept[0]) else 0
        root = self.work / "trees" / str(number + 1)
        if root.exists():
            shutil.rmtree(root)
        root.parent.mkdir(parents=True, exist_ok=True)
        if recycled:
            self._forget(recycled)
            os.rename(self.work / "trees" / str(recycled), root)  # noqa: PTH104
            (root / STAMP).unlink(missing_ok=True)
            tree = Tree(root, set())
            self._catch_up(tree, recycled)
        else:
            root.mkdir(mode=0o755)
            tree = Tree(root, set(), _vacant=True)
            for path in sorted(self.recorded()):
                self._relink(tree, path)
            tree._vacant = False
        root.chmod(0o755)
        return tree

    def _knows_since(self, number: int) -> bool:
        """Whether it is recorded what changed in every release after ``number``."""
        recorded = {row[0] for row in self._state.execute("SELECT number FROM release")}
        return all(later in recorded for later in range(number + 1, self.number + 1))

    def _catch_up(self, tree: Tree, since: int) -> None:
        recorded = self.recorded()
        changed = self._state.execute("SELECT DISTINCT path FROM change WHERE release>?", (since,))
        for (path,) in changed.fetchall():
            if path in recorded:
                self._relink(tree, path)
            else:
                tree.remove(path)

    def _relink(self, tree: Tree, path: str) -> None:
        with suppress(FileNotFoundError):
            tree.link(path, f"{self.output}/{path}")

    def publish(self, tree: Tree, written: Mapping[str, FileRecord], removed: Iterable[str],
                *, durable: bool = True) -> int:
        """Put ``tree`` in the place of the published release; returns its number.

        ``written`` are the files made new, ``removed`` those taken away; with ``durable``
        everything is on the disk before anybody is served it.
        """
        number = self.number + 1
        tree.write(STAMP, f"{number}\n".encode())
        if durable:
            _sync(tree.root)
        removed = tuple(removed)
        with self._transaction():
            self._state.executemany("DELETE FROM file WHERE path=?", ((p,) for p in removed))
            self._state.executemany(
                "INSERT OR REPLACE INTO file VALUES (?,?,?,?,?)",
                ((p, r.key, r.digest, r.size, r.mtime_ns) for p, r in written.items()))
            self._state.execute("DELETE FROM change WHERE release>=?", (number,))
            self._state.executemany(
                "INSERT OR REPLACE INTO change VALUES (?,?)",
                ((number, p) for p in (*written, *removed)))
            self._state.execute("DELETE FROM release WHERE number>=?", (number,))
            self._state.execute("INSERT INTO release VALUES (?)", (number,))
            # The commit comes before the exchange: a kill in between is seen at the next start,
            # because the stamp in the output folder is not the number that is recorded here.
        before = self.number
        self._exchange(tree.root, before)
        self._prune()
        return number

    def rekey(self, keys: Mapping[str, bytes]) -> None:
        """Note new keys of files whose bytes are the same as before."""
        if keys:
            with self._transaction():
                self._state.executemany(
                    "UPDATE file SET key=? WHERE path=?", ((k, p) for p, k in keys.items()))

    def roll_back(self) -> int:
        """Publish the release before this one again; returns its number.

        The release that is taken back is kept as a tree. Raises PublishingError when
        there is none to go back to.
        """
        current = self.number
        earlier = [number for number in self._kept() if number < current]
        if not earlier:
            raise PublishingError("aucune version antérieure n’est gardée")
        root = self.work / "trees" / str(earlier[-1])
        self._exchange(root, current)
        self._forget_state()
        return earlier[-1]

    # -- inside

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._state.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._state.execute("ROLLBACK")
            raise
        self._state.execute("COMMIT")

    def _recover(self) -> None:
        recorded = self._state.execute("SELECT max(number) FROM release").fetchone()[0] or 0
        if recorded and recorded != self.number:
            self._forget_state()

    def _forget_state(self) -> None:
        """Nothing is known of what is published: the next build compares nothing and
        makes every file again, in a fresh tree."""
        with self._transaction():
            for table in ("file", "change", "release", "fact", "trace"):
                self._state.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names

    def _kept(self) -> list[int]:
        """Numbers of the earlier releases that stand whole in their trees, oldest first."""
        folders = (self.work / "trees").glob("[1-9]*")
        whole = {_stamp_of(folder) for folder in folders if str(_stamp_of(folder)) == folder.name}
        return sorted(whole - {self.number})

    def _forget(self, number: int) -> None:
        self._state.execute("DELETE FROM change WHERE release<=?", (number,))

    def _prune(self) -> None:
        keep = {str(number) for number in (*self._kept()[-KEPT - 1:], self.number)}
        for folder in (self.work / "trees").iterdir():
            if folder.name not in keep:
                shutil.rmtree(folder)

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

    def _exchange(self, tree: Path, before: int) -> None:
        if self.output.is_symlink():
            link = self.work / "link"
            link.unlink(missing_ok=True)
            link.symlink_to(os.path.relpath(tree, os.path.realpath(self.output.parent)))
            os.replace(link, self.output)  # noqa: PTH105
            return
        if not before:
            self.output.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                self.output.rmdir()
            os.rename(tree, self.output)  # noqa: PTH104
            return
        place = self.work / "trees" / str(before)
        if place.exists():
            shutil.rmtree(place)
        if _exchange_folders(tree, self.output):
            os.rename(tree, place)  # noqa: PTH104
        else:
            os.rename(self.output, place)  # noqa: PTH104
            os.rename(tree, self.output)  # noqa: PTH104


def _stamp_of(folder: Path) -> int:
    try:
        return int((folder / STAMP).read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0


def _exchange_folders(first: Path, second: Path) -> bool:
    """Let two folders change places in one step. False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    outcome = renameat2(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second),
                        _RENAME_EXCHANGE)
    return bool(outcome == 0)


def _sync(root: Path) -> None:
    """Everything written under ``root`` is on its disk when this returns."""
    handle = os.open(root, os.O_RDONLY)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if hasattr(libc, "syncfs"):
            if libc.syncfs(handle) != 0:
                code = ctypes.get_errno()
                raise OSError(code, os.strerror(code))
        else:
            os.sync()
    finally:
        os.close(handle)


def working_folder(output: Path) -> Path:
    """Where the releases of ``output`` are built: beside it, on the same disk."""
    return output.parent / f".{output.name}.portraits"


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
    try:
        _claim(work)
        handle = os.open(work / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise PublishingError(f"{work} : impossible d’y écrire ({error.strerror})") from error
    try:
        _wait_for(handle, work, wait_seconds)
        releases = Releases(output)
        try:
            yield releases
        finally:
            releases._state.close()
    except sqlite3.Error as error:
        raise PublishingError(f"{work / 'state.sqlite'} : impossible d’y écrire ({error})"
                              ) from error
    finally:
        os.close(handle)


def _claim(work: Path) -> None:
    if work.exists() and not (work / _MARKER).exists() and any(work.iterdir()):
        raise PublishingError(
            f"{work} existe et n’est pas à nous; rien n’y est touché — déplacez ce dossier")
    work.mkdir(parents=True, exist_ok=True)
    if not (work / _MARKER).exists():
        (work / _MARKER).write_text(_MARKER_TEXT, encoding="utf-8")


def _wait_for(handle: int, work: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise PublishingError(
                    f"{work} : une autre construction est en cours — attendez qu’elle finisse"
                ) from None
            time.sleep(0.02)
