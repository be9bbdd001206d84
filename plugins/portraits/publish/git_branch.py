"""Publish to a branch of a git repository, as GitHub Pages and others serve it.

The branch is compared with the site file by file, by git's own digests. ghp-import writes the
commit without touching the working folder; then it is pushed, with force only to forget what was
published before, and only over what was seen there. Files that others keep in the branch (GitHub's
``CNAME``) are copied into the new commit.

The published state is the branch at the remote. The local branch of that name follows it.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from portraits.build.releases import PublishingError
from portraits.build.trees import Tree
from portraits.publish import manifest
from portraits.publish.changes import Changes, TargetState
from portraits.publish.site import MANIFEST, OURS_ALONE, BuiltSite
from portraits.publish.targets import GitTarget
from portraits.support.messages import msg
from portraits.support.problems import did_you_mean

_GIT = "git"
_NO_JEKYLL = ".nojekyll"
_FILE, _PROGRAM = "100644", "100755"
_MEANINGS = (
    ("not a git repository", "git.no_repository"),
    ("(fetch first)", "git.overtaken"),
    ("(non-fast-forward)", "git.overtaken"),
    ("(stale info)", "git.overtaken"),
    ("protected branch", "git.protected"),
    ("pre-receive hook declined", "git.hook_declined"),
    ("No space left on device", "git.disk_full"),
    ("Permission denied (publickey", "git.key_refused"),
    ("Authentication failed", "git.password_refused"),
    ("could not read Username", "git.password_asked"),
    ("error: 403", "git.not_allowed"),
    ("Could not resolve host", "git.unreachable"),
    ("Connection refused", "git.no_answer_at_address"),
    ("Failed to connect", "git.no_answer_at_address"),
    ("timed out", "git.no_answer"),
    ("insufficient permission", "git.not_allowed"),
    ("Permission denied", "git.not_allowed"),
    ("does not appear to be a git repository", "git.nothing_there"),
    ("not found", "git.nothing_there"),
)
"""Text in git's messages (with ``LC_ALL=C``) and the message that explains it; the first match
counts."""


@dataclass(frozen=True, slots=True)
class _Blob:
    """A file of a branch."""

    mode: str
    name: str
    """The digest that identifies it in git."""


class GitBranch:
    """A branch to which ``site`` is published, using the repository in ``root``."""

    def __init__(
        self, target: GitTarget, site: BuiltSite, root: Path, *, forget: bool = False
    ) -> None:
        """With ``forget`` the branch keeps no earlier publication."""
        self.forget = forget
        self.remote, self.branch = target.remote, target.branch
        self.local = f"refs/heads/{target.branch}"
        self.tracked = f"refs/remotes/{target.remote}/{target.branch}"
        self.site, self.root = site, root
        self.blobs: dict[str, _Blob] = {}
        self.others: tuple[str, ...] = ()

    def look(self) -> TargetState:
        """Return what the branch contains now.

        Raise PublishingError if that fails, or if publishing would overwrite a checked-out branch.
        """
        self._refuse_misuse()
        self._fetch()
        self.blobs = self._listed(self.tracked)
        listed = self.blobs.get(MANIFEST)
        ours = manifest.read(self._content(listed) if listed else None)
        wanted = self._names_of_site()
        there = self.blobs.keys() & wanted.keys()
        same = frozenset(path for path in there if self.blobs[path].name == wanted[path])
        self.others = tuple(
            sorted(self.blobs.keys() - ours.keys() - wanted.keys() - OURS_ALONE - {_NO_JEKYLL})
        )
        return TargetState(same, frozenset(there - same), frozenset(ours) & self.blobs.keys())

    def carry_out(self, changes: Changes) -> None:
        """Commit the site to the branch and push it.

        Raise PublishingError; the branch at the remote is then unchanged.
        """
        self._refuse_nameless()
        with tempfile.TemporaryDirectory() as folder:
            self._stage(Tree(Path(folder)))
            self._commit(folder, _message(changes))
        self._verify()
        if self.forget:
            self._forget(_message(changes))
        else:
            self._git("push", "--quiet", self.remote, f"{self.local}:{self.local}")

    def _forget(self, message: str) -> None:
        """Push one commit without a parent in the place of the branch, if it is as last seen."""
        tree = self._git("rev-parse", f"{self.local}^{{tree}}").decode().strip()
        commit = self._git("commit-tree", tree, "-m", message).decode().strip()
        seen = self._git("for-each-ref", "--format=%(objectname)", self.tracked).decode().strip()
        lease = f"--force-with-lease={self.local}:{seen}"
        self._git("push", "--quiet", lease, self.remote, f"{commit}:{self.local}")
        self._git("update-ref", self.local, commit)
        self._git("update-ref", self.tracked, commit)
        for reference in (self.local, self.tracked):
            self._git("reflog", "expire", "--expire=all", reference)

    def _refuse_misuse(self) -> None:
        self._git("rev-parse", "--git-dir")
        remotes = self._git("remote").decode().split()
        if self.remote not in remotes:
            raise PublishingError(
                msg(
                    "problem.hint",
                    message=msg("git.unknown_remote", remote=self.remote),
                    hint=did_you_mean(self.remote, remotes)
                    or msg("git.unknown_remote_hint", remote=self.remote),
                )
            )
        self._git("check-ref-format", self.local)
        current = self._git("symbolic-ref", "-q", "HEAD", accept=(0, 1)).decode().strip()
        elsewhere = self._git("for-each-ref", "--format=%(worktreepath)", self.local).strip()
        if self.local == current or elsewhere:
            raise PublishingError(msg("git.checked_out", branch=self.branch))

    def _fetch(self) -> None:
        found = self._git("ls-remote", "--heads", self.remote, self.local)
        if found.strip():
            self._git("fetch", "--quiet", "--no-tags", self.remote, f"+{self.local}:{self.tracked}")
        else:
            self._git("update-ref", "-d", self.tracked)

    def _listed(self, reference: str) -> dict[str, _Blob]:
        if not self._git("for-each-ref", reference):
            return {}
        blobs = {}
        for entry in (
            self._git("ls-tree", "-r", "-z", reference)
            .decode(errors="surrogateescape")
            .split("\0")[:-1]
        ):
            facts, _, path = entry.partition("\t")
            mode, _, name = facts.split(" ")
            blobs[path] = _Blob(mode, name)
        return blobs

    def _names_of_site(self) -> dict[str, str]:
        """Return the digest that git would give each file of the site."""
        paths = "".join(f"{self.site.file(path)}\n" for path in self.site.paths)
        names = self._git("hash-object", "--no-filters", "--stdin-paths", given=paths.encode())
        return dict(zip(self.site.paths, names.decode().split(), strict=True))

    def _content(self, blob: _Blob) -> bytes:
        return self._git("cat-file", "blob", blob.name)

    def _refuse_nameless(self) -> None:
        for variable, key in (
            ("GIT_COMMITTER_NAME", "user.name"),
            ("GIT_COMMITTER_EMAIL", "user.email"),
        ):
            if not os.environ.get(variable) and not self._git("config", key, accept=(0, 1)):
                raise PublishingError(msg("git.nameless", key=key))

    def _stage(self, tree: Tree) -> None:
        """Write the whole new content of the branch to ``tree``."""
        for path in self.site.paths:
            tree.link(path, str(self.site.file(path)))
        for path in self.others:
            blob = self.blobs[path]
            if blob.mode not in (_FILE, _PROGRAM):
                raise PublishingError(msg("git.not_a_file", path=path, branch=self.branch))
            tree.write(path, self._content(blob))
            if blob.mode == _PROGRAM:
                (tree.root / path).chmod(0o755)
        tree.write(MANIFEST, manifest.written(dict.fromkeys(self.site.paths, "")))

    def _commit(self, folder: str, message: str) -> None:
        from ghp_import import GhpError, ghp_import

        try:
            with chdir(self.root):
                ghp_import(
                    folder,
                    remote=self.remote,
                    branch=self.branch,
                    mesg=message,
                    nojekyll=True,
                    push=False,
                )
        except GhpError as error:
            raise PublishingError(msg("problem.at", place=_GIT, message=error.message)) from error
        except (BrokenPipeError, TypeError) as error:
            # ghp-import 2.1 fails with these when git refuses its commit; git printed why.
            raise PublishingError(msg("git.not_written", branch=self.branch)) from error

    def _verify(self) -> None:
        """Raise PublishingError unless the local branch contains the site."""
        committed = {path: blob.name for path, blob in self._listed(self.local).items()}
        missing = self._names_of_site().items() - committed.items()
        if missing:
            path, _ = min(missing)
            raise PublishingError(msg("git.incomplete", branch=self.branch, path=path))

    def _git(self, *arguments: str, given: bytes = b"", accept: Iterable[int] = (0,)) -> bytes:
        try:
            ended = subprocess.run(  # noqa: S603 - a list of arguments, never a shell
                [_GIT, *arguments],
                input=given,
                capture_output=True,
                cwd=self.root,
                check=False,
                env={**os.environ, "LC_ALL": "C"},
            )
        except FileNotFoundError:
            raise PublishingError(msg("git.not_installed")) from None
        if ended.returncode not in accept:
            raise PublishingError(explained(self.remote, ended.stderr.decode(errors="replace")))
        return ended.stdout


def _message(changes: Changes) -> str:
    """Return the commit message: the same for the same changes."""
    return f"Publication : +{len(changes.added)} ~{len(changes.changed)} -{len(changes.removed)}"


def explained(remote: str, stderr: str) -> str:
    """Return what went wrong and what to do, from git's standard error."""
    for words, key in _MEANINGS:
        if words in stderr:
            return msg("problem.at", place=remote, message=msg(key))
    lines = [line for line in stderr.splitlines() if line.strip()]
    return msg("git.stopped", said=lines[-1]) if lines else msg("git.stopped_silently")
