"""Build small sites with the command, each time in a process of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DAY, Command

pytestmark = pytest.mark.site

GENERATED = (".portraits-release",)


def tree(output: Path) -> dict[str, str]:
    """Return path -> hash of every file of a site."""
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name not in GENERATED
    }


def test_what_is_only_remarked_on_is_published(small: Path, build: Command, tmp_path: Path) -> None:
    page = small / "pages" / "a-propos.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nUn \ufffd.\n", encoding="utf-8")
    ana = small / "portraits" / "ana.md"
    text = ana.read_text(encoding="utf-8").replace("---\n", "---\ntitle: Ana Côté, en bref\n", 1)
    ana.write_text(text, encoding="utf-8")
    done = build(small, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "content/pages/a-propos.md:8 : un caractère perdu" in done.stderr
    assert "Une petite série" in (tmp_path / "out/a-propos/index.html").read_text(encoding="utf-8")
    opening = (tmp_path / "out/portraits/ana/index.html").read_text(encoding="utf-8")
    assert '<span class="opening__wording">Ana Côté, en bref</span>' in opening


def test_a_small_site_is_exactly_these_files(small: Path, build: Command, tmp_path: Path) -> None:
    done = build(small, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    found = {path for path in tree(tmp_path / "out") if not path.startswith("theme/")}
    feeds = {"atom.xml", "rss.xml", "feed.json"}
    portraits = {"ana", "lea", "sam"}
    lists = {"mastodon": {"sam"}, "opml": {"sam"}}
    expected = (
        feeds
        | {
            "index.html",
            "404.html",
            "sitemap.xml",
            "robots.txt",
            "_headers",
            "_redirects",
            ".htaccess",
            ".nojekyll",
            "abonnement.opml",
        }
        | {
            f"{page}/index.html"
            for page in (
                "a-propos",
                "portraits",
                "personnes",
                "etiquettes",
                "organisations",
                "annees",
                "questions",
                "recommandations",
                "recommandations/graphe",
                "chiffres",
                "abonnement",
            )
        }
        | {f"portraits/{name}/index.html" for name in portraits}
        | {"portraits/lea/citation/index.html"}
        | {f"api/portraits/{name}.json" for name in portraits}
        | {"api/portraits.json", "api/recommandations.json", "api/series.sqlite"}
        | {f"api/schemas/{name}.json" for name in ("portrait", "portraits", "recommandations")}
        | {
            f"etiquettes/{tag}/{name}"
            for tag in ("musique", "benevolat")
            for name in (*feeds, "index.html")
        }
        | {f"organisations/{name}/index.html" for name in ("coop-du-nord", "radio-demain")}
        | {f"annees/{year}/index.html" for year in (2011, 2012, 2013)}
        | {
            f"questions/{question}/{name}"
            for question in ("debut", "conseil")
            for name in (*feeds, "index.html")
        }
        | {
            f"portraits/{name}/recommandations.{form}"
            for name in ("lea", "sam")
            for form in ("txt", "json")
        }
        | {f"portraits/{name}/recommandations.csv" for name in lists["mastodon"]}
        | {f"portraits/{name}/recommandations.opml" for name in lists["opml"]}
        | {f"recommandations/recommandations.{form}" for form in ("csv", "opml", "txt", "json")}
    )
    monograms = {path for path in found if path.startswith("images/monogram-")}
    assert len(monograms) == len(portraits)
    assert found - monograms == expected


def test_two_builds_from_nothing_are_the_same_bytes(
    small: Path, build: Command, tmp_path: Path
) -> None:
    build(small, tmp_path / "one")
    shutil.rmtree(tmp_path / "cache")
    build(small, tmp_path / "other", "--processes", "1")
    assert tree(tmp_path / "one") == tree(tmp_path / "other")


def test_neither_hash_seed_nor_zone_nor_locale_reaches_the_output(
    small: Path, build: Command, tmp_path: Path
) -> None:
    build(small, tmp_path / "plain")
    for number, environment in enumerate(
        ({"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}, {"PYTHONHASHSEED": "2", "LC_ALL": "C"})
    ):
        shutil.rmtree(tmp_path / "cache")
        output = tmp_path / f"strange{number}"
        subprocess.run(
            [
                *(sys.executable, "-m", "portraits", "build", "--content", str(small)),
                *("--output", str(output), "--settings", str(tmp_path / "conf.py"), "--now", DAY),
            ],
            env={**os.environ, **environment},
            capture_output=True,
            timeout=120,
            check=True,
        )
        assert tree(tmp_path / "plain") == tree(output)


def test_a_new_file_is_a_new_portrait(small: Path, build: Command, tmp_path: Path) -> None:
    build(small, tmp_path / "out")
    (small / "portraits/zoe.md").write_text(
        "---\nname: Zoé Roy\ndate: 1er mars 2014\n---\n\n## Ça va ?\n\nOui.\n", encoding="utf-8"
    )
    done = build(small, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/portraits/zoe/index.html").read_text(encoding="utf-8")
    assert "1er\u00a0mars 2014" in page
    assert "Zoé Roy" in (tmp_path / "out/index.html").read_text(encoding="utf-8")


def test_what_is_wrong_is_said_with_file_and_line_and_nothing_is_touched(
    small: Path, build: Command, tmp_path: Path
) -> None:
    build(small, tmp_path / "out")
    before = tree(tmp_path / "out")
    lea = small / "portraits/lea.md"
    lea.write_text(
        lea.read_text(encoding="utf-8").replace("name: Léa", "nom: Léa"), encoding="utf-8"
    )
    sam = small / "portraits/sam.md"
    sam.write_text(
        sam.read_text(encoding="utf-8").replace("2012-02-10", "2012-02-31"), encoding="utf-8"
    )
    done = build(small, tmp_path / "out")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert any("portraits/lea.md:2 : " in line and "« name »" in line for line in lines)
    assert any("portraits/sam.md:5 : " in line and "2012-02-31" in line for line in lines)
    assert "Traceback" not in done.stderr
    assert tree(tmp_path / "out") == before


def test_an_unpublished_portrait_reaches_no_byte_of_the_output(
    small: Path, build: Command, tmp_path: Path
) -> None:
    for name, state in (
        ("brouillon", "status: draft\ndate: 2014-01-01"),
        ("demain", "date: 2099-01-01"),
    ):
        (small / f"portraits/{name}.md").write_text(
            f"---\nname: Canari Secret\n{state}\ntags: [canarium]\norganization: Canarissime\n"
            "---\n\n## Canaribou ?\n\nCanaricule.\n\n## #FF\n\n- @canari_x pour rien\n",
            encoding="utf-8",
        )
    done = build(small, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "1er janvier 2099" in done.stderr.replace("\u00a0", " ")
    assert "brouillon" in done.stderr
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            assert b"canari" not in path.read_bytes().lower(), path


def test_a_portrait_set_back_to_draft_is_gone_from_the_next_build(
    small: Path, build: Command, tmp_path: Path
) -> None:
    build(small, tmp_path / "out")
    ana = small / "portraits/ana.md"
    ana.write_text(
        ana.read_text(encoding="utf-8").replace("name:", "status: draft\nname:"), encoding="utf-8"
    )
    done = build(small, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "out/portraits/ana").exists()
    assert not any(
        "Ana Côté" in path.read_text(encoding="utf-8")
        for path in (tmp_path / "out").rglob("*.html")
    )


def test_the_output_may_not_cover_the_sources(small: Path, build: Command, tmp_path: Path) -> None:
    for output in (small, small / "portraits", tmp_path):
        done = build(small, output)
        assert done.returncode == 1
        assert "se recouvrent" in done.stderr
    assert (small / "portraits/lea.md").exists()


def test_plain_pelican_builds_the_same_site(small: Path, build: Command, tmp_path: Path) -> None:
    build(small, tmp_path / "ours")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pelican",
            str(small),
            "-o",
            str(tmp_path / "theirs"),
            "-s",
            str(tmp_path / "conf.py"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(tmp_path / "ours") == tree(tmp_path / "theirs")


def test_an_edit_writes_the_pages_that_show_it_and_no_other(
    small: Path, build: Command, tmp_path: Path
) -> None:
    build(small, tmp_path / "out")
    before = tree(tmp_path / "out")
    ana = small / "portraits/ana.md"
    ana.write_text(
        ana.read_text(encoding="utf-8").replace("Oui.", "Oui, encore."), encoding="utf-8"
    )
    build(small, tmp_path / "out")
    after = tree(tmp_path / "out")
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    feeds = ("atom.xml", "rss.xml", "feed.json")
    assert changed == {
        "portraits/ana/index.html",
        "api/portraits/ana.json",
        "api/series.sqlite",
        "chiffres/index.html",
        *feeds,
        *(f"etiquettes/benevolat/{name}" for name in feeds),
    }


def test_a_build_that_needs_no_pelican_gives_the_same_bytes(
    small: Path, build: Command, tmp_path: Path
) -> None:
    build(small, tmp_path / "grown")
    lea = small / "portraits/lea.md"
    lea.write_text(
        lea.read_text(encoding="utf-8").replace("Par hasard", "Par chance"), encoding="utf-8"
    )
    about = small / "pages/a-propos.md"
    build(small, tmp_path / "grown")
    about.write_text(about.read_text(encoding="utf-8") + "\nUne ligne de plus.\n", encoding="utf-8")
    build(small, tmp_path / "grown")
    shutil.rmtree(tmp_path / "cache")
    build(small, tmp_path / "fresh")
    assert tree(tmp_path / "grown") == tree(tmp_path / "fresh")
    assert "Une ligne de plus" in (tmp_path / "grown/a-propos/index.html").read_text("utf-8")
