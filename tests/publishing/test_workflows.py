"""What runs on GitHub: who may do what, and that strangers' proposals can do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / ".github" / "workflows"
NAMES = sorted(path.name for path in FOLDER.glob("*.yml"))


def workflow(name: str) -> dict[str, Any]:
    # BaseLoader: in YAML 1.1 the key « on » is a boolean
    content: dict[str, Any] = yaml.load((FOLDER / name).read_text(), Loader=yaml.BaseLoader)  # noqa: S506
    return content


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in workflow(name)["jobs"].values():
        yield from job["steps"]


def permissions(name: str) -> dict[str, str]:
    """All that any job of a workflow may do."""
    granted = dict(workflow(name)["permissions"])
    for job in workflow(name)["jobs"].values():
        granted |= job.get("permissions", {})
    return granted


@pytest.mark.parametrize("name", NAMES)
def test_no_workflow_runs_strangers_code_with_the_projects_rights(name: str) -> None:
    events = workflow(name)["on"]
    assert not {"pull_request_target", "workflow_run"} & (
        {events} if isinstance(events, str) else set(events))


@pytest.mark.parametrize("name", NAMES)
def test_workflows_use_githubs_own_actions_only_at_a_major_version(name: str) -> None:
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert used
    assert [use for use in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", use)] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_from_outside_is_never_part_of_a_command(name: str) -> None:
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_token_does_not_stay_in_the_working_folder(name: str) -> None:
    checkouts = [step for step in steps(name) if "checkout" in step.get("uses", "")]
    assert checkouts
    assert {step["with"]["persist-credentials"] for step in checkouts} == {"false"}


@pytest.mark.parametrize("name", NAMES)
def test_no_workflow_needs_a_secret(name: str) -> None:
    assert not re.search(r"\bsecrets\b(?=\s*[.:\[])", (FOLDER / name).read_text())


@pytest.mark.parametrize("name", NAMES)
def test_no_job_runs_for_ever(name: str) -> None:
    assert all(int(job["timeout-minutes"]) <= 30 for job in workflow(name)["jobs"].values())


def test_proposals_are_read_and_nothing_else() -> None:
    assert workflow("check.yml")["on"] == "pull_request"
    assert permissions("check.yml") == {"contents": "read"}
    commands = [step.get("run", "") for step in steps("check.yml")]
    assert any("--frozen portraits check --format github" in command for command in commands)
    assert "make test" in commands


def test_the_site_is_published_on_change_every_day_and_on_demand() -> None:
    events = workflow("publish.yml")["on"]
    assert events["push"] == {"branches": ["main"]}
    assert "workflow_dispatch" in events
    [moment] = events["schedule"]
    minute, hour, *days = moment["cron"].split()
    assert minute.isdecimal() and hour.isdecimal() and days == ["*", "*", "*"]


def test_only_the_job_that_publishes_may_publish() -> None:
    jobs = workflow("publish.yml")["jobs"]
    assert workflow("publish.yml")["permissions"] == {"contents": "read"}
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["deploy"]["needs"] == "build"
    assert [step["uses"].partition("@")[0] for step in jobs["deploy"]["steps"]] == [
        "actions/deploy-pages"], "what has the rights runs nothing of the repository"


def test_the_site_is_tested_before_it_is_built_and_knows_its_address() -> None:
    runs = [step for step in steps("publish.yml") if "run" in step]
    assert [step["run"] for step in runs] == [
        "make test", ".tools/bin/uv run --frozen portraits build --settings publishconf.py"]
    assert runs[-1]["env"] == {"SITEURL": "${{ steps.pages.outputs.base_url }}"}
