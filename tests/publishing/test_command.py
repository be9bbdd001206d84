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
