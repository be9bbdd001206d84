"""The published site is always whole: the old one or the new one, never something between.

Beside the output folder stands a working folder that carries our marker:

    output/                    what readers are served (a plain folder, or a symbolic link)
    .output.portraits/
        MARKER, lock           one build at a time; nothing is deleted in a folder without MARKER
        state.sqlite           releases and, for each file of the newest, its key and facts
        trees/<any name>/      the releases before it, and the one being built

A release is built in a tree of its own and then changes places with the published one in a
single system call: ``renameat2(RENAME_EXCHANGE)`` for a plain folder, ``rename`` of a link for
a symbolic link. Where the system has neither, two renames leave a window of microseconds.

    tree = STAMP files         holds the release whose number the stamp says
         | files               is under construction, or was when a build was killed

Trees share unchanged files as hard links, and one that is not needed any more is brought up
to date by replaying what changed since, so that a release costs what has changed, not what
there is. So that the first builds have such a tree as well, the first release has twins.
A file is never written in place: a link may share it with a published release.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import time
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from portraits.inspection import STATE, Inspection, untrue
from portraits.trees import STAMP, Tree, exchanged, stamp_of, sync, working_folder

__all__ = ["KEPT", "STAMP", "FileRecord", "PublishingError", "Releases", "Tree", "is_ours",
           "opened", "working_folder"]
KEPT = 2
"""Trees besides the published one: the release before, and one that the next can be made of."""
_MARKER = "MARKER"
_MARKER_TEXT = "Dossier de travail de « portraits » : releases et état. Peut être effacé.\n"
_TABLES = """
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, key BLOB, digest BLOB, size INTEGER, mtime INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS change (
    release INTEGER, path TEXT, PRIMARY KEY (release, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS release (number INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, key BLOB, value BLOB) WITHOUT ROWID;
"""


class PublishingError(Exception):
    """The site cannot be put in place; the message says why and what to do (French)."""


class FileRecord(NamedTuple):
    """A file of the published release. A tuple, because tens of thousands go from process to
    process and into rows."""

    key: bytes
    """What it was made from: an equal key means that it need not be made again."""
    digest: bytes
    size: int
    mtime_ns: int


class _Records(Mapping[str, FileRecord]):
    """Records of many files, of which few are asked for."""

    def __init__(self, rows: Mapping[str, Sequence[Any]]) -> None:
        self._rows = rows

    def __getitem__(self, path: str) -> FileRecord:
        return FileRecord(*self._rows[path])

    def __contains__(self, path: object) -> bool:
        return path in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class Releases:
    """The releases of one output folder, under its lock. Use :func:`opened`."""

    def __init__(self, output: Path, inspection: Inspection | None = None,
                 durable: bool = True) -> None:
        self.output = output
        self._synchronous = "NORMAL" if durable else "OFF"
        self._inspection = inspection
        self._touched: frozenset[str] | None = None
        self.work = working_folder(output)
        self._state = self._connected()
        self._recover()

    def _connected(self) -> sqlite3.Connection:
        name = self.work / STATE
        try:
            return self._begun(name)
        except sqlite3.DatabaseError as error:
            if "readonly" in str(error) or "unable to open" in str(error) or "full" in str(error):
                raise PublishingError(f"{name} : impossible d’y écrire ({error})") from error
            return self._begun_anew(name)

    def _begun(self, name: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(name, isolation_level=None, timeout=20)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={self._synchronous}")
        connection.executescript(_TABLES)
        connection.execute("SELECT max(number) FROM release").fetchone()
        return connection

    def _begun_anew(self, name: Path) -> sqlite3.Connection:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
        return self._begun(name)

    # -- what is published

    @property
    def number(self) -> int:
        """Number of the published release; 0 when there is none of ours."""
        return stamp_of(self.output)

    def files(self) -> Mapping[str, FileRecord]:
        """Every file of the published release that stands there untouched.

        None of them where what is recorded proves to be damaged.
        """
        try:
            touched = self.touched()
            rows = self._state.execute("SELECT path, key, digest, size, mtime FROM file").fetchall()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._state.close()
            self._state = self._begun_anew(self.work / STATE)
            return {}
        return _Records({path: record for path, *record in rows if path not in touched})

    def records(self, paths: Iterable[str]) -> Mapping[str, FileRecord]:
        """Those of ``paths`` that are files of the published release and stand there untouched;
        no other file is looked at."""
        found = {}
        for path in paths:
            row = self._state.execute(
                "SELECT key, digest, size, mtime FROM file WHERE path=?", (path,)).fetchone()
            if row and not any(untrue([(path, *row[2:])], f"{self.output}/")):
                found[path] = FileRecord(*row)
        return found

    def touched(self) -> frozenset[str]:
        """Paths of the files of the published release that are gone or were changed since."""
        if self._touched is None:
            if self._inspection and self._inspection.concerns(self.output):
                self._touched = self._inspection.touched()
            else:
                rows = self._state.execute("SELECT path, size, mtime FROM file").fetchall()
                self._touched = frozenset(untrue(rows, f"{self.output}/"))
        return self._touched

    def recorded(self) -> frozenset[str]:
        """Paths of all files that the published release should hold."""
        rows = self._state.execute("SELECT path FROM file").fetchall()
        return frozenset([path for path, in rows])

    def is_recorded(self, path: str) -> bool:
        """Whether the published release should hold ``path``."""
        return bool(self._state.execute("SELECT 1 FROM file WHERE path=?", (path,)).fetchone())

    def fact(self, name: str) -> bytes | None:
        """Something remembered with the published release."""
        row = self._state.execute("SELECT value FROM fact WHERE name=?", (name,)).fetchone()
        return row[0] if row else None

    def remember(self, name: str, value: bytes) -> None:
        """Remember something with the published release."""
        self._state.execute("INSERT OR REPLACE INTO fact VALUES (?,?)", (name, value))

    def trace(self, name: str) -> bytes | None:
        """An entry of what the builds keep beside the release (:mod:`portraits.trace`)."""
        row = self._state.execute("SELECT value FROM kept WHERE name=?", (name,)).fetchone()
        return row[0] if row else None

    def trace_keys(self) -> Mapping[str, bytes]:
        """The key of every entry that has one, by name."""
        return dict(self._state.execute("SELECT name, key FROM kept WHERE key<>x''").fetchall())

    def keep_trace(
        self, entries: Mapping[str, bytes], keys: Mapping[str, bytes],
        others: Container[str] | None = None,
    ) -> None:
        """Keep ``entries`` by name, under the ``keys`` that some names have; what is as before is
        not written. Of the other entries those whose name is in ``others`` stay, all of them where
        that is None."""
        with self._transaction():
            self._state.executemany(
                "INSERT INTO kept VALUES (?,?,?) ON CONFLICT (name) DO UPDATE "
                "SET key=excluded.key, value=excluded.value "
                "WHERE value<>excluded.value OR key<>excluded.key",
                ((name, keys.get(name, b""), value) for name, value in entries.items()))
            if others is not None:
                before = self._state.execute("SELECT name FROM kept").fetchall()
                self._state.executemany(
                    "DELETE FROM kept WHERE name=?",
                    (row for row in before if row[0] not in entries and row[0] not in others))

    # -- a new release

    def begin(self, *, twins: bool = True) -> Tree:
        """A tree equal to the published release, to be changed and then published.

        Where nothing is known of what is published, it is empty, and all that is put in it
        is put in ``twins`` as well, for the next releases to be made of.
        Raises PublishingError when the output folder holds something that is not ours.
        """
        self._refuse_foreign()
        published = self.number
        unfinished = []
        for stamp, folder in self._trees():
            if stamp > published or not (stamp or self._first_known):
                shutil.rmtree(folder)
            elif not stamp:
                unfinished.append(folder)
        if not self._first_known:
            return Tree(self._new_folder(),
                        tuple(self._new_folder() for _ in range(KEPT if twins else 0)))
        spare = None if unfinished else self._spare()
        if spare:
            since, folder = spare
            (folder / STAMP).unlink()
            tree = Tree(folder)
            self._catch_up(tree, since)
            return tree
        tree = Tree(unfinished[0] if unfinished else self._new_folder())
        tree.hold(self.output, self.recorded())
        return tree

    def _spare(self) -> tuple[int, Path] | None:
        """A tree that can be brought up to date without taking away the release before."""
        trees = self._trees()
        twins = [tree for tree in trees if tree[0] == self.number]
        known = [tree for tree in trees[1:] if tree[0] >= self._first_known]
        return next(iter([*twins, *reversed(known)]), None)

    @property
    def _first_known(self) -> int:
        """The first release since which every change is recorded; 0 when none is."""
        found = self._state.execute("SELECT min(number) FROM release").fetchone()[0]
        return int(found or 0)

    def _catch_up(self, tree: Tree, since: int) -> None:
        changed = self._state.execute(
            "SELECT DISTINCT change.path, file.path IS NULL FROM change LEFT JOIN file "
            "USING (path) WHERE release>?", (since,)).fetchall()
        for path, gone in changed:
            if gone:
                tree.remove(path)
        for path, gone in changed:
            if not gone:
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
            sync(tree.root)
        removed = tuple(removed)
        with self._transaction():
            self._state.executemany("DELETE FROM file WHERE path=?", ((p,) for p in removed))
            self._state.executemany(
                "INSERT OR REPLACE INTO file VALUES (?,?,?,?,?)",
                ((path, *record) for path, record in written.items()))
            if self._first_known:  # before the first known release, no tree is brought up to date
                self._state.executemany(
                    "INSERT OR REPLACE INTO change VALUES (?,?)",
                    ((number, p) for p in (*written, *removed)))
            self._state.execute("INSERT INTO release VALUES (?)", (number,))
            oldest = min([number - 1, *(stamp for stamp, _ in self._trees() if stamp)])
            self._state.execute("DELETE FROM change WHERE release<=?", (oldest,))
            self._state.execute("DELETE FROM release WHERE number<?", (oldest,))
            # The commit comes before the exchange: a kill in between is seen at the next start,
            # because the stamp in the output folder is not the number that is recorded here.
        self._exchange(tree.root)
        self._touched = None
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
        earlier = [tree for tree in self._trees() if 0 < tree[0] < self.number]
        if not earlier:
            raise PublishingError("aucune version antérieure n’est gardée")
        number, folder = earlier[0]
        self._exchange(folder)
        self._touched = None
        self._forget_state()
        return number

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
            for table in ("file", "change", "release", "fact", "kept"):
                self._state.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names

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
        """Keep the release before, and what the next ones can be made of."""
        trees = self._trees()
        keep = [folder for stamp, folder in trees if stamp >= self._first_known][:KEPT]
        keep += [folder for stamp, folder in trees if 0 < stamp < self.number][:1]
        for _, folder in trees:
            if folder not in keep:
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

    def _exchange(self, tree: Path) -> None:
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


def is_ours(output: Path) -> bool:
    """Whether releases of ``output`` were published from here before."""
    return (working_folder(output) / _MARKER).is_file()


@contextmanager
def opened(output: Path, *, inspection: Inspection | None = None, durable: bool = True,
           wait_seconds: float = 60.0) -> Iterator[Releases]:
    """The releases of ``output``, alone: another build waits its turn. What ``inspection``
    found is taken for true, where it looked at the release that stands there. Unless it is
    ``durable``, nothing waits for the disk: after a power cut the site may have to be made anew.

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
        releases = Releases(output, inspection, durable)
        try:
            yield releases
        finally:
            releases._state.close()
    except sqlite3.Error as error:
        raise PublishingError(f"{work / STATE} : impossible d’y écrire ({error})"
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
