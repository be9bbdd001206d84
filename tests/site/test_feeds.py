"""Test which feeds an edit rebuilds: those that show it, and no feeds of other questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.site.workspace import MadePage, Workspace

pytestmark = pytest.mark.site

NAMES = ("atom.xml", "rss.xml", "feed.json")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return the small site, built once."""
    workspace = Workspace(tmp_path, settings={"search": False})
    workspace.build()
    return workspace


EVERY_FEED = {
    "",
    "etiquettes/musique/",
    "etiquettes/benevolat/",
    "questions/debut/",
    "questions/conseil/",
}
OF_SAM = {"", "etiquettes/musique/"}


@pytest.mark.parametrize(
    ("before", "after", "shown_in"),
    [
        ("Écouter d'abord.", "Écouter toujours.", OF_SAM | {"questions/conseil/"}),
        ("un oubli.", "un oubli.\n\nEt un matin.", OF_SAM | {"questions/debut/"}),
        (
            "## Quel conseil donnes-tu ?",
            "## Quel conseil donnes-tu, toi ? {#conseil}",
            OF_SAM | {"questions/conseil/"},
        ),
        ("- @commun parce que c'est drôle", "- @commun parce que c'est beau", OF_SAM),
        ("  twitter: sam_ex", "  twitter: sam_ex\n  facebook: privé", OF_SAM),
        (
            "tags: [musique]",
            "tags: [musique]\nmodified: 2012-03-01",
            EVERY_FEED - {"etiquettes/benevolat/"},
        ),
        ("name: Sam Roy", "name: Sam Leroy", EVERY_FEED),
        ("role: Animateur", "role: Animatrice", EVERY_FEED - {"etiquettes/benevolat/"}),
        ("date: 2012-02-10", "date: 2012-02-11", EVERY_FEED - {"etiquettes/benevolat/"}),
    ],
    ids=[
        "an answer",
        "an answer with a line more",
        "the words of a question",
        "a recommendation",
        "an account",
        "modified",
        "name",
        "role",
        "date",
    ],
)
def test_an_edit_makes_the_feeds_that_show_it(
    workspace: Workspace, made: list[MadePage], before: str, after: str, shown_in: set[str]
) -> None:
    workspace.edit("sam", before, after)
    written = workspace.build().written
    assert {
        path.removesuffix(name) for path in written for name in NAMES if path.endswith(name)
    } == shown_in
    in_vain = [page.key for page in made if page.kind == "feeds" and not page.written]
    assert len(in_vain) < 2  # what lists say of a portrait can be the beginning of an answer


def test_the_words_for_a_picture_in_an_answer_are_in_the_feeds_of_its_question(
    tmp_path: Path,
) -> None:
    workspace = Workspace(tmp_path, settings={"search": False, "pictures": True})
    Image.new("RGB", (96, 96), "teal").save(workspace.content / "portraits/micro.jpg")
    workspace.edit("sam", "d'abord.", "d'abord.\n\n![Un micro](micro.jpg)")
    workspace.build()
    workspace.edit("sam", "Un micro]", "Deux micros]")
    assert "questions/conseil/rss.xml" in workspace.build().written
    assert "Deux micros" in (workspace.output / "questions/conseil/rss.xml").read_text("utf-8")


def test_a_question_that_was_asked_twice_has_both_answers(workspace: Workspace) -> None:
    workspace.edit(
        "sam", "## Quel conseil", "## Comment as-tu commencé ?\n\nEncore ainsi.\n\n## Quel conseil"
    )
    workspace.build()
    items = json.loads((workspace.output / "questions/debut/feed.json").read_bytes())["items"]
    answers = [
        (question["id"], question["answer"])
        for item in items
        if "/sam/" in item["id"]
        for question in item["_portrait"]["questions"]
    ]
    assert answers == [
        ("debut", "Un micro, une nuit, un oubli."),
        ("comment-as-tu-commence", "Encore ainsi."),
    ]
