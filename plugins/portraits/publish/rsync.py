"""Publish with rsync: over ssh, to an rsync daemon, or to a mounted folder.

rsync itself compares by content (``--checksum``), because a site that is built again has new dates.
Filters limit what it deletes: ``+`` for each published file that is no longer wanted and for the
folders that lead to it, ``- *`` for everything else, which rsync then ignores.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath

from portraits.build.releases import PublishingError
from portraits.publish import manifest
from portraits.publish.changes import Changes, TargetState
from portraits.publish.site import MANIFEST, BuiltSite
from portraits.publish.stepwise import carry_out
from portraits.publish.targets import RsyncTarget
from portraits.support.messages import msg
from portraits.support.symlinks import LinkRefused
from portraits.support.workers import Progress

_SECONDS_OF_SILENCE = 300
_SECONDS_TO_CONNECT = 15
_MEANINGS = (
    ("No space left on device", "rsync.disk_full"),
    ("Disk quota exceeded", "rsync.quota_reached"),
    ("Host key verification failed", "rsync.unknown_host_key"),
    ("Permission denied (publickey", "rsync.key_refused"),
    ("Permission denied, please try again", "rsync.password_refused"),
    ("auth failed on module", "rsync.module_password_refused"),
    ("Could not resolve hostname", "rsync.no_server"),
    ("getaddrinfo", "rsync.no_server"),
    ("Connection refused", "rsync.connection_refused"),
    ("No route to host", "rsync.unreachable"),
    ("Network is unreachable", "rsync.no_network"),
    ("timed out", "rsync.no_answer"),
    ("timeout", "rsync.silent"),
    ("Unknown module", "rsync.unknown_module"),
    ("module is read only", "rsync.read_only_module"),
    ("configured to refuse", "rsync.deletion_refused"),
    ("could not make way", "rsync.folder_named_as_file"),
    ("failed to exec ssh", "rsync.no_ssh"),
    ("command not found", "rsync.not_installed_there"),
    ("Permission denied", "rsync.writing_refused"),
    ("Read-only file system", "rsync.read_only"),
    ("change_dir", "rsync.no_folder"),
)
"""Text in the messages of rsync and ssh (with ``LC_ALL=C``) and the message that explains it; the
first match counts. rsync's exit status tells in which step it failed, but hardly ever why."""


class RsyncServer:
    """A place reached by rsync, to which ``site`` is published."""

    def __init__(
        self, target: RsyncTarget, site: BuiltSite, root: Path, progress: Progress | None
    ) -> None:
        self.to = f"{target.to.rstrip('/')}/"
        self.site, self.root, self.progress = site, root, progress
        self.standing = TargetState()

    def look(self) -> TargetState:
        """Return what is there now. Raise PublishingError if that fails."""
        ours = frozenset(manifest.read(self._fetched(MANIFEST)))
        lines = self._run(
            [
                "--checksum",
                "--dry-run",
                "--out-format=%i %n",
                "--files-from=-",
                f"{self.site.folder}/",
                self.to,
            ],
            self.site.paths,
        ).splitlines()
        sent = {line.partition(" ")[2]: line for line in lines if line[1:2] == "f"}
        made = {line.partition(" ")[2].rstrip("/") for line in lines if line[:3] == "cd+"}
        added = {path for path, line in sent.items() if line[2] == "+"}
        added -= self._links(made, added)
        self.standing = TargetState(
            same=frozenset(self.site.paths) - sent.keys(),
            different=frozenset(sent.keys() - added),
            ours=ours,
        )
        return self.standing

    def _links(self, folders: Collection[str], files: Collection[str]) -> set[str]:
        """Return those of ``files`` that are symbolic links there. rsync calls the place of a link
        empty, and would replace it.

        Raise PublishingError if one of ``folders`` is.
        """
        places = [path for path in (*folders, *files) if path.rpartition("/")[0] not in folders]
        if not places:
            return set()
        above = {str(folder) for path in places for folder in PurePosixPath(path).parents}
        rules = [f"+ /{_as_pattern(path)}" for path in sorted(above.union(places) - {"."})]
        with tempfile.TemporaryDirectory() as empty:
            found = self._run(
                [
                    "--recursive",
                    "--links",
                    "--dry-run",
                    "--out-format=%i %n",
                    "--include-from=-",
                    self.to,
                    f"{empty}/",
                ],
                [*rules, "- *"],
            )
        lines = found.splitlines()
        links = {line.partition(" ")[2] for line in lines if line[1:2] == "L"}
        for link in sorted(links.intersection(folders)):
            refused = LinkRefused(f"{self.to}{link}")
            raise PublishingError(str(refused))
        return links

    def carry_out(self, changes: Changes) -> None:
        """Make the changes. Raise SendingStopped if one fails."""
        carry_out(self, self.site, self.standing, changes, self.progress)

    def send(self, paths: Sequence[str]) -> None:
        self._send(self.site.folder, paths)

    def delete(self, paths: Sequence[str]) -> None:
        folders = {str(folder) for path in paths for folder in PurePosixPath(path).parents}
        rules = [f"+ /{_as_pattern(folder)}/" for folder in sorted(folders - {"."})]
        rules += [f"+ /{_as_pattern(path)}" for path in paths]
        with tempfile.TemporaryDirectory() as empty:
            self._run(
                [
                    "--recursive",
                    "--delete",
                    f"--max-delete={len(rules)}",
                    "--include-from=-",
                    f"{empty}/",
                    self.to,
                ],
                [*rules, "- *"],
            )

    def record(self, paths: Iterable[str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / MANIFEST).write_bytes(manifest.written(dict.fromkeys(paths, "")))
            self._send(Path(folder), [MANIFEST])

    def _send(self, folder: Path, paths: Sequence[str]) -> None:
        self._run(
            ["--checksum", "--chmod=D755,F644", "--files-from=-", f"{folder}/", self.to], paths
        )

    def _fetched(self, name: str) -> bytes | None:
        with tempfile.TemporaryDirectory() as folder:
            self._run(
                ["--recursive", f"--include=/{name}", "--exclude=*", self.to, f"{folder}/"], ()
            )
            fetched = Path(folder) / name
            return fetched.read_bytes() if fetched.is_file() else None

    def _run(self, arguments: Sequence[str], lines: Sequence[str]) -> str:
        """Run rsync with ``lines`` as its standard input; return its output."""
        daemon = self.to.startswith("rsync://") or "::" in self.to
        command = [
            "rsync",
            "--from0",
            "--8-bit-output",
            f"--timeout={_SECONDS_OF_SILENCE}",
            *([f"--contimeout={_SECONDS_TO_CONNECT}"] if daemon else ()),
            *arguments,
        ]
        try:
            ended = subprocess.run(  # noqa: S603 - a list of arguments, none begins with a dash
                command,
                input="".join(f"{line}\0" for line in lines).encode(),
                capture_output=True,
                cwd=self.root,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
            )
        except FileNotFoundError:
            raise PublishingError(msg("rsync.not_installed")) from None
        if ended.returncode:
            stderr = ended.stderr.decode(errors="replace")
            raise PublishingError(
                msg("problem.at", place=self.to, message=explained(ended.returncode, stderr))
            )
        return ended.stdout.decode(errors="replace")


def _as_pattern(path: str) -> str:
    """Return a filter that matches ``path`` only.

    A backslash is an escape only in patterns with a wildcard (rsync(1), "Pattern matching rules").
    """
    if not any(char in path for char in "*?["):
        return path
    return "".join(f"\\{char}" if char in "\\*?[" else char for char in path)


def explained(status: int, stderr: str) -> str:
    """Return what went wrong and what to do, from rsync's exit status and standard error."""
    for words, key in _MEANINGS:
        if words in stderr:
            return msg(key)
    lines = [line for line in stderr.splitlines() if line.strip()]
    if lines:
        return msg("rsync.stopped", said=lines[0])
    return msg("rsync.stopped_silently", status=status)
