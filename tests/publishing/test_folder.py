"""Publishing to folders of this machine, in one step and file by file."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from portraits.build.releases import STAMP, PublishingError, opened, working_folder
from portraits.publish import SendingStopped, publish
from portraits.publish import folder as module
from portraits.publish.site import MANIFEST
from portraits.publish.targets import FolderTarget

from tests.publishing.sites import (
    ADDED,
    CHANGED,
    FILES,
    LATER,
    REMOVED,
    Publication,
    build,
    contents,
)


@pytest.fixture
def www(tmp_path: Path) -> Path:
    return tmp_path / "www" / "site"


@pytest.fixture
def release(tmp_path: Path, www: Path) -> Publication:
    """To a folder that changes places with the new site."""
    www.parent.mkdir()
    return Publication(tmp_path, FolderTarget("www/site"))


@pytest.fixture
def in_place(release: Publication, www: Path) -> Publication:
    """To a folder that held something of somebody else's: its files change one by one."""
    www.mkdir()
    (www / "autre.txt").write_text("à quelqu’un d’autre")
    return release


Prepared = Callable[[str], Publication]


@pytest.fixture(params=["release", "in_place"])
def either(request: pytest.FixtureRequest) -> Publication:
    publication: Publication = request.getfixturevalue(request.param)
    return publication


def of_others(www: Path) -> dict[str, bytes]:
    return {"autre.txt": (www / "autre.txt").read_bytes()} if (www / "autre.txt").exists() else {}


def test_the_folder_holds_the_site_and_then_the_next_one(either: Publication, www: Path) -> None:
    others = of_others(www)
    assert either().added == tuple(sorted(FILES))
    assert contents(www) == {**FILES, **others}
    changes = either(LATER)
    assert (changes.added, changes.changed, changes.removed) == (ADDED, CHANGED, REMOVED)
    assert contents(www) == {**LATER, **others}
    assert not (www / "portraits/marc-andre").exists()


def test_the_second_time_there_is_nothing_to_do(either: Publication, www: Path) -> None:
    either()
    before = {file: file.stat().st_mtime_ns for file in www.rglob("*")}
    assert either().nothing
    assert either.said[-1].endswith(f"rien à changer ({len(FILES)} fichiers).")
    assert {file: file.stat().st_mtime_ns for file in www.rglob("*")} == before


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    either: Publication, www: Path
) -> None:
    either()
    before = contents(www)
    either(LATER, dry_run=True)
    assert "2 ajoutés, 2 modifiés, 2 retirés" in either.said[-1]
    assert "  - theme/style.0a1b2c.css" in either.said[-1]
    assert contents(www) == before


def test_the_builds_own_stamp_is_not_published(in_place: Publication, www: Path) -> None:
    in_place()
    assert not (www / STAMP).exists()


def test_readers_may_read_whatever_the_umask(either: Publication, www: Path) -> None:
    before = os.umask(0o077)
    try:
        either()
    finally:
        os.umask(before)
    modes = {path: (www / path).stat().st_mode & 0o777 for path in FILES}
    assert set(modes.values()) == {0o644}


def test_what_others_put_in_the_folder_meanwhile_stays(either: Publication, www: Path) -> None:
    either()
    (www / ".well-known").mkdir()
    (www / ".well-known/jeton").write_text("défi")
    (www / "favori").symlink_to("index.html")
    either(LATER)
    assert (www / ".well-known/jeton").read_text() == "défi"
    assert (www / "favori").readlink() == Path("index.html")
    (www / ".well-known/jeton").unlink()
    either(FILES)
    either(LATER)
    either(FILES)
    either(LATER)
    either(FILES)
    assert not (www / ".well-known/jeton").exists(), "what others took away came back"


def test_a_file_of_somebody_else_is_not_replaced_unless_it_is_said(
    in_place: Publication, www: Path
) -> None:
    (www / "index.html").write_text("à quelqu’un d’autre")
    with pytest.raises(PublishingError, match="--adopt"):
        in_place()
    assert sorted(contents(www)) == ["autre.txt", "index.html"]
    in_place(adopt=True)
    assert contents(www) == {**FILES, **of_others(www)}


def test_a_file_changed_by_hand_at_the_target_is_put_right(either: Publication, www: Path) -> None:
    either()
    (www / "rss.xml").unlink()
    (www / "rss.xml").write_bytes(FILES["rss.xml"].replace(b"2.0", b"9.9"))
    assert either().changed == ("rss.xml",)
    assert contents(www) == {**FILES, **of_others(www)}


def test_an_earlier_release_can_be_put_back_and_the_next_publication_goes_on(
    release: Publication, www: Path
) -> None:
    release()
    release(LATER)
    with opened(www) as releases:
        releases.roll_back()
    assert contents(www) == dict(FILES)
    release(LATER)
    assert contents(www) == dict(LATER)
    assert release(LATER).nothing


def test_a_release_from_before_a_withdrawal_is_neither_kept_nor_put_back(
    release: Publication, www: Path
) -> None:
    release({**FILES, "portraits/zq/index.html": b"zqcanari"})
    release(LATER, marks=("0123abcd",))
    assert "zqcanari" not in "".join(
        path.read_text("latin-1") for path in www.parent.rglob("*") if path.is_file()
    )
    with opened(www) as releases, pytest.raises(PublishingError, match="aucune version"):
        releases.roll_back()
    release(FILES, marks=("0123abcd",))
    with opened(www) as releases:
        with pytest.raises(PublishingError, match="date d’avant un retrait"):
            releases.roll_back(("4567cdef",))
        releases.roll_back(("0123abcd",))
    assert contents(www) == dict(LATER)


def test_a_folder_that_is_a_link_is_switched(release: Publication, www: Path) -> None:
    release()
    www.rename(www.with_name("site-1"))
    www.symlink_to("site-1")
    release(LATER)
    assert www.is_symlink()
    assert contents(www) == dict(LATER)
    assert contents(www.with_name("site-1")) == dict(FILES)


def test_readers_never_see_a_page_without_its_style(
    in_place: Publication, www: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_place()
    seen: list[str] = []
    replace, unlink = Path.replace, Path.unlink

    def replaced(self: Path, target: Path) -> Path:
        seen.append(target.relative_to(www).as_posix())
        return replace(self, target)

    def unlinked(self: Path, missing_ok: bool = False) -> None:
        if self.is_relative_to(www):
            seen.append(f"-{self.relative_to(www).as_posix()}")
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "replace", replaced)
    later = build(in_place.base / "public", LATER)
    monkeypatch.setattr(Path, "unlink", unlinked)
    publish(later, in_place.target, root=in_place.base, say=print)
    assert seen == [
        MANIFEST,
        "theme/style.3d4e5f.css",
        "portraits/zoe/index.html",
        "index.html",
        "portraits/lea/index.html",
        "-portraits/marc-andre/index.html",
        "-theme/style.0a1b2c.css",
        MANIFEST,
    ]


def test_a_publication_that_stopped_on_its_way_is_taken_up_again(
    in_place: Publication, www: Path
) -> None:
    in_place()
    blocked = www / "portraits/zoe"  # the way of a folder of the new version
    blocked.write_text("ici")
    with pytest.raises(SendingStopped, match="un fichier porte le nom d’un dossier"):
        in_place(LATER)
    assert "theme/style.3d4e5f.css" in contents(www), "pictures and styles come first"
    assert contents(www)["index.html"] == FILES["index.html"], "pages come after"
    blocked.unlink()
    # what had been sent is known as ours, although the version it was of never came about
    in_place(FILES)
    assert contents(www) == {**FILES, **of_others(www)}


def test_the_target_cannot_be_where_the_site_is_built(tmp_path: Path) -> None:
    site = build(tmp_path / "public", FILES)
    for path in ("public", ".", "public/theme"):
        with pytest.raises(PublishingError, match="se recouvrent"):
            publish(site, FolderTarget(path), root=tmp_path, say=print)
    assert contents(site) == dict(FILES)
    assert not working_folder(tmp_path).exists()


def test_a_folder_whose_parent_is_missing_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="ce dossier n’existe pas — créez-le"):
        Publication(tmp_path, FolderTarget("ww/site"))()


def test_a_folder_without_a_site_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/style.css").write_text("")
    with pytest.raises(PublishingError, match="aucun site"):
        publish(tmp_path / "public", FolderTarget("www"), root=tmp_path, say=print)


def test_a_link_in_a_built_site_is_not_followed(release: Publication) -> None:
    release()
    (release.base / "public/secret").symlink_to("/etc/hostname")
    with pytest.raises(PublishingError, match="n’est pas un fichier ordinaire"):
        publish(release.base / "public", release.target, root=release.base, say=print)


@pytest.mark.parametrize("adopt", [False, True], ids=["", "adopt"])
def test_nothing_is_written_through_a_link_in_the_folder(
    either: Publication, www: Path, tmp_path: Path, adopt: bool
) -> None:
    either({"index.html": b"<!doctype html>"})
    stranger = tmp_path / "ailleurs" / "lea"
    stranger.mkdir(parents=True)
    (stranger / "index.html").write_text("à quelqu’un d’autre")
    (www / "portraits").symlink_to(stranger.parent)
    before = contents(www)
    with pytest.raises(PublishingError, match="www/site/portraits : c’est un lien symbolique"):
        either(adopt=adopt)
    assert contents(www) == before
    assert (stranger / "index.html").read_text() == "à quelqu’un d’autre"
    assert [path.name for path in stranger.parent.rglob("*")] == ["lea", "index.html"]


def test_a_link_that_appears_while_files_are_sent_stops_the_publication(
    in_place: Publication, www: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ailleurs").mkdir()
    record = module.manifest.written

    def linked(digests: Mapping[str, str]) -> bytes:
        if not (www / "portraits").exists():
            (www / "portraits").symlink_to(tmp_path / "ailleurs")
        return record(digests)

    monkeypatch.setattr(module.manifest, "written", linked)
    with pytest.raises(SendingStopped, match="portraits : c’est un lien symbolique"):
        in_place()
    assert list((tmp_path / "ailleurs").iterdir()) == []
