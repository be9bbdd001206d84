"""Find and open the files of the content folder: only regular files with a printable name.

Symbolic links, pipes and devices are refused before they are opened: a link could publish a
file from outside the folder, and reading a pipe never ends. A name that is not UTF-8, or that
contains control characters, could not be printed in a message.

    ignored: names that begin with "." or "_" (drafts), and what programs leave behind
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portraits.support.limits import FORBIDDEN
from portraits.support.messages import msg
from portraits.support.picture_paths import EXTENSIONS, plain_name
from portraits.support.problems import Problem, Severity, on_one_line
from portraits.support.symlinks import link_on_the_way

PORTRAITS = (".md", ".markdown")
_COMPANIONS = (*EXTENSIONS, ".import.txt", ".comments.json", ".proof.txt")
"""Endings of files that may sit beside portraits: pictures, and what is reported of imports."""
_TEXTS = frozenset(
    {
        "",
        ".md",
        ".markdown",
        ".mkd",
        ".mdown",
        ".mdwn",
        ".mdx",
        ".txt",
        ".text",
        ".rst",
        ".adoc",
        ".asciidoc",
        ".textile",
        ".org",
        ".tex",
        ".html",
        ".htm",
        ".xhtml",
        ".xml",
        ".rtf",
        ".doc",
        ".docx",
        ".odt",
        ".pages",
        ".pdf",
        ".json",
        ".yml",
        ".yaml",
        ".svg",
    }
)
"""Extensions of text files. An author who puts one among the portraits expects it to be
published, so it is an error; any other extension is a warning."""


def is_left_behind(name: str) -> bool:
    """Return whether a program leaves files called ``name`` beside those that people save.

    "~$x.docx" ".~lock.x.odt#"          Word and LibreOffice: the document is open
    "x~" ".#x" "#x#" ".x.swp"           Emacs, Vim: backup, lock, unsaved text
    "._x" ".DS_Store" "Thumbs.db" "desktop.ini"     macOS, Windows: facts about files
    """
    return (
        name.endswith("~")
        or name.startswith(("~$", "._", ".#", ".~lock."))
        or (name.startswith("#") and name.endswith("#"))
        or (name.startswith(".") and name.endswith((".swp", ".swo", ".swx")))
        or name.lower() in (".ds_store", "thumbs.db", "desktop.ini")
    )


class FileRefused(Exception):
    """A file that is not read; message and hint in the editor's language."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A regular file of the content folder."""

    source: str
    """Path relative to the content folder, POSIX separators."""
    size: int
    """Bytes."""
    mtime_ns: int
    inode: int


def read_regular(path: Path, limit: int) -> bytes:
    """Return at most ``limit`` bytes of the regular file at ``path``.

    Raises FileRefused for anything but a regular file, OSError when it cannot be read.
    """
    if kind := _kind(path.lstat().st_mode):
        raise FileRefused(*_not_a_file(kind))
    # Checked again once open: the file may have been replaced since lstat.
    with open(path, "rb", opener=_no_follow) as stream:
        if kind := _kind(os.fstat(stream.fileno()).st_mode):
            raise FileRefused(*_not_a_file(kind))
        return stream.read(limit)


def unreadable(error: OSError) -> tuple[str, str]:
    """Return message and hint, in the editor's language, for a file or folder that cannot be
    read."""
    reason = os.strerror(error.errno or 0)
    return msg("content_folder.unreadable", reason=reason), msg("content_folder.unreadable_hint")


def scan(content: Path, folder: str, label: str) -> tuple[list[ContentFile], list[Problem]]:
    """Return every regular file under ``content/folder``, sorted by path, and a problem for
    everything else found there. ``label`` stands for ``content`` in the problems' paths."""
    found: list[ContentFile] = []
    problems: list[Problem] = []
    pending = [folder]
    root = os.path.realpath(content)
    if kind := _kind(_mode(Path(root, folder)), folder=True):
        return [], [Problem(f"{label}/{folder}", 0, "not-a-file", *_not_a_file(kind))]
    while pending:
        current = pending.pop()
        try:
            entries = list(os.scandir(os.path.join(root, current)))  # noqa: PTH118 - hot
        except FileNotFoundError:  # no such folder, or deleted since it was listed
            continue
        except OSError as error:
            problems.append(Problem(f"{label}/{current}", 0, "unreadable", *unreadable(error)))
            continue
        for entry in entries:
            source = f"{current}/{entry.name}" if current else entry.name
            if entry.name.startswith((".", "_")) or is_left_behind(entry.name):
                continue
            if not entry.name.isascii() and not _is_text(entry.name):
                problems.append(
                    Problem(
                        on_one_line(f"{label}/{source}"),
                        0,
                        "bad-file-name",
                        msg("content_folder.name_not_utf8"),
                        msg("content_folder.rename"),
                    )
                )
                continue
            if _is_misspelt(entry.name):
                problems.append(
                    Problem(
                        f"{label}/{source}",
                        0,
                        "bad-file-name",
                        msg("content_folder.name_misspelt"),
                        msg("content_folder.rename"),
                    )
                )
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(source)
                continue
            try:
                facts = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # text editors save by renaming a temporary file
                continue
            if kind := _kind(facts.st_mode):
                problems.append(Problem(f"{label}/{source}", 0, "not-a-file", *_not_a_file(kind)))
            else:
                found.append(ContentFile(source, facts.st_size, facts.st_mtime_ns, facts.st_ino))
    return sorted(found, key=lambda file: file.source), problems


def portraits_among(
    found: Iterable[ContentFile], label: str
) -> tuple[list[ContentFile], list[Problem]]:
    """Return the portraits' files among ``found``, and a problem for each file that would be
    ignored: an error if it looks like a text, else a warning."""
    portraits: list[ContentFile] = []
    problems = []
    for file in found:
        if file.source.endswith(PORTRAITS):
            portraits.append(file)
        elif not file.source.lower().endswith(_COMPANIONS):
            suffix = os.path.splitext(file.source)[1].lower()  # noqa: PTH122 - hot
            problems.append(_passed_over(f"{label}/{file.source}", suffix))
    return portraits, problems


def _passed_over(path: str, suffix: str) -> Problem:
    if suffix in _TEXTS:
        return Problem(
            path,
            0,
            "not-a-portrait",
            msg("content_folder.text_passed_over"),
            msg("content_folder.text_passed_over_hint"),
        )
    return Problem(
        path,
        0,
        "not-a-portrait",
        msg("content_folder.file_passed_over"),
        msg("content_folder.file_passed_over_hint"),
        severity=Severity.WARNING,
    )


def spellings(content: Path, files: Iterable[str]) -> dict[str, list[str]]:
    """Return each of ``files``, plain paths, with its paths on the disk, sorted.

    There is none for a file that does not exist, and there are several if names differ only in
    what :func:`portraits.support.picture_paths.plain_name` takes away.
    """
    listed: dict[str, dict[str, list[str]]] = {}

    def names(folder: str) -> dict[str, list[str]]:
        if folder not in listed:
            listed[folder] = {}
            try:
                found = sorted(path.name for path in (content / folder).iterdir())
            except OSError:
                found = []
            for name in found:
                listed[folder].setdefault(plain_name(name), []).append(name)
        return listed[folder]

    spelt = {}
    for file in files:
        if file.isascii() and os.path.lexists(content / file):
            spelt[file] = [file]
            continue
        paths = [""]
        for part in file.split("/"):
            paths = [
                f"{folder}/{name}" if folder else name
                for folder in paths
                for name in names(folder).get(part, ())
            ]
        spelt[file] = sorted(paths)
    return spelt


def links_among(content: Path, files: Iterable[str]) -> Iterator[str]:
    """Yield those of ``files`` (paths relative to the content folder) that a symbolic link to a
    folder takes somewhere else."""
    linked = {"": False}  # folder -> whether a link stands on the way to it
    for file in files:
        folder = file.rpartition("/")[0]
        if folder not in linked:
            linked[folder] = bool(link_on_the_way(content, folder))
        if linked[folder]:
            yield file


def _is_misspelt(name: str) -> bool:
    """Return whether a link to a folder or text of this name would not lead to it."""
    return plain_name(name) != name and not name.lower().endswith(_COMPANIONS)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return not FORBIDDEN.search(name)


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except OSError:
        return stat.S_IFDIR


def _kind(mode: int, *, folder: bool = False) -> str:
    """Return what ``mode`` is, in the editor's language, if not a regular file (or a folder, with
    ``folder``); an empty string if it is."""
    if stat.S_ISDIR(mode) if folder else stat.S_ISREG(mode):
        return ""
    if stat.S_ISLNK(mode):
        return msg("content_folder.symbolic_link")
    if stat.S_ISFIFO(mode):
        return msg("content_folder.named_pipe")
    return msg("content_folder.folder" if stat.S_ISDIR(mode) else "content_folder.special_file")


def _not_a_file(kind: str) -> tuple[str, str]:
    return msg("content_folder.not_a_file", kind=kind), msg("content_folder.not_a_file_hint")


def _no_follow(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
