"""What is kept of a portrait is read again as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from portraits.cache import Cache
from portraits.questionnaire_file import Questionnaire
from portraits.reading import Reader
from portraits.settings import Settings
from portraits.source import parse

TEXT = """---
name: Léa Roy
date: 2012-03-01
---

## Tes *débuts* ?

Un micro, et [un site](https://exemple.ca/).

### Lequel ?

Le premier.

### Pourquoi ?

## Tes outils ?

Un crayon.
"""


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "portraits").mkdir()
    (tmp_path / "portraits" / "lea.md").write_text(TEXT, encoding="utf-8")
    return Reader(tmp_path, "content", Settings(), Questionnaire(), b"base",
                  Cache(tmp_path / "cache.sqlite"))


def test_a_portrait_and_each_of_its_exchanges_are_read_as_they_were_kept(reader: Reader) -> None:
    portrait = parse("portraits/lea.md", TEXT.encode(), Settings(), Questionnaire()).portrait
    assert portrait is not None
    assert [len(exchange.follow_ups) for exchange in portrait.exchanges] == [2, 0]
    (read,), _ = reader.read()
    assert reader.portrait("portraits/lea.md", read.key) == portrait
    for position, exchange in enumerate(portrait.exchanges):
        assert reader.exchange("portraits/lea.md", read.key, position) == exchange


def test_a_portrait_without_a_cache_is_parsed_again(reader: Reader) -> None:
    (read,), _ = reader.read()
    other = Reader(reader.content, "content", Settings(), Questionnaire(), b"base",
                   Cache(reader.content / "empty.sqlite"))
    assert other.portrait("portraits/lea.md", read.key) == reader.portrait(
        "portraits/lea.md", read.key)
