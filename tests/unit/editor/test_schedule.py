"""The workflow runs at the hours of the portraits to come, and says no name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from portraits.checks.series import Checked
from portraits.editor.schedule import MOST, cron, scheduled, to_come, unscheduled, workflows
from portraits.editor.series_folder import NewSeries, series_files
from portraits.model.portrait import Portrait, Status
from portraits.options import BuildOptions
from portraits.settings import Settings

from tests.builders import THEME, portrait_named, site_with
from tests.conftest import ROOT

ZONE = dt.timezone(dt.timedelta(hours=-5))
NOW = dt.datetime(2026, 11, 30, 12, tzinfo=ZONE)
PUBLISH = next(
    text for path, text in series_files(NewSeries("Mer")).items() if path.name == "publier.yml"
)


def timed(name: str, hour: str, status: Status = Status.PUBLISHED) -> Portrait:
    moment = dt.datetime.fromisoformat(f"{hour}-05:00")
    return replace(portrait_named(name, date=moment.date(), status=status), hour=moment)


LEA, SAM = timed("Léa", "2026-12-01T06:00"), timed("Sam", "2026-12-31T23:30")


def hours(*portraits: Portrait) -> list[dt.datetime]:
    site = site_with(*portraits, today=NOW.date())
    return to_come(site.database.connection, NOW)


def crons(text: str) -> list[str]:
    events = yaml.load(text, Loader=yaml.BaseLoader)["on"]  # noqa: S506 - « on » is a boolean otherwise
    return [one["cron"] for one in events["schedule"]]


def test_the_hours_to_come_are_those_of_portraits_that_will_be_published() -> None:
    past, draft = timed("Ana", "2026-11-30T11:00"), timed("Zoé", "2026-12-01T07:00", Status.DRAFT)
    whole_day = portrait_named("Bob", date="2026-12-02")
    assert hours(SAM, past, draft, whole_day, LEA) == [LEA.hour, SAM.hour]


def test_two_portraits_of_one_hour_are_one_run_and_there_are_never_too_many() -> None:
    assert len(hours(LEA, replace(LEA, source="portraits/b.md", slug="b"))) == 1
    many = [timed(f"Nom {day}", f"2026-12-{day:02}T06:00") for day in range(1, MOST + 4)]
    assert [hour.day for hour in hours(*reversed(many))] == list(range(1, MOST + 1))


def test_an_hour_of_the_series_is_written_in_utc() -> None:
    assert LEA.hour and SAM.hour
    assert (cron(LEA.hour), cron(SAM.hour)) == ("0 11 1 12 *", "30 4 1 1 *")


@pytest.mark.parametrize(
    "text",
    [PUBLISH, (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")],
    ids=["series", "this repository"],
)
def test_a_workflow_runs_every_morning_and_at_the_hours_to_come(text: str) -> None:
    [morning] = crons(text)
    once = scheduled(text, hours(LEA, SAM), "America/Toronto")
    assert crons(once) == [morning, "0 11 1 12 *", "30 4 1 1 *"]
    assert '"0 11 1 12 *" # 2026-12-01 06:00 America/Toronto' in once
    assert scheduled(once, hours(LEA, SAM), "America/Toronto") == once
    assert crons(scheduled(once, hours(SAM), "America/Toronto")) == [morning, "30 4 1 1 *"]
    assert scheduled(once, [], "America/Toronto") == text


def test_a_workflow_without_the_mark_stays_as_it_is() -> None:
    text = "on:\n  schedule:\n    - cron: '1 2 * * *'\n"
    assert scheduled(text, hours(LEA), "UTC") == text


def test_a_schedule_names_nobody() -> None:
    once = scheduled(PUBLISH, hours(LEA), "America/Toronto")
    assert "Léa" not in once and "lea" not in once


@pytest.fixture
def series(tmp_path: Path) -> Iterator[Checked]:
    site = site_with(LEA, SAM, today=NOW.date())
    options = BuildOptions(
        root=tmp_path,
        content=tmp_path / "content",
        output=tmp_path / "output",
        theme=THEME,
        cache=tmp_path / "cache",
        settings=Settings(),
        now=NOW,
    )
    yield Checked(site.database.connection, options, frozenset(), {})


def test_an_hour_at_which_nothing_runs_is_a_warning(series: Checked, tmp_path: Path) -> None:
    assert list(unscheduled(series, tmp_path)) == []  # something else publishes this site
    path = tmp_path / ".github/workflows/publier.yml"
    path.parent.mkdir(parents=True)
    (path.parent / "autre.yml").write_text("on: push\n")
    path.write_text(PUBLISH, encoding="utf-8")
    assert workflows(tmp_path) == [path]
    found = list(unscheduled(series, tmp_path))
    assert [(one.code, one.path, one.is_error) for one in found] == [
        ("unscheduled-hour", "content/portraits/lea.md", False),
        ("unscheduled-hour", "content/portraits/sam.md", False),
    ]
    assert found[0].message == "rien ne publie le site le 2026-12-01 à 06:00"
    path.write_text(scheduled(PUBLISH, hours(LEA), "America/Toronto"), encoding="utf-8")
    assert [one.path for one in unscheduled(series, tmp_path)] == ["content/portraits/sam.md"]
