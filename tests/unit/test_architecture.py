"""The arrows between modules point one way (docs/architecture.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent.parent / "plugins" / "portraits"

LAYERS: tuple[tuple[str, ...], ...] = (
    # What everything may use: no idea of a portrait.
    ("values", "problems", "packing", "digests", "holes", "bounds", "svg", "xml_tree", "limits",
     "inversion", "output_paths", "doubts", "inputs", "absolute", "template_code",
     "published_image", "pictures", "content_folder", "trees", "inspection", "releases", "workers"),
    # The domain.
    ("model", "outline"),
    # Its vocabulary.
    ("settings", "options", "dates", "networks", "accounts", "account_feeds", "addresses", "slugs",
     "catalogue", "environment", "typography", "assets", "verification"),
    # From one file to a portrait.
    ("yaml_tree", "schema", "frontmatter", "markup", "questionnaire_file", "markdown_structure",
     "passages", "entries", "sections", "quotation", "recommendations", "readings", "body",
     "source", "page_sources"),
    # All portraits.
    ("library", "validation"),
    # What is derived from them.
    ("neighbours", "related", "question_index", "directory", "graph", "graph_selection",
     "graph_layout", "graph_drawing", "graph_columns", "statistics", "charts", "exports", "api",
     "structured_data", "feeds", "sitemap", "hosting", "images", "search"),
    # Reading, through the cache.
    ("cache", "reading", "photographs"),
    # What pages show, and the pages.
    ("views", "around", "patterns", "pages"),
    # One build; the editor's desk beside it.
    ("publication", "trace", "groups", "edits", "site_files", "site_build", "external_links",
     "desk", "importer"),
    # The host.
    ("pelican_adapter", "plugin", "build", "direct"),
    ("preview", "publishing"),
    ("cli",),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

EXCEPTIONS = {
    ("search", "cache"),  # shards of the index are kept in the cache, a leaf
    ("hosting", "feeds"),
}


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
        if importing != "__init__" and (importing, imported) not in EXCEPTIONS
        and LEVEL.get(imported, 0) > LEVEL.get(importing, 0)})
    assert upward == []


def test_only_the_host_s_modules_import_pelican() -> None:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else (
                [alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
            if any(name.split(".")[0] == "pelican" for name in names):
                found.add(path.relative_to(PACKAGE).as_posix())
    assert found <= {"pelican_adapter.py", "plugin.py", "build.py", "importer/wordpress.py"}


@pytest.mark.parametrize(
    "module", ["model", "library", "source", "related", "feeds.formats", "importer"])
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
