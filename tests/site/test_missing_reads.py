"""Test that reads of every table are recorded: recorded reads decide which pages to make.

If the reads of a table were not recorded, an edit would give another site than a clean build. Each
table has one edit that shows it, so these tests fail if a page reads in a way that is not
recorded, even if the tests of random histories do not notice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from PIL import Image
from portraits.build.releases import PublishingError
from portraits.build.site import SiteBuild
from portraits.editor.figures import counted, figures_text
from portraits.pages import directory as directory_pages
from portraits.pages import lists as list_pages
from portraits.series import reads
from portraits.series.database import Database
from portraits.series.reads import Read
from portraits.series.tables import KEYS, name_of
from portraits.series.views import accounts, related, topics
from portraits.support.problems import errors

from tests.site.test_builds import tree
from tests.site.workspace import Tree, Workspace, change, differences

pytestmark = pytest.mark.site

ENGLISH = """---
name: Léa Tremblay
lang: en
date: 2011-08-01
tags: [music]
---

## How did you begin?

By chance.
"""
ZOE = """---
name: Zoé Roy
date: 2014-01-01
tags: [radio]
organization: Coop du Nord
accounts: {twitter: zoe_ex}
---

## Quel conseil donnes-tu ?

Dormir.

## Une question à moi ?

Non.

## #FF Qui suivre ?

- @commun : pour rire
- @inconnu : pour voir
- @compagnon : pour tout

## Lectures

- [Un livre](https://livres.example/)
"""
PAUL = """---
name: Paul Roy
date: 2005-01-01
corrections: [{date: 2006-01-01, text: Un mot pour un autre.}]
---

## Et la nuit ?

Rien.
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return a small series with every feature, and lists of several pages."""
    monkeypatch.setattr(accounts, "PAGE", 2)
    monkeypatch.setattr(directory_pages, "PAGE", 2)
    monkeypatch.setattr(directory_pages, "TOP", 2)
    monkeypatch.setattr(list_pages, "FACES", 1)
    monkeypatch.setattr(topics, "rounded_down", lambda count: min(count, 1))
    monkeypatch.setattr(related, "_MANY", 1)
    workspace = Workspace(tmp_path, settings={"page_size": 1, "feed_size": 3})
    draw(workspace, "lea", "teal")
    draw(workspace, "micro", "gold")
    workspace.set("lea", aliases=["/vieux/"], photo={"file": "lea.jpg", "alt": "Léa"})
    workspace.edit("lea", "Rien de tel.", "Rien de tel.\n\n![Un micro](micro.jpg)")
    for name, text in (("lea.en", ENGLISH), ("zoe", ZOE), ("paul", PAUL)):
        workspace.write(name, text)
    (workspace.content / "people.yml").write_text(
        "people:\n  - name: Inconnue\n    accounts:\n      - account: '@inconnu'\n"
        "        until: 2013\n      - '@ailleurs'\n",
        encoding="utf-8",
    )
    (workspace.content / "extra").mkdir()
    (workspace.content / "extra" / "CNAME").write_text("serie.example\n")
    return workspace


def draw(workspace: Workspace, name: str, colour: str) -> None:
    Image.new("RGB", (96, 96), colour).save(workspace.content / "portraits" / f"{name}.jpg")


def change_the_questionnaire(workspace: Workspace, old: str, new: str) -> None:
    change(workspace.content / "questionnaire.yml", old, new)


def order_the_questions(workspace: Workspace) -> None:
    path = workspace.content / "questionnaire.yml"
    first, *questions = path.read_text("utf-8").split("  - ")
    path.write_text(
        "  - ".join((first, *(f"{one.rstrip()}\n" for one in reversed(questions)))), "utf-8"
    )


EDITS: dict[str, Callable[[Workspace], object]] = {
    "an answer": lambda workspace: workspace.edit("ana", "Oui.", "Oui, encore."),
    "a question in other words": lambda workspace: workspace.edit(
        "lea", "Comment as-tu commencé ?", "Comment tout a-t-il commencé ?"
    ),
    "a question of one's own": lambda workspace: workspace.edit(
        "ana", "## Une question à moi ?", "## Et la nuit ?"
    ),
    "the heading of a list": lambda workspace: workspace.edit(
        "sam", "#FF Qui suivre ?", "#FF Et qui d’autre ?"
    ),
    "a reason": lambda workspace: workspace.edit("sam", "c'est drôle", "c'est beau"),
    "one recommendation more": lambda workspace: workspace.edit(
        "sam", "- @commun", "- @inconnu pour tout\n- @commun"
    ),
    "a new account is recommended": lambda workspace: workspace.edit(
        "sam", "- @commun", "- @comte pour tout\n- @commun"
    ),
    "a title to read": lambda workspace: workspace.edit("zoe", "[Un livre]", "[Un autre livre]"),
    "a link": lambda workspace: workspace.edit("lea", "sam.md#debut", "sam.md"),
    "a remark": lambda workspace: workspace.set("ana", notice="Propos condensés."),
    "a correction": lambda workspace: workspace.set(
        "ana", corrections=[{"date": dt.date(2020, 1, 2), "text": "Deux micros, et non trois."}]
    ),
    "a role": lambda workspace: workspace.set("sam", role="Animatrice"),
    "a date": lambda workspace: workspace.set("ana", date=dt.date(2010, 1, 1)),
    "an hour": lambda workspace: workspace.set("ana", date="2010-01-01 06:00"),
    "tags": lambda workspace: workspace.set("ana", tags=["radio"]),
    "tags as another has them": lambda workspace: workspace.set(
        "paul", tags=["bénévolat", "musique"]
    ),
    "a tag spelt otherwise": lambda workspace: workspace.set("zoe", tags=["RADIO"]),
    "an account": lambda workspace: workspace.set("ana", accounts={"twitter": "commun"}),
    "an account run for others": lambda workspace: workspace.set(
        "ana", manages=[{"twitter": "commun"}]
    ),
    "a former address": lambda workspace: workspace.set("lea", aliases=["/neuf/"]),
    "a new portrait": lambda workspace: workspace.write(
        "rita",
        "---\nname: Rita Roy\ndate: 2015-01-01\ntags: [musique]\n---\n\n"
        "## Quel conseil donnes-tu ?\n\nRire.\n",
    ),
    "a portrait that shares nothing": lambda workspace: workspace.write(
        "remi", "---\nname: Rémi Roy\ndate: 1999-01-01\n---\n\n## Rien du tout ?\n\nRien.\n"
    ),
    "a wording of the questionnaire": lambda workspace: change_the_questionnaire(
        workspace,
        "fr: Quel conseil donnes-tu?",
        "fr: Que conseilles-tu?\n    variants:\n      fr: [Quel conseil donnes-tu?]",
    ),
    "the order of the questionnaire": order_the_questions,
    "the words of a correction": lambda workspace: workspace.edit(
        "paul", "Un mot pour un autre.", "Deux mots."
    ),
    "where somebody went": lambda workspace: change(
        workspace.content / "people.yml", "until: 2013", "until: 2014"
    ),
    "the name of somebody": lambda workspace: change(
        workspace.content / "people.yml", "name: Inconnue", "name: INCONNUE"
    ),
    "a page of the editor": lambda workspace: change(
        workspace.content / "pages/a-propos.md", "Une petite", "Une grande"
    ),
    "a file of the editor": lambda workspace: (workspace.content / "extra" / "CNAME").write_text(
        "x\n"
    ),
    "a photo": lambda workspace: draw(workspace, "lea", "red"),
    "the words for a picture": lambda workspace: workspace.edit(
        "lea", "![Un micro]", "![Deux micros]"
    ),
}
READ: dict[str, str] = {
    "account": "an account",
    "alias": "a former address",
    "answer": "an answer",
    "bucket": "an answer",
    "correction": "the words of a correction",
    "crowded": "a new account is recommended",
    "directory_page": "a new account is recommended",
    "directory_entry": "a new account is recommended",
    "entry_count": "one recommendation more",
    "entry_page": "a new account is recommended",
    "editor_page": "a page of the editor",
    "feed_entry": "an answer",
    "file": "a date",
    "fragment": "one recommendation more",
    "held_account": "where somebody went",
    "image": "the words for a picture",
    "input": "a file of the editor",
    "leading": "a tag spelt otherwise",
    "link": "a link",
    "managed": "an account run for others",
    "person": "the name of somebody",
    "photo": "a photo",
    "popularity": "a portrait that shares nothing",
    "portrait": "a role",
    "portraits": "an answer",
    "presence": "an account",
    "prose": "a remark",
    "question": "a question of one's own",
    "questionnaire": "the order of the questionnaire",
    "reading": "a title to read",
    "recommendation": "a reason",
    "related": "tags as another has them",
    "section": "the heading of a list",
    "segment": "an answer",
    "slice": "a new portrait",
    "spelling": "an answer",
    "term": "tags",
    "term_count": "tags as another has them",
    "term_label": "a tag spelt otherwise",
    "topic": "the order of the questionnaire",
    "topic_count": "a new portrait",
    "topic_order": "the order of the questionnaire",
    "topic_wording": "a wording of the questionnaire",
    "variant": "a question in other words",
    "vocabulary": "an answer",
}
"""Table -> the edit that would not be seen without the reads of that table. ``portraits`` stands
for all that one portrait's file says."""
UNREAD = ("consent", "external_link")
"""Tables that are read as a part of a portrait's whole file and in no other way."""


class Forgetful:
    """Does not record reads of one table."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.table = ""
        self.seen: set[str] = set()
        part_of, keep_reads = reads.part_of, Database.keep_reads
        tables: dict[int, str] = {}

        def named(table: str, column: str = "", value: object = "") -> int:
            part = part_of(table, column, value)
            tables[part] = table
            return part

        def kept(database: Database, node: int, asked: Collection[Read], **more: bool) -> None:
            self.seen |= {tables[read[0]] for read in asked}
            keep_reads(
                database, node, [read for read in asked if tables[read[0]] != self.table], **more
            )

        monkeypatch.setattr(reads, "part_of", named)
        monkeypatch.setattr(Database, "keep_reads", kept)


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Forgetful:
    return Forgetful(monkeypatch)


def site_of(workspace: Workspace, name: str = "grown") -> Tree:
    """Return a site after another build, and the output of ``portraits stats``."""
    where = {"output": name, "cache": f"cache of {name}"}
    workspace.build(**where)
    with SiteBuild(workspace.options(**where)) as site:
        assert not errors(site.examine())
        said = figures_text(counted(site.series(), "fr"))
    return {**tree(workspace.folder / name), "portraits stats": said}


@pytest.mark.parametrize("table", READ)
def test_without_the_reads_of_a_table_some_edit_is_not_shown(
    table: str, workspace: Workspace, forgetful: Forgetful
) -> None:
    workspace.settings["pictures"] = table in ("image", "photo")
    forgetful.table = table
    site_of(workspace)
    assert table in forgetful.seen
    EDITS[READ[table]](workspace)
    try:
        grown = site_of(workspace)
    except PublishingError:
        return  # a page that was not made is missed by those that lead to it
    assert differences(grown, site_of(workspace, "fresh")) != []


def test_with_all_reads_every_one_of_these_edits_is_shown(
    workspace: Workspace, forgetful: Forgetful
) -> None:
    workspace.settings["pictures"] = True
    site_of(workspace)
    for edit in EDITS.values():
        edit(workspace)
        grown = site_of(workspace)
    assert differences(grown, site_of(workspace, "fresh")) == []
    assert forgetful.seen == {*READ}
    assert {*READ, *UNREAD} == {"portraits", *map(name_of, KEYS)}
