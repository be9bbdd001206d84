"""What is looked at before a release, when every file has its place."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, cast

import pytest
from portraits.build.engine import Outcome
from portraits.build.releases import PublishingError, Releases
from portraits.build.verify import verify
from portraits.series.database import opened
from portraits.series.tables import FileRow

from tests.unit.core.made_up import IDENTITY


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/index.html", pytest.raises(PublishingError, match="deux pages différentes")),
        ("images/0a.webp", nullcontext()),
        ("recherche/index/mots/0a.words", nullcontext()),
    ],
)
def test_two_pages_have_one_file_only_where_it_is_named_after_its_content(
    tmp_path: Path, path: str, expected: AbstractContextManager[Any]
) -> None:
    with opened(tmp_path / "a.sqlite", IDENTITY) as database, database.transaction():
        for node in (1, 2):
            database.replace(node, [FileRow(node, path, path, 1, 1, "", "")], (FileRow,))
        with expected:
            verify(database, Outcome(paths={path}), cast(Releases, None), "")
