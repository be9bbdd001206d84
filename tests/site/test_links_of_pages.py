"""What the editor's own pages link to stands on the site, in every build."""

from __future__ import annotations

from pathlib import Path

import pytest
from portraits.support.problems import SourceRefused

from tests.site.workspace import Workspace

ADDRESSES = ("../portraits/lea/", "../portraits/lea", "../portraits/./lea/index.html")
FIRST = 5
"""Line of the first link."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path, settings={"search": False})
    for other in ("ana", "sam"):  # they link to each other
        workspace.portrait(other).unlink()
    workspace.edit("lea", "[Sam](sam.md#debut)", "Sam")
    return workspace


def linked(workspace: Workspace, *links: str) -> None:
    """Give the page « about » links, one a line."""
    (workspace.content / "pages/about.md").write_text(
        "\n".join(["title: À propos", "lang: fr", "", "Une page.", *links, ""]), encoding="utf-8"
    )


def refused(workspace: Workspace) -> list[tuple[str, int, str, str]]:
    with pytest.raises(SourceRefused) as found:
        workspace.build()
    assert not workspace.output.exists() or "about" in workspace.page("about"), (
        "the site was touched"
    )
    return [
        (problem.path.rpartition("content/")[2], problem.line, problem.code, problem.hint)
        for problem in found.value.problems
    ]


def test_links_that_lead_somewhere_are_published(workspace: Workspace) -> None:
    linked(
        workspace,
        "[a](../portraits/lea/)",
        "[b](/portraits/lea/#comment-as-tu-commence)",
        "[c](http://localhost:8000/portraits/lea/)",
        "<a href=../portraits/lea/index.html>d</a>",
        "[e](.) [f](#top) [g](..) [h](../a-propos/)",
        "[i](https://example.org/nulle-part/) [j](mailto:a@example.org)",
        "[l](../atom.xml?x=1) <a href='http://[x'>m</a>",
    )
    workspace.build()
    assert (workspace.output / "about/index.html").exists()


def test_a_link_that_leads_nowhere_is_named_with_its_line(workspace: Workspace) -> None:
    lea, example = "vouliez-vous dire « portraits/lea/ » ?", "comme ../portraits/lea/"
    expected = {
        "[x](../nexiste/)": ("broken-link", example),
        "[x](../portraits/leo/)": ("broken-link", lea),
        "[x](../portraits/lea)": ("broken-link", lea),
        "[x](http://LOCALHOST:8000/portraits/lee/)": ("broken-link", lea),
        "<a href='../portraits/lia/'>x</a>": ("broken-link", lea),
        "<a\nhref=../portraits/lae/>x</a>": ("broken-link", lea),
        "![x](image.png)": ("broken-link", example),
        '<img srcset="/atom.xml 1x, ../b.png 2x" alt="">': ("broken-link", example),
        "[x](../portraits/lea/#commencer)": ("link-to-unknown-question", "questions : comment-as"),
        "[x](../portraits/lea/#et-avnt)": ("link-to-unknown-question", "« et-avant »"),
    }
    links = list(expected)
    linked(workspace, *links)
    found = refused(workspace)
    places = []
    for link in links:
        before = "\n".join(links[: links.index(link)])
        places.append(FIRST + before.count("\n") + bool(before) + link.count("\n"))
    assert [(path, line) for path, line, _, _ in found] == [
        ("pages/about.md", place) for place in places
    ]
    for (_, _, code, hint), (expected_code, part) in zip(found, expected.values(), strict=True):
        assert (code, part in hint) == (expected_code, True), hint


@pytest.mark.parametrize(
    "keys",
    [{"status": "draft"}, {"status": "hidden"}, {"date": "2099-01-01"}],
    ids=["draft", "hidden", "embargoed"],
)
def test_a_link_to_an_unpublished_portrait_is_plain_words_and_a_warning(
    workspace: Workspace, keys: dict[str, str]
) -> None:
    workspace.set("lea", **keys)
    places = (*ADDRESSES, "/portraits/lea/#et-avant", "../portraits/lea/citation/")
    linked(workspace, *(f"[mot *{n}*]({address}) " for n, address in enumerate(places)))
    warnings = workspace.build().warnings
    assert [
        (warning.path.rpartition("content/")[2], warning.line, warning.code)
        for warning in warnings
        if warning.code == "link-to-unpublished"
    ] == [("pages/about.md", line, "link-to-unpublished") for line in (5, 6, 7, 8, 9)]
    page = workspace.page("about")
    assert "mot <em>0</em>" in page and "mot <em>4</em>" in page
    assert "portraits/lea" not in page


def test_a_link_comes_and_goes_with_its_portrait_in_texts_that_did_not_change(
    workspace: Workspace,
) -> None:
    linked(workspace, "[Léa](../portraits/lea/)")
    workspace.write(
        "zoe", "---\nname: Zoé\ndate: 2015-01-01\n---\n\n## Qui ?\n\n[Elle](lea.md#et-avant).\n"
    )
    workspace.build()
    before = workspace.grown()
    page, portrait = workspace.page("about"), workspace.page("portraits/zoe")
    assert '<a href="../portraits/lea/">Léa</a>' in page
    assert '<a href="/portraits/lea/#et-avant">Elle</a>' in portrait
    workspace.set("lea", status="draft")
    for _ in range(2):
        codes = [warning.code for warning in workspace.build().warnings]
        assert codes.count("link-to-unpublished") == 2
    assert workspace.page("about") == page.replace('<a href="../portraits/lea/">Léa</a>', "Léa")
    assert "<p>Elle.</p>" in workspace.page("portraits/zoe")
    for name in ("atom.xml", "api/portraits/zoe.json"):
        assert "portraits/lea" not in (workspace.output / name).read_text("utf-8"), name
    assert workspace.grown() == workspace.fresh()
    workspace.set("lea", status="published")
    workspace.build()
    assert workspace.grown() == before


def test_a_preview_shows_a_page_that_links_to_a_draft(workspace: Workspace) -> None:
    linked(workspace, "[Léa](../portraits/lea/)")
    workspace.set("lea", status="draft")
    workspace.build(drafts=True)
    assert workspace.shows("portraits/lea", "Léa")
