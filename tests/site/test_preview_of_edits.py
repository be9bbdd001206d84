"""Test that the preview builds saved files.

It starts Pelican only if necessary, and an error leaves the last good site in place.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from portraits.editor.preview.loop import Preview
from portraits.host import running
from portraits.support.problems import Problem, SourceRefused

from tests.conftest import small_settings
from tests.site.workspace import change

pytestmark = pytest.mark.site


@pytest.fixture
def refused() -> list[Problem]:
    """Return the problems reported by the preview."""
    return []


@pytest.fixture
def preview(small: Path, tmp_path: Path, refused: list[Problem]) -> Preview:
    """Return a preview of three portraits after its first build."""
    found = Preview(
        small_settings(tmp_path, "'pictures': False"),
        small,
        "127.0.0.1",
        8000,
        drafts=True,
        say=lambda text: None,
        show=refused.extend,
        progress=lambda: lambda what, done, total: None,
    )
    found._read()
    found._catch_up(settings_saved=False)
    return found


@pytest.fixture
def started(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return a list that collects the builds that start Pelican from now on."""
    builds: list[object] = []
    run = running.run_pelican

    def counted(values: dict[str, object], site: object) -> object:
        builds.append(site)
        return run(values, site)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "run_pelican", counted)
    return builds


def page(preview: Preview, address: str) -> str:
    return (preview._options.output / address / "index.html").read_text(encoding="utf-8")


CHANGES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "an answer": (
        lambda content: change(content / "portraits/ana.md", "Oui.", "Oui, encore."),
        "portraits/ana",
        "Oui, encore.",
    ),
    "a name": (
        lambda content: change(content / "portraits/ana.md", "name: Ana", "name: Anaïs"),
        "etiquettes/benevolat",
        "Anaïs Côté",
    ),
    "a draft": (
        lambda content: change(content / "portraits/ana.md", "name:", "status: draft\nname:"),
        "portraits",
        "Ana Côté",
    ),
    "a question": (
        lambda content: change(
            content / "questionnaire.yml",
            "fr: Quel conseil donnes-tu?",
            "fr: Un bon conseil?\n    variants: {fr: [Quel conseil donnes-tu]}",
        ),
        "questions",
        "Un bon conseil",
    ),
    "a new portrait": (
        lambda content: (content / "portraits/zoe.md").write_text(
            "---\nname: Zoé Roy\ndate: 2014-01-01\n---\n\n## Ça va ?\n\nOui.\n", "utf-8"
        ),
        "portraits",
        "Zoé Roy",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_saved_is_shown_and_pelican_is_not_started(
    what: str, preview: Preview, small: Path, started: list[object]
) -> None:
    save, address, shown = CHANGES[what]
    save(small)
    preview._catch_up(settings_saved=False)
    assert shown in page(preview, address)
    assert started == []


def test_a_page_of_the_editor_is_read_by_pelican(
    preview: Preview, small: Path, started: list[object]
) -> None:
    change(small / "pages/a-propos.md", "\n\n", "\n\nBonjour. ")
    preview._catch_up(settings_saved=False)
    assert "Bonjour." in page(preview, "a-propos")
    assert len(started) == 1


def test_where_nothing_was_changed_browsers_are_not_told(preview: Preview, small: Path) -> None:
    before = preview._state.version
    (small / "portraits/ana.md").touch()
    (small / "portraits/.ana.md.swp").write_bytes(b"\0")
    preview._catch_up(settings_saved=False)
    assert preview._state.version == before
    change(small / "portraits/ana.md", "Oui.", "Oui, encore.")
    preview._catch_up(settings_saved=False)
    assert preview._state.version == before + 1


def test_what_a_refused_build_left_undone_is_built_with_the_next_one(
    preview: Preview, small: Path
) -> None:
    change(small / "portraits/ana.md", "Oui.", "Oui <script>.")
    with pytest.raises(SourceRefused):
        preview._catch_up(settings_saved=False)
    assert "Oui." in page(preview, "portraits/ana")
    change(small / "portraits/ana.md", "Oui <script>.", "Oui, enfin.")
    change(small / "portraits/sam.md", "un oubli", "un souvenir")
    preview._catch_up(settings_saved=False)
    assert "Oui, enfin." in page(preview, "portraits/ana")
    assert "un souvenir" in page(preview, "portraits/sam")


def test_a_refusal_is_told_and_the_last_good_site_stays(
    preview: Preview, small: Path, refused: list[Problem]
) -> None:
    good = page(preview, "portraits/ana")
    shutil.copy(small / "portraits/ana.md", small / "portraits/ana-2.md")
    change(small / "portraits/ana-2.md", "name:", "slug: ana\nname:")
    preview._attempt(lambda: preview._catch_up(settings_saved=False))
    assert [problem.code for problem in refused] == ["duplicate-slug"]
    assert refused[0].message in preview._state.message()
    assert page(preview, "portraits/ana") == good


def test_new_settings_stay_in_force_for_what_is_saved_after_them(
    preview: Preview, small: Path
) -> None:
    change(preview.settings_file, "'pictures': False", "'pictures': False, 'feed_size': 1")
    preview._catch_up(settings_saved=True)
    change(small / "portraits/ana.md", "Oui.", "Oui, encore.")
    preview._catch_up(settings_saved=False)
    feed = (preview._options.output / "atom.xml").read_text("utf-8")
    assert feed.count("<entry") == 1
    assert "Oui, encore." in feed
