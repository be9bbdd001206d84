"""While a series is served, a saved text costs what shows it; everything else is looked at as
after any other change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from portraits.preview import loop
from portraits.preview.loop import Preview
from portraits.problems import SourceRefused
from portraits.reading import Progress

from tests.conftest import ROOT, small_settings

pytestmark = pytest.mark.site


@pytest.fixture
def preview(small: Path, tmp_path: Path) -> Preview:
    """A preview of three portraits that has built once."""
    settings = small_settings(tmp_path, "'pictures': False")

    def progress() -> Progress:
        return lambda what, done, total: None

    found = Preview(settings, small, 8000, drafts=True, say=lambda text: None,
                    show=lambda problems: None, progress=progress)
    found._read()
    found._catch_up(settings_saved=False, files=set())
    return found


@pytest.fixture
def whole_builds(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The builds of everything that take place from now on."""
    builds: list[object] = []
    run = loop.run_pelican

    def counted(values: dict[str, object], site_build: object) -> object:
        builds.append(site_build)
        return run(values, site_build)  # type: ignore[arg-type]

    monkeypatch.setattr(loop, "run_pelican", counted)
    return builds


def save(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def page(preview: Preview, address: str) -> str:
    return (preview._options.output / address / "index.html").read_text(encoding="utf-8")


def test_a_saved_text_is_followed(
    preview: Preview, small: Path, whole_builds: list[object]
) -> None:
    saved = save(small / "portraits/ana.md", "Oui.", "Oui, encore.")
    preview._catch_up(settings_saved=False, files={saved, small / "portraits/.ana.md.swp"})
    assert "Oui, encore." in page(preview, "portraits/ana")
    assert whole_builds == []


CHANGES: dict[str, Callable[[Path], set[Path]]] = {
    "a name": lambda content: {save(content / "portraits/ana.md", "name: Ana", "name: Anaïs")},
    "a page": lambda content: {save(content / "pages/a-propos.md", "\n\n", "\n\nBonjour. ")},
    "a new portrait": lambda content: {Path(shutil.copy(
        content / "portraits/ana.md", content / "portraits/zoe.md"))},
    "the theme": lambda _: {ROOT / "theme/templates/base.html"},
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_else_was_saved_is_built_with_everything(
    what: str, preview: Preview, small: Path, whole_builds: list[object]
) -> None:
    files = CHANGES[what](small)
    try:
        preview._catch_up(settings_saved=False, files=files)
    except SourceRefused:
        assert what == "a new portrait"  # under the address of the one that it copies
    assert len(whole_builds) == 1


def test_what_a_refused_build_left_undone_is_built_with_the_next_one(
    preview: Preview, small: Path
) -> None:
    broken = save(small / "portraits/ana.md", "Oui.", "Oui <script>.")
    with pytest.raises(SourceRefused):
        preview._catch_up(settings_saved=False, files={broken})
    mended = save(small / "portraits/ana.md", "Oui <script>.", "Oui, enfin.")
    other = save(small / "portraits/sam.md", "un oubli", "un souvenir")
    preview._catch_up(settings_saved=False, files={other})
    assert "Oui, enfin." in page(preview, "portraits/ana")
    assert "un souvenir" in page(preview, "portraits/sam")
    assert mended == broken


def test_new_settings_stay_in_force_for_what_is_saved_after_them(
    preview: Preview, small: Path, whole_builds: list[object]
) -> None:
    save(preview.settings_file, "'pictures': False", "'pictures': False, 'feed_size': 1")
    preview._catch_up(settings_saved=True, files=set())
    assert len(whole_builds) == 1
    saved = save(small / "portraits/ana.md", "Oui.", "Oui, encore.")
    preview._catch_up(settings_saved=False, files={saved})
    assert len(whole_builds) == 1
    assert (preview._options.output / "atom.xml").read_text("utf-8").count("<entry") == 1
