"""The editor in the browser is published where a setting asks for it, and tells of no draft."""

from __future__ import annotations

import io
import shutil
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest
from portraits.pages.admin.packages import PACKAGES
from portraits.support.problems import SourceRefused

from tests.browser.admin import REPOSITORY
from tests.fixtures.packages import KEPT, share_packages
from tests.site.workspace import MadePage, Workspace, change

pytestmark = pytest.mark.site

DRAFT = """---
name: Personne Secrète
date: 2011-01-01
status: draft
tags: [clandestin]
---

## Une question ?

Non.
"""
KIND = "admin"


@pytest.fixture
def series(tmp_path: Path) -> Workspace:
    for cache in ("cache", "fresh-cache"):
        share_packages(tmp_path / cache)
    return Workspace(tmp_path, settings={"admin": REPOSITORY, "search": False})


def published(series: Workspace) -> dict[str, bytes]:
    """Return the files of the editor."""
    folder = series.output / "admin"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_without_the_setting_there_is_no_editor(tmp_path: Path) -> None:
    series = Workspace(tmp_path, settings={"search": False})
    series.build()
    assert not (series.output / "admin").exists()
    assert "admin" not in (series.output / "_headers").read_text(encoding="utf-8")


def test_everything_that_the_editor_loads_comes_from_the_site(series: Workspace) -> None:
    series.build()
    files = published(series)
    own = {path for path in files if not path.startswith(("yaml/", "sveltia/assets/"))}
    assert own == {
        "index.html",
        "admin.js",
        "front-matter.js",
        "collections.json",
        "locales/fr.js",
        "sveltia/index.js",
        "sveltia/LICENSE.txt",
        "sveltia/chunks/react-B5rWoXIC.js",
        "sveltia/chunks/react-dom-DwWAebfb.js",
    }
    assert {"yaml/index.js", "yaml/LICENSE.txt"} <= set(files)
    assert b"import(`../locales/fr.js`)" in files["sveltia/index.js"]
    assert files["locales/fr.js"].startswith(b"export default {")
    assert not any(b"sourceMappingURL" in text for text in files.values())


def test_search_engines_are_kept_out(series: Workspace) -> None:
    series.build()
    assert '<meta name="robots" content="noindex">' in series.page("admin")
    assert "admin" not in (series.output / "sitemap.xml").read_text(encoding="utf-8")
    headers = (series.output / "_headers").read_text(encoding="utf-8")
    assert "X-Robots-Tag: noindex" in headers.partition("/admin/*\n")[2]


def test_no_page_of_the_site_has_another_policy_or_a_link_to_it(series: Workspace) -> None:
    series.build()
    pages = {
        path.relative_to(series.output).as_posix(): path.read_text(encoding="utf-8")
        for path in series.output.rglob("*.html")
    }
    looser = {name for name, text in pages.items() if "unsafe-inline" in text}
    assert looser == {"admin/index.html"}
    assert {name for name, text in pages.items() if "/admin/" in text} == set()


def test_drafts_and_portraits_to_come_leave_no_trace_in_it(series: Workspace) -> None:
    series.build()
    before = published(series)
    series.write("secret", DRAFT)
    series.write("demain", DRAFT.replace("status: draft\n", "").replace("2011", "2099"))
    report = series.build()
    assert len(report.waiting) == 2
    assert published(series) == before


def test_a_question_that_changes_changes_what_a_new_portrait_asks(
    series: Workspace, made: list[MadePage]
) -> None:
    series.build()
    made.clear()
    wording = "Qu’est-ce qui t’a menée là ?"
    text = (series.content / "questionnaire.yml").read_text(encoding="utf-8")
    first = text.partition("fr: ")[2].partition("\n")[0]
    change(series.content / "questionnaire.yml", first, wording)
    report = series.build()
    assert "admin/collections.json" in report.written
    assert wording in published(series)["collections.json"].decode()
    assert [page.written for page in made if page.kind == KIND] == [("admin/collections.json",)]
    assert series.grown() == series.fresh()


def test_an_answer_that_changes_does_not_make_it_again(
    series: Workspace, made: list[MadePage]
) -> None:
    series.build()
    made.clear()
    series.set("lea", role="Autrice")
    series.build()
    assert made
    assert [page for page in made if page.kind == KIND] == []


def test_links_that_count_from_their_page_do_not_break_it(series: Workspace) -> None:
    series.more_settings = "RELATIVE_URLS = True\n"
    series.build()
    assert '<script type="module" src="admin.js">' in series.page("admin")


def test_without_the_network_the_site_stands_as_it_was_and_one_message_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offline(address: str, timeout: float) -> io.BytesIO:
        raise URLError("Name or service not known")

    series = Workspace(tmp_path, settings={"search": False})
    series.build()
    before = series.grown()
    series.settings["admin"] = REPOSITORY
    monkeypatch.setattr(urllib.request, "urlopen", offline)
    with pytest.raises(SourceRefused) as refused:
        series.build()
    (problem,) = refused.value.problems
    assert (problem.code, problem.path) == ("package-not-fetched", PACKAGES[0].address)
    assert "retirez « admin » de PORTRAITS" in problem.hint
    assert series.grown() == before


def test_another_file_than_the_expected_one_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: io.BytesIO(b"autre chose"))
    series = Workspace(tmp_path, settings={"search": False, "admin": REPOSITORY})
    with pytest.raises(SourceRefused) as refused:
        series.build()
    assert [problem.code for problem in refused.value.problems] == ["other-package"]
    assert list((tmp_path / "cache" / "packages").iterdir()) == []


def test_a_package_that_was_damaged_is_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share_packages(tmp_path / "whole")
    kept = tmp_path / "cache" / "packages"
    shutil.copytree(KEPT, kept)
    (kept / PACKAGES[1].file_name).write_bytes(b"")
    asked: list[str] = []

    def answer(address: str, timeout: float) -> io.BytesIO:
        asked.append(address)
        return io.BytesIO((KEPT / PACKAGES[1].file_name).read_bytes())

    monkeypatch.setattr(urllib.request, "urlopen", answer)
    series = Workspace(tmp_path, settings={"search": False, "admin": REPOSITORY})
    series.build()
    series.build()
    assert asked == [PACKAGES[1].address]
