"""Publishing to a branch of a real repository: pushed, cloned back and compared."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from portraits.build.releases import PublishingError
from portraits.publish.git_branch import GitBranch
from portraits.publish.site import MANIFEST
from portraits.publish.targets import FolderTarget, GitTarget

from tests.publishing.sites import ADDED, CHANGED, FILES, LATER, REMOVED, Publication, contents

OURS = frozenset({".nojekyll"})


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--bare", "distant.git")
    return tmp_path / "distant.git"


@pytest.fixture
def project(tmp_path: Path, remote: Path, monkeypatch: pytest.MonkeyPatch) -> Publication:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "projet"
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "projet")
    git(folder, "config", "user.name", "Léa")
    git(folder, "config", "user.email", "lea@exemple.org")
    git(folder, "remote", "add", "origin", str(remote))
    (folder / "source.md").write_text("un texte")
    git(folder, "add", "source.md")
    git(folder, "commit", "--quiet", "-m", "Le texte")
    return Publication(folder, GitTarget())


def cloned(remote: Path) -> dict[str, bytes]:
    """What somebody gets who clones the published branch."""
    folder = remote.parent / f"clone-{len(list(remote.parent.iterdir()))}"
    git(remote.parent, "clone", "--quiet", "--branch", "gh-pages", str(remote), folder.name)
    return {path: content for path, content in contents(folder).items() if path not in OURS}


def commits(remote: Path) -> int:
    return int(git(remote, "rev-list", "--count", "gh-pages"))


def test_a_clone_of_the_branch_holds_the_site_and_then_the_next_one(
    project: Publication, remote: Path
) -> None:
    assert project().added == tuple(sorted(FILES))
    assert cloned(remote) == dict(FILES)
    changes = project(LATER)
    assert (changes.added, changes.changed, changes.removed) == (ADDED, CHANGED, REMOVED)
    assert cloned(remote) == dict(LATER)
    assert commits(remote) == 2


def test_the_second_time_there_is_no_new_commit(project: Publication, remote: Path) -> None:
    project()
    assert project().nothing
    assert commits(remote) == 1


def test_a_dry_run_pushes_nothing(project: Publication, remote: Path) -> None:
    project(dry_run=True)
    assert f"{len(FILES)} ajoutés" in project.said[-1]
    assert git(remote, "branch", "--list") == ""
    assert git(project.base, "branch", "--list") == "* main"


def test_github_is_told_that_this_is_no_jekyll_site(project: Publication, remote: Path) -> None:
    project()
    assert ".nojekyll" in git(remote, "ls-tree", "--name-only", "gh-pages").split()


def test_a_message_says_how_much_has_changed(project: Publication, remote: Path) -> None:
    project()
    project(LATER)
    assert git(remote, "log", "-1", "--format=%an %s", "gh-pages") == "Léa Publication : +2 ~2 -2"


def test_the_branch_with_the_sources_is_left_alone(project: Publication) -> None:
    before = git(project.base, "rev-parse", "HEAD")
    project()
    assert git(project.base, "rev-parse", "HEAD") == before
    assert git(project.base, "status", "--porcelain", "--untracked-files=no") == ""


def test_the_branch_that_somebody_works_on_is_never_a_target(project: Publication) -> None:
    project.target = GitTarget(branch="main")
    with pytest.raises(PublishingError, match="la branche main est celle où vous travaillez"):
        project()


def test_a_branch_of_another_working_folder_is_never_a_target(
    project: Publication, remote: Path
) -> None:
    project()
    git(project.base, "worktree", "add", "--quiet", "../ailleurs", "gh-pages")
    with pytest.raises(PublishingError, match="est celle où vous travaillez"):
        project(LATER)
    assert commits(remote) == 1


def by_others(remote: Path, path: str, content: str) -> None:
    """Somebody else commits a file to the published branch."""
    folder = remote.parent / f"autre-{path}"
    git(remote.parent, "clone", "--quiet", "--branch", "gh-pages", str(remote), folder.name)
    (folder / path).write_text(content)
    git(folder, "add", path)
    git(
        folder,
        "-c",
        "user.name=Ana",
        "-c",
        "user.email=ana@exemple.org",
        "commit",
        "--quiet",
        "-m",
        path,
    )
    git(folder, "push", "--quiet")


def test_what_others_keep_in_the_branch_stays(project: Publication, remote: Path) -> None:
    project()
    by_others(remote, "CNAME", "exemple.org\n")
    assert project().nothing
    project(LATER)
    assert cloned(remote) == {**LATER, "CNAME": b"exemple.org\n"}
    assert commits(remote) == 3


def test_a_page_that_others_changed_in_the_branch_is_put_right(
    project: Publication, remote: Path
) -> None:
    project()
    by_others(remote, "index.html", "autre chose")
    assert project().changed == ("index.html",)
    assert cloned(remote) == dict(FILES)


def test_a_branch_made_by_something_else_is_not_taken_over_unless_it_is_said(
    project: Publication, remote: Path
) -> None:
    git(project.base, "checkout", "--quiet", "--orphan", "gh-pages")
    git(project.base, "rm", "--quiet", "--cached", "source.md")
    (project.base / "index.html").write_text("un ancien site")
    git(project.base, "add", "index.html")
    git(project.base, "commit", "--quiet", "-m", "Ancien site")
    git(project.base, "push", "--quiet", "origin", "gh-pages")
    git(project.base, "checkout", "--quiet", "-f", "main")
    with pytest.raises(PublishingError, match="--adopt"):
        project()
    assert commits(remote) == 1
    project(adopt=True)
    assert cloned(remote) == dict(FILES)


def test_the_list_of_what_is_ours_is_in_the_branch(project: Publication, remote: Path) -> None:
    project()
    assert MANIFEST in git(remote, "ls-tree", "--name-only", "gh-pages").split()


def test_a_published_branch_that_was_deleted_is_made_anew(
    project: Publication, remote: Path
) -> None:
    project()
    git(remote, "branch", "-D", "gh-pages")
    assert len(project().added) == len(FILES)
    assert cloned(remote) == dict(FILES)


def test_a_fresh_clone_of_the_project_publishes_on_top_of_what_is_there(
    project: Publication, remote: Path
) -> None:
    project()
    git(project.base, "push", "--quiet", "origin", "main")
    git(remote.parent, "clone", "--quiet", "--depth=1", "--branch=main", f"file://{remote}", "ci")
    ci = remote.parent / "ci"
    git(ci, "config", "user.name", "Ana")
    git(ci, "config", "user.email", "ana@exemple.org")
    assert Publication(ci, GitTarget())(LATER).changed == CHANGED
    assert cloned(remote) == dict(LATER)
    assert commits(remote) == 2


def test_a_refused_push_leaves_the_branch_as_it_was(project: Publication, remote: Path) -> None:
    project()
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(PublishingError, match="le dépôt refuse ce qui lui est envoyé"):
        project(LATER)
    assert cloned(remote) == dict(FILES)
    hook.unlink()
    project(LATER)
    assert cloned(remote) == dict(LATER)
    assert commits(remote) == 2


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (GitTarget(remote="origine"), "ne connaît pas de dépôt « origine » — vouliez-vous dire"),
        (GitTarget(remote="xyz"), "git remote add xyz"),
        (GitTarget(branch="a..b"), "git s’est arrêté"),
    ],
)
def test_a_misconfigured_target_is_said(
    project: Publication, target: GitTarget, message: str
) -> None:
    project.target = target
    with pytest.raises(PublishingError, match=message):
        project()


def test_a_repository_that_is_gone_is_said(project: Publication, remote: Path) -> None:
    remote.rename(remote.with_name("ailleurs.git"))
    with pytest.raises(PublishingError, match="il n’y a pas de dépôt git à cette adresse"):
        project()


def test_a_server_that_does_not_answer_is_said(project: Publication) -> None:
    git(project.base, "remote", "set-url", "origin", "git://127.0.0.1:1/site.git")
    with pytest.raises(PublishingError, match="le serveur ne répond pas"):
        project()


def test_a_folder_without_a_repository_is_said(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="n’est pas un dépôt git"):
        Publication(tmp_path, GitTarget())()


def test_git_must_know_who_publishes(
    project: Publication, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(project.base, "config", "--unset", "user.email")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    with pytest.raises(PublishingError, match=r"git config user\.email"):
        project()
    assert git(remote, "branch", "--list") == ""


# -- forgetting


def blobs(repository: Path, *which: str) -> bytes:
    """The content of the files among the objects of a repository, by default those to which the
    branch leads."""
    listed = git(repository, *(which or ("rev-list", "--objects", "gh-pages")))
    names = [line.split()[0] for line in listed.split("\n")]
    kinds = {name: git(repository, "cat-file", "-t", name) for name in names}
    return b"\n".join(
        subprocess.check_output(["git", "cat-file", "blob", name], cwd=repository)
        for name, kind in kinds.items()
        if kind == "blob"
    )


def test_a_branch_may_forget_all_publications_but_the_last(
    project: Publication, remote: Path
) -> None:
    project({**FILES, "portraits/zq/index.html": b"zqcanari"})
    project(LATER)
    assert b"zqcanari" in blobs(remote) and commits(remote) == 2
    project(LATER, forget=True)
    assert commits(remote) == 1
    assert cloned(remote) == dict(LATER)
    for repository in (remote, project.base):
        assert b"zqcanari" not in blobs(repository)
    git(project.base, "gc", "--quiet", "--prune=now")
    every = ("cat-file", "--batch-check", "--batch-all-objects")
    assert b"zqcanari" not in blobs(project.base, *every)
    project(FILES)
    assert (cloned(remote), commits(remote)) == (dict(FILES), 2)


def test_forgetting_never_takes_back_the_publication_of_somebody_else(
    project: Publication, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project()
    commit = GitBranch._commit

    def interrupted(self: GitBranch, folder: str, message: str) -> None:
        commit(self, folder, message)
        other = git(remote, "commit-tree", "gh-pages^{tree}", "-m", "autre", "-p", "gh-pages")
        git(remote, "update-ref", "refs/heads/gh-pages", other)

    git(remote, "config", "user.name", "Ana")
    git(remote, "config", "user.email", "ana@exemple.org")
    monkeypatch.setattr(GitBranch, "_commit", interrupted)
    with pytest.raises(PublishingError, match="une autre publication vient de passer"):
        project(LATER, forget=True)
    assert git(remote, "log", "-1", "--format=%s", "gh-pages") == "autre"


def test_only_a_branch_can_forget(tmp_path: Path) -> None:
    publication = Publication(tmp_path, FolderTarget("www"))
    with pytest.raises(PublishingError, match="--forget est pour une branche de git"):
        publication(forget=True)
    assert not (tmp_path / "www").exists()
