"""`portraits publish` as a person runs it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from portraits import commands

from tests.conftest import OWN_SETTINGS

Command = Callable[..., subprocess.CompletedProcess[str]]


def settings(folder: Path, targets: str, address: str = "https://exemple.org") -> Path:
    """A settings file for the small content folder, without search and pictures."""
    (folder / "content").mkdir(exist_ok=True)
    file = folder / "conf.py"
    file.write_text(
        f"{OWN_SETTINGS}PORTRAITS = {{**PORTRAITS, 'search': False, 'pictures': False}}\n"
        f"SITEURL = {address!r}\nPATH = {str(folder / 'content')!r}\n"
        f"OUTPUT_PATH = {str(folder / 'public')!r}\nCACHE_PATH = {str(folder / 'cache')!r}\n"
        f"PUBLISH = {targets}\n",
        encoding="utf-8",
    )
    return file


FOLDER = "{'dossier': {'type': 'folder', 'path': %r}}"


@pytest.mark.site
def test_a_site_is_built_compared_and_published(
    tmp_path: Path, small: Path, program: Command
) -> None:
    www = tmp_path / "www"
    conf = str(settings(tmp_path, FOLDER % str(www)))

    def publish(*more: str) -> subprocess.CompletedProcess[str]:
        return program("publish", "--settings", conf, "--now", "2026-01-15", *more)

    tried = publish("--dry-run")
    assert (tried.returncode, www.exists()) == (0, False), tried.stderr
    assert f"Vers {www} : " in tried.stderr
    assert "  + 404.html" in tried.stderr
    assert tried.stderr.endswith("Essai : rien n’a été envoyé.\n")

    done = publish()
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "Publié : dossier.")
    home = (www / "index.html").read_bytes()

    again = publish()
    assert again.returncode == 0
    assert "rien à changer" in again.stderr.splitlines()[-1]

    portrait = next((small / "portraits").glob("*.md"))
    portrait.write_text(portrait.read_text().replace("---\n", "---\nstaus: draft\n", 1))
    refused = publish()
    assert refused.returncode == 1
    assert f"{portrait.name}:2 : " in refused.stderr
    assert (www / "index.html").read_bytes() == home


@pytest.mark.parametrize(
    ("targets", "address", "name", "message"),
    [
        (FOLDER % "www", "http://localhost:8000", "", "SITEURL est http://localhost:8000"),
        (FOLDER % "www", "https://exemple.org", "dosier", "vouliez-vous dire « dossier » ?"),
        (
            "{'a': {'type': 'git'}, 'b': {'type': 'git'}}",
            "https://exemple.org",
            "",
            "--to : dites vers quelle cible publier — cibles connues : a, b",
        ),
        ("{}", "https://exemple.org", "", "PUBLISH ne dit pas où publier"),
        (
            "{'a': {'type': 'git', 'branh': 'x'}}",
            "https://exemple.org",
            "",
            "vouliez-vous dire « branch » ?",
        ),
    ],
)
def test_a_mistake_is_said_before_anything_is_built(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    targets: str,
    address: str,
    name: str,
    message: str,
) -> None:
    conf = settings(tmp_path, targets, address)
    assert commands.publish(str(conf), name) == commands.WRONG
    assert message in capsys.readouterr().err
    assert not (tmp_path / "public").exists()


# -- going back


@pytest.fixture
def twice(tmp_path: Path, small: Path, program: Command) -> Path:
    """A settings file whose site was built and published twice; its address comes from the
    environment, and Ana is in the second release only."""
    conf = settings(tmp_path, FOLDER % str(tmp_path / "www"), "")
    own = conf.read_text().replace(
        "SITEURL = ''",
        "import os\nSITEURL = os.environ.get('SITEURL', '')\n"
        "if not SITEURL:\n    raise SystemExit('adresse ?')",
    )
    conf.write_text(own)
    ana = small / "portraits" / "ana.md"
    kept = ana.read_text()
    for text in ("status: draft\n", ""):
        ana.write_text(kept.replace("---\n", f"---\n{text}", 1))
        done = program(
            "publish",
            *("--settings", str(conf), "--now", "2026-01-15"),
            SITEURL="https://exemple.org",
        )
        assert done.returncode == 0, done.stderr
    return conf


@pytest.mark.site
def test_going_back_needs_no_address_and_says_what_changes_and_what_does_not(
    tmp_path: Path, twice: Path, program: Command
) -> None:
    said = program("rollback", "--settings", str(twice)).stderr
    assert "Vers public : " in said and " retiré" in said.splitlines()[0]
    assert "  - portraits/ana/index.html" in said and "  ~ index.html" in said
    assert "La version 1 est de nouveau en place dans public." in said
    assert f"« dossier » ({tmp_path / 'www'}) montre encore ce qui y a été publié." in said
    assert f"portraits publish --no-build --settings {twice}" in said
    assert not (tmp_path / "public/portraits/ana").exists()
    assert (tmp_path / "www/portraits/ana").exists()
    sent = program("publish", "--no-build", "--settings", str(twice))
    assert (sent.returncode, sent.stderr.splitlines()[-1]) == (0, "Publié : dossier.")
    assert not (tmp_path / "www/portraits/ana").exists()


@pytest.mark.site
def test_what_was_put_back_can_be_sent_at_once(
    tmp_path: Path, twice: Path, program: Command
) -> None:
    refused = program("rollback", "--settings", str(twice), "--to", "dosier")
    assert (refused.returncode, "vouliez-vous dire « dossier » ?" in refused.stderr) == (1, True)
    assert (tmp_path / "public/portraits/ana").exists(), "nothing changes before all is right"
    done = program("rollback", "--settings", str(twice), "--publish")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "Publié : dossier.")
    for folder in ("public", "www"):
        assert not (tmp_path / folder / "portraits/ana").exists()
    again = program("rollback", "--settings", str(twice))
    assert (again.returncode, "aucune version antérieure" in again.stderr) == (1, True)


@pytest.mark.parametrize(
    ("robots", "said"),
    [
        ("User-agent: *\nDisallow:\n\nSitemap: http://localhost:8000/sitemap.xml\n", "localhost"),
        ("User-agent: *\nDisallow: /\n", "SITEURL est vide"),
    ],
    ids=["this machine's", "a preview"],
)
def test_a_site_that_nobody_could_follow_is_not_sent_as_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], robots: str, said: str
) -> None:
    conf = settings(tmp_path, FOLDER % str(tmp_path / "www"))
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("a")
    (tmp_path / "public/robots.txt").write_text(robots)
    assert commands.publish(str(conf), anew=False) == commands.WRONG
    assert said in capsys.readouterr().err
    assert not (tmp_path / "www").exists()
