"""Test that incremental builds give the same bytes as clean ones, after any history of edits."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from portraits.pages import directory as directory_pages
from portraits.series.views import accounts, related, terms
from portraits.support.problems import SourceRefused

from tests.site.work import CHANGES, PICTURES, Work
from tests.site.workspace import Workspace, differences, generated_series, small_series

pytestmark = pytest.mark.site

Change = Callable[[Work], None]


def work_in(
    folder: Path, seed: int, series: Callable[[Path], None] = small_series, **settings: Any
) -> Work:
    """Return an editor at work on a series with short pages, in its own theme."""
    workspace = Workspace(
        folder, series, {"page_size": 3, "feed_size": 3, **settings}, own_theme=True
    )
    return Work(workspace, seed)


def live(work: Work, changes: Iterable[Change]) -> None:
    """Apply ``changes`` in random order and compare after every build. A refused build leaves the
    site unchanged, and the edit is undone; fewer are refused than published."""
    workspace, chance = work.workspace, work.chance
    pending, published, refused = [*changes], 0, 0
    chance.shuffle(pending)
    workspace.build()
    while pending:
        before = work.kept()
        work.done.clear()
        for _ in range(min(len(pending), chance.choice([1, 2, 3, 4, 6]))):
            work.do(pending.pop())
        standing = workspace.grown()
        try:
            workspace.build(processes=chance.choice([1, 2]))
        except SourceRefused:
            assert workspace.grown() == standing
            work.take_back(before)
            refused += 1
            continue
        assert differences(workspace.grown(), workspace.fresh()) == [], (work.seed, work.done)
        published += 1
    assert refused < published


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Return the seed of random histories: that of the run, so that `make explore` gives others."""
    return int(request.config.getoption("--hypothesis-seed"))


@pytest.mark.history
def test_any_history_ends_in_the_tree_that_a_build_from_nothing_gives(
    tmp_path: Path, seed: int
) -> None:
    live(work_in(tmp_path, seed, search=not seed % 2), CHANGES)


@pytest.mark.history
def test_the_history_of_a_longer_series_does_as_well(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here not only the lists are long, but also the directory and what many have in common."""
    for module in (accounts, directory_pages):
        monkeypatch.setattr(module, "PAGE", 12)
    monkeypatch.setattr(related, "NEAREST", 4)
    monkeypatch.setattr(related, "_MANY", 8)
    monkeypatch.setattr(terms, "LEADING_TERMS", 3)
    work = work_in(tmp_path, seed, generated_series, search=False, page_size=5)
    live(work, work.chance.sample(CHANGES, 12))


@pytest.mark.history
def test_the_history_of_a_series_with_pictures_does_as_well(tmp_path: Path, seed: int) -> None:
    live(work_in(tmp_path, seed, pictures=True, search=False), PICTURES)


def test_a_question_that_is_worded_otherwise_twice_shows_the_second_wording(tmp_path: Path) -> None:
    work = work_in(tmp_path, 0)
    workspace = work.workspace
    for wording in ("Quel conseil donnes-tu ?", "Quel conseil as-tu ?", "Que conseilles-tu ?"):
        work.questionnaire(
            lambda questions, wording=wording: next(
                question for question in questions if question["id"] == "conseil"
            ).update(fr=wording, variants={"fr": ["Quel conseil donnes-tu"]})
        )
        workspace.build()
        for address in ("questions", "questions/conseil"):
            assert workspace.shows(address, wording), (address, wording)
        assert differences(workspace.grown(), workspace.fresh()) == []
    assert not workspace.shows("questions", "Quel conseil as-tu ?")


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.build()
    again = workspace.build()
    assert (again.written, again.removed, again.release) == ((), (), 1)


def test_a_lost_cache_costs_time_and_nothing_else(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.build()
    before = workspace.grown()
    shutil.rmtree(tmp_path / "cache")
    again = workspace.build()
    assert (again.written, again.removed) == ((), ())
    assert workspace.grown() == before
    workspace.edit("ana", "Oui.", "Oui, encore.")
    workspace.build()
    assert differences(workspace.grown(), workspace.fresh()) == []


def test_what_other_settings_gave_does_not_come_back(tmp_path: Path) -> None:
    """The settings of the release before the last one are no longer known."""
    workspace = Workspace(tmp_path, settings={"search": True})
    workspace.build()
    workspace.edit("ana", "Oui.", "Oui, encore.")
    workspace.build()
    workspace.settings["related"] = 4  # there are three portraits: no page is another
    workspace.build()
    workspace.edit("ana", "Oui, encore.", "Non, jamais.")
    workspace.build()
    assert differences(workspace.grown(), workspace.fresh()) == []
