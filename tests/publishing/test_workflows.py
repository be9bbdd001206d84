"""What runs on GitHub: who may do what, and that strangers' proposals can do nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.needs_tests import needed

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
NAMES = sorted(path.name for path in FOLDER.glob("*.yml"))


def workflow(name: str) -> dict[str, Any]:
    # BaseLoader: in YAML 1.1 the key « on » is a boolean
    content: dict[str, Any] = yaml.load((FOLDER / name).read_text(), Loader=yaml.BaseLoader)  # noqa: S506
    return content


def steps(name: str) -> Iterator[dict[str, Any]]:
    """All that the jobs of a workflow do; one that runs another workflow has none of its own."""
    for job in workflow(name)["jobs"].values():
        yield from job.get("steps", ())


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
        {events} if isinstance(events, str) else set(events)
    )


@pytest.mark.parametrize("name", NAMES)
def test_workflows_use_githubs_own_actions_only_pinned_by_hash(name: str) -> None:
    used = re.findall(r"\buses: (.*)", (FOLDER / name).read_text())
    assert used
    own = re.compile(r"\./\.github/workflows/[a-z]+\.yml")
    pinned = re.compile(r"actions/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [use for use in used if not pinned.fullmatch(use) and not own.fullmatch(use)] == []


def test_an_action_is_at_one_version_in_all_workflows() -> None:
    versions: dict[str, set[str]] = {}
    for name in NAMES:
        for step in steps(name):
            action, _, version = step.get("uses", "").partition("@")
            versions.setdefault("/".join(action.split("/")[:2]), set()).add(version)
    assert {action: found for action, found in versions.items() if len(found) > 1} == {}


def test_every_workflow_that_another_one_calls_is_there() -> None:
    called = {
        job["uses"] for name in NAMES for job in workflow(name)["jobs"].values() if "uses" in job
    }
    assert called == {"./.github/workflows/site.yml", "./.github/workflows/tests.yml"}
    assert {Path(path).name for path in called} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_from_outside_is_never_part_of_a_command(name: str) -> None:
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_system_gets_the_python_that_the_workflow_names(name: str) -> None:
    """The project's own Python comes from uv, which obeys UV_PYTHON, and from no action."""
    text = (FOLDER / name).read_text()
    assert "setup-python" not in text
    for job in workflow(name)["jobs"].values():
        if any("make" in step.get("run", "") for step in job.get("steps", ())):
            assert "UV_PYTHON" in {**workflow(name).get("env", {}), **job.get("env", {})}


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
    assert all(
        int(job["timeout-minutes"]) <= 30
        for job in workflow(name)["jobs"].values()
        if "uses" not in job
    )  # the jobs of what it uses are in NAMES


def test_proposals_are_read_and_nothing_else() -> None:
    assert workflow("check.yml")["on"] == "pull_request"
    assert permissions("check.yml") == {"contents": "read"}
    commands = [step.get("run", "") for step in steps("check.yml")]
    assert any("--frozen portraits check --format github" in command for command in commands)
    assert workflow("check.yml")["jobs"]["test"]["uses"] == "./.github/workflows/tests.yml"
    assert "make coverage" in commands
    assert any("coverage report" in command for command in commands)


def minor(version: str) -> tuple[int, int]:
    major, _, after = version.partition(".")
    return int(major), int(after)


def test_the_tests_run_on_each_system_with_every_python_that_is_promised() -> None:
    calling = workflow("tests.yml")["on"]["workflow_call"]["inputs"]
    assert json.loads(calling["systems"]["default"]) == ["ubuntu-latest", "macos-latest"]
    job = workflow("tests.yml")["jobs"]["test"]
    assert "make test" in [step.get("run") for step in job["steps"]]
    assert job["runs-on"] == "${{ matrix.system }}"
    assert job["env"] == {"UV_PYTHON": "${{ matrix.python }}"}
    assert job["strategy"]["matrix"]["system"] == "${{ fromJSON(inputs.systems) }}"
    assert job["strategy"]["fail-fast"] == "false"
    tested = [minor(version) for version in job["strategy"]["matrix"]["python"]]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest = re.fullmatch(r">=(\d+\.\d+)", project["requires-python"])
    assert oldest, "no upper bound: what is newer is promised as well"
    assert tested == [(3, number) for number in range(minor(oldest[1])[1], 15)]
    assert sys.version_info[:2] in tested


def test_failed_examples_come_first_in_the_next_run() -> None:
    kept = {step["uses"].split("@")[0]: step for step in steps("tests.yml") if "with" in step}
    restored, saved = kept["actions/cache/restore"], kept["actions/cache/save"]
    assert saved["if"] == "always()", "examples are there where tests failed"
    assert restored["with"]["key"] == saved["with"]["key"]
    assert restored["with"]["path"] == saved["with"]["path"] == ".hypothesis/examples"
    assert restored["with"]["key"].startswith(restored["with"]["restore-keys"].strip())


def test_a_version_is_published_from_its_tag_once_the_tests_pass() -> None:
    release = workflow("release.yml")
    assert list(release["on"]) == ["push"] and list(release["on"]["push"]) == ["tags"]
    jobs = release["jobs"]
    assert jobs["test"]["uses"] == "./.github/workflows/tests.yml"
    assert (jobs["build"]["needs"], jobs["release"]["needs"]) == ("test", "build")
    commands = "\n".join(step.get("run", "") for step in jobs["build"]["steps"])
    order = [
        commands.index(command)
        for command in (
            "tools/changelog_section.py",
            "uv version",
            "uv build",
            "uv pip install",
            "--version)",
        )
    ]
    assert order == sorted(order)
    # What may publish runs nothing of the repository.
    assert [name for name, job in jobs.items() if "permissions" in job] == ["release"]
    assert jobs["release"]["permissions"] == {"actions": "read", "contents": "write"}
    assert [step["run"].split()[:3] for step in jobs["release"]["steps"]] == [
        ["gh", "run", "download"],
        ["gh", "release", "create"],
    ]


def test_the_site_is_published_on_change_every_day_and_on_demand() -> None:
    events = workflow("publish.yml")["on"]
    assert events["push"] == {"branches": ["main"]}
    assert "workflow_dispatch" in events
    [moment] = events["schedule"]
    minute, hour, *days = moment["cron"].split()
    assert minute.isdecimal() and hour.isdecimal() and days == ["*", "*", "*"]


def test_only_the_job_that_publishes_may_publish() -> None:
    publish, jobs = workflow("publish.yml"), workflow("site.yml")["jobs"]
    assert publish["permissions"] == {"contents": "read"}
    assert [name for name, job in publish["jobs"].items() if "permissions" in job] == ["site"]
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["deploy"]["needs"] == "build"
    assert [step["uses"].partition("@")[0] for step in jobs["deploy"]["steps"]] == [
        "actions/deploy-pages"
    ], "what has the rights runs nothing of the repository"


def test_the_site_is_checked_built_at_its_address_and_published() -> None:
    jobs = workflow("site.yml")["jobs"]
    runs = [step for step in jobs["build"]["steps"] if "run" in step]
    assert [step["run"] for step in runs] == [
        "make .venv/.ready",
        ".tools/bin/uv run --frozen portraits check --format github",
        ".tools/bin/uv run --frozen portraits build --settings publishconf.py",
    ]
    assert runs[1]["continue-on-error"] == "true", "a broken draft stops nobody"
    assert "continue-on-error" not in runs[2]
    assert runs[-1]["env"] == {"SITEURL": "${{ steps.pages.outputs.base_url }}"}
    assert not any("make test" in step.get("run", "") for step in steps("site.yml"))


def test_publishing_waits_for_the_tests_only_where_a_push_changed_the_program() -> None:
    jobs = workflow("publish.yml")["jobs"]
    assert jobs["changes"]["if"] == "github.event_name == 'push'", "no morning, no click"
    assert jobs["test"]["if"] == "needs.changes.outputs.tests == 'true'"
    assert (jobs["test"]["needs"], jobs["site"]["needs"]) == ("changes", ["changes", "test"])
    assert jobs["test"]["uses"] == "./.github/workflows/tests.yml"
    assert json.loads(jobs["test"]["with"]["systems"]) == ["ubuntu-latest"]
    # Tests that were skipped let the site through, and tests that failed do not.
    assert jobs["site"]["if"] == "${{ !cancelled() && !failure() }}"


def test_no_publication_waits_for_the_tests_of_another() -> None:
    publish = workflow("publish.yml")
    assert "concurrency" not in publish
    assert [name for name, job in publish["jobs"].items() if "concurrency" in job] == ["site"]
    assert publish["jobs"]["site"]["concurrency"] == {
        "group": "pages",
        "cancel-in-progress": "false",
    }
    # One that passed its tests late publishes what is newest, not what it began with.
    checkout = workflow("site.yml")["jobs"]["build"]["steps"][0]
    assert checkout["with"]["ref"] == "${{ github.ref }}"


def test_a_proposal_passes_the_tests_only_where_it_changes_the_program() -> None:
    jobs = workflow("check.yml")["jobs"]
    assert jobs["test"]["needs"] == "changes"
    assert jobs["test"]["if"] == "needs.changes.outputs.tests == 'true'"
    assert "needs" not in jobs["check"]
    checkout, seen = jobs["changes"]["steps"]
    assert checkout["with"]["fetch-depth"] == "2"
    assert "HEAD^1" in seen["run"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a program and a series, of one commit."""
    for name in (
        "plugins/a.py",
        "theme/a.css",
        "tests/a.py",
        "uv.lock",
        "pyproject.toml",
        "content/portraits/lea.md",
        "pelicanconf.py",
        "docs/a.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1\n")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=Ana", "-c", "user.email=ana@exemple.org", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
    )


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x")


@pytest.mark.parametrize(
    ("names", "tested"),
    [
        (("content/portraits/lea.md",), False),
        (("content/portraits/sam.md", "pelicanconf.py", "docs/a.md"), False),
        (("plugins/a.py",), True),
        (("theme/a.css",), True),
        (("tests/a.py",), True),
        (("pyproject.toml",), True),
        (("uv.lock",), True),
        (("content/portraits/lea.md", "theme/b.css"), True),
    ],
)
def test_the_tests_are_needed_where_the_program_changed(
    repository: Path, names: tuple[str, ...], tested: bool
) -> None:
    for name in names:
        (repository / name).write_text("2\n")
    commit(repository)
    assert needed("HEAD^1", repository) == tested


def test_all_commits_of_a_push_count(repository: Path) -> None:
    for name in ("theme/a.css", "content/portraits/lea.md"):
        (repository / name).write_text("2\n")
        commit(repository)
    assert not needed("HEAD~1", repository)
    assert needed("HEAD~2", repository)


@pytest.mark.parametrize("since", ["", "0" * 40, "--help", "0123abcd"])
def test_the_tests_are_needed_where_nobody_knows_what_changed(repository: Path, since: str) -> None:
    assert needed(since, repository)


def test_the_answer_is_what_github_reads(repository: Path) -> None:
    tool = FOLDER.parents[1] / "tools" / "needs_tests.py"
    said = subprocess.run(
        [sys.executable, str(tool), "HEAD"],
        cwd=repository,
        text=True,
        capture_output=True,
        check=True,
    ).stdout
    assert said == "tests=false\n"
