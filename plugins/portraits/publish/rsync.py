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
from portraits.support.symlinks import LinkRefused
from portraits.support.workers import Progress

_SECONDS_OF_SILENCE = 300
_SECONDS_TO_CONNECT = 15
_MEANINGS = (
    ("No space left on device", "le disque du serveur est plein — faites-y de la place"),
    ("Disk quota exceeded", "le quota de disque est atteint sur le serveur"),
    (
        "Host key verification failed",
        "l’identité du serveur n’a pas pu être vérifiée — connectez-vous-y une fois avec ssh",
    ),
    (
        "Permission denied (publickey",
        "le serveur refuse votre clé ssh — vérifiez le nom d’utilisateur et la clé",
    ),
    (
        "Permission denied, please try again",
        "le serveur refuse votre mot de passe — vérifiez le nom d’utilisateur",
    ),
    ("auth failed on module", "le serveur refuse le mot de passe — donnez-le dans RSYNC_PASSWORD"),
    ("Could not resolve hostname", "ce serveur n’existe pas — vérifiez son nom"),
    ("getaddrinfo", "ce serveur n’existe pas — vérifiez son nom"),
    ("Connection refused", "le serveur ne répond pas — vérifiez son nom et son port"),
    ("No route to host", "le serveur est hors d’atteinte — vérifiez la connexion"),
    ("Network is unreachable", "le réseau est hors d’atteinte — vérifiez la connexion"),
    ("timed out", "le serveur ne répond pas — vérifiez son nom et la connexion"),
    ("timeout", "le serveur ne répond plus — recommencez"),
    ("Unknown module", "le serveur n’a pas ce module — vérifiez l’adresse"),
    ("module is read only", "le serveur n’accepte pas d’écriture (« read only = yes »)"),
    ("configured to refuse", "le serveur interdit de supprimer (« refuse options »)"),
    ("could not make way", "un dossier du serveur porte le nom d’un fichier du site — retirez-le"),
    ("failed to exec ssh", "ssh n’est pas installé sur cette machine"),
    ("command not found", "rsync n’est pas installé sur le serveur"),
    ("Permission denied", "le serveur refuse d’y écrire — vérifiez à qui appartient le dossier"),
    ("Read-only file system", "le disque du serveur est en lecture seule"),
    ("change_dir", "ce dossier n’existe pas sur le serveur — créez-le"),
)
"""Text in the messages of rsync and ssh (with ``LC_ALL=C``) and what it means; the first match
counts. rsync's exit status tells in which step it failed, but hardly ever why."""


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
            raise PublishingError(
                "rsync n’est pas installé sur cette machine — installez-le "
                "(Debian : apt install rsync; macOS : brew install rsync)"
            ) from None
        if ended.returncode:
            stderr = ended.stderr.decode(errors="replace")
            raise PublishingError(f"{self.to} : {explained(ended.returncode, stderr)}")
        return ended.stdout.decode(errors="replace")


def _as_pattern(path: str) -> str:
    """Return a filter that matches ``path`` only.

    A backslash is an escape only in patterns with a wildcard (rsync(1), "Pattern matching rules").
    """
    if not any(char in path for char in "*?["):
        return path
    return "".join(f"\\{char}" if char in "\\*?[" else char for char in path)


def explained(status: int, stderr: str) -> str:
    """Return what went wrong and what to do (French), from rsync's exit status and standard
    error."""
    for words, meaning in _MEANINGS:
        if words in stderr:
            return meaning
    lines = [line for line in stderr.splitlines() if line.strip()]
    return f"rsync s’est arrêté ({lines[0] if lines else f'code {status}'})"
