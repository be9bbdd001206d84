"""An address that was published is not lost in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.site.desk import Desk

Work = Callable[[Desk], object]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, settings={"search": False})
    desk.build()
    return desk


def rename(desk: Desk, old: str, new: str) -> None:
    desk.portrait(old).rename(desk.portrait(new))


def lost(desk: Desk) -> list[tuple[str, int, str]]:
    """What the next build says of lost addresses: file, line, remedy."""
    return [
        (Path(problem.path).name, problem.line, problem.hint)
        for problem in desk.build().warnings
        if problem.code == "lost-address"
    ]


LINE = "ajoutez à son en-tête : aliases: [/portraits/ana/]"


@pytest.mark.parametrize(
    ("work", "file"),
    [
        (lambda desk: rename(desk, "ana", "ana-cote"), "ana-cote.md"),
        (lambda desk: desk.set("ana", slug="anne"), "ana.md"),
        (lambda desk: desk.set("ana", lang="en"), "ana.md"),
        (lambda desk: (rename(desk, "ana", "b"), desk.set("b", tags=["web"])), "b.md"),
        (lambda desk: (rename(desk, "ana", "b"), desk.set("b", name="Ana Roy")), "b.md"),
        (
            lambda desk: (
                rename(desk, "ana", "b"),
                desk.write("c", desk.portrait("lea").read_text("utf-8").replace("Léa", "Zoé")),
            ),
            "b.md",
        ),
    ],
    ids=["renamed", "slug", "lang", "renamed and edited", "a name corrected", "beside a new one"],
)
def test_a_portrait_with_another_address_is_told_the_line_that_keeps_the_former_one(
    desk: Desk, work: Work, file: str
) -> None:
    work(desk)
    assert lost(desk) == [(file, 0, LINE)]


def test_the_warning_is_repeated_until_something_else_is_built(desk: Desk) -> None:
    rename(desk, "ana", "ana-cote")
    assert lost(desk) == lost(desk) == [("ana-cote.md", 0, LINE)]


def test_the_release_itself_knows_its_addresses(desk: Desk) -> None:
    shutil.rmtree(desk.folder / "cache")
    rename(desk, "ana", "ana-cote")
    assert lost(desk) == [("ana-cote.md", 0, LINE)]


def test_the_line_keeps_the_aliases_that_there_are(desk: Desk) -> None:
    desk.set("ana", aliases=["/2013/ana/"])
    desk.build()
    desk.set("ana", slug="anne")
    ((file, line, hint),) = lost(desk)
    assert (file, hint) == ("ana.md", "écrivez : aliases: [/2013/ana/, /portraits/ana/]")
    assert "aliases:" in desk.portrait("ana").read_text("utf-8").split("\n")[line - 1]


def test_with_the_line_nothing_is_said_and_the_former_address_leads_there(desk: Desk) -> None:
    rename(desk, "ana", "ana-cote")
    desk.set("ana-cote", aliases=["/portraits/ana/"])
    report = desk.build()
    assert [problem.code for problem in report.warnings].count("lost-address") == 0
    assert report.notices == ()
    assert "/portraits/ana-cote/" in desk.page("portraits/ana")


@pytest.mark.parametrize(
    "withdraw",
    [
        lambda desk: desk.portrait("ana").unlink(),
        lambda desk: desk.set("ana", status="draft"),
        lambda desk: desk.set("ana", status="hidden"),
        lambda desk: desk.set("ana", date="2099-01-01"),
        lambda desk: (
            desk.set("ana", status="draft"),
            desk.write("b", desk.portrait("ana").read_text("utf-8").replace("draft", "published")),
        ),
    ],
    ids=["deleted", "draft", "hidden", "embargoed", "draft, and a namesake"],
)
def test_a_portrait_that_is_withdrawn_is_a_notice_without_a_remedy(
    desk: Desk, withdraw: Work
) -> None:
    withdraw(desk)
    report = desk.build()
    assert "lost-address" not in [problem.code for problem in report.warnings]
    assert report.notices == (
        "« /portraits/ana/ » (Ana Côté) n’est plus sur le site : les liens qui y menaient ne "
        "mènent plus à rien.",
    )
    assert not (desk.output / "portraits/ana").exists()
    assert desk.build().notices == ()


def test_what_others_wrote_in_the_place_of_a_record_is_passed_over(desk: Desk) -> None:
    (desk.output / "api/portraits/ana.json").write_text("[]", encoding="utf-8")
    rename(desk, "ana", "ana-cote")
    assert lost(desk) == []
