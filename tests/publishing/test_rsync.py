"""Publishing with the real rsync: to a folder, and to a daemon on loopback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from portraits.build.releases import STAMP, PublishingError
from portraits.publish import SendingStopped
from portraits.publish.site import MANIFEST
from portraits.publish.targets import RsyncTarget

from tests.processes import free_port
from tests.publishing.conftest import running
from tests.publishing.sites import ADDED, CHANGED, FILES, LATER, REMOVED, Publication, contents

pytestmark = pytest.mark.servers


@pytest.fixture
def www(tmp_path: Path) -> Path:
    folder = tmp_path / "www"
    folder.mkdir()
    return folder


@pytest.fixture
def daemon(tmp_path: Path, www: Path, servers: dict[str, str]) -> Iterator[str]:
    """Address of an rsync daemon; its module ``site`` is ``www``."""
    port = free_port()
    me = "uid = 0\ngid = 0\n" if os.geteuid() == 0 else ""  # root's daemon becomes nobody
    modules = {
        "site": "read only = no\n",
        "fige": "read only = yes\n",
        "garde": "read only = no\nrefuse options = delete\n",
        "prive": "read only = no\nauth users = lea\nsecrets file = /dev/null\n",
    }
    configuration = tmp_path / "rsyncd.conf"
    configuration.write_text(
        f"use chroot = no\naddress = 127.0.0.1\nport = {port}\n"
        + "".join(f"[{name}]\npath = {www}\n{me}{more}" for name, more in modules.items())
    )
    with running(
        [servers["rsync"], "--daemon", "--no-detach", f"--config={configuration}"],
        port,
        tmp_path / "rsyncd.log",
    ):
        yield f"rsync://127.0.0.1:{port}"


@pytest.fixture(params=["folder", "daemon"])
def publication(
    request: pytest.FixtureRequest, tmp_path: Path, www: Path, servers: dict[str, str]
) -> Publication:
    to = str(www) if request.param == "folder" else f"{request.getfixturevalue('daemon')}/site"
    return Publication(tmp_path, RsyncTarget(to))


def test_the_server_holds_the_site_and_then_the_next_one(
    publication: Publication, www: Path
) -> None:
    assert publication().added == tuple(sorted(FILES))
    assert contents(www) == dict(FILES)
    changes = publication(LATER)
    assert (changes.added, changes.changed, changes.removed) == (ADDED, CHANGED, REMOVED)
    assert contents(www) == dict(LATER)
    assert not (www / "portraits/marc-andre").exists()
    assert not (www / STAMP).exists()


def test_the_second_time_there_is_nothing_to_do(publication: Publication, www: Path) -> None:
    publication()
    before = {file: file.stat().st_mtime_ns for file in www.rglob("*")}
    assert publication().nothing  # although every file was built anew, with a new date
    assert {file: file.stat().st_mtime_ns for file in www.rglob("*")} == before


def test_a_dry_run_sends_nothing(publication: Publication, www: Path) -> None:
    publication(dry_run=True)
    assert f"{len(FILES)} ajoutés" in publication.said[-1]
    assert list(www.iterdir()) == []


def test_what_others_put_there_stays(publication: Publication, www: Path) -> None:
    publication()
    (www / "portraits/marc-andre/note.txt").write_text("à quelqu’un d’autre")
    (www / "statistiques").mkdir()
    (www / "statistiques/2011.html").write_text("à quelqu’un d’autre")
    publication(LATER)
    others = {"portraits/marc-andre/note.txt", "statistiques/2011.html"}
    assert contents(www).keys() == LATER.keys() | others


def test_a_name_with_wildcards_deletes_no_other(publication: Publication, www: Path) -> None:
    publication({**FILES, "a*b/[x]?.html": b"1", "a\\b.html": b"2"})
    (www / "aXb").mkdir()
    (www / "aXb/xy.html").write_text("à quelqu’un d’autre")
    publication(FILES)
    assert contents(www).keys() == FILES.keys() | {"aXb/xy.html"}


def test_a_file_of_somebody_else_is_not_replaced_unless_it_is_said(
    publication: Publication, www: Path
) -> None:
    (www / "index.html").write_text("à quelqu’un d’autre")
    with pytest.raises(PublishingError, match="--adopt"):
        publication()
    assert list(contents(www)) == ["index.html"]
    publication(adopt=True)
    assert contents(www) == dict(FILES)


def test_a_file_changed_by_hand_at_the_target_is_put_right(
    publication: Publication, www: Path
) -> None:
    publication()
    (www / "rss.xml").write_bytes(FILES["rss.xml"].replace(b"2.0", b"9.9"))
    assert publication().changed == ("rss.xml",)
    assert contents(www) == dict(FILES)


def test_readers_may_read_what_is_sent(publication: Publication, www: Path) -> None:
    publication()
    assert {file.stat().st_mode & 0o777 for file in www.rglob("*")} == {0o644, 0o755}


def cut_off(folder: Path, rsync: str, words: str) -> Path:
    """A folder with an rsync that loses its connection before it sends a file so named."""
    folder.mkdir()
    (folder / "rsync").write_text(
        f'#!/bin/sh\ncase "$*" in *--chmod*)\n'
        f"  cat > {folder}/names; grep -q {words} {folder}/names && exit 12\n"
        f'  exec {rsync} "$@" < {folder}/names;;\nesac\nexec {rsync} "$@"\n'
    )
    (folder / "rsync").chmod(0o755)
    return folder


def test_a_publication_that_stopped_on_its_way_is_taken_up_again(
    publication: Publication,
    www: Path,
    tmp_path: Path,
    servers: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publication()
    with monkeypatch.context() as context:
        broken = cut_off(tmp_path / "bin", servers["rsync"], "zoe")
        context.setenv("PATH", str(broken), prepend=os.pathsep)
        with pytest.raises(SendingStopped, match="rsync s’est arrêté"):
            publication(LATER)
    there = contents(www)
    assert "theme/style.3d4e5f.css" in there, "pictures and styles come first"
    assert there["index.html"] == FILES["index.html"], "pages come after"
    assert "theme/style.0a1b2c.css" in there, "deletions come last"
    # what had been sent is known as ours, although the version it was of never came about
    publication(FILES)
    assert contents(www) == dict(FILES)


def test_a_folder_in_the_place_of_a_page_is_said(publication: Publication, www: Path) -> None:
    (www / "index.html").mkdir()
    (www / "index.html/autre").write_text("à quelqu’un d’autre")
    with pytest.raises(PublishingError, match="un dossier du serveur porte le nom"):
        publication()
    assert list(contents(www)) == ["index.html/autre"]


# -- what goes wrong


def refusal(base: Path, to: str) -> str:
    with pytest.raises(PublishingError) as refused:
        Publication(base, RsyncTarget(to))()
    return str(refused.value)


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("absent", "le serveur n’a pas ce module"),
        ("fige", "le serveur n’accepte pas d’écriture"),
        ("prive", "le serveur refuse le mot de passe — donnez-le dans RSYNC_PASSWORD"),
        ("site/absent", "ce dossier n’existe pas sur le serveur — créez-le"),
    ],
)
def test_what_a_daemon_refuses_is_said(
    tmp_path: Path, daemon: str, module: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RSYNC_PASSWORD", "faux")
    assert message in refusal(tmp_path, f"{daemon}/{module}")


def test_a_server_that_forbids_deletion_is_said(tmp_path: Path, daemon: str, www: Path) -> None:
    publication = Publication(tmp_path, RsyncTarget(f"{daemon}/garde"))
    publication()
    with pytest.raises(SendingStopped, match="le serveur interdit de supprimer"):
        publication(LATER)
    assert LATER.keys() <= contents(www).keys()


def test_a_server_that_does_not_answer_is_said(tmp_path: Path) -> None:
    assert "le serveur ne répond pas" in refusal(tmp_path, f"rsync://127.0.0.1:{free_port()}/site")


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    assert "ce dossier n’existe pas" in refusal(tmp_path, str(tmp_path / "absent"))


def test_rsync_that_is_not_installed_is_said(
    tmp_path: Path, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "rsync n’est pas installé sur cette machine" in refusal(tmp_path, str(www))


def test_a_forged_list_deletes_nothing_outside(publication: Publication, www: Path) -> None:
    publication()
    (www.parent / "voisin.txt").write_text("à quelqu’un d’autre")
    (www / MANIFEST).write_text('{"files": {"../voisin.txt": ""}}')
    publication(adopt=True)
    assert (www.parent / "voisin.txt").exists()


def test_a_link_in_the_place_of_a_folder_is_refused(
    publication: Publication, www: Path, tmp_path: Path
) -> None:
    (tmp_path / "ailleurs" / "lea").mkdir(parents=True)
    (tmp_path / "ailleurs" / "lea" / "index.html").write_text("à quelqu’un d’autre")
    (www / "portraits").symlink_to("../ailleurs")
    with pytest.raises(PublishingError, match="/portraits : c’est un lien symbolique"):
        publication(adopt=True)
    assert [path.name for path in www.iterdir()] == ["portraits"]
    assert (www / "portraits").is_symlink()
    assert (www / "portraits/lea/index.html").read_text() == "à quelqu’un d’autre"


def test_a_link_of_somebody_else_is_not_replaced_unless_it_is_said(
    publication: Publication, www: Path
) -> None:
    (www / "etiquettes").mkdir()
    for link in ("index.html", "etiquettes/web"):
        (www / link).symlink_to("/nulle-part")
    files = {path: FILES[path] for path in ("index.html", "rss.xml")}
    with pytest.raises(PublishingError, match=r"(?s)--adopt.*~ index\.html"):
        publication(files)
    assert (www / "index.html").is_symlink()
    publication(files, adopt=True)
    assert (www / "index.html").read_bytes() == FILES["index.html"]
    assert (www / "etiquettes/web").is_symlink()
