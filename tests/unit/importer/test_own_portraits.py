"""The portraits of the tests' series, read as if they came from somebody else's site."""

from __future__ import annotations

from pathlib import Path

import pytest
from portraits.model.portrait import Portrait
from portraits.reader.source import parse

from tests.unit.importer.shapes import QUESTIONNAIRE, SETTINGS, imported_from, portrait

PORTRAITS = sorted((Path(__file__).parents[2] / "fixtures/series/portraits").glob("*.md"))


def said(read: Portrait) -> list[tuple[str, str, int]]:
    return [
        (e.question.wording.text, " ".join(e.answer.text.split()), len(e.follow_ups))
        for e in read.exchanges
    ]


def recommended(read: Portrait) -> list[str]:
    return [e.account.key for e in read.recommendations.entries] if read.recommendations else []


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_a_portrait_of_ours_comes_back_as_it_was(path: Path) -> None:
    ours = parse(f"portraits/{path.name}", path.read_bytes(), SETTINGS, QUESTIONNAIRE).portrait
    assert ours is not None
    again = portrait(imported_from(path.name, path.read_bytes()))
    assert said(again) == said(ours)
    assert (again.name, again.date, again.tags, again.lang) == (
        ours.name,
        ours.date,
        ours.tags,
        ours.lang,
    )
    assert recommended(again) == recommended(ours)
