"""Test ``api/series.sqlite``: the published series for any SQLite tool, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from portraits.pages.database import TABLES, VERSION

from tests.conftest import ROOT, Command

pytestmark = pytest.mark.site
CANARY = "canari"
DRAFT = """---
name: Nom {0}
date: 2020-01-01
status: {status}
title: Titre {0}
role: Rôle {0}
organization: Organisation {0}
tags: [étiquette {0}]
authors: [Plume {0}]
summary: Résumé {0}
notice: Avis {0}
quote: Citation {0}
accounts: {{twitter: "@compte_{0}", web: "https://{0}.example/"}}
manages:
  - {{mastodon: "@gere_{0}@{0}.example"}}
aliases: [/ancienne-{0}/]
---

Introduction {0}. [lien](https://lien-{0}.example/)

## Question {0} ?

Réponse {0}. Citation {0}.

## #FF

- @recommande_{0} : raison {0}

## Lectures

- [Lecture {0}](https://lecture-{0}.example/)
"""


@pytest.fixture
def database(site: Path) -> Iterator[sqlite3.Connection]:
    """Open a downloaded copy of the database."""
    path = site / "api/series.sqlite"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def test_it_is_a_sound_database_of_the_documented_version(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_every_published_portrait_is_in_it_with_its_answers(
    database: sqlite3.Connection, site: Path
) -> None:
    portraits = database.execute("SELECT id, url FROM portrait ORDER BY id").fetchall()
    assert portraits
    for _, url in portraits:
        path = url.removeprefix("https://portraits.example/")
        assert (site / path / "index.html").is_file()
    without = database.execute(
        "SELECT id FROM portrait WHERE id NOT IN (SELECT portrait FROM answer)"
    ).fetchall()
    assert without == []


def test_texts_are_plain(database: sqlite3.Connection) -> None:
    texts = [
        text
        for (text,) in database.execute(
            "SELECT answer FROM answer UNION SELECT introduction FROM portrait"
            " UNION SELECT reason FROM recommendation"
        )
        if text
    ]
    assert texts
    assert [text for text in texts if "<p" in text or "\ufdd0" in text] == []


def test_the_schema_is_the_one_that_is_documented(database: sqlite3.Connection) -> None:
    said = (ROOT / "docs/series.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in said.splitlines() if line.startswith("| `")]
    documented = {
        row[1].strip(" `"): set(row[3].replace("`", "").replace(",", " ").split())
        for row in rows
        if row[1].strip(" `") in TABLES
    }
    for name in TABLES:
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
        assert columns <= documented[name], name


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_nothing_that_is_not_published_is_in_it(
    tmp_path: Path, small: Path, build: Command, status: str
) -> None:
    output = tmp_path / "out"
    (small / "portraits/canari.md").write_text(
        DRAFT.format(CANARY, status=status), encoding="utf-8"
    )
    done = build(small, output)
    assert done.returncode == 0, done.stderr
    assert CANARY.encode() not in (output / "api/series.sqlite").read_bytes()
    (small / "portraits/canari.md").write_text(
        DRAFT.format(CANARY, status="published"), encoding="utf-8"
    )
    done = build(small, output)
    assert done.returncode == 0, done.stderr
    assert CANARY.encode() in (output / "api/series.sqlite").read_bytes()


def test_a_setting_leaves_it_out(tmp_path: Path, small: Path, program: Command) -> None:
    from tests.conftest import DAY, small_settings

    settings = small_settings(tmp_path, "'search': False, 'pictures': False, 'database': False")
    done = program(
        "build",
        "--content",
        str(small),
        "--output",
        str(tmp_path / "out"),
        "--settings",
        str(settings),
        "--now",
        DAY,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "out/api/series.sqlite").exists()
