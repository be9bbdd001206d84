"""A sound is heard on its page, linked in feeds, and nowhere before its portrait is published."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from tests.conftest import DAY, Command, small_settings

SOUND = b"ID3\x04" + bytes(range(200))
BODY = (
    "## Un ?\n\nOui.\n\n![La corne de brume](corne.mp3)\n\n"
    "> [!transcription] Deux coups longs.\n\nNon.\n"
)
ADDRESS = f"/images/sound-{hashlib.sha256(SOUND).hexdigest()[:20]}.mp3"


@pytest.fixture
def build(tmp_path: Path, program: Command) -> Command:
    """Build a content folder with its pictures and sounds."""
    settings = small_settings(tmp_path, "'search': False")

    def run(content: Path, output: Path) -> subprocess.CompletedProcess[str]:
        folders = ("--content", str(content), "--output", str(output))
        return program("build", *folders, "--settings", str(settings), "--now", DAY)

    return run


def _portrait(content: Path, head: str = "date: 2014-01-01") -> None:
    (content / "portraits/corne.mp3").write_bytes(SOUND)
    (content / "portraits/zoe.md").write_text(
        f"---\nname: Zoé Exemple\n{head}\n---\n\n{BODY}", encoding="utf-8"
    )


def test_a_sound_is_published_with_its_caption_and_transcript(
    small: Path, build: Command, tmp_path: Path
) -> None:
    _portrait(small)
    done = build(small, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"out{ADDRESS}").read_bytes() == SOUND
    page = (tmp_path / "out/portraits/zoe/index.html").read_text(encoding="utf-8")
    figure = page.partition('<figure class="sound">')[2].partition("</figure>")[0]
    assert f'{ADDRESS}">La corne de brume</a></figcaption>' in figure
    assert '<audio controls preload="none" src="' in figure
    assert "<summary>Transcription</summary><p>Deux coups longs.</p></details>" in figure
    feeds = [
        path.read_text(encoding="utf-8")
        for path in (tmp_path / "out").rglob("*")
        if path.name in ("atom.xml", "rss.xml", "feed.json")
    ]
    told = [feed for feed in feeds if "Deux coups longs." in feed]
    assert told
    assert all(f"{ADDRESS}" in feed and "La corne de brume" in feed for feed in told)


def test_the_sound_of_a_draft_or_of_a_coming_day_is_not_published(
    small: Path, build: Command, tmp_path: Path
) -> None:
    for head in ("status: draft\ndate: 2014-01-01", "date: 2099-01-01"):
        _portrait(small, head)
        assert build(small, tmp_path / "out").returncode == 0
        for path in (tmp_path / "out").rglob("*"):
            assert not path.is_file() or SOUND not in path.read_bytes(), path
            assert path.suffix != ".mp3", path


def test_a_missing_sound_keeps_the_site_from_being_published(
    small: Path, build: Command, tmp_path: Path
) -> None:
    _portrait(small)
    (small / "portraits/corne.mp3").unlink()
    done = build(small, tmp_path / "out")
    assert done.returncode == 1
    assert "portraits/zoe.md:10 : « portraits/corne.mp3 » : ce fichier n’existe pas" in (
        done.stderr.replace("\u00a0", " ")
    )
    assert not (tmp_path / "out").exists()
