"""Test when the kind of page that docs/extending.md adds is made, made again and removed."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from portraits import pages
from portraits.build import site as builds
from portraits.build.site import BuildReport
from portraits.host.running import build, plain_settings
from portraits.options import options_from

from tests.conftest import DAY, ROOT, small_settings

pytestmark = pytest.mark.site
ADDRESS = "en-peu-de-mots/index.html"


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Add the module from the document, with its one line."""
    text = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    found = re.search(
        r"```python\n(# plugins/portraits/pages/short_answers.py\n.*?)```", text, re.DOTALL
    )
    assert found
    module = ModuleType("portraits.pages.short_answers")
    exec(found[1], module.__dict__)  # noqa: S102 - our own document
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(pages, "KINDS", (*pages.KINDS, module.KIND))
    yield module


def built(folder: Path, content: Path) -> BuildReport:
    values = plain_settings(small_settings(folder, "'search': False, 'pictures': False"))
    assert values is not None
    return build(
        values,
        options_from(
            values, content=content, output=folder / "out", now=DAY, processes=1, durable=False
        ),
    )


def test_the_example_is_a_page_of_the_site(
    tmp_path: Path, small: Path, example: ModuleType
) -> None:
    assert ADDRESS in built(tmp_path, small).written
    page = (tmp_path / "out" / ADDRESS).read_text(encoding="utf-8")
    assert "En peu de mots</h1>" in page


def test_it_is_made_again_when_an_answer_changes_and_not_otherwise(
    tmp_path: Path, small: Path, example: ModuleType
) -> None:
    built(tmp_path, small)
    text = next(path for path in sorted(small.glob("portraits/*.md")) if "## " in path.read_text())
    first, heading, rest = text.read_text(encoding="utf-8").partition("\n## ")
    question, _, answer = rest.partition("\n")
    text.write_text(
        f"{first}{heading}{question}\n\nOui.\n\n## Et encore ?\n{answer}", encoding="utf-8"
    )
    assert ADDRESS in built(tmp_path, small).written
    with (small / "questionnaire.yml").open("a", encoding="utf-8") as file:
        file.write("\n# une remarque\n")
    assert ADDRESS not in built(tmp_path, small).written


def test_it_goes_with_its_line(
    tmp_path: Path, small: Path, example: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(tmp_path, small)
    monkeypatch.setattr(pages, "KINDS", pages.KINDS[:-1])
    # Without its line the code is another: the database is made anew, as it would be then.
    monkeypatch.setattr(builds, "identity_of", lambda options: b"other code")
    assert ADDRESS in built(tmp_path, small).removed
    assert not (tmp_path / "out" / ADDRESS).exists()
