"""Test which pages an edit makes, which files it writes, and which it leaves unchanged."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from portraits.build.releases import PublishingError
from portraits.host import running
from portraits.pages import feeds as feed_pages
from portraits.site.context import BuildContext
from portraits.support.problems import SourceRefused

from tests.site.workspace import MadePage, Workspace, change, differences, small_series

pytestmark = pytest.mark.site

Made = list[MadePage]

PORTRAIT = """---
name: {name}
date: 2012-0{month}-1{day}
tags: [{tags}]
status: {status}
lang: {lang}
accounts: {{twitter: {handle}}}
---

Une introduction pour {name}, et [Léa](lea.md#comment-as-tu-commence).

## Comment as-tu commencé ?

En {verb} chaque jour.

- Tu peux répéter ?

  En {verb}.

## Quel conseil donnes-tu ?

Ne jamais {verb} seul, dit « {name} ».

## Qu’est-ce que {name} aime ?

Le thé.

## #FF Qui suivre ?

- @{follows} : pour ses photos
- @p3 : pour ses mots
"""
FEEDS = ("atom.xml", "rss.xml", "feed.json")
DATABASE = "api/series.sqlite"


def portrait(number: int, **fields: str | int) -> str:
    return PORTRAIT.format(
        **{
            "name": f"Personne {number}",
            "handle": f"p{number}",
            "month": 1 + number % 4,
            "day": number % 9,
            "tags": ("radio", "ville, radio", "livre")[number % 3],
            "verb": ("lisant", "marchant", "écoutant")[number % 3],
            "lang": "en" if number == 8 else "fr",
            "follows": f"p{(number + 1) % 9}",
            "status": "draft" if number == 7 else "published",
            **fields,
        }
    )


def longer_series(content: Path) -> None:
    """Write twelve portraits, one of them a draft and one in English."""
    small_series(content)
    for number in range(9):
        (content / "portraits" / f"p{number}.md").write_text(portrait(number), encoding="utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a site of that series with three portraits per page, built once."""
    workspace = Workspace(tmp_path, longer_series, {"page_size": 3, "feed_size": 3})
    workspace.build()
    return workspace


def changed_by(workspace: Workspace, edit: Callable[[], object]) -> set[str]:
    """Return the paths of files that an edit changes, adds or removes; check that the report names
    the same ones and that the result equals a clean build."""
    before = workspace.grown()
    edit()
    report = workspace.build()
    after = workspace.grown()
    changed = set(differences(before, after))
    assert {*report.written, *report.removed} == changed
    assert differences(after, workspace.fresh()) == []
    return changed


def search(paths: set[str]) -> set[str]:
    return {path for path in paths if path.startswith("recherche/")}


def test_an_edited_answer_rewrites_the_files_that_show_it_and_no_other(
    workspace: Workspace,
) -> None:
    changed = changed_by(
        workspace, lambda: workspace.edit("p0", "En lisant chaque jour", "En lisant chaque nuit")
    )
    assert changed - search(changed) == {
        "portraits/p0/index.html",
        "api/portraits/p0.json",
        DATABASE,
        "questions/debut/page/1/index.html",
        "en/questions/debut/page/1/index.html",
    }
    # The names of the buckets; one bucket, under its former name and under its new one.
    assert {path.partition(".")[2] for path in search(changed)} == {"json", "words"}
    assert "recherche/index/portraits.json" not in changed
    assert len(search(changed)) == 3


def test_the_newest_portrait_s_feeds_follow_its_edit(workspace: Workspace) -> None:
    changed = changed_by(workspace, lambda: workspace.edit("p3", "Ne jamais", "Surtout ne jamais"))
    assert {f"questions/conseil/{name}" for name in FEEDS} <= changed
    assert set(FEEDS) <= changed
    assert not any(path.startswith("questions/debut/") for path in changed)


def test_an_edit_beside_pictures_rewrites_no_picture(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, settings={"pictures": True})
    for name, colour in (("lea", "teal"), ("tasse", "gold")):
        Image.new("RGB", (96, 96), colour).save(workspace.content / f"portraits/{name}.jpg")
    workspace.set("lea", photo={"file": "lea.jpg", "alt": "Un visage"})
    workspace.edit("lea", "Rien de tel.", "Rien de tel.\n\n![Une tasse](tasse.jpg)")
    workspace.build()
    for old, new in (("Une tasse", "Deux tasses"), ("Rien de tel.", "Rien."), ("dormir", "rire")):
        changed = changed_by(workspace, lambda old=old, new=new: workspace.edit("lea", old, new))
        assert not any(path.startswith("images/") for path in changed)
    assert 'alt="Deux tasses"' in workspace.page("portraits/lea")


def test_entries_of_feeds_that_an_edit_leaves_alone_are_not_made_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    make = feed_pages._whole

    def counted(context: BuildContext, source: str) -> object:
        made.append(source)
        return make(context, source)

    monkeypatch.setattr(feed_pages, "_whole", counted)
    workspace.edit("p3", "Ne jamais", "Surtout ne jamais")
    assert set(FEEDS) <= set(workspace.build().written)
    assert set(made) == {"portraits/p3.md"}


NEWEST = portrait(9, month=5, day=1, tags="radio").replace("date: 2012", "date: 2014")


def test_a_new_portrait_makes_few_pages_in_vain(workspace: Workspace, made: Made) -> None:
    workspace.write("p9", NEWEST)
    workspace.build()
    assert len(made) > 30
    # They ask which tags and which former addresses there are, and not how many have them.
    # Pages of the other language ask who is in the series at all.
    others = {"answers", "feeds", "indexes"}
    vain = {page.kind for page in made if not page.written}
    assert vain <= {"opml", "subscribe", "host rules", *others}
    assert differences(workspace.grown(), workspace.fresh()) == []


def test_a_new_portrait_rewrites_no_list_that_it_is_not_in(workspace: Workspace) -> None:
    changed = changed_by(workspace, lambda: workspace.write("p9", NEWEST))
    lists = {path.split("/")[1] for path in changed if path.startswith("etiquettes/")}
    assert lists == {"radio", "index.html"}


def test_the_oldest_pages_of_lists_stay_when_a_portrait_is_added(workspace: Workspace) -> None:
    workspace.write("p9", NEWEST)
    workspace.build()
    changed = changed_by(
        workspace,
        lambda: workspace.write(
            "p10",
            NEWEST.replace("2014", "2015")
            .replace("Personne 9", "Personne 10")
            .replace("{twitter: p9}", "{twitter: p10}"),
        ),
    )
    assert not any("/page/1/" in path for path in changed)


def test_a_tag_that_is_renamed_rewrites_its_lists_and_what_names_it(workspace: Workspace) -> None:
    def rename() -> None:
        for number in range(9):
            path = workspace.portrait(f"p{number}")
            path.write_text(path.read_text("utf-8").replace("livre", "livres"), "utf-8")

    changed = changed_by(workspace, rename)
    assert {
        "etiquettes/livre/index.html",
        "etiquettes/livres/index.html",
        "etiquettes/livres/atom.xml",
        "etiquettes/index.html",
        "etiquettes/radio/index.html",
        "portraits/p2/index.html",
        "api/portraits/p2.json",
    } <= changed
    assert not (workspace.output / "etiquettes/livre").exists()
    assert not any(path.startswith(("annees/2011", "questions/debut/page")) for path in changed)


def test_a_template_rewrites_what_is_filled_with_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, own_theme=True)
    workspace.build()
    changed = changed_by(
        workspace,
        lambda: change(
            workspace.theme / "templates/components/card.html", 'class="card ', 'class="card essai '
        ),
    )
    assert {"index.html", "portraits/index.html", "portraits/ana/index.html"} <= changed
    assert not any(path.startswith("api/") or path.endswith((".txt", ".xml")) for path in changed)
    assert "recommandations/index.html" not in changed


def test_a_template_that_prints_what_it_printed_is_filled_and_nothing_is_written(
    tmp_path: Path, made: Made
) -> None:
    workspace = Workspace(tmp_path, own_theme=True)
    workspace.build()
    made.clear()
    change(workspace.theme / "templates/home.html", "{%", "{# un mot #}{%")
    again = workspace.build()
    assert {page.kind for page in made} == {"home"}
    assert (again.written, again.removed, again.release) == ((), (), 1)


def test_a_style_rewrites_the_pages_that_name_it(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, own_theme=True)
    workspace.build()

    def restyle() -> None:
        with (workspace.theme / "static/css/base.css").open("a") as sheet:
            sheet.write("\n/* plus tard */\n")

    changed = changed_by(workspace, restyle)
    styles = {path for path in changed if path.startswith("theme/")}
    assert len(styles) == 2  # under its former name and under its new one
    assert {"index.html", "portraits/ana/index.html"} <= changed
    assert {Path(path).suffix for path in changed - styles} == {".html"}


def test_where_nothing_changed_nothing_is_made_nor_written(
    workspace: Workspace, made: Made
) -> None:
    again = workspace.build()
    assert (again.written, again.removed, again.release) == ((), (), 1)
    workspace.portrait("p0").touch()
    again = workspace.build()
    assert (again.written, again.removed, again.release) == ((), (), 1)
    assert made == []


def test_an_edit_of_a_draft_writes_nothing_and_makes_no_page_of_a_portrait(
    workspace: Workspace, made: Made
) -> None:
    workspace.edit("p7", "Le thé", "Le café")
    assert workspace.build().written == ()
    assert not {page.kind for page in made} & {"portraits", "answers", "lists", "feeds", "home"}


def test_an_edit_of_one_portrait_does_not_make_the_others(workspace: Workspace, made: Made) -> None:
    workspace.edit("p4", "Le thé", "Le café")
    workspace.build()
    assert [page.key for page in made if page.kind == "portraits"] == ["portraits/p4.md"]
    assert not {page.kind for page in made} & {"lists", "home", "directory", "questions"}


# -- what stands there


DAMAGES: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "emptied": lambda path: path.write_bytes(b""),
    "written over": lambda path: path.write_bytes(path.read_bytes()[::-1]),
    "replaced by a link": lambda path: (path.unlink(), path.symlink_to("/etc/hostname")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_file_that_was_damaged_is_mended(damage: str, workspace: Workspace) -> None:
    before = workspace.grown()
    for file in (
        "index.html",
        "atom.xml",
        "api/portraits/p0.json",
        DATABASE,
        "recherche/index/portraits.json",
        "robots.txt",
    ):
        DAMAGES[damage](workspace.output / file)
        report = workspace.build()
        assert report.written == (file,)
        assert workspace.grown() == before
        assert not (workspace.output / file).is_symlink()


def test_damage_beside_an_edit_is_mended_with_it(workspace: Workspace) -> None:
    (workspace.output / "atom.xml").write_bytes(b"")
    (workspace.output / "portraits/p1/index.html").unlink()
    workspace.edit("p3", "Ne jamais", "Surtout ne jamais")
    report = workspace.build()
    assert {*FEEDS, "portraits/p1/index.html"} <= set(report.written)
    assert differences(workspace.grown(), workspace.fresh()) == []


def test_a_file_whose_rights_were_changed_is_readable_again(workspace: Workspace) -> None:
    page = workspace.output / "index.html"
    page.chmod(0o600)
    os.utime(page, ns=(0, 0))
    workspace.build()
    assert page.stat().st_mode & 0o777 == 0o644


# -- what is refused


def test_a_refused_build_leaves_the_site_and_the_next_one_goes_on(workspace: Workspace) -> None:
    before = workspace.grown()
    workspace.edit("p0", "Le thé", "<script>")
    workspace.edit("p1", "Le thé", "Le café")
    with pytest.raises(SourceRefused):
        workspace.build()
    assert workspace.grown() == before
    workspace.edit("p0", "<script>", "Le lait")
    report = workspace.build()
    assert {"portraits/p0/index.html", "portraits/p1/index.html"} <= set(report.written)
    assert differences(workspace.grown(), workspace.fresh()) == []


def test_a_feed_whose_entry_is_not_well_formed_is_not_published(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = workspace.grown()
    atom = feed_pages.FORMATS[0]
    broken = dataclasses.replace(
        atom, serialised=lambda channel, entry: atom.serialised(channel, entry)[:-3]
    )
    with monkeypatch.context() as patched:
        patched.setattr(feed_pages, "FORMATS", (broken, *feed_pages.FORMATS[1:]))
        workspace.edit("p3", "En ", "Tout en ")
        with pytest.raises(PublishingError, match=r"atom\.xml : le fichier est mal formé"):
            workspace.build()
    assert workspace.grown() == before


def test_warnings_move_with_the_lines_of_an_edit(workspace: Workspace) -> None:
    def lost() -> list[tuple[str, int]]:
        return [
            (Path(problem.path).stem, problem.line)
            for problem in workspace.build().warnings
            if problem.code == "replacement-character"
        ]

    workspace.edit("p1", "Le thé.", "Le th\ufffd.")
    [(_, line)] = lost()
    workspace.edit("p0", "Le thé.", "Le th\ufffd.")
    assert lost() == [("p0", line), ("p1", line)]
    workspace.edit("p0", "En lisant", "Un mot.\n\nEn lisant")
    assert lost() == [("p0", line + 2), ("p1", line)]
    workspace.edit("p0", "Le th\ufffd.", "Le thé.")
    assert lost() == [("p1", line)]


def test_every_stage_of_a_build_says_how_far_it_has_come(workspace: Workspace) -> None:
    told: list[tuple[str, int, int]] = []

    def stages() -> list[str]:
        told.clear()
        options = workspace.options()
        running.build(workspace.values, options, lambda *said: told.append(said))
        assert all(0 <= done <= total for _, done, total in told)
        return list(dict.fromkeys(what for what, _, _ in told))

    assert stages() == []
    workspace.edit("p2", "name: Personne 2", "name: Autre personne")
    assert stages() == ["lecture", "préparation", "pages", "mise en place"]


# -- settings that are Pelican's


def test_what_pelican_is_told_of_pages_makes_them_again(workspace: Workspace) -> None:
    workspace.more_settings = (
        'MARKDOWN = {"extension_configs": {"markdown.extensions.nl2br": {}}}\n'
    )
    change(workspace.content / "pages/a-propos.md", "Une petite", "Une petite\nligne")
    workspace.build()
    assert "<br" in workspace.page("a-propos")
    workspace.more_settings = ""
    workspace.build()
    assert "<br" not in workspace.page("a-propos")
    assert differences(workspace.grown(), workspace.fresh()) == []


def test_pelican_is_started_for_the_editor_s_pages_and_for_nothing_else(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    run = running.run_pelican

    def counted(values: object, site: object) -> object:
        started.append(site)
        return run(values, site)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "run_pelican", counted)
    for edit in (
        lambda: workspace.edit("p0", "Le thé", "Le café"),
        lambda: workspace.edit("p1", "name: Personne 1", "name: Autre"),
        lambda: workspace.write("p9", portrait(9)),
        lambda: change(workspace.content / "questionnaire.yml", "Quel conseil", "Quel bon conseil"),
    ):
        edit()
        workspace.build()
    assert started == []
    change(workspace.content / "pages/a-propos.md", "\n\n", "\n\nBonjour. ")
    assert "a-propos/index.html" in workspace.build().written
    assert len(started) == 1
