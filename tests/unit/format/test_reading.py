"""Files of the content folder are read once, and their rows are those of the day and of the
questionnaire."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from portraits.build import parsing
from portraits.build.parsing import Parser
from portraits.build.sources import Sources
from portraits.model.withdrawn import Withdrawal, Withdrawn
from portraits.options import BuildOptions
from portraits.reader import source
from portraits.series.database import Database
from portraits.series.reading import portrait_of
from portraits.series.tables import OF_PORTRAITS, name_of
from portraits.settings import Settings

from tests.builders import THEME, in_memory

TEXT = """---
name: Léa Roy
date: 2012-03-01
photo: {file: lea.jpg, alt: Léa}
---

## Tes *débuts* ?

Un micro, et [un site](https://exemple.ca/).

### Lequel ?

Le premier.

### Pourquoi ?

Pour voir.

## Tes outils ?

Un crayon.
"""
QUESTIONNAIRE = "questions:\n  - id: debuts\n    fr: Tes débuts?\n    tags: [parcours]\n"
NOW = dt.datetime(2012, 3, 1, tzinfo=dt.UTC)


@dataclass
class Folder:
    """A content folder, and the database that knows its portraits."""

    options: BuildOptions
    database: Database = field(default_factory=in_memory)
    opened: list[str] = field(default_factory=list)
    """The files that were parsed since this was last emptied."""

    def write(self, text: str, name: str = "lea.md") -> None:
        path = self.options.content / "portraits" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, **options: Any) -> list[str]:
        """Read what changed; returns the codes of all that is wrong."""
        self.opened.clear()
        sources = Sources(replace(self.options, **options), self.database)
        with self.database.transaction():
            sources.update()
            self.database.settle()
        return sorted(problem.code for problem in sources.known_problems())

    def shown(self) -> dict[str, int]:
        """Source -> whether it stands for its person, of the portraits that the site shows."""
        return dict(
            self.database.connection.execute(
                "SELECT source, person FROM portrait WHERE position IS NOT NULL ORDER BY position"
            )
        )

    def tables(self) -> dict[str, list[Any]]:
        """All rows of portraits."""
        return {
            name: sorted(
                (table(*row) for row in self.database.connection.execute(f"SELECT * FROM {name}")),
                key=repr,
            )
            for table in OF_PORTRAITS
            if (name := name_of(table))
        }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    found = Folder(
        BuildOptions(
            root=tmp_path,
            content=tmp_path / "content",
            output=tmp_path / "output",
            theme=THEME,
            cache=tmp_path / "cache",
            settings=Settings(),
            now=NOW,
        )
    )
    parsed = Parser.parsed

    def counted(self: Parser, source: str) -> Any:
        found.opened.append(source)
        return parsed(self, source)

    monkeypatch.setattr(Parser, "parsed", counted)
    found.write(TEXT)
    return found


def test_a_portrait_is_kept_with_all_that_its_file_says(folder: Folder) -> None:
    assert folder.read() == []
    portrait = portrait_of(folder.database.series, "portraits/lea.md")
    assert [exchange.question.wording.html for exchange in portrait.exchanges] == [
        "Tes <em>débuts</em>?",
        "Tes outils?",
    ]
    assert [further.answer.text for further in portrait.exchanges[0].follow_ups] == [
        "Le premier.",
        "Pour voir.",
    ]
    assert portrait.external_links == (("https://exemple.ca/", 9),)


def test_a_file_is_parsed_once(folder: Folder) -> None:
    folder.read()
    assert folder.opened == ["portraits/lea.md"]
    folder.read()
    assert folder.opened == []


def test_a_file_that_is_only_touched_is_not_parsed_again(folder: Folder) -> None:
    folder.read()
    os.utime(folder.options.content / "portraits" / "lea.md", (1, 1))
    folder.read()
    assert folder.opened == []


def test_an_edited_file_is_parsed_again_and_no_other(folder: Folder) -> None:
    folder.write(TEXT, "sam.md")
    folder.read()
    folder.write(TEXT.replace("Un crayon", "Un stylo"))
    folder.read()
    assert folder.opened == ["portraits/lea.md"]
    assert "Un stylo." in str(portrait_of(folder.database.series, "portraits/lea.md"))


def test_a_database_that_is_made_anew_holds_the_same_rows(folder: Folder) -> None:
    folder.write(TEXT.replace("Un crayon", "Un stylo"))
    folder.read()
    folder.write(TEXT)
    folder.read()
    other = Folder(folder.options)
    other.read()
    assert folder.tables() == other.tables()


def test_a_refused_file_has_no_rows_and_is_told_until_it_is_mended(folder: Folder) -> None:
    folder.read()
    folder.write(TEXT.replace("date: 2012-03-01", "date: hier"))
    assert folder.read() == folder.read() == ["bad-date"]
    assert not any(folder.tables().values())
    folder.write(TEXT)
    assert folder.read() == []
    assert folder.shown() == {"portraits/lea.md": 1}


def test_a_file_that_is_gone_leaves_no_row(folder: Folder) -> None:
    folder.read()
    (folder.options.content / "portraits" / "lea.md").unlink()
    assert folder.read() == []
    assert not any(folder.tables().values())


def test_a_file_that_cannot_be_opened_is_tried_again(folder: Folder) -> None:
    path = folder.options.content / "portraits" / "lea.md"
    path.unlink()
    path.symlink_to(THEME)
    assert folder.read() == folder.read() == ["not-a-file"]
    path.unlink()
    folder.write(TEXT)
    assert folder.read() == []


def test_a_file_that_no_portrait_can_be_is_named(folder: Folder) -> None:
    folder.write(TEXT, "sam.txt")
    folder.write("x", "logo.ico")
    assert folder.read() == ["not-a-portrait", "not-a-portrait"]
    assert folder.opened == ["portraits/lea.md"]


def test_a_text_that_would_take_too_long_is_refused_and_the_next_is_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = source.parse

    def slow(name: str, *given: Any, **more: Any) -> Any:
        while name == "portraits/lea.md":
            pass
        return parse(name, *given, **more)

    monkeypatch.setattr(source, "parse", slow)
    monkeypatch.setattr(parsing, "SECONDS_PER_FILE", 0.05)
    folder.write(TEXT, "sam.md")
    assert folder.read() == folder.read() == ["too-slow"]
    assert folder.opened == []
    assert folder.shown() == {"portraits/sam.md": 1}


def test_another_questionnaire_reads_every_portrait_anew(folder: Folder) -> None:
    folder.read()
    (folder.options.content / "questionnaire.yml").write_text(QUESTIONNAIRE, encoding="utf-8")
    folder.read()
    assert folder.opened == ["portraits/lea.md"]
    portrait = portrait_of(folder.database.series, "portraits/lea.md")
    assert portrait.exchanges[0].question.questionnaire_id == "debuts"
    assert folder.database.connection.execute(
        "SELECT term FROM term WHERE term GLOB 'theme/*'"
    ).fetchall() == [("theme/parcours",)]
    folder.read()
    assert folder.opened == []


def test_a_questionnaire_that_is_taken_away_leaves_no_row(folder: Folder) -> None:
    path = folder.options.content / "questionnaire.yml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    folder.read()
    path.unlink()
    folder.read()
    assert folder.database.connection.execute("SELECT * FROM questionnaire").fetchall() == []
    portrait = portrait_of(folder.database.series, "portraits/lea.md")
    assert portrait.exchanges[0].question.questionnaire_id == ""


def test_a_portrait_appears_on_its_day_without_being_read_again(folder: Folder) -> None:
    folder.read(now=NOW - dt.timedelta(days=1))
    assert folder.shown() == {}
    folder.read()
    assert (folder.shown(), folder.opened) == ({"portraits/lea.md": 1}, [])
    folder.read(now=NOW - dt.timedelta(days=29))
    assert folder.shown() == {}


def test_a_translation_takes_the_place_of_another_and_gives_it_back(folder: Folder) -> None:
    folder.write(TEXT, "lea.en.md")
    folder.read()
    assert folder.shown() == {"portraits/lea.en.md": 0, "portraits/lea.md": 1}
    folder.write(TEXT.replace("date:", "status: draft\ndate:"))
    folder.read()
    assert folder.shown() == {"portraits/lea.en.md": 1}
    folder.write(TEXT)
    folder.read()
    assert folder.shown() == {"portraits/lea.en.md": 0, "portraits/lea.md": 1}
    people = {
        row.source for rows in folder.tables().values() for row in rows if getattr(row, "person", 0)
    }
    assert people == {"portraits/lea.md"}


def test_many_files_are_read_by_many_processes_as_by_one(folder: Folder) -> None:
    for number in range(30):
        folder.write(TEXT.replace("Un crayon", f"Le crayon {number}"), f"nom-{number}.md")
    folder.write("---\nname: Zoé\n---\n", "zoe.md")
    other = Folder(folder.options)
    assert folder.read(processes=1) == other.read(processes=2)
    assert len(folder.shown()) == 31
    assert folder.tables() == other.tables()


@pytest.mark.parametrize("name", ["e\u0301te\u0301/lea.md", "e\u0301te\u0301.md", "é\u200bté.md"])
def test_a_folder_or_text_to_which_no_link_would_lead_is_told_once(
    folder: Folder, name: str
) -> None:
    folder.write(TEXT, name)
    (folder.options.content / "portraits" / "le\u0301a.jpg").touch()
    assert folder.read() == ["bad-file-name"]


def test_the_text_of_somebody_withdrawn_is_told_and_not_read(folder: Folder) -> None:
    folder.write("n’importe quoi")
    gone = Withdrawal(NOW.date(), ("portraits/lea.md",), ("portraits/lea/",))
    assert folder.read(withdrawn=Withdrawn((gone,))) == ["withdrawn-file"]
    assert (folder.opened, folder.shown()) == ([], {})
