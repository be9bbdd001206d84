"""The arrows between modules point one way (docs/architecture.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from portraits.pages import KINDS
from portraits.series.tables import (
    KEYS,
    OF_PORTRAITS,
    EditorPageRow,
    FeedEntryRow,
    FileRow,
    FragmentRow,
    InputRow,
    PhotoRow,
    QuestionnaireRow,
)
from portraits.series.views import VIEWS

PACKAGE = Path(__file__).parent.parent.parent / "plugins" / "portraits"

LAYERS: tuple[tuple[str, ...], ...] = (
    # What everything may use: no idea of a portrait.
    ("problems", "progress", "digests", "holes", "bounds", "svg", "xml_tree", "limits",
     "inversion", "output_paths", "doubts", "absolute", "published_image", "pictures",
     "content_folder", "workers", "locks", "terminal"),
    # The domain.
    ("model",),
    # Its vocabulary.
    ("settings", "options", "dates", "networks", "accounts", "account_feeds", "addresses", "slugs",
     "catalogue", "environment", "typography", "assets", "verification", "related"),
    # From one file to a portrait.
    ("yaml_tree", "schema", "frontmatter", "markup", "questionnaire_file", "markdown_structure",
     "passages", "entries", "sections", "quotation", "recommendations", "readings", "body",
     "source", "page_sources"),
    # From a portrait to rows, and what is derived from them.
    ("search",),
    ("series",),
    # From rows and portraits to what is shown.
    ("validation", "graph", "graph_selection", "graph_layout", "graph_drawing", "graph_columns",
     "statistics", "charts", "exports", "api", "structured_data", "feeds", "sitemap", "hosting",
     "images"),
    # What pages show, and the pages.
    ("views", "patterns", "pages"),
    # One build; the editor's desk beside it.
    ("build", "external_links", "desk", "importer"),
    # The host.
    ("pelican_adapter", "plugin", "running"),
    ("preview", "publishing"),
    ("commands",),
    ("cli",),
    ("__main__",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

def module_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def imports() -> tuple[tuple[str, str, Path], ...]:
    """(importing, imported, file) for every import between our top-level modules."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = ([f"portraits.{alias.name}" for alias in node.names]
                         if node.module == "portraits" else [node.module])
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            found += [(module_of(path), name.split(".")[1], path) for name in names
                      if name.startswith("portraits.")]
    return tuple(found)


def test_every_module_has_its_place() -> None:
    known = {module_of(path) for path in PACKAGE.rglob("*.py")} - {"__init__"}
    assert known == set(LEVEL)


def test_no_module_knows_those_above_it() -> None:
    upward = sorted({
        f"{path.relative_to(PACKAGE)} imports {imported}" for importing, imported, path in imports()
        if importing != "__init__" and LEVEL.get(imported, 0) > LEVEL.get(importing, 0)})
    assert upward == []


def test_only_the_host_s_modules_import_pelican() -> None:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else (
                [alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
            if any(name.split(".")[0] == "pelican" for name in names):
                found.add(path.relative_to(PACKAGE).as_posix())
    assert found <= {"pelican_adapter.py", "plugin.py", "running.py", "importer/wordpress.py"}


@pytest.mark.parametrize(
    "module",
    ["model", "source", "series.views", "pages", "build.site", "feeds.formats", "importer"])
def test_importing_a_part_does_not_import_pelican(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c",
         f"import sys; import portraits.{module}; sys.exit('pelican' in sys.modules)"],
        cwd=PACKAGE.parent, check=False)
    assert done.returncode == 0


def test_there_is_one_import_name() -> None:
    assert not (PACKAGE.parent / "__init__.py").exists()
    for path in PACKAGE.rglob("*.py"):
        assert "plugins.portraits" not in path.read_text(encoding="utf-8"), path


def test_every_view_and_every_kind_of_page_has_a_name_of_its_own() -> None:
    names = [view.name for view in VIEWS] + [kind.name for kind in KINDS]
    assert len(set(names)) == len(names)


def test_every_table_is_filled_by_one() -> None:
    filled = [*OF_PORTRAITS, *(table for view in VIEWS for table in view.tables)]
    assert len(set(filled)) == len(filled)
    by_the_build = {QuestionnaireRow, EditorPageRow, PhotoRow, InputRow, FragmentRow, FeedEntryRow,
                    FileRow}
    assert set(filled) | by_the_build == set(KEYS)
