"""A blog with a theme of its own, which portraits join: nothing of the blog is lost or changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest
from lxml import html as lxml_html
from portraits.build.releases import working_folder
from portraits.host.guest import refuse_clashes
from portraits.support.problems import SourceRefused

from tests.site.blog import ROOT, Blog, assert_links_lead_to_files, follow_edits

pytestmark = pytest.mark.site


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    return Blog(tmp_path / "blog")


def test_everything_of_the_blog_is_made_as_before(blog: Blog) -> None:
    assert blog.pelican().returncode == 0
    before = blog.files()
    shutil.rmtree(blog.output)
    blog.with_portraits()
    done = blog.pelican()
    assert done.returncode == 0, done.stderr
    after = blog.files()
    assert {path: after.get(path) for path in before} == before
    assert "portraits/lea/index.html" in after
    assert "questions/index.html" in after
    assert "recommandations/index.html" in after
    assert "recommandations/graphe/index.html" in after


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_a_portrait_stands_in_the_layout_of_the_blog(blog: Blog, theme: str) -> None:
    blog.with_portraits(f"THEME = {theme!r}\n")
    assert blog.pelican().returncode == 0
    text = blog.page("portraits/lea/index.html")
    document = lxml_html.fromstring(text)
    assert "Mon blogue" in document.findtext(".//h1/a"), "the head of the blog"
    assert document.find_class("portraits"), "our page"
    assert document.findtext(".//title").startswith("Portrait de Léa")
    sheets = [link.get("href") for link in document.findall(".//link[@rel='stylesheet']")]
    assert [sheet for sheet in sheets if sheet.startswith("/theme/css/guest.")]
    assert len(document.findall(".//link[@rel='canonical']")) == 1
    assert text.count("og:title") == 1, "what belongs into the head stands there once"
    assert "À propos" in text, "the menu of the blog"


def test_a_site_overrides_one_template(blog: Blog) -> None:
    blog.with_portraits('THEME_TEMPLATES_OVERRIDES = ["mine"]\n')
    own = blog.folder / "mine" / "portraits"
    own.mkdir(parents=True)
    (own / "questions.html").write_text(
        '{% extends "base.html" %}{% block main %}<p>À moi.</p>{% endblock %}', encoding="utf-8"
    )
    (own / "frame.html").write_text(
        '{% extends "base.html" %}{% block content %}'
        "<i>{{ articles|length }}</i>{{ portraits_page.content }}{% endblock %}",
        encoding="utf-8",
    )
    done = blog.pelican()
    assert done.returncode == 0, done.stderr
    assert "<p>À moi.</p>" in blog.page("questions/index.html")
    assert "<i>1</i>" in blog.page("portraits/lea/index.html")


def test_portraits_stand_among_the_articles_if_a_setting_says_so(blog: Blog) -> None:
    blog.with_portraits()
    assert blog.pelican().returncode == 0
    assert "portraits/lea/" not in blog.page("archives.html")
    blog.settings(
        'PLUGINS = ["portraits"]\nPORTRAITS = {"pictures": False, "among_articles": True}\n'
    )
    assert blog.pelican().returncode == 0
    assert "portraits/lea/" in blog.page("archives.html")
    assert "portraits/lea/" in blog.page("category/portraits.html")
    feed = feedparser.parse(str(blog.output / "feeds/all.atom.xml"))
    entry = next(one for one in feed.entries if one.link.endswith("/portraits/lea/"))
    assert 'href="/' not in entry.content[0].value, "addresses in a feed are absolute"
    assert lxml_html.fromstring(blog.page("portraits/lea/index.html")).find_class("portraits")


def test_articles_and_portraits_link_to_each_other(blog: Blog) -> None:
    blog.with_portraits()
    blog.write("deux.md", "Title: Deux\nDate: 2024-05-01\n\n[Léa]({filename}portraits/lea.md)\n")
    lea = blog.content / "portraits/lea.md"
    text = lea.read_text(encoding="utf-8")
    asked = f"{text}\n## Où lire encore?\n\nDans [un article]"
    lea.write_text(f"{asked}(../un.md).\n", encoding="utf-8")
    done = blog.pelican()
    assert done.returncode == 0, done.stderr
    assert 'href="https://blogue.example/portraits/lea/"' in blog.page("deux.html")
    assert 'href="/premier.html"' in blog.page("portraits/lea/index.html")
    lea.write_text(f"{asked}(../brouillon.md).\n", encoding="utf-8")
    before = blog.files()
    done = blog.pelican()
    assert done.returncode == 1
    assert "brouillon.md" in done.stderr and "lea.md" in done.stderr
    assert blog.files() == before


def test_an_error_in_a_portrait_leaves_the_blog_as_it_was(blog: Blog) -> None:
    blog.with_portraits()
    assert blog.pelican().returncode == 0
    before = blog.files()
    (blog.content / "portraits/zoe.md").write_text("---\nname: Zoé\n---\n\nBonjour.\n")
    (blog.content / "portraits/max.md").write_text("---\nnom: Max\n---\n\nBonjour.\n")
    done = blog.pelican()
    assert done.returncode == 1
    assert "zoe.md" in done.stderr and "max.md" in done.stderr, "every problem at once"
    assert "Traceback" not in done.stdout + done.stderr
    assert blog.files() == before


def test_nothing_of_a_draft_is_in_the_blog(blog: Blog) -> None:
    blog.with_portraits('STATIC_PATHS = ["."]\nARTICLE_PATHS = ["."]\nOUTPUT_SOURCES = True\n')
    lea = blog.content / "portraits/lea.md"
    lea.write_text(
        lea.read_text(encoding="utf-8").replace("---\n", "---\nstatus: draft\n", 1)
        + "\n## Secret?\n\nCanari.\n",
        encoding="utf-8",
    )
    (blog.content / "portraits/ana.md").read_text(encoding="utf-8")
    done = blog.pelican()
    if done.returncode:  # another portrait leads to the draft
        assert "lea.md" in done.stderr
        shutil.rmtree(blog.content / "portraits")
        (blog.content / "portraits").mkdir()
        blog.write("portraits/lea.md", lea_alone())
        done = blog.pelican()
    assert done.returncode == 0, done.stderr
    assert not [path for path, content in blog.files().items() if b"Canari" in content]


def lea_alone() -> str:
    return (
        "---\nname: Léa\ndate: 2024-01-01\nstatus: draft\n---\n\nBonjour.\n\n"
        "## Secret?\n\nCanari.\n"
    )


def test_a_withdrawn_portrait_leaves_and_what_is_not_ours_stays(blog: Blog) -> None:
    blog.output.mkdir()
    (blog.output / "CNAME").write_text("blogue.example")
    (blog.output / "portraits").mkdir()
    (blog.output / "portraits/ancien.html").write_text("fait à la main")
    blog.with_portraits()
    assert blog.pelican().returncode == 0
    assert "portraits/max/index.html" in blog.files() or "portraits/ana/index.html" in blog.files()
    gone = next(iter(sorted((blog.content / "portraits").glob("*.md"))))
    for path in (blog.content / "portraits").glob("*.md"):
        path.unlink()
    blog.write(
        "portraits/zoe.md",
        "---\nname: Zoé\ndate: 2024-01-01\n---\n\nBonjour.\n\n## Ça va?\n\nOui.\n",
    )
    done = blog.pelican()
    assert done.returncode == 0, done.stderr
    files = blog.files()
    assert f"portraits/{gone.stem}/index.html" not in files
    assert "portraits/zoe/index.html" in files
    assert files["CNAME"] == b"blogue.example"
    assert files["portraits/ancien.html"] == "fait à la main".encode()


def test_the_output_is_deleted_first_if_the_blog_asks_for_it(blog: Blog) -> None:
    blog.output.mkdir()
    (blog.output / "vieux.html").write_text("vieux")
    (blog.output / ".git").write_text("gardé")
    blog.with_portraits('DELETE_OUTPUT_DIRECTORY = True\nOUTPUT_RETENTION = [".git"]\n')
    assert blog.pelican().returncode == 0
    assert "vieux.html" not in blog.files()
    assert blog.files()[".git"] == "gardé".encode()


def test_two_that_write_the_same_page_are_told_apart(blog: Blog) -> None:
    blog.with_portraits()
    blog.write(
        "portraits-index.md",
        "Title: À moi\nDate: 2024-05-01\nSave_as: portraits/index.html\n\nLa mienne.\n",
    )
    done = blog.pelican()
    assert done.returncode == 1
    assert "portraits/index.html" in done.stderr and "on_clash" in done.stderr
    for choice, mine in (("theirs", True), ("ours", False)):
        blog.settings(
            f'PLUGINS = ["portraits"]\nPORTRAITS = {{"pictures": False, "on_clash": {choice!r}}}\n'
        )
        done = blog.pelican()
        assert done.returncode == 0, done.stderr
        assert ("La mienne." in blog.page("portraits/index.html")) is mine


def test_a_layout_without_the_usual_blocks_is_told(blog: Blog) -> None:
    theme = blog.folder / "theme"
    (theme / "templates").mkdir(parents=True)
    (theme / "templates/base.html").write_text("<html>{% block middle %}{% endblock %}</html>")
    blog.with_portraits('THEME = "theme"\n')
    done = blog.pelican()
    assert done.returncode == 1
    assert "base.html" in done.stderr and "middle" in done.stderr and "frame.html" in done.stderr
    (theme / "templates/portraits").mkdir()
    (theme / "templates/portraits/frame.html").write_text(
        '{% extends "base.html" %}{% block middle %}{{ portraits_page.head() }}'
        "{{ portraits_page.content }}{% endblock %}"
    )
    done = blog.pelican()
    assert done.returncode == 0, done.stderr
    assert "portraits__page" in blog.page("portraits/lea/index.html")


def test_relative_addresses_lead_to_files(blog: Blog) -> None:
    blog.with_portraits()
    assert blog.pelican("--relative-urls").returncode == 0
    assert_links_lead_to_files(blog)


def test_the_same_blog_gives_the_same_bytes(blog: Blog) -> None:
    blog.with_portraits()
    assert blog.pelican().returncode == 0
    before = blog.files()
    assert blog.pelican().returncode == 0
    assert blog.files() == before
    shutil.rmtree(blog.output)
    shutil.rmtree(working_folder(blog.output))
    shutil.rmtree(blog.folder / "cache", ignore_errors=True)
    assert blog.pelican().returncode == 0
    assert blog.files() == before


def test_our_command_builds_the_same_blog(blog: Blog) -> None:
    blog.with_portraits()
    assert blog.pelican().returncode == 0
    before = blog.files()
    shutil.rmtree(blog.output)
    done = subprocess.run(
        [sys.executable, "-m", "portraits", "build"],
        cwd=blog.folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert blog.files() == before


def test_every_portrait_is_offered_to_the_templates_of_the_blog(blog: Blog) -> None:
    blog.with_portraits('DIRECT_TEMPLATES = ["index", "gens"]\nTHEME_TEMPLATES_OVERRIDES = ["t"]\n')
    (blog.folder / "t").mkdir()
    (blog.folder / "t/gens.html").write_text(
        "{% for one in portraits %}{{ one.url }} {{ one.portrait.name }}\n{% endfor %}"
    )
    done = blog.pelican()
    assert done.returncode == 0, done.stderr
    assert "portraits/lea/ Léa" in blog.page("gens.html")
    assert json.loads((blog.output / "api/portraits.json").read_bytes())


@pytest.mark.parametrize("choice", ["", "ours", "theirs"])
def test_files_of_two_are_refused_unless_the_settings_say_whose(choice: str) -> None:
    refuse_clashes([], choice)
    if choice:
        refuse_clashes(["a.html"], choice)
        return
    with pytest.raises(SourceRefused) as refused:
        refuse_clashes(["a.html", "b.html"], choice)
    assert [(one.path, one.code) for one in refused.value.problems] == [
        ("a.html", "clash"),
        ("b.html", "clash"),
    ]


def test_pelican_follows_edits_and_goes_on_after_an_error(blog: Blog) -> None:
    blog.with_portraits()
    follow_edits(blog)


def test_who_is_withdrawn_is_gone_from_the_blog_and_its_kept_release(blog: Blog) -> None:
    blog.with_portraits()
    assert blog.pelican().returncode == 0
    assert "Léa Tremblay" in blog.page("portraits/lea/index.html")
    (blog.content / "withdrawn.toml").write_text(
        '[[withdrawn]]\ndate = 2026-01-02\nsources = ["portraits/lea.md"]\n'
        'addresses = ["portraits/lea/"]\n',
        encoding="utf-8",
    )
    done = blog.pelican()
    assert done.returncode == 0, done.stderr
    page = blog.page("portraits/lea/index.html")
    assert "Page retirée" in page and "Léa" not in page and "Mon blogue" in page
    named = [path for path, content in blog.files().items() if "Léa Tremblay".encode() in content]
    assert named == []
    assert not list((working_folder(blog.output) / "trees").rglob("*.html"))
