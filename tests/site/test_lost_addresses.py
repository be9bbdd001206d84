"""An address that was published is not lost in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.workspace import Workspace

Work = Callable[[Workspace], object]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path, settings={"search": False})
    workspace.build()
    return workspace


def rename(workspace: Workspace, old: str, new: str) -> None:
    workspace.portrait(old).rename(workspace.portrait(new))


def lost(workspace: Workspace) -> list[tuple[str, int, str]]:
    """What the next build says of lost addresses: file, line, remedy."""
    return [
        (Path(problem.path).name, problem.line, problem.hint)
        for problem in workspace.build().warnings
        if problem.code == "lost-address"
    ]


LINE = "ajoutez à son en-tête : aliases: [/portraits/ana/]"


@pytest.mark.parametrize(
    ("work", "file"),
    [
        (lambda workspace: rename(workspace, "ana", "ana-cote"), "ana-cote.md"),
        (lambda workspace: workspace.set("ana", slug="anne"), "ana.md"),
        (lambda workspace: workspace.set("ana", lang="en"), "ana.md"),
        (
            lambda workspace: (rename(workspace, "ana", "b"), workspace.set("b", tags=["web"])),
            "b.md",
        ),
        (
            lambda workspace: (rename(workspace, "ana", "b"), workspace.set("b", name="Ana Roy")),
            "b.md",
        ),
        (
            lambda workspace: (
                rename(workspace, "ana", "b"),
                workspace.write(
                    "c", workspace.portrait("lea").read_text("utf-8").replace("Léa", "Zoé")
                ),
            ),
            "b.md",
        ),
    ],
    ids=["renamed", "slug", "lang", "renamed and edited", "a name corrected", "beside a new one"],
)
def test_a_portrait_with_another_address_is_told_the_line_that_keeps_the_former_one(
    workspace: Workspace, work: Work, file: str
) -> None:
    work(workspace)
    assert lost(workspace) == [(file, 0, LINE)]


def test_the_warning_is_repeated_until_something_else_is_built(workspace: Workspace) -> None:
    rename(workspace, "ana", "ana-cote")
    assert lost(workspace) == lost(workspace) == [("ana-cote.md", 0, LINE)]


def test_the_release_itself_knows_its_addresses(workspace: Workspace) -> None:
    shutil.rmtree(workspace.folder / "cache")
    rename(workspace, "ana", "ana-cote")
    assert lost(workspace) == [("ana-cote.md", 0, LINE)]


def test_the_line_keeps_the_aliases_that_there_are(workspace: Workspace) -> None:
    workspace.set("ana", aliases=["/2013/ana/"])
    workspace.build()
    workspace.set("ana", slug="anne")
    ((file, line, hint),) = lost(workspace)
    assert (file, hint) == ("ana.md", "écrivez : aliases: [/2013/ana/, /portraits/ana/]")
    assert "aliases:" in workspace.portrait("ana").read_text("utf-8").split("\n")[line - 1]


def test_with_the_line_nothing_is_said_and_the_former_address_leads_there(
    workspace: Workspace,
) -> None:
    rename(workspace, "ana", "ana-cote")
    workspace.set("ana-cote", aliases=["/portraits/ana/"])
    report = workspace.build()
    assert [problem.code for problem in report.warnings].count("lost-address") == 0
    assert report.notices == ()
    assert "/portraits/ana-cote/" in workspace.page("portraits/ana")


@pytest.mark.parametrize(
    "withdraw",
    [
        lambda workspace: workspace.portrait("ana").unlink(),
        lambda workspace: workspace.set("ana", status="draft"),
        lambda workspace: workspace.set("ana", status="hidden"),
        lambda workspace: workspace.set("ana", date="2099-01-01"),
        lambda workspace: (
            workspace.set("ana", status="draft"),
            workspace.write(
                "b", workspace.portrait("ana").read_text("utf-8").replace("draft", "published")
            ),
        ),
    ],
    ids=["deleted", "draft", "hidden", "embargoed", "draft, and a namesake"],
)
def test_a_portrait_that_is_withdrawn_is_a_notice_without_a_remedy(
    workspace: Workspace, withdraw: Work
) -> None:
    withdraw(workspace)
    report = workspace.build()
    assert "lost-address" not in [problem.code for problem in report.warnings]
    assert report.notices == (
        "« /portraits/ana/ » (Ana Côté) n’est plus sur le site : les liens qui y menaient ne "
        "mènent plus à rien.",
    )
    assert not (workspace.output / "portraits/ana").exists()
    assert workspace.build().notices == ()


def test_what_others_wrote_in_the_place_of_a_record_is_passed_over(workspace: Workspace) -> None:
    (workspace.output / "api/portraits/ana.json").write_text("[]", encoding="utf-8")
    rename(workspace, "ana", "ana-cote")
    assert lost(workspace) == []
