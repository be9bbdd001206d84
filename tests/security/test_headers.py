"""Rules 9 and 11: what hosts are told, and what a stranger's pull request may do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from portraits.output.hosting import host_files, rules_of
from portraits.settings import Settings

from tests.conftest import ROOT

RULES = rules_of(Settings(site_url="https://portraits.example"))
POLICY = dict(part.partition(" ")[::2] for part in RULES.policy.in_header().split("; "))


def test_the_policy_allows_the_site_and_nothing_else() -> None:
    assert POLICY["default-src"] == "'none'"
    for name in (
        "script-src",
        "style-src",
        "img-src",
        "media-src",
        "font-src",
        "connect-src",
        "manifest-src",
    ):
        assert POLICY[name] == "'self'", name
    for name in ("base-uri", "form-action", "frame-ancestors"):
        assert POLICY[name] == "'none'", name
    assert "unsafe" not in RULES.policy.in_header()


def test_every_notation_says_the_same_policy() -> None:
    for name, text in host_files(RULES):
        if name != "_redirects":
            assert RULES.policy.in_header() in text, name
            assert "nosniff" in text, name
            assert "max-age=63072000" in text, name


@pytest.mark.site
def test_every_page_carries_the_policy_for_hosts_that_take_no_headers(site: Path) -> None:
    wanted = 'http-equiv="Content-Security-Policy" content="default-src'
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert wanted in text, page
        before = text[: text.index(wanted)]
        assert "<script" not in before, page
        assert "<link" not in before, page


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_a_pull_request_of_a_stranger_gets_no_secret_and_may_write_nothing() -> None:
    assert WORKFLOWS
    for path in WORKFLOWS:
        text = path.read_text("utf-8")
        workflow = yaml.safe_load(text)
        triggers = workflow[True]  # YAML reads the key « on » as a truth value
        names = [triggers] if isinstance(triggers, str) else list(triggers)
        assert "pull_request_target" not in names, path
        assert "workflow_run" not in names, path
        assert workflow["permissions"] == {"contents": "read"}, path
        if not {"pull_request", "workflow_call"} & set(names) or path.name == "site.yml":
            continue  # site.yml publishes: publish.yml calls it
        assert not re.search(r"secrets\.|GITHUB_TOKEN|id-token|\bwrite\b", text), path
        for job in workflow["jobs"].values():
            assert set(job.get("permissions", {}).values()) <= {"read"}, path
            if "uses" in job:
                assert job["uses"] == "./.github/workflows/tests.yml", path
            for step in job.get("steps", ()):
                assert "github.event" not in step.get("run", ""), path
                if "checkout" in step.get("uses", ""):
                    assert step["with"]["persist-credentials"] is False, path
